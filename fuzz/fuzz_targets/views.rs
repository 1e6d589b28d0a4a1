//! Any chain of indices, transpositions and reshapes stays inside the memory of its array.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use rustsci_array::indexing::{Index, get};
use rustsci_array::{Array, Order};

/// A step from one view to the next.
#[derive(Arbitrary, Debug)]
enum Step {
    Index(Vec<Part>),
    Transpose,
    Diagonal(i8, i8),
    Reshape(Vec<i8>, bool),
    Broadcast(u8),
}

/// A part of an index.
#[derive(Arbitrary, Debug)]
enum Part {
    Int(i8),
    Slice(Option<i8>, Option<i8>, Option<i8>),
    Ellipsis,
    NewAxis,
    Bool(bool),
    Positions(Vec<i8>),
}

impl Part {
    fn index(&self) -> Index {
        let wide = |number: &Option<i8>| number.map(isize::from);
        match self {
            Self::Int(position) => Index::Int(isize::from(*position)),
            Self::Slice(start, stop, step) => Index::Slice {
                start: wide(start),
                stop: wide(stop),
                step: wide(step),
            },
            Self::Ellipsis => Index::Ellipsis,
            Self::NewAxis => Index::NewAxis,
            Self::Bool(truth) => Index::Bool(*truth),
            Self::Positions(positions) => {
                let positions: Vec<i64> = positions.iter().map(|&i| i64::from(i)).collect();
                Index::Array(Array::from_slice(&positions).expect("memory for a few positions"))
            }
        }
    }
}

fn next(array: &Array, step: &Step) -> Option<Array> {
    match step {
        Step::Index(parts) => {
            let index: Vec<Index> = parts.iter().map(Part::index).collect();
            get(array, &index).ok()
        }
        Step::Transpose => Some(array.transposed()),
        Step::Diagonal(offset, axis) if array.ndim() > 1 => {
            let first = usize::from(axis.unsigned_abs()) % array.ndim();
            let second = (first + 1) % array.ndim();
            array.diagonal(isize::from(*offset), first, second).ok()
        }
        Step::Diagonal(..) => None,
        Step::Reshape(lengths, fortran) => {
            let lengths: Vec<isize> = lengths.iter().map(|&n| isize::from(n)).collect();
            let shape = array.resolve_shape(&lengths).ok()?;
            let order = if *fortran { Order::F } else { Order::C };
            array.reshaped(&shape, order).ok()
        }
        Step::Broadcast(length) => {
            let mut shape = vec![usize::from(length % 4)];
            shape.extend_from_slice(array.shape());
            array.broadcast_to(&shape).ok()
        }
    }
}

fuzz_target!(|steps: Vec<Step>| {
    const COUNT: i64 = 24;
    let numbers: Vec<i64> = (0..COUNT).collect();
    let all = Array::from_slice(&numbers).expect("memory for a few numbers");
    let mut array = all.reshaped(&[2, 3, 4], Order::C).expect("24 elements");
    for step in &steps {
        let Some(view) = next(&array, step) else { continue };
        if view.size() > 1 << 12 || view.ndim() > 32 {
            continue;
        }
        let elements = view.to_vec::<i64>().expect("a view of integers");
        assert_eq!(elements.len(), view.shape().iter().product::<usize>());
        assert!(elements.iter().all(|n| (0..COUNT).contains(n)), "{step:?}");
        array = view;
    }
});
