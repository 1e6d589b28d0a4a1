//! The sum along a diagonal.

use crate::array::normalize_axis;
use crate::ufunc::{Reduction, known};
use crate::{Array, DType, Error, Order, Result};

/// The sum of the elements whose indices along two axes differ by `offset`.
///
/// ```
/// use rustsci_array::{Array, Scalar, statistics::trace};
/// let a = Array::from_shape(&[2, 2], &[1_i64, 2, 3, 4])?;
/// assert_eq!(trace(&a, 0, (0, 1), None, None)?.item(0), Scalar::Int64(5));
/// # Ok::<(), rustsci_array::Error>(())
/// ```
///
/// # Errors
/// If there are not two different axes, or `out` does not fit.
pub fn trace(
    array: &Array,
    offset: isize,
    axes: (isize, isize),
    dtype: Option<&DType>,
    out: Option<&Array>,
) -> Result<Array> {
    if array.ndim() < 2 {
        return Err(Error::value(
            "diag requires an array of at least two dimensions",
        ));
    }
    let named = |axis: isize, name: &str| {
        normalize_axis(axis, array.ndim()).map_err(|_| Error::Axis {
            axis,
            ndim: array.ndim(),
            prefix: Some(name.to_owned()),
        })
    };
    let (first, second) = (named(axes.0, "axis1")?, named(axes.1, "axis2")?);
    let diagonal = array.diagonal(offset, first, second)?;
    if diagonal.ndim() == 1
        && dtype.is_none()
        && out.is_none()
        && let Some(sum) = known::add()?.reduce_small(&diagonal.copied(Order::C)?)
    {
        return Array::from_scalar(&sum?);
    }
    let reduction = Reduction {
        axes: Some(smallvec::smallvec![-1]),
        dtype: dtype.cloned(),
        out,
        ..Reduction::default()
    };
    known::add()?.reduce(&diagonal, &reduction)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_integers_are_summed_in_the_default_integer() {
        let a = Array::from_shape(&[2, 2], &[100_i8, 2, 3, 100]).unwrap();
        let sum = trace(&a, 0, (-1, 0), None, None).unwrap();
        assert_eq!(sum.item(0), crate::Scalar::Int64(200));
        let error = trace(&a, 0, (2, 0), None, None).unwrap_err();
        assert_eq!(
            error.to_string(),
            "axis1: axis 2 is out of bounds for array of dimension 2"
        );
    }
}
