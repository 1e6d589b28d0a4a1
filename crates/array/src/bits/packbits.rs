//! Truth values as bits.

use rustsci_buffer::{Order, simd};

use super::BitOrder;
use crate::dtype::Class;
use crate::ordering::packed_rows;
use crate::selection::along;
use crate::{Array, DType, Error, Result};

/// Packs the elements along an axis, or of the flattened array, eight to a byte: a bit is set where an element is not
/// zero, and bits without an element are not.
///
/// ```
/// use rustsci_array::{Array, bits::{BitOrder, packbits}};
/// let a = Array::from_slice(&[1_u8, 0, 1])?;
/// assert_eq!(packbits(&a, None, BitOrder::Big)?.to_vec::<u8>()?, [160]);
/// assert_eq!(packbits(&a, None, BitOrder::Little)?.to_vec::<u8>()?, [5]);
/// # Ok::<(), rustsci_array::Error>(())
/// ```
///
/// # Errors
/// If the elements are neither integers nor truth values, or the axis does not exist.
pub fn packbits(array: &Array, axis: Option<isize>, order: BitOrder) -> Result<Array> {
    if !matches!(
        array.dtype().class(),
        Class::Bool | Class::Signed | Class::Unsigned
    ) {
        return Err(Error::type_(
            "Expected an input array of integer or boolean data type",
        ));
    }
    let (array, axis) = along(array, axis)?;
    let last = array.ndim() - 1;
    let rows = packed_rows(&array.as_dtype(&DType::Bool)?, axis)?.viewed(&DType::UInt8)?;
    let mut shape: Vec<usize> = rows.shape().into();
    let n = std::mem::replace(&mut shape[last], rows.shape()[last].div_ceil(8));
    let packed = Array::empty(&shape, &DType::UInt8, Order::C)?;
    if rows.size() > 0 {
        let (mut reader, mut writer) = (rows.reader::<u8>(), packed.writer::<u8>()?);
        for row in 0..rows.size() / n {
            let truth = reader.block(row * n, n)?;
            writer.update(row * shape[last], shape[last], |bytes| match order {
                BitOrder::Big => pack(truth, bytes, u64::swap_bytes),
                BitOrder::Little => pack(truth, bytes, |word| word),
            })?;
        }
    }
    if axis == last {
        return Ok(packed);
    }
    packed.moved_axis(last, axis).copied(Order::C)
}

/// Packs a row of truth values; `arranged` puts the one that belongs to the lowest bit into the lowest byte.
fn pack(truth: &[u8], bytes: &mut [u8], arranged: impl Fn(u64) -> u64) {
    let (groups, rest) = truth.as_chunks::<8>();
    simd::vectorized(
        #[inline(always)]
        || {
            for (byte, group) in bytes.iter_mut().zip(groups) {
                *byte = pack_eight(arranged(u64::from_le_bytes(*group)));
            }
        },
    );
    if !rest.is_empty()
        && let Some(last) = bytes.last_mut()
    {
        let mut group = [0; 8];
        group[..rest.len()].copy_from_slice(rest);
        *last = pack_eight(arranged(u64::from_le_bytes(group)));
    }
}

/// The byte with a bit for each byte of a word that is not zero.
#[inline(always)]
fn pack_eight(word: u64) -> u8 {
    const LOWER: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    // The highest bit of each byte, which the others carry into, moved to the lowest place; then together, each time
    // from twice as far.
    let ones = ((((word & LOWER) + LOWER) | word) >> 7) & 0x0101_0101_0101_0101;
    let pairs = ones | (ones >> 7);
    let fours = pairs | (pairs >> 14);
    (fours | (fours >> 28)) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_packed_in_both_orders() {
        for value in 0..=255_u8 {
            let group: [u8; 8] = std::array::from_fn(|bit| ((value >> bit) & 1) * 0x90);
            let mut packed = [0];
            pack(&group, &mut packed, |word| word);
            assert_eq!(packed[0], value);
            pack(&group, &mut packed, u64::swap_bytes);
            assert_eq!(packed[0], value.reverse_bits());
        }
    }

    #[test]
    fn any_axis_is_packed() {
        let a = Array::from_shape(&[2, 3], &[1_i64, 0, -5, 0, 1, 1]).unwrap();
        let pack = |axis| {
            packbits(&a, axis, BitOrder::Big)
                .unwrap()
                .to_vec::<u8>()
                .unwrap()
        };
        assert_eq!(pack(None), [172]);
        assert_eq!(pack(Some(0)), [128, 64, 192]);
        assert_eq!(pack(Some(-1)), [160, 96]);
        let empty = Array::zeros(&[0, 3], &DType::Bool, Order::C).unwrap();
        assert_eq!(
            packbits(&empty, Some(1), BitOrder::Big).unwrap().shape(),
            [0, 1]
        );
        let single = Array::from_scalar(&5_i64.into()).unwrap();
        assert_eq!(
            packbits(&single, None, BitOrder::Big).unwrap().item(0),
            128_u8.into()
        );
        assert!(packbits(&Array::from_slice(&[0.5]).unwrap(), None, BitOrder::Big).is_err());
    }
}
