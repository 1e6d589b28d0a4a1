//! Sorting by several keys.

use rustsci_buffer::Order;

use super::rows::packed_rows;
use crate::array::normalize_axis;
use crate::sorting::refine_order;
use crate::{Array, DType, Error, Result};

/// The indices that sort each row along an axis by several keys, the last of which counts first: where it has equal
/// elements the one before decides, and so on.
///
/// ```
/// use rustsci_array::{Array, ordering::lexsort};
/// let (names, surnames) = (Array::from_slice(&[3_i64, 4, 1])?, Array::from_slice(&[2.0, 1.0, 2.0])?);
/// assert_eq!(lexsort(&[names, surnames], -1)?.to_vec::<i64>()?, [1, 2, 0]);
/// # Ok::<(), rustsci_array::Error>(())
/// ```
///
/// # Errors
/// If there are no keys, their shapes differ, or the axis does not exist.
pub fn lexsort(keys: &[Array], axis: isize) -> Result<Array> {
    let Some(first) = keys.first() else {
        return Err(Error::type_(
            "need sequence of keys with len > 0 in lexsort",
        ));
    };
    if keys.iter().any(|key| key.shape() != first.shape()) {
        return Err(Error::value("all keys need to be the same shape"));
    }
    if first.ndim() == 0 {
        // A single element is sorted, along what would be its only axis.
        normalize_axis(axis, 1).map_err(|_| Error::axis(axis, 0))?;
        return Array::from_scalar(&0_i64.into());
    }
    let axis = normalize_axis(axis, first.ndim())?;
    let (n, last) = (first.shape()[axis], first.ndim() - 1);
    let shape = first.moved_axis(axis, last);
    let found = Array::empty(shape.shape(), &DType::Int64, Order::C)?;
    if found.size() == 0 {
        return Array::empty(first.shape(), &DType::Int64, Order::C);
    }
    let mut writer = found.writer::<i64>()?;
    for row in 0..found.size() / n {
        writer.update(row * n, n, |order| {
            (0..).zip(order).for_each(|(i, index)| *index = i);
        })?;
    }
    for key in keys {
        let rows = packed_rows(key, axis)?;
        dispatch!(key.dtype(), T => {
            let mut reader = rows.reader::<T>();
            for row in 0..found.size() / n {
                let values = reader.block(row * n, n)?;
                writer.update(row * n, n, |order| refine_order(values, order))??;
            }
        });
    }
    if axis == last {
        return Ok(found);
    }
    found.moved_axis(last, axis).copied(Order::C)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_different_types_along_any_axis() {
        let a = Array::from_shape(&[3, 2], &[1_u8, 0, 0, 0, 1, 1]).unwrap();
        let b = Array::from_shape(&[3, 2], &[0.5, 2.0, 0.5, 1.0, 0.25, 0.0]).unwrap();
        let order = lexsort(&[b.clone(), a.clone()], 0).unwrap();
        assert_eq!(order.to_vec::<i64>().unwrap(), [1, 1, 2, 0, 0, 2]);
        assert!(lexsort(&[a, b.transposed()], 0).is_err());
        assert!(lexsort(&[], 0).is_err());
    }

    #[test]
    fn single_elements_are_sorted() {
        let one = Array::from_scalar(&1_i64.into()).unwrap();
        assert_eq!(
            lexsort(std::slice::from_ref(&one), -1).unwrap().item(0),
            0_i64.into()
        );
        assert!(lexsort(&[one], 1).is_err());
    }
}
