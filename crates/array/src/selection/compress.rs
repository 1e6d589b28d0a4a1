//! Elements, or blocks of them, for which a condition holds.

use rustsci_buffer::{Layout, Order};

use super::mode::Mode;
use super::nonzero::flatnonzero;
use super::take::{along, take};
use crate::indexing::{Index, get};
use crate::{Array, DType, Error, Result};

/// The blocks along an axis, or the elements of the flattened array, for which a condition holds. The condition may be
/// shorter than the axis: what lies beyond is left out.
///
/// # Errors
/// If the condition has not one axis, holds beyond the end of the array's, or `out` does not fit.
pub fn compress(
    condition: &Array,
    array: &Array,
    axis: Option<isize>,
    out: Option<&Array>,
) -> Result<Array> {
    if condition.ndim() != 1 {
        return Err(Error::value("condition must be a 1-d array"));
    }
    let (array, axis) = along(array, axis)?;
    if out.is_none() && array.ndim() == 1 && condition.size() == array.size() {
        return get(&array, &[Index::Array(condition.as_dtype(&DType::Bool)?)]);
    }
    let chosen = flatnonzero(condition)?;
    take(&array, &chosen, Some(axis as isize), out, Mode::Raise)
}

/// The elements of the flattened array for which a condition, flattened too, holds.
///
/// # Errors
/// If the condition holds beyond the end of the array.
pub fn extract(condition: &Array, array: &Array) -> Result<Array> {
    let condition = condition.reshaped(&[condition.size()], Order::C)?;
    let cut = |n: usize| condition.with_layout(condition.layout().sliced(0, 0, 1, n));
    // A condition that is longer but does not hold there is no mistake.
    let beyond = condition.size() > array.size()
        && flatnonzero(&rest(&condition, array.size()))?.size() == 0;
    if beyond {
        return compress(&cut(array.size()), array, None, None);
    }
    compress(&condition, array, None, None)
}

/// What follows the first `n` elements of an array of one axis.
fn rest(array: &Array, n: usize) -> Array {
    let layout: Layout = array.layout().sliced(0, n, 1, array.size() - n);
    array.with_layout(layout)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_may_be_shorter() {
        let a = Array::from_shape(&[2, 3], &[0_i64, 1, 2, 3, 4, 5]).unwrap();
        let condition = Array::from_slice(&[0.0, 0.5]).unwrap();
        let columns = compress(&condition, &a, Some(1), None).unwrap();
        assert_eq!(
            (columns.shape(), columns.to_vec::<i64>().unwrap()),
            (&[2, 1][..], vec![1, 4])
        );
        let flat = compress(&condition, &a, None, None).unwrap();
        assert_eq!(flat.to_vec::<i64>().unwrap(), [1]);
        let long = Array::from_slice(&[1_i64, 0, 0, 1]).unwrap();
        assert_eq!(
            compress(&long, &a, Some(-1), None).unwrap_err().to_string(),
            "index 3 is out of bounds for axis 1 with size 3"
        );
        assert!(compress(&a, &a, None, None).is_err());
    }

    #[test]
    fn extraction_flattens_both() {
        let a = Array::from_shape(&[2, 2], &[1_i64, 2, 3, 4]).unwrap();
        let odd = Array::from_shape(&[4, 1], &[1_i64, 0, 1, 0]).unwrap();
        assert_eq!(extract(&odd, &a).unwrap().to_vec::<i64>().unwrap(), [1, 3]);
        let long = Array::from_slice(&[0_i64, 0, 0, 1, 0]).unwrap();
        assert_eq!(extract(&long, &a).unwrap().to_vec::<i64>().unwrap(), [4]);
    }
}
