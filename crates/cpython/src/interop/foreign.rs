//! Arrays over memory that belongs to somebody else.

use std::any::Any;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use rustsci_array::{Array, DType};
use rustsci_buffer::layout::{MAX_DIMS, packed_strides};
use rustsci_buffer::{Buffer, Layout, Order};

/// Memory as another library describes it.
pub(super) struct Description {
    /// Address of the element with all indices zero.
    pub(super) address: usize,
    pub(super) dtype: DType,
    pub(super) shape: Vec<usize>,
    /// Steps in bytes; packed in C order if not given.
    pub(super) strides: Option<Vec<isize>>,
    pub(super) writable: bool,
}

impl Description {
    /// An array over the memory, which `guard` keeps alive.
    ///
    /// # Safety
    /// The description must be true for as long as the guard lives.
    pub(super) unsafe fn into_array(self, guard: impl Any + Send + Sync) -> PyResult<Array> {
        let item = self.dtype.item_size();
        if self.shape.len() > MAX_DIMS {
            return Err(PyValueError::new_err(format!(
                "maximum supported dimension for an ndarray is currently {MAX_DIMS}, found {}",
                self.shape.len()
            )));
        }
        let fits = rustsci_buffer::layout::checked_size(&self.shape)
            .and_then(|size| size.checked_mul(item))
            .is_some_and(|bytes| isize::try_from(bytes).is_ok());
        if !fits {
            return Err(PyValueError::new_err("array is too big"));
        }
        let strides = match self.strides {
            Some(strides) if strides.len() == self.shape.len() => strides.into_iter().collect(),
            Some(strides) => {
                return Err(PyValueError::new_err(format!(
                    "mismatch in length of strides ({}) and shape ({})",
                    strides.len(),
                    self.shape.len()
                )));
            }
            None => packed_strides(&self.shape, item, Order::C),
        };
        let mut layout = Layout { shape: self.shape.into(), strides, offset: 0 };
        let (low, high) = layout.extent(item);
        if self.address == 0 && high > low {
            return Err(PyValueError::new_err("the memory of an array cannot begin at address zero"));
        }
        // The block begins at the lowest byte that any element touches.
        let start = self.address.wrapping_add_signed(low);
        layout.offset = low.unsigned_abs();
        // SAFETY: the owner promises these bytes for as long as the guard lives.
        let buffer = unsafe {
            Buffer::foreign(start as *mut u8, (high - low).unsigned_abs(), self.writable, Box::new(guard))
        };
        Ok(Array::new(buffer, layout, self.dtype))
    }
}
