//! Sorting along an axis.

use super::rows::{change_rows, index_rows};
use crate::array::normalize_axis;
use crate::sorting;
use crate::{Array, Result};

/// Sorts each row along an axis in place, NaN last; equal elements keep their order.
///
/// ```
/// use rustsci_array::{Array, ordering::sort};
/// let a = Array::from_shape(&[2, 2], &[3_i64, 1, 2, 4])?;
/// sort(&a, 0)?;
/// assert_eq!(a.to_vec::<i64>()?, [2, 1, 3, 4]);
/// # Ok::<(), rustsci_array::Error>(())
/// ```
///
/// # Errors
/// If the axis does not exist, the array is read-only, or memory cannot be had.
pub fn sort(array: &Array, axis: isize) -> Result<()> {
    let axis = normalize_axis(axis, array.ndim())?;
    array.check_writeable("sort array")?;
    dispatch!(array.dtype(), T => change_rows::<T>(array, axis, sorting::sort))
}

/// The indices that sort each row along an axis; those of equal elements keep their order.
///
/// ```
/// use rustsci_array::{Array, ordering::argsort};
/// let a = Array::from_slice(&[0.5, f64::NAN, -1.0])?;
/// assert_eq!(argsort(&a, -1)?.to_vec::<i64>()?, [2, 0, 1]);
/// # Ok::<(), rustsci_array::Error>(())
/// ```
///
/// # Errors
/// If the axis does not exist, or memory cannot be had.
pub fn argsort(array: &Array, axis: isize) -> Result<Array> {
    let axis = normalize_axis(axis, array.ndim())?;
    dispatch!(array.dtype(), T => {
        index_rows::<T>(array, axis, sorting::argsort)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{DType, Order};

    fn jumbled(shape: &[usize]) -> Array {
        let count: usize = shape.iter().product();
        let values: Vec<i64> = (0..count as i64).map(|i| i * 7919 % 10_007).collect();
        Array::from_shape(shape, &values).unwrap()
    }

    #[test]
    fn every_axis_of_every_layout_is_sorted() {
        let a = jumbled(&[40, 3, 50]);
        let layouts = [
            a.clone(),
            a.transposed(),
            a.copied(Order::F).unwrap(),
            a.with_layout(a.layout().sliced(2, 49, -2, 25)),
        ];
        for source in layouts {
            for axis in 0..3 {
                let sorted = source.copied(Order::C).unwrap();
                sort(&sorted, axis).unwrap();
                let order = argsort(&source, axis - 3).unwrap();
                assert_eq!(order.shape(), source.shape());
                for i in 0..source.size() {
                    let mut index = [0; 3];
                    let mut rest = i;
                    for k in (0..3).rev() {
                        index[k] = rest % source.shape()[k];
                        rest /= source.shape()[k];
                    }
                    let mut from = index;
                    from[axis as usize] = order.get(&index).to::<i64>() as usize;
                    assert_eq!(sorted.get(&index), source.get(&from));
                    if index[axis as usize] > 0 {
                        let mut before = index;
                        before[axis as usize] -= 1;
                        assert!(sorted.get(&before).to::<i64>() <= sorted.get(&index).to::<i64>());
                    }
                }
            }
        }
    }

    #[test]
    fn views_are_sorted_in_place() {
        let a = jumbled(&[6, 4]);
        sort(&a.transposed(), 0).unwrap();
        let rows = a.to_vec::<i64>().unwrap();
        assert!(rows.chunks(4).all(|row| row.is_sorted()));
        let threads = std::num::NonZeroUsize::new(3).unwrap();
        let large = jumbled(&[50, 1000]);
        rustsci_par::with_threads(threads, || sort(&large, 0).unwrap());
        let columns = large.transposed().to_vec::<i64>().unwrap();
        assert!(columns.chunks(50).all(|column| column.is_sorted()));
    }

    #[test]
    fn what_cannot_be_sorted_is_refused() {
        let a = jumbled(&[2, 2]);
        assert_eq!(
            sort(&a.clone().readonly(), 0).unwrap_err().to_string(),
            "sort array is read-only"
        );
        assert!(sort(&a, 2).is_err());
        let empty = Array::zeros(&[0, 3], &DType::Float64, Order::C).unwrap();
        assert_eq!(argsort(&empty, 0).unwrap().shape(), [0, 3]);
    }
}
