//! Where the elements of a reduction lie, and room to pack them in.

use std::sync::Arc;

use super::CHUNK;
use crate::Shape;
use crate::Strides;
use crate::block::Kernel;
use crate::element::Kind;
use crate::memory::{Buffer, OutOfMemory};
use crate::strided::{Strided, by_size};

/// The operand over kept axes, then reduced ones.
pub(super) struct Source<'a> {
    pub(super) base: *mut u8,
    pub(super) kept_shape: Shape,
    pub(super) kept: Strides,
    pub(super) reduced_shape: Shape,
    pub(super) reduced: Strides,
    pub(super) stored: Kind,
    pub(super) used: Kind,
    pub(super) cast: Option<&'a Kernel<'a>>,
    pub(super) aligned: bool,
}

impl Source<'_> {
    /// The address of the element with kept index `k` and the first reduced index.
    pub(super) fn kept_address(&self, k: usize) -> *mut u8 {
        let (mut address, mut rest) = (self.base, k);
        for (&n, &stride) in self.kept_shape.iter().zip(&self.kept).rev() {
            address = address.wrapping_offset(stride * (rest % n) as isize);
            rest /= n;
        }
        address
    }

    /// A row of the reduced axes.
    pub(super) fn row(&self, base: *mut u8) -> Strided<'_> {
        Strided {
            base,
            strides: &self.reduced,
            kind: self.stored,
        }
    }
}

/// Room to pack and cast in.
pub(super) struct Room {
    block: Arc<Buffer>,
}

impl Room {
    pub(super) fn new() -> Result<Self, OutOfMemory> {
        Ok(Self {
            block: Buffer::empty(3 * CHUNK * Kind::C128.size())?,
        })
    }

    pub(super) fn slot(&self, index: usize) -> *mut u8 {
        self.block
            .as_ptr()
            .wrapping_add(index * CHUNK * Kind::C128.size())
    }
}

/// The lengths and strides of some axes.
pub(super) fn select(axes: &[usize], shape: &[usize], strides: &[isize]) -> (Shape, Strides) {
    (
        axes.iter().map(|&axis| shape[axis]).collect(),
        axes.iter().map(|&axis| strides[axis]).collect(),
    )
}

/// Moves the elements whose mask byte is set to the front; gives their number.
pub(super) fn keep(elements: *mut u8, mask: *const u8, count: usize, size: usize) -> usize {
    let mut kept = 0;
    by_size!(size, Word => {
        let elements = elements.cast::<Word>();
        for i in 0..count {
            // SAFETY: both slots hold `count` elements, and `kept <= i`.
            unsafe {
                if *mask.add(i) != 0 {
                    elements.add(kept).write_unaligned(elements.add(i).read_unaligned());
                    kept += 1;
                }
            }
        }
    });
    kept
}
