//! The bytes of each element in reverse.

use crate::array::CopyOrder;
use crate::dtype::Number;
use crate::{Array, Result};

/// An array (the same one, if `in_place`) with the bytes of each element reversed; of complex numbers, of each part.
///
/// ```
/// use rustsci_array::{Array, bits::byteswap};
/// let a = Array::from_slice(&[1_i16, 256])?;
/// assert_eq!(byteswap(&a, false)?.to_vec::<i16>()?, [256, 1]);
/// # Ok::<(), rustsci_array::Error>(())
/// ```
///
/// # Errors
/// If the array is to be changed and is read-only.
pub fn byteswap(array: &Array, in_place: bool) -> Result<Array> {
    let target = if in_place {
        array.check_writeable("array to be byte-swapped")?;
        array.clone()
    } else {
        array.copied(CopyOrder::A)?
    };
    match target.imaginary() {
        Some(imaginary) => {
            swap(&target.real())?;
            swap(&imaginary)?;
        }
        None => swap(&target)?,
    }
    Ok(target)
}

fn swap(array: &Array) -> Result<()> {
    match array.item_size() {
        2 => each::<u16>(array, u16::swap_bytes),
        4 => each::<u32>(array, u32::swap_bytes),
        8 => each::<u64>(array, u64::swap_bytes),
        _ => Ok(()),
    }
}

fn each<T: Number>(array: &Array, swapped: impl Fn(T) -> T) -> Result<()> {
    let words = array.viewed(&T::DTYPE)?;
    let mut writer = words.writer::<T>()?;
    writer.update(0, words.size(), |words| {
        words.iter_mut().for_each(|word| *word = swapped(*word));
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use rustsci_buffer::Complex;

    use super::*;

    #[test]
    fn parts_of_complex_numbers_stay_where_they_are() {
        let swapped = |x: f32| f32::from_bits(x.to_bits().swap_bytes());
        let a = Array::from_slice(&[Complex::new(1.0_f32, 2.0)]).unwrap();
        let result = byteswap(&a, false)
            .unwrap()
            .to_vec::<Complex<f32>>()
            .unwrap();
        assert_eq!(result, [Complex::new(swapped(1.0), swapped(2.0))]);
    }

    #[test]
    fn views_are_changed_in_place() {
        let a = Array::from_slice(&[1_u16, 2, 3]).unwrap();
        let ends = a.with_layout(a.layout().sliced(0, 0, 2, 2));
        byteswap(&ends, true).unwrap();
        assert_eq!(a.to_vec::<u16>().unwrap(), [256, 2, 768]);
        assert!(byteswap(&a.readonly(), true).is_err());
    }
}
