//! Whether layouts share memory, against looking at every byte.
#![no_main]

use std::collections::HashSet;

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use rustsci_buffer::overlap::{Extent, Overlap, internal_overlap, shares_memory};

/// A small array: lengths up to 5, strides of some bytes.
#[derive(Arbitrary, Debug)]
struct Small {
    address: u8,
    item: u8,
    axes: [(u8, i8); 3],
}

impl Small {
    fn shape(&self) -> [usize; 3] {
        self.axes.map(|(length, _)| usize::from(length % 6))
    }

    fn strides(&self) -> [isize; 3] {
        self.axes.map(|(_, stride)| isize::from(stride))
    }

    fn extent<'a>(&self, shape: &'a [usize], strides: &'a [isize]) -> Extent<'a> {
        Extent {
            address: 4096 + usize::from(self.address),
            item: usize::from(self.item % 9),
            shape,
            strides,
        }
    }
}

/// The addresses of all bytes, element by element.
fn bytes(a: &Extent<'_>) -> Vec<isize> {
    let mut addresses = vec![a.address as isize];
    for (&length, &stride) in a.shape.iter().zip(a.strides) {
        addresses = (0..length as isize)
            .flat_map(|i| addresses.iter().map(move |address| address + i * stride).collect::<Vec<_>>())
            .collect();
    }
    addresses
        .iter()
        .flat_map(|address| (0..a.item as isize).map(move |byte| address + byte))
        .collect()
}

fuzz_target!(|pair: (Small, Small)| {
    let (shapes, strides) = ([pair.0.shape(), pair.1.shape()], [pair.0.strides(), pair.1.strides()]);
    let a = pair.0.extent(&shapes[0], &strides[0]);
    let b = pair.1.extent(&shapes[1], &strides[1]);
    let (of_a, of_b) = (bytes(&a), bytes(&b));
    let set: HashSet<isize> = of_a.iter().copied().collect();
    let truth = |is| if is { Overlap::Yes } else { Overlap::No };
    let shared = of_b.iter().any(|address| set.contains(address));
    assert_eq!(shares_memory(&a, &b, None), truth(shared), "{a:?} {b:?}");
    assert_eq!(internal_overlap(&a, None), truth(set.len() < of_a.len()), "{a:?}");
});
