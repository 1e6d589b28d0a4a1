//! What becomes of indices that are out of bounds.

use crate::array::check_cast;
use crate::dtype::Casting;
use crate::room::with_room;
use crate::{Array, DType, Error, Result};

/// What becomes of an index that is out of bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It is an error; an index below zero counts from the end.
    Raise,
    /// It goes on from the other end.
    Wrap,
    /// It is the nearest index.
    Clip,
}

impl Mode {
    /// The mode with NumPy's name.
    ///
    /// # Errors
    /// If there is no such mode.
    pub fn parse(name: &str) -> Result<Self> {
        match name {
            "raise" => Ok(Self::Raise),
            "wrap" => Ok(Self::Wrap),
            "clip" => Ok(Self::Clip),
            _ => Err(Error::value(format!(
                "clipmode must be one of 'clip', 'raise', or 'wrap' (got '{name}')"
            ))),
        }
    }

    /// The mode with NumPy's number.
    ///
    /// # Errors
    /// If there is no such mode.
    pub fn from_number(number: isize) -> Result<Self> {
        match number {
            0 => Ok(Self::Clip),
            1 => Ok(Self::Wrap),
            2 => Ok(Self::Raise),
            _ => Err(Error::value(format!(
                "integer clipmode must be RAISE, WRAP, or CLIP from 'numpy._core.multiarray' (got {number})"
            ))),
        }
    }

    /// The position among `n` (of which there is at least one) that an index stands for.
    #[inline(always)]
    pub(crate) fn position(self, index: i64, n: usize) -> Option<usize> {
        let n = n as i64;
        let position = match self {
            Self::Raise if index < 0 => index.wrapping_add(n),
            Self::Raise => index,
            Self::Wrap if (0..n).contains(&index) => index,
            Self::Wrap => index.rem_euclid(n),
            Self::Clip => index.clamp(0, n - 1),
        };
        (0..n).contains(&position).then_some(position as usize)
    }

    /// The positions along an axis of `n` that indices stand for.
    ///
    /// # Errors
    /// `IndexError` for the first index that is out of bounds, if that is an error.
    pub(crate) fn positions(self, indices: &Array, axis: usize, n: usize) -> Result<Vec<usize>> {
        let mut reader = indices.reader::<i64>();
        let mut positions = with_room(indices.size())?;
        for &index in reader.all()? {
            positions.push(self.position(index, n).ok_or_else(|| {
                Error::index(format!(
                    "index {index} is out of bounds for axis {axis} with size {n}"
                ))
            })?);
        }
        Ok(positions)
    }
}

/// Indices as 64-bit integers, if the rule allows the cast.
pub(crate) fn as_indices(indices: &Array, casting: Casting) -> Result<Array> {
    let dtype = indices.dtype();
    // Unsigned 64-bit integers are indices to some functions, though not every one has a signed counterpart.
    let unsigned = *dtype == DType::UInt64 && casting != Casting::Safe;
    if !unsigned {
        check_cast(dtype, &DType::Int64, casting, indices.ndim())?;
    }
    indices.as_dtype(&DType::Int64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_mode_has_its_way_with_bad_indices() {
        let all = |mode: Mode| [-7, -1, 2, 5].map(|index| mode.position(index, 3));
        assert_eq!(all(Mode::Raise), [None, Some(2), Some(2), None]);
        assert_eq!(all(Mode::Wrap), [Some(2), Some(2), Some(2), Some(2)]);
        assert_eq!(all(Mode::Clip), [Some(0), Some(0), Some(2), Some(2)]);
        assert!(Mode::parse("fold").is_err() && Mode::from_number(3).is_err());
    }
}
