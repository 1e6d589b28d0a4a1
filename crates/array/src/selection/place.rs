//! Writing values one after the other where a mask holds.

use rustsci_buffer::Order;

use super::count_nonzero::count_nonzero;
use crate::dtype::{Bool, Casting, Number};
use crate::{Array, DType, Error, Result};

/// Elements looked at in one go.
const CHUNK: usize = 4096;

/// Writes values, one after the other and repeated as often as needed, to the elements where a mask of the same size
/// holds.
///
/// # Errors
/// If the array is read-only, the sizes differ, the values cannot be cast safely, or there is none for an element.
pub fn place(array: &Array, mask: &Array, values: &Array) -> Result<()> {
    if mask.size() != array.size() {
        return Err(Error::value("place: mask and data must be the same size"));
    }
    let mut values = values.cast_as(array.dtype(), Casting::Safe)?;
    if values.size() == 0 {
        return if count_nonzero(mask, None, false)?.item(0).truth() {
            Err(Error::value("Cannot insert from an empty array!"))
        } else {
            Ok(())
        };
    }
    array.check_writeable("place: array")?;
    let mut mask = mask
        .as_dtype(&DType::Bool)?
        .reshaped(array.shape(), Order::C)?;
    if mask.may_share_memory(array) {
        mask = mask.copied(Order::C)?;
    }
    if values.may_share_memory(array) || !values.is_c_contiguous() {
        values = values.copied(Order::C)?;
    }
    dispatch_size!(array.item_size(), T => in_turn::<T>(array, &mask, &values))
}

/// Writes one value after the other where the mask holds.
fn in_turn<T: Number>(array: &Array, mask: &Array, values: &Array) -> Result<()> {
    let (target, source) = (array.viewed(&T::DTYPE)?, values.viewed(&T::DTYPE)?);
    let (mut writer, mut truth, mut values) = (
        target.writer::<T>()?,
        mask.reader::<Bool>(),
        source.reader::<T>(),
    );
    let values = values.all()?;
    let (mut start, mut next) = (0, 0);
    while start < writer.len() {
        let count = CHUNK.min(writer.len() - start);
        let truth = truth.block(start, count)?;
        writer.update(start, count, |elements| {
            for (element, truth) in elements.iter_mut().zip(truth) {
                // Without a branch, which for a random mask would go wrong every other time.
                *element = if truth.get() { values[next] } else { *element };
                next += usize::from(truth.get());
                next = if next == values.len() { 0 } else { next };
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
    fn values_follow_each_other() {
        let a = Array::from_slice(&[0_i64, 1, 2, 3, 4]).unwrap();
        let mask = Array::from_slice(&[0_i64, 1, 0, 1, 1]).unwrap();
        place(&a, &mask, &Array::from_slice(&[44_i64, 55]).unwrap()).unwrap();
        assert_eq!(a.to_vec::<i64>().unwrap(), [0, 44, 2, 55, 44]);
        assert!(place(&a, &mask, &Array::from_slice::<i64>(&[]).unwrap()).is_err());
    }
}
