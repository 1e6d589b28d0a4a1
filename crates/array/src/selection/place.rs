//! Writing values one after the other where a mask holds.

use rustsci_buffer::Order;

use super::mode::Mode;
use super::nonzero::flatnonzero;
use super::put::put;
use crate::{Array, Error, Result};

/// Writes values, one after the other and repeated as often as needed, to the elements where a mask of the same size
/// holds.
///
/// # Errors
/// If the array is read-only, the sizes differ, or there is no value for an element.
pub fn place(array: &Array, mask: &Array, values: &Array) -> Result<()> {
    if mask.size() != array.size() {
        return Err(Error::value("place: mask and data must be the same size"));
    }
    let places = flatnonzero(&mask.reshaped(&[mask.size()], Order::C)?)?;
    if places.size() > 0 && values.size() == 0 {
        return Err(Error::value("Cannot insert from an empty array!"));
    }
    put(array, &places, values, Mode::Raise)
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
