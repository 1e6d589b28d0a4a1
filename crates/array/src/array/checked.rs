//! Conversions and results that the caller may have asked for in vain.

use super::{Array, shape_text};
use crate::dtype::{Casting, can_cast};
use crate::warning::warn_of_cast;
use crate::{DType, Error, Result};

/// A shape as NumPy's messages mostly write it: `(2,3)`.
pub(crate) fn narrow_text(shape: &[usize]) -> String {
    shape_text(shape).replace(", ", ",")
}

/// Refuses a cast that the rule does not allow; `ndim` tells a single value from an array.
pub fn check_cast(from: &DType, to: &DType, casting: Casting, ndim: usize) -> Result<()> {
    if can_cast(from, to, casting) {
        return Ok(());
    }
    let what = if ndim == 0 { "scalar" } else { "array data" };
    Err(Error::type_(format!(
        "Cannot cast {what} from dtype('{from}') to dtype('{to}') according to the rule '{}'",
        casting.name()
    )))
}

impl Array {
    /// The array with another dtype, if the rule allows the cast: itself if it has it already.
    ///
    /// # Errors
    /// If the cast is not allowed, or memory cannot be had.
    pub fn cast_as(&self, dtype: &DType, casting: Casting) -> Result<Self> {
        check_cast(self.dtype(), dtype, casting, self.ndim())?;
        self.as_dtype(dtype)
    }

    /// Writes a result to the array that was given for it, or hands the result on where none was.
    ///
    /// # Errors
    /// If `out` cannot take it; see [`check_out`](Self::check_out).
    pub(crate) fn delivered(self, out: Option<&Self>, mismatch: &str) -> Result<Self> {
        let Some(out) = out else {
            return Ok(self);
        };
        out.check_out(self.shape(), self.dtype(), mismatch)?;
        warn_of_cast(self.dtype(), out.dtype());
        out.assign(&self)?;
        Ok(out.clone())
    }

    /// Refuses an array given for a result that has another shape, cannot be written, or has a dtype that the
    /// result's is not large enough for: results go through a buffer of their own dtype, which first takes up `out`.
    ///
    /// # Errors
    /// `ValueError` (with `mismatch` as its message if the shape is wrong) or a `TypeError` about the cast.
    pub(crate) fn check_out(&self, shape: &[usize], dtype: &DType, mismatch: &str) -> Result<()> {
        if self.shape() != shape {
            return Err(Error::value(mismatch));
        }
        check_cast(self.dtype(), dtype, Casting::Safe, self.ndim())?;
        self.check_writeable("output array")
    }
}
