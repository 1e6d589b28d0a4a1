//! Truth values as bits.

use rustsci_buffer::Order;

use super::BitOrder;
use crate::dtype::{Bool, Class};
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
    let rows = array.as_dtype(&DType::Bool)?.moved_axis(axis, last);
    let mut shape: Vec<usize> = rows.shape().into();
    let n = std::mem::replace(&mut shape[last], rows.shape()[last].div_ceil(8));
    let packed = Array::empty(&shape, &DType::UInt8, Order::C)?;
    if rows.size() > 0 {
        let (mut reader, mut writer) = (rows.reader::<Bool>(), packed.writer::<u8>()?);
        for row in 0..rows.size() / n {
            let truth = reader.block(row * n, n)?;
            writer.update(row * shape[last], shape[last], |bytes| {
                pack(truth, bytes, order)
            })?;
        }
    }
    packed.moved_axis(last, axis).copied(Order::C)
}

/// Packs a row.
fn pack(truth: &[Bool], bytes: &mut [u8], order: BitOrder) {
    let (groups, rest) = truth.as_chunks::<8>();
    for (byte, group) in bytes.iter_mut().zip(groups) {
        *byte = pack_eight(group, order);
    }
    if !rest.is_empty()
        && let Some(last) = bytes.last_mut()
    {
        let mut group = [Bool::FALSE; 8];
        group[..rest.len()].copy_from_slice(rest);
        *last = pack_eight(&group, order);
    }
}

#[inline(always)]
fn pack_eight(group: &[Bool; 8], order: BitOrder) -> u8 {
    // One truth value a byte; a product moves each to a bit of the highest byte, without carries.
    let word = u64::from_le_bytes(group.map(|truth| u8::from(truth.get())));
    let spread: u64 = match order {
        BitOrder::Little => 0x0102_0408_1020_4080,
        BitOrder::Big => 0x8040_2010_0804_0201,
    };
    (word.wrapping_mul(spread) >> 56) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_packed_in_both_orders() {
        for value in 0..=255_u8 {
            let group = std::array::from_fn(|bit| Bool(value >> bit & 1));
            assert_eq!(pack_eight(&group, BitOrder::Little), value);
            assert_eq!(pack_eight(&group, BitOrder::Big), value.reverse_bits());
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
