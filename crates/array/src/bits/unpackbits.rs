//! The bits of bytes as elements.

use rustsci_buffer::Order;

use super::BitOrder;
use crate::ordering::packed_rows;
use crate::selection::along;
use crate::{Array, DType, Error, Result};

/// Unpacks the bytes along an axis, or of the flattened array: eight elements of 0 or 1 from each. Of these `count` are
/// given, zeros being added if there are fewer; of a negative count, all but so many.
///
/// ```
/// use rustsci_array::{Array, bits::{BitOrder, unpackbits}};
/// let a = Array::from_slice(&[5_u8])?;
/// assert_eq!(unpackbits(&a, None, Some(-3), BitOrder::Little)?.to_vec::<u8>()?, [1, 0, 1, 0, 0]);
/// # Ok::<(), rustsci_array::Error>(())
/// ```
///
/// # Errors
/// If the elements are no bytes, the axis does not exist, or there are fewer bits than are left out.
pub fn unpackbits(
    array: &Array,
    axis: Option<isize>,
    count: Option<isize>,
    order: BitOrder,
) -> Result<Array> {
    if *array.dtype() != DType::UInt8 {
        return Err(Error::type_(
            "Expected an input array of unsigned byte data type",
        ));
    }
    let (array, axis) = along(array, axis)?;
    let last = array.ndim() - 1;
    let rows = packed_rows(&array, axis)?;
    let n = rows.shape()[last];
    let too_big = || Error::value("array is too big to be unpacked");
    let available = n.checked_mul(8).ok_or_else(too_big)?;
    let wanted = match count {
        None => available,
        Some(count) if count >= 0 => count as usize,
        Some(count) => available.checked_sub(count.unsigned_abs()).ok_or_else(|| {
            Error::value(format!(
                "-count larger than number of elements: {available} bits, count={count}"
            ))
        })?,
    };
    let mut shape: Vec<usize> = rows.shape().into();
    shape[last] = wanted;
    // Memory that is already at hand is better than fresh zeros, unless some are to stay.
    let unpacked = if wanted <= available {
        Array::empty(&shape, &DType::UInt8, Order::C)?
    } else {
        Array::zeros(&shape, &DType::UInt8, Order::C)?
    };
    let used = wanted.div_ceil(8).min(n);
    let table = match order {
        BitOrder::Big => &HIGHEST_FIRST,
        BitOrder::Little => &LOWEST_FIRST,
    };
    if unpacked.size() > 0 && used > 0 {
        let (mut reader, mut writer) = (rows.reader::<u8>(), unpacked.writer::<u8>()?);
        for row in 0..rows.size() / n {
            let bytes = reader.block(row * n, used)?;
            let length = wanted.min(8 * used);
            writer.update(row * wanted, length, |bits| unpack(bytes, bits, table))?;
        }
    }
    if axis == last {
        return Ok(unpacked);
    }
    unpacked.moved_axis(last, axis).copied(Order::C)
}

/// Unpacks a row.
fn unpack(bytes: &[u8], bits: &mut [u8], table: &[[u8; 8]; 256]) {
    let (groups, rest) = bits.as_chunks_mut::<8>();
    for (group, &byte) in groups.iter_mut().zip(bytes) {
        *group = table[usize::from(byte)];
    }
    if let Some(&byte) = bytes.get(groups.len()) {
        rest.copy_from_slice(&table[usize::from(byte)][..rest.len()]);
    }
}

/// The bits of every byte.
static LOWEST_FIRST: [[u8; 8]; 256] = bits_of_bytes(false);
static HIGHEST_FIRST: [[u8; 8]; 256] = bits_of_bytes(true);

const fn bits_of_bytes(reversed: bool) -> [[u8; 8]; 256] {
    let mut table = [[0; 8]; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut bit = 0;
        while bit < 8 {
            let shift = if reversed { 7 - bit } else { bit };
            table[byte][bit] = (byte >> shift & 1) as u8;
            bit += 1;
        }
        byte += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_unpacked_in_both_orders() {
        for byte in 0..=255_u8 {
            let expected: [u8; 8] = std::array::from_fn(|bit| byte >> bit & 1);
            assert_eq!(LOWEST_FIRST[usize::from(byte)], expected);
            assert_eq!(HIGHEST_FIRST[usize::from(byte.reverse_bits())], expected);
        }
    }

    #[test]
    fn counts_cut_and_fill() {
        let a = Array::from_slice(&[5_u8]).unwrap();
        let bits = |count| {
            unpackbits(&a, None, count, BitOrder::Big).map(|bits| bits.to_vec::<u8>().unwrap())
        };
        assert_eq!(bits(None).unwrap(), [0, 0, 0, 0, 0, 1, 0, 1]);
        assert_eq!(bits(Some(12)).unwrap()[5..], [1, 0, 1, 0, 0, 0, 0]);
        assert_eq!(bits(Some(6)).unwrap(), [0, 0, 0, 0, 0, 1]);
        assert_eq!(bits(Some(-8)).unwrap(), [0; 0]);
        assert!(bits(Some(-9)).is_err());
        let empty = Array::zeros(&[0], &DType::UInt8, Order::C).unwrap();
        let padded = unpackbits(&empty, None, Some(5), BitOrder::Big).unwrap();
        assert_eq!(padded.to_vec::<u8>().unwrap(), [0; 5]);
    }

    #[test]
    fn any_axis_is_unpacked() {
        let a = Array::from_shape(&[2, 1], &[1_u8, 2]).unwrap();
        let columns = unpackbits(&a, Some(0), Some(9), BitOrder::Little).unwrap();
        assert_eq!(
            (columns.shape(), columns.to_vec::<u8>().unwrap()),
            (&[9, 1][..], vec![1, 0, 0, 0, 0, 0, 0, 0, 0])
        );
        let rows = unpackbits(&a, Some(1), Some(2), BitOrder::Little).unwrap();
        assert_eq!(rows.to_vec::<u8>().unwrap(), [1, 0, 0, 1]);
    }
}
