//! Writing elements where a mask holds, each from the same place among the values.

use rustsci_buffer::Order;

use crate::dtype::{Bool, Casting};
use crate::{Array, DType, Error, Result};

/// Elements looked at in one go.
const CHUNK: usize = 4096;

/// Writes values to the elements where a mask of the same size holds: the i-th element gets the i-th value, counted
/// in C order and from the start again after the last.
///
/// # Errors
/// If the array is read-only, the sizes differ, or the values cannot be cast safely.
pub fn putmask(array: &Array, mask: &Array, values: &Array) -> Result<()> {
    array.check_writeable("putmask: output array")?;
    if mask.size() != array.size() {
        return Err(Error::value("putmask: mask and data must be the same size"));
    }
    let mut values = values.cast_as(array.dtype(), Casting::Safe)?;
    if values.size() == 0 {
        return Ok(());
    }
    let mask = mask
        .as_dtype(&DType::Bool)?
        .reshaped(array.shape(), Order::C)?;
    if values.size() == 1 {
        return array.assign_where(&values.reshaped(&[], Order::C)?, &mask);
    }
    if values.size() == array.size() {
        return array.assign_where(&values.reshaped(array.shape(), Order::C)?, &mask);
    }
    if values.may_share_memory(array) || !values.is_c_contiguous() {
        values = values.copied(Order::C)?;
    }
    let mask = if mask.may_share_memory(array) {
        mask.copied(Order::C)?
    } else {
        mask
    };
    dispatch_size!(array.item_size(), T => cycle::<T>(array, &mask, &values))
}

/// Writes values in turn, where the mask holds.
fn cycle<T: crate::dtype::Number>(array: &Array, mask: &Array, values: &Array) -> Result<()> {
    let (target, source) = (array.viewed(&T::DTYPE)?, values.viewed(&T::DTYPE)?);
    let (mut writer, mut truth, mut values) = (
        target.writer::<T>()?,
        mask.reader::<Bool>(),
        source.reader::<T>(),
    );
    let values = values.all()?;
    let mut start = 0;
    while start < writer.len() {
        let count = CHUNK.min(writer.len() - start);
        let truth = truth.block(start, count)?;
        let turn = values.iter().cycle().skip(start % values.len());
        writer.update(start, count, |elements| {
            for ((element, truth), value) in elements.iter_mut().zip(truth).zip(turn) {
                if truth.get() {
                    *element = *value;
                }
            }
        })?;
        start += count;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_keep_their_places() {
        let a = Array::from_shape(&[2, 3], &[0_i64, 1, 2, 3, 4, 5]).unwrap();
        let mask = Array::from_slice(&[0.0, 1.0, 1.0, 0.0, 1.0, 1.0]).unwrap();
        putmask(&a, &mask, &Array::from_slice(&[-1_i64, -2]).unwrap()).unwrap();
        assert_eq!(a.to_vec::<i64>().unwrap(), [0, -2, -1, 3, -1, -2]);
        putmask(&a, &mask, &a.copied(Order::C).unwrap().transposed()).unwrap();
        assert_eq!(a.to_vec::<i64>().unwrap(), [0, 3, -2, 3, -1, -2]);
    }

    #[test]
    fn unsafe_casts_are_refused() {
        let a = Array::from_slice(&[0_i64, 1]).unwrap();
        let half = Array::from_slice(&[0.5]).unwrap();
        assert_eq!(
            putmask(&a, &a, &half).unwrap_err().to_string(),
            "Cannot cast array data from dtype('float64') to dtype('int64') according to the rule 'safe'"
        );
        assert!(putmask(&a, &half, &a).is_err());
    }
}
