//! What can be said of an array's memory: NumPy's `flags`.

use rustsci_buffer::Order;

use super::Array;
use crate::{Error, Result};

impl Array {
    /// Whether the elements lie packed in C order.
    #[inline]
    pub fn is_c_contiguous(&self) -> bool {
        self.layout.is_packed(self.item_size(), Order::C)
    }

    /// Whether the elements lie packed in Fortran order.
    #[inline]
    pub fn is_f_contiguous(&self) -> bool {
        self.layout.is_packed(self.item_size(), Order::F)
    }

    /// Whether elements may be changed.
    #[inline]
    pub fn is_writeable(&self) -> bool {
        self.writeable
    }

    /// Whether every element lies at a multiple of its alignment.
    pub fn is_aligned(&self) -> bool {
        let align = self.dtype.alignment();
        if align <= 1 || self.size() == 0 {
            return true;
        }
        let steps = self.shape().iter().zip(self.strides());
        self.address().is_multiple_of(align)
            && steps
                .filter(|&(&n, _)| n > 1)
                .all(|(_, &stride)| stride % align as isize == 0)
    }

    /// Allows or forbids changing elements through this array.
    ///
    /// # Errors
    /// If the memory itself is read-only.
    pub fn set_writeable(&mut self, writeable: bool) -> Result<()> {
        if writeable && !self.buffer.writable() {
            return Err(Error::value(
                "cannot set WRITEABLE flag to True of this array",
            ));
        }
        self.writeable = writeable;
        Ok(())
    }

    /// This array, not to be changed through.
    #[must_use]
    pub fn readonly(mut self) -> Self {
        self.writeable = false;
        self
    }
}
