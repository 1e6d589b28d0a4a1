//! Writing elements by their positions in the flattened array.

use rustsci_buffer::{Layout, Order, Side, copy_blocks};

use super::mode::{Mode, as_indices};
use crate::dtype::Casting;
use crate::warning::warn_of_cast;
use crate::{Array, Error, Result};

/// Writes values, repeated as often as needed and converted without further checks, to the elements at `indices` of
/// the flattened array.
///
/// ```
/// use rustsci_array::{Array, selection::{Mode, put}};
/// let a = Array::from_slice(&[0_i64, 1, 2, 3])?;
/// put(&a, &Array::from_slice(&[0_i64, 2])?, &Array::from_slice(&[-4_i64, -5])?, Mode::Raise)?;
/// assert_eq!(a.to_vec::<i64>()?, [-4, 1, -5, 3]);
/// # Ok::<(), rustsci_array::Error>(())
/// ```
///
/// # Errors
/// If the array is read-only, or an index is out of bounds and the mode is to raise; then nothing is written.
pub fn put(array: &Array, indices: &Array, values: &Array, mode: Mode) -> Result<()> {
    array.check_writeable("put: output array")?;
    warn_of_cast(values.dtype(), array.dtype());
    let mut values = values.as_dtype(array.dtype())?;
    let indices = as_indices(indices, Casting::Safe)?;
    if values.size() == 0 || indices.size() == 0 {
        return Ok(());
    }
    let size = array.size();
    if size == 0 {
        return Err(Error::index("cannot replace elements of an empty array"));
    }
    let positions = mode.positions(&indices, 0, size)?;
    if values.may_share_memory(array) || !values.is_c_contiguous() {
        values = values.copied(Order::C)?;
    }
    let item = array.item_size();
    let (first, count) = (values.layout().offset, values.size());
    let sources = (0..count).cycle().map(|i| first + i * item);
    let element = Layout::packed(&[], item, Order::C);
    let to = Side {
        buffer: array.buffer(),
        block: &element,
    };
    let from = Side {
        buffer: values.buffer(),
        block: &element,
    };
    let kind = array.dtype().kind();
    if array.is_c_contiguous() {
        let base = array.layout().offset;
        let places = positions.iter().map(|&position| base + position * item);
        copy_blocks(&to, &from, kind, places.zip(sources));
    } else {
        let places = positions.iter().map(|&position| array.offset_at(position));
        copy_blocks(&to, &from, kind, places.zip(sources));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_repeated_and_go_through_views() {
        let a = Array::from_shape(&[2, 3], &[0_i64, 1, 2, 3, 4, 5]).unwrap();
        put(
            &a.transposed(),
            &Array::from_slice(&[1_i64, -1, 0]).unwrap(),
            &Array::from_slice(&[7.9, 8.0]).unwrap(),
            Mode::Raise,
        )
        .unwrap();
        assert_eq!(a.to_vec::<i64>().unwrap(), [7, 1, 2, 7, 4, 8]);
    }

    #[test]
    fn nothing_is_written_if_an_index_is_wrong() {
        let a = Array::from_slice(&[1_i64, 2]).unwrap();
        let indices = Array::from_slice(&[0_i64, 2]).unwrap();
        assert!(put(&a, &indices, &a, Mode::Raise).is_err());
        assert_eq!(a.to_vec::<i64>().unwrap(), [1, 2]);
        put(
            &a,
            &indices,
            &Array::from_slice(&[9_i64]).unwrap(),
            Mode::Clip,
        )
        .unwrap();
        assert_eq!(a.to_vec::<i64>().unwrap(), [9, 9]);
    }
}
