//! One operand of a plan, over the plan's own axes.

use super::Operand;
use crate::Strides;
use crate::block::Kernel;
use crate::element::Kind;
use crate::strided::Strided;

pub(super) struct Lane<'a> {
    pub(super) base: *mut u8,
    pub(super) strides: Strides,
    /// The type in memory.
    pub(super) stored: Kind,
    /// The type that the kernel sees.
    pub(super) used: Kind,
    pub(super) cast: Option<&'a Kernel<'a>>,
    /// Whether this lane overlaps an output (an earlier one, if it is an output itself).
    pub(super) aliased: bool,
    aligned: bool,
}

impl<'a> Lane<'a> {
    #[inline]
    pub(super) fn new(operand: &Operand<'a>, strides: Strides) -> Self {
        let align = operand.stored.alignment() as isize;
        let aligned =
            operand.base as isize % align == 0 && strides.iter().all(|stride| stride % align == 0);
        Self {
            base: operand.base,
            strides,
            stored: operand.stored,
            used: operand.used,
            cast: operand.cast,
            aliased: false,
            aligned,
        }
    }

    pub(super) fn strided(&self) -> Strided<'_> {
        Strided {
            base: self.base,
            strides: &self.strides,
            kind: self.stored,
        }
    }

    /// Whether all indices show the same element.
    #[inline]
    pub(super) fn is_constant(&self) -> bool {
        self.strides.iter().all(|&stride| stride == 0)
    }

    /// Whether every element may be read as its type where it lies.
    #[inline]
    pub(super) fn is_aligned(&self) -> bool {
        self.aligned
    }

    /// Whether neighbours along rows lie next to each other.
    #[inline]
    pub(super) fn is_unit(&self) -> bool {
        self.strides.last() == Some(&(self.stored.size() as isize))
    }

    /// Whether a kernel may work on a row of this lane where it lies.
    #[inline]
    pub(super) fn is_direct(&self) -> bool {
        let step = self.strides.last().copied().unwrap_or(0);
        self.aligned
            && !self.aliased
            && self.cast.is_none()
            && (step == 0 || step == self.stored.size() as isize)
    }

    /// The addresses from the first to just past the last byte.
    fn extent(&self, shape: &[usize]) -> (isize, isize) {
        let (mut low, mut high) = (
            self.base as isize,
            self.base as isize + self.stored.size() as isize,
        );
        for (&n, &stride) in shape.iter().zip(&self.strides) {
            let reach = stride * (n as isize - 1);
            if reach < 0 {
                low += reach
            } else {
                high += reach
            }
        }
        (low, high)
    }
}

/// Whether the memory between the ends of two lanes over `shape` meets.
#[inline]
pub(super) fn overlap(a: &Lane<'_>, b: &Lane<'_>, shape: &[usize]) -> bool {
    let (a, b) = (a.extent(shape), b.extent(shape));
    a.0 < b.1 && b.0 < a.1
}
