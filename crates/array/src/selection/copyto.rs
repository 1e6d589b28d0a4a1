//! Copying values into an array.

use crate::array::{check_cast, narrow_text};
use crate::dtype::{Casting, promote_weak};
use crate::exec::with_status;
use crate::ufunc::{Input, integer};
use crate::warning::warn_of_cast;
use crate::{Array, DType, Error, Result};

/// Copies values, which are broadcast, into an array; with a mask only to the elements where it holds.
///
/// # Errors
/// If the array is read-only, the shapes do not fit, the cast is not allowed, or a Python integer is out of bounds.
pub fn copyto(
    target: &Array,
    source: &Input<'_>,
    casting: Casting,
    mask: Option<&Array>,
) -> Result<()> {
    let single;
    let source = match source {
        Input::Array(array) => {
            check_cast(array.dtype(), target.dtype(), casting, array.ndim())?;
            *array
        }
        value => {
            let dtype = match (value.weak(), value.dtype()) {
                (Some(weak), _) => promote_weak(target.dtype(), weak),
                (None, own) => own.unwrap_or(DType::Float64),
            };
            check_cast(&dtype, target.dtype(), casting, 0)?;
            let value = match value {
                Input::Int(value) => integer(*value, target.dtype())?,
                value => with_status(|| value.to_scalar(&dtype))?,
            };
            single = Array::from_scalar(&value)?;
            &single
        }
    };
    warn_of_cast(source.dtype(), target.dtype());
    let Some(mask) = mask else {
        return target.assign(source);
    };
    if mask.layout().broadcast_to(target.shape()).is_none() {
        return Err(Error::value(format!(
            "could not broadcast where mask from shape {} into shape {}",
            narrow_text(mask.shape()),
            narrow_text(target.shape())
        )));
    }
    let mut source = source.clone();
    while source.ndim() > target.ndim() && source.shape()[0] == 1 {
        source = source.squeezed(|axis| axis == 0);
    }
    target.assign_where(&source, &mask.as_dtype(&DType::Bool)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_copied_where_a_mask_holds() {
        let a = Array::from_slice(&[4_i64, 5, 6]).unwrap();
        let mask = Array::from_slice(&[1_u8, 0, 2]).unwrap();
        let values = Array::from_shape(&[1, 3], &[1_i64, 2, 3]).unwrap();
        copyto(&a, &Input::Array(&values), Casting::SameKind, Some(&mask)).unwrap();
        assert_eq!(a.to_vec::<i64>().unwrap(), [1, 5, 3]);
    }

    #[test]
    fn casts_are_checked() {
        let a = Array::from_slice(&[1_u8, 2]).unwrap();
        let message = |source: &Input<'_>, casting| {
            copyto(&a, source, casting, None).unwrap_err().to_string()
        };
        assert_eq!(
            message(&Input::Float(0.5), Casting::SameKind),
            "Cannot cast scalar from dtype('float64') to dtype('uint8') according to the rule 'same_kind'"
        );
        assert_eq!(
            message(&Input::Int(-1), Casting::Unsafe),
            "Python integer -1 out of bounds for uint8"
        );
        copyto(&a, &Input::Int(7), Casting::No, None).unwrap();
        assert_eq!(a.to_vec::<u8>().unwrap(), [7, 7]);
    }
}
