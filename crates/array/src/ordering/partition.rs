//! Just enough sorting along an axis to have some places of the sorted order right.

use super::kth::kth_from;
use super::rows::{change_rows, index_rows};
use crate::array::normalize_axis;
use crate::sorting;
use crate::{Array, Result};

/// Rearranges each row along an axis in place so that the elements at the places `kth` are those that sorting would put
/// there, with nothing larger before and nothing smaller after each.
///
/// # Errors
/// If the axis does not exist, a place is out of bounds, the array is read-only, or memory cannot be had.
pub fn partition(array: &Array, kth: &Array, axis: isize) -> Result<()> {
    let axis = normalize_axis(axis, array.ndim())?;
    array.check_writeable("partition array")?;
    let kth = kth_from(kth, array.shape()[axis])?;
    dispatch!(array.dtype(), T => {
        change_rows::<T>(array, axis, |row| sorting::partition(row, &kth))
    })
}

/// The indices that partition each row along an axis as [`partition`] does.
///
/// # Errors
/// If the axis does not exist, a place is out of bounds, or memory cannot be had.
pub fn argpartition(array: &Array, kth: &Array, axis: isize) -> Result<Array> {
    let axis = normalize_axis(axis, array.ndim())?;
    let kth = kth_from(kth, array.shape()[axis])?;
    dispatch!(array.dtype(), T => {
        index_rows::<T>(array, axis, |row, found| sorting::argpartition(row, &kth, found))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_partitioned() {
        let a = Array::from_shape(&[4, 2], &[3.0, 0.0, 1.0, 3.0, 2.0, 1.0, 0.0, 2.0]).unwrap();
        let kth = Array::from_slice(&[1_i64, -1]).unwrap();
        let order = argpartition(&a, &kth, 0).unwrap();
        assert_eq!((order.item(2), order.item(6)), (1_i64.into(), 0_i64.into()));
        partition(&a, &kth, 0).unwrap();
        let columns = a.transposed().to_vec::<f64>().unwrap();
        assert_eq!(
            (columns[1], columns[3], columns[5], columns[7]),
            (1.0, 3.0, 1.0, 3.0)
        );
    }
}
