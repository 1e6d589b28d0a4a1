//! Variances and standard deviations.

use rustsci_buffer::layout::broadcast_shapes;
use rustsci_buffer::{Block, Complex, Plan, fpstatus, simd};

use super::averaging::{Averaging, divide, divided};
use super::mean::mean_of_all;
use super::squares::{Deviations, sum_of_all_squares, sum_of_squares};
use crate::array::{empty_agreed, narrow_text};
use crate::dtype::{Class, Number, promote};
use crate::exec::{report, run};
use crate::ufunc::{Input, Options, known};
use crate::warning::{Category, warn};
use crate::{Array, DType, Error, Result, Scalar, Status};

/// What a variance is asked for besides what every average is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spread<'a> {
    /// Sums of squares are divided by the number of elements less this.
    pub ddof: f64,
    /// The mean, if it is known already; it broadcasts with the array.
    pub mean: Option<&'a Array>,
}

/// The variance along axes: the mean squared distance from the mean, real also for complex numbers.
///
/// Two passes are made, one for the mean and one for the squares, so that nothing cancels (T. F. Chan, G. H. Golub,
/// R. J. LeVeque, "Algorithms for computing the sample variance", 1983).
///
/// ```
/// use rustsci_array::{Array, Scalar, statistics::{Averaging, Spread, variance}};
/// let a = Array::from_slice(&[1_i64, 2, 3, 4])?;
/// let spread = variance(&a, &Averaging::default(), &Spread::default())?;
/// assert_eq!(spread.item(0), Scalar::Float64(1.25));
/// # Ok::<(), rustsci_array::Error>(())
/// ```
///
/// # Errors
/// If an axis does not exist, the mask or the mean does not fit, or `out` has another shape.
pub fn variance(array: &Array, averaging: &Averaging<'_>, spread: &Spread<'_>) -> Result<Array> {
    let result = variance_new(array, averaging, spread)?;
    let half = *array.dtype() == DType::Float16 && averaging.dtype.is_none();
    if half && averaging.out.is_none() {
        return result.as_dtype(&DType::Float16);
    }
    averaging.deliver(result)
}

/// The standard deviation along axes: the square root of the [`variance`].
///
/// # Errors
/// As for [`variance`], and if `out` cannot take roots.
pub fn standard_deviation(
    array: &Array,
    averaging: &Averaging<'_>,
    spread: &Spread<'_>,
) -> Result<Array> {
    if averaging.is_plain()
        && spread.mean.is_none()
        && let Some(variance) = variance_of_all(array, spread.ddof)?
    {
        let root = Scalar::Float64(variance.to::<f64>().sqrt());
        return Array::from_scalar(&root.cast(&variance.dtype()));
    }
    let spread = variance(array, averaging, spread)?;
    let single = spread.ndim() == 0 && averaging.out.is_none();
    if single && !spread.dtype().is_inexact() {
        // A single integer goes back to its type; an array of them is no place for roots.
        let mut root = known::sqrt()?.call(&[Input::Array(&spread)], &Options::default())?;
        return root.swap_remove(0).as_dtype(spread.dtype());
    }
    let options = Options {
        out: [Some(&spread), None],
        ..Options::default()
    };
    known::sqrt()?.call(&[Input::Array(&spread)], &options)?;
    Ok(spread)
}

fn variance_new(array: &Array, averaging: &Averaging<'_>, spread: &Spread<'_>) -> Result<Array> {
    if averaging.is_plain()
        && spread.mean.is_none()
        && let Some(variance) = variance_of_all(array, spread.ddof)?
    {
        return Array::from_scalar(&variance);
    }
    let count = averaging.count(array, true)?;
    if count.any_up_to(spread.ddof)? {
        warn(Category::Runtime, "Degrees of freedom <= 0 for slice");
    }
    let whole = matches!(
        array.dtype().class(),
        Class::Bool | Class::Signed | Class::Unsigned
    );
    let (array, dtype) = match &averaging.dtype {
        Some(dtype) => (array.clone(), Some(dtype.clone())),
        None if whole => (array.clone(), Some(DType::Float64)),
        // Squares of half-precision numbers are soon too large for them.
        None if *array.dtype() == DType::Float16 => (array.as_dtype(&DType::Float32)?, None),
        None => (array.clone(), None),
    };
    let mean = match spread.mean {
        Some(mean) => mean.clone(),
        None => {
            let sums = averaging.sum(&array, dtype.as_ref(), true)?;
            divide(&sums, &count.less(0.0)?)?;
            sums
        }
    };
    let divisor = averaging
        .count(&array, averaging.keepdims)?
        .less(spread.ddof)?;
    if let Some(deviations) = Deviations::new(&array, &mean, averaging) {
        fpstatus::clear();
        let result = sum_of_squares(&deviations)?;
        report(fpstatus::take(), "reduce");
        divide(&result, &divisor)?;
        return Ok(result);
    }
    let squares = squared_distances(&array, &mean)?;
    let result = averaging.sum(&squares, dtype.as_ref(), averaging.keepdims)?;
    divide(&result, &divisor)?;
    Ok(result)
}

/// The variance of all elements, in one go, if they lie packed; nothing where that does not work.
fn variance_of_all(array: &Array, ddof: f64) -> Result<Option<Scalar>> {
    let Some(mean) = mean_of_all(array)? else {
        return Ok(None);
    };
    let array = array.as_dtype(&mean.dtype())?;
    fpstatus::clear();
    let Some(sum) = sum_of_all_squares(&array, &mean)? else {
        return Ok(None);
    };
    report(fpstatus::take(), "reduce");
    let count = array.size() as f64;
    if count <= ddof {
        warn(Category::Runtime, "Degrees of freedom <= 0 for slice");
    }
    let variance = Scalar::Float64(divided(sum.to(), (count - ddof).max(0.0)));
    Ok(Some(variance.cast(array.dtype())))
}

/// The squared distances of the elements from their means.
fn squared_distances(array: &Array, mean: &Array) -> Result<Array> {
    let dtype = promote(array.dtype(), mean.dtype());
    match dtype {
        DType::Float32 => fused::<f32, f32>(array, mean, |distance| distance * distance),
        DType::Float64 => fused::<f64, f64>(array, mean, |distance| distance * distance),
        DType::Complex64 => fused::<Complex<f32>, f32>(array, mean, |z| z.re * z.re + z.im * z.im),
        DType::Complex128 => fused::<Complex<f64>, f64>(array, mean, |z| z.re * z.re + z.im * z.im),
        _ => {
            let inputs = [Input::Array(array), Input::Array(mean)];
            let distances = &known::subtract()?.call(&inputs, &Options::default())?[0];
            let inputs = [Input::Array(distances), Input::Array(distances)];
            let squares = known::multiply()?.call(&inputs, &Options::default());
            Ok(squares?.swap_remove(0))
        }
    }
}

/// Subtracts and squares in one pass.
fn fused<T, R>(array: &Array, mean: &Array, square: impl Fn(T) -> R + Sync + Send) -> Result<Array>
where
    T: Number + std::ops::Sub<Output = T>,
    R: Number,
{
    let operand = |array: &'_ Array| -> Result<Array> { array.as_dtype(&T::DTYPE) };
    let (array, mean) = (operand(array)?, operand(mean)?);
    let Some(shape) = broadcast_shapes([array.shape(), mean.shape()]) else {
        return Err(Error::value(format!(
            "operands could not be broadcast together with shapes {} {} ",
            narrow_text(array.shape()),
            narrow_text(mean.shape())
        )));
    };
    let result = empty_agreed(&shape, &R::DTYPE, &[&array, &mean])?;
    let inputs = [array.operand(), mean.operand()];
    fpstatus::clear();
    let plan = Plan::new(&shape, &inputs, &[result.operand()], None);
    run(plan, &|block: &mut Block<'_>| {
        let (x, mean, out) = block.binary::<T, T, R>();
        match (x, mean) {
            (x, &[mean]) if x.len() == out.len() => simd::vectorized(
                #[inline(always)]
                || {
                    out.iter_mut()
                        .zip(x)
                        .for_each(|(out, &x)| *out = square(x - mean));
                },
            ),
            (x, mean) => {
                let (every, each) = (usize::from(x.len() != 1), usize::from(mean.len() != 1));
                simd::vectorized(
                    #[inline(always)]
                    || {
                        out.iter_mut()
                            .enumerate()
                            .for_each(|(i, out)| *out = square(x[i * every] - mean[i * each]));
                    },
                );
            }
        }
    })?;
    let status = fpstatus::take();
    let squared = status.contains(Status::OVER);
    report(status, if squared { "multiply" } else { "subtract" });
    Ok(result)
}

#[cfg(test)]
mod tests {
    use rustsci_buffer::Complex;

    use super::*;
    use crate::dtype::Bool;
    use crate::exec::take_reported;
    use crate::warning::take_warnings;
    use crate::{Order, Scalar};

    fn numbers(shape: &[usize]) -> Array {
        let count: usize = shape.iter().product();
        let values: Vec<f64> = (0..count).map(|i| ((i * 37 % 101) as f64).sqrt()).collect();
        Array::from_shape(shape, &values).unwrap()
    }

    /// The variances of rows by their definition.
    fn expected(array: &Array, rows: usize) -> Vec<f64> {
        let values = array.to_vec::<f64>().unwrap();
        let n = values.len() / rows;
        values
            .chunks(n)
            .map(|row| {
                let mean = row.iter().sum::<f64>() / n as f64;
                row.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n as f64
            })
            .collect()
    }

    fn close(found: &Array, expected: &[f64]) {
        let found = found.to_vec::<f64>().unwrap();
        assert_eq!(found.len(), expected.len());
        for (a, b) in found.iter().zip(expected) {
            assert!((a - b).abs() <= 1e-12 * b.abs().max(1e-300), "{a} {b}");
        }
    }

    #[test]
    fn rows_columns_and_all_together() {
        let a = numbers(&[30, 200]);
        let along = |axes: &[isize]| Averaging {
            axes: Some(axes.into()),
            ..Averaging::default()
        };
        let spread = Spread::default();
        close(
            &variance(&a, &along(&[1]), &spread).unwrap(),
            &expected(&a, 30),
        );
        close(
            &variance(&a.transposed(), &along(&[0]), &spread).unwrap(),
            &expected(&a, 30),
        );
        let columns = a.transposed().copied(Order::C).unwrap();
        close(
            &variance(&columns, &along(&[0]), &spread).unwrap(),
            &expected(&a, 30),
        );
        close(
            &variance(&a, &Averaging::default(), &spread).unwrap(),
            &expected(&a, 1),
        );
        close(
            &variance(&a, &along(&[]), &spread).unwrap(),
            &vec![0.0; 6000],
        );
    }

    #[test]
    fn large_arrays_give_the_same_bits_for_any_number_of_threads() {
        let a = numbers(&[300_000]);
        let with = |threads: usize| {
            let threads = std::num::NonZeroUsize::new(threads).unwrap();
            rustsci_par::with_threads(threads, || {
                variance(&a, &Averaging::default(), &Spread::default())
                    .unwrap()
                    .item(0)
            })
        };
        assert_eq!(with(1), with(3));
        close(
            &variance(&a, &Averaging::default(), &Spread::default()).unwrap(),
            &expected(&a, 1),
        );
    }

    #[test]
    fn complex_numbers_have_real_variances() {
        let a = Array::from_slice(&[Complex::new(1.0_f32, 2.0), Complex::new(2.0, 0.0)]).unwrap();
        let result = variance(&a, &Averaging::default(), &Spread::default()).unwrap();
        assert_eq!(result.item(0), Scalar::Float32(1.25));
    }

    #[test]
    fn given_means_masks_and_degrees_of_freedom() {
        let a = Array::from_slice(&[1_i64, 2, 4]).unwrap();
        let two = Array::from_scalar(&2_i64.into()).unwrap();
        let mask = Array::from_slice(&[Bool::TRUE, Bool::TRUE, Bool::FALSE]).unwrap();
        let given = Spread {
            mean: Some(&two),
            ddof: 1.0,
        };
        let result = standard_deviation(&a, &Averaging::default(), &given).unwrap();
        assert_eq!(result.item(0), Scalar::Float64(2.5_f64.sqrt()));
        let masked = Averaging {
            mask: Some(&mask),
            ..Averaging::default()
        };
        let result = variance(&a, &masked, &Spread::default()).unwrap();
        assert_eq!(result.item(0), Scalar::Float64(0.25));
    }

    #[test]
    fn too_few_elements_are_reported() {
        take_warnings();
        take_reported();
        let one = Array::from_slice(&[1.0]).unwrap();
        let sample = Spread {
            ddof: 1.0,
            mean: None,
        };
        let result = variance(&one, &Averaging::default(), &sample).unwrap();
        assert!(result.item(0).to::<f64>().is_nan());
        assert_eq!(
            take_warnings()[0].message,
            "Degrees of freedom <= 0 for slice"
        );
        assert_eq!(take_reported().unwrap().1, "scalar divide");
    }
}
