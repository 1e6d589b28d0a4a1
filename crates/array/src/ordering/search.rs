//! Where values belong in a sorted array.

use rustsci_buffer::Order;

use crate::dtype::{Class, promote};
use crate::sorting::{Side, searchsorted, searchsorted_through};
use crate::{Array, DType, Error, Result};

/// Values looked for in one go.
const CHUNK: usize = 1 << 14;

/// For each value the place at which it would have to be inserted to keep a sorted array sorted; the array may be
/// sorted only by way of `sorter`, the indices that sort it.
///
/// ```
/// use rustsci_array::{Array, ordering::search, sorting::Side};
/// let a = Array::from_slice(&[11_i64, 12, 13])?;
/// let found = search(&a, &Array::from_slice(&[-10.0, 12.0])?, Side::Right, None)?;
/// assert_eq!(found.to_vec::<i64>()?, [0, 2]);
/// # Ok::<(), rustsci_array::Error>(())
/// ```
///
/// # Errors
/// If the array has not one axis, or the sorter is not made of as many indices.
pub fn search(sorted: &Array, values: &Array, side: Side, sorter: Option<&Array>) -> Result<Array> {
    if sorted.ndim() != 1 {
        let depth = ["of too small depth", "too deep"][usize::from(sorted.ndim() > 1)];
        return Err(Error::value(format!("object {depth} for desired array")));
    }
    let dtype = promote(sorted.dtype(), values.dtype());
    let (sorted, values) = (sorted.as_dtype(&dtype)?, values.as_dtype(&dtype)?);
    let sorter = sorter
        .map(|sorter| sorter_indices(sorter, sorted.size()))
        .transpose()?;
    let found = Array::empty(values.shape(), &DType::Int64, Order::C)?;
    dispatch!(dtype, T => {
        let (mut sorted, mut values) = (sorted.reader::<T>(), values.reader::<T>());
        let (sorted, mut writer) = (sorted.all()?, found.writer::<i64>()?);
        let mut start = 0;
        while start < found.size() {
            let values = values.block(start, CHUNK.min(found.size() - start))?;
            writer.update(start, values.len(), |found| match &sorter {
                None => {
                    searchsorted(sorted, values, side, found);
                    Ok(())
                }
                Some(sorter) => searchsorted_through(sorted, sorter, values, side, found)
                    .map_err(|error| Error::value(error.to_string())),
            })??;
            start += values.len();
        }
    });
    Ok(found)
}

/// The indices of a sorter for an array of `n` elements.
fn sorter_indices(sorter: &Array, n: usize) -> Result<Vec<i64>> {
    if sorter.ndim() != 1 {
        return Err(Error::type_("could not parse sorter argument"));
    }
    if !matches!(
        sorter.dtype().class(),
        Class::Bool | Class::Signed | Class::Unsigned
    ) {
        return Err(Error::type_("sorter must only contain integers"));
    }
    if sorter.size() != n {
        return Err(Error::value(format!(
            "sorter.size must equal a.size: {} is not {n}",
            sorter.size()
        )));
    }
    sorter.as_dtype(&DType::Int64)?.to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_keep_their_shape() {
        let a = Array::from_slice(&[1_u8, 2, 3]).unwrap();
        let values = Array::from_shape(&[2, 2], &[-1_i64, 2, 300, 3]).unwrap();
        let found = search(&a, &values.transposed(), Side::Left, None).unwrap();
        assert_eq!(
            (found.shape(), found.to_vec::<i64>().unwrap()),
            (&[2, 2][..], vec![0, 3, 1, 2])
        );
    }

    #[test]
    fn sorters_are_checked() {
        let a = Array::from_slice(&[30_i64, 10, 20]).unwrap();
        let with = |sorter: Array| search(&a, &a, Side::Left, Some(&sorter));
        let found = with(Array::from_slice(&[1_u8, 2, 0]).unwrap()).unwrap();
        assert_eq!(found.to_vec::<i64>().unwrap(), [2, 0, 1]);
        assert!(with(Array::from_slice(&[1_i64, 2]).unwrap()).is_err());
        assert!(with(Array::from_slice(&[1.0, 2.0, 0.0]).unwrap()).is_err());
        let message = with(Array::from_slice(&[1_i64, 7, 0]).unwrap())
            .unwrap_err()
            .to_string();
        assert_eq!(message, "Sorter index out of range.");
        assert!(
            search(
                &Array::from_scalar(&1_i64.into()).unwrap(),
                &a,
                Side::Left,
                None
            )
            .is_err()
        );
    }
}
