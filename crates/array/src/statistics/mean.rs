//! The arithmetic mean.

use super::averaging::{Averaging, divide, divided};
use super::exact;
use crate::dtype::Class;
use crate::ufunc::known;
use crate::warning::{Category, warn, warn_of_cast};
use crate::{Array, DType, Result, Scalar};

/// The mean along axes. Integers are averaged in double precision; half-precision numbers in single precision, the
/// result being rounded.
///
/// ```
/// use rustsci_array::{Array, Scalar, statistics::{Averaging, mean}};
/// let a = Array::from_shape(&[2, 2], &[1_i64, 2, 3, 4])?;
/// assert_eq!(mean(&a, &Averaging::default())?.item(0), Scalar::Float64(2.5));
/// # Ok::<(), rustsci_array::Error>(())
/// ```
///
/// # Errors
/// If an axis does not exist, the mask does not fit, or `out` has another shape.
pub fn mean(array: &Array, averaging: &Averaging<'_>) -> Result<Array> {
    if averaging.is_plain()
        && let Some(mean) = mean_of_all(array)?
    {
        return Array::from_scalar(&mean);
    }
    let count = averaging.count(array, averaging.keepdims)?;
    if count.any_up_to(0.0)? {
        warn(Category::Runtime, "Mean of empty slice");
    }
    let widened = match (array.dtype(), &averaging.dtype) {
        (_, Some(dtype)) => dtype.clone(),
        (DType::Float16, None) => DType::Float32,
        (own, None) => match own.class() {
            Class::Bool | Class::Signed | Class::Unsigned => DType::Float64,
            Class::Floating | Class::Complex => own.clone(),
        },
    };
    // A given array holds the sums before they are divided, and what it cannot hold is lost.
    let sums = averaging.sum(array, Some(&widened), averaging.keepdims)?;
    if let Some(out) = averaging.out
        && (averaging.dtype.is_some() || widened != *array.dtype())
    {
        warn_of_cast(out.dtype(), &widened);
    }
    let sums = averaging.deliver(sums)?;
    divide(&sums, &count.less(0.0)?)?;
    let half = *array.dtype() == DType::Float16 && averaging.dtype.is_none();
    if half && averaging.out.is_none() {
        return sums.as_dtype(&DType::Float16);
    }
    Ok(sums)
}

/// The mean of all elements, in one go, of which there must be at least one; nothing where that does not work.
pub(super) fn mean_of_all(array: &Array) -> Result<Option<Scalar>> {
    let count = array.size() as f64;
    if array.size() == 0 {
        return Ok(None);
    }
    if let Some(sum) = exact::sum(array)? {
        return Ok(Some(Scalar::Float64(divided(sum as f64, count))));
    }
    let sum = match array.dtype() {
        DType::Float32 | DType::Float64 => known::add()?.reduce_small(array),
        _ => None,
    };
    let Some(sum) = sum.transpose()? else {
        return Ok(None);
    };
    let mean = Scalar::Float64(divided(sum.to(), count));
    Ok(Some(mean.cast(array.dtype())))
}

#[cfg(test)]
mod tests {
    use rustsci_buffer::f16;

    use super::*;
    use crate::dtype::Bool;
    use crate::exec::take_reported;
    use crate::warning::take_warnings;
    use crate::{Order, Status};

    #[test]
    fn half_precision_is_summed_in_single() {
        let a = Array::from_slice(&[f16::from_f32(60000.0); 10]).unwrap();
        let mean = mean(&a, &Averaging::default()).unwrap();
        assert_eq!(mean.item(0), Scalar::Float16(f16::from_f32(60000.0)));
    }

    #[test]
    fn masks_axes_and_integer_results() {
        let a = Array::from_shape(&[2, 2], &[1_i64, 2, 3, 4]).unwrap();
        let mask = Array::from_slice(&[Bool::TRUE, Bool::FALSE]).unwrap();
        let averaging = Averaging {
            axes: Some(smallvec::smallvec![-1]),
            mask: Some(&mask),
            keepdims: true,
            ..Averaging::default()
        };
        let masked = mean(&a, &averaging).unwrap();
        assert_eq!(
            (masked.shape(), masked.to_vec::<f64>().unwrap()),
            (&[2, 1][..], vec![1.0, 3.0])
        );
        let averaging = Averaging {
            axes: Some(smallvec::smallvec![1]),
            dtype: Some(DType::Int64),
            ..Averaging::default()
        };
        assert_eq!(
            mean(&a, &averaging).unwrap().to_vec::<i64>().unwrap(),
            [1, 3]
        );
    }

    #[test]
    fn a_mean_of_nothing_is_reported() {
        take_warnings();
        take_reported();
        let empty = Array::zeros(&[0, 3], &DType::Float64, Order::C).unwrap();
        let averaging = Averaging {
            axes: Some(smallvec::smallvec![0]),
            ..Averaging::default()
        };
        let result = mean(&empty, &averaging).unwrap().to_vec::<f64>().unwrap();
        assert!(result.len() == 3 && result.iter().all(|x| x.is_nan()));
        assert_eq!(take_warnings()[0].message, "Mean of empty slice");
        assert_eq!(take_reported(), Some((Status::INVALID, "divide")));
        mean(&empty, &Averaging::default()).unwrap();
        assert_eq!(take_reported(), Some((Status::INVALID, "scalar divide")));
        take_warnings();
    }
}
