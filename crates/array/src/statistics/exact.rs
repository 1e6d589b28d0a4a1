//! Sums of integers without rounding.

use crate::dtype::Number;
use crate::{Array, DType, Result};

/// Elements added up in 64 bits before the sum is put away: of 32-bit numbers that many cannot overflow.
const CHUNK: usize = 1 << 16;

/// An integer type.
trait Whole: Number {
    /// The sum of up to [`CHUNK`] elements.
    fn sum(values: &[Self]) -> i128;
}

macro_rules! narrow {
    ($($type:ty),*) => {$(
        impl Whole for $type {
            #[inline(always)]
            fn sum(values: &[Self]) -> i128 {
                values.iter().map(|&value| i64::from(value)).sum::<i64>().into()
            }
        }
    )*};
}

narrow!(i8, u8, i16, u16, i32, u32);

macro_rules! wide {
    ($($type:ty),*) => {$(
        impl Whole for $type {
            #[inline(always)]
            fn sum(values: &[Self]) -> i128 {
                // The halves are added up apart, the upper ones with their sign.
                let (lower, upper) = values.iter().fold((0_i64, 0_i64), |(lower, upper), &value| {
                    (lower + (value & 0xffff_ffff) as i64, upper + (value >> 32) as i64)
                });
                (i128::from(upper) << 32) + i128::from(lower)
            }
        }
    )*};
}

wide!(i64, u64);

/// The sum of all elements of an array of integers or truth values; nothing for other types.
///
/// # Errors
/// If memory cannot be had.
pub(super) fn sum(array: &Array) -> Result<Option<i128>> {
    let sum = match array.dtype() {
        DType::Bool => crate::selection::count_all(array)? as i128,
        DType::Int8 => sum_as::<i8>(array)?,
        DType::UInt8 => sum_as::<u8>(array)?,
        DType::Int16 => sum_as::<i16>(array)?,
        DType::UInt16 => sum_as::<u16>(array)?,
        DType::Int32 => sum_as::<i32>(array)?,
        DType::UInt32 => sum_as::<u32>(array)?,
        DType::Int64 => sum_as::<i64>(array)?,
        DType::UInt64 => sum_as::<u64>(array)?,
        _ => return Ok(None),
    };
    Ok(Some(sum))
}

fn sum_as<T: Whole>(array: &Array) -> Result<i128> {
    let mut reader = array.reader::<T>();
    let (mut total, mut start) = (0, 0);
    while start < array.size() {
        let block = reader.block(start, CHUNK.min(array.size() - start))?;
        total += rustsci_buffer::simd::vectorized(
            #[inline(always)]
            || T::sum(block),
        );
        start += block.len();
    }
    Ok(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_lost() {
        let extremes = Array::from_slice(&[i64::MAX, i64::MAX, i64::MIN, -1]).unwrap();
        assert_eq!(sum(&extremes).unwrap(), Some(i128::from(i64::MAX) - 2));
        let large = Array::from_slice(&vec![u64::MAX; 100_000]).unwrap();
        assert_eq!(sum(&large).unwrap(), Some(i128::from(u64::MAX) * 100_000));
        let bytes = Array::from_slice(&vec![-128_i8; 70_000]).unwrap();
        assert_eq!(sum(&bytes).unwrap(), Some(-128 * 70_000));
        assert_eq!(sum(&Array::from_slice(&[0.5]).unwrap()).unwrap(), None);
    }
}
