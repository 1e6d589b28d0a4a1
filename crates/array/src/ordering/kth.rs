//! The places of the sorted order that a partition finds the elements of.

use crate::dtype::Class;
use crate::{Array, DType, Error, Result};

/// The places among `n`, from the front, that an array of integers asks for.
///
/// # Errors
/// If they are no integers, or one is out of bounds.
pub fn kth_from(places: &Array, n: usize) -> Result<Vec<usize>> {
    match places.dtype().class() {
        Class::Signed | Class::Unsigned => (),
        Class::Bool => {
            return Err(Error::value("Booleans unacceptable as partition index"));
        }
        _ => return Err(Error::type_("Partition index must be integer")),
    }
    if places.ndim() > 1 {
        return Err(Error::value(
            "object too deep for desired array: kth must be an integer or have one axis",
        ));
    }
    places
        .as_dtype(&DType::Int64)?
        .to_vec::<i64>()?
        .into_iter()
        .map(|place| {
            let from_front = if place < 0 { place + n as i64 } else { place };
            usize::try_from(from_front)
                .ok()
                // There is nothing to do for no elements, whatever is asked for.
                .filter(|&place| place < n || n == 0)
                .ok_or_else(|| Error::value(format!("kth(={from_front}) out of bounds ({n})")))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_from_either_end() {
        let places = Array::from_slice(&[0_i8, -1]).unwrap();
        assert_eq!(kth_from(&places, 5).unwrap(), [0, 4]);
        let message = |array: Array| kth_from(&array, 2).unwrap_err().to_string();
        assert_eq!(
            message(Array::from_slice(&[-3_i64]).unwrap()),
            "kth(=-1) out of bounds (2)"
        );
        assert_eq!(
            message(Array::from_slice(&[5_i64]).unwrap()),
            "kth(=5) out of bounds (2)"
        );
        assert!(message(Array::from_slice(&[0.5]).unwrap()).contains("must be integer"));
    }
}
