//! Rounding to a number of decimals.

use rustsci_buffer::{Block, Element, Plan, fpstatus, simd};

use crate::array::CopyOrder;
use crate::dtype::Class;
use crate::exec::{report, run};
use crate::ufunc::{Input, Options, Ufunc, known};
use crate::{Array, DType, Error, Result, Scalar, Status};

/// Rounds to the nearest multiple of a power of ten, ties to the even one: the elements are scaled, rounded to whole
/// numbers, and scaled back, so that the result is the nearest float to a decimal nearly always, but not always.
///
/// ```
/// use rustsci_array::{Array, statistics::round};
/// let a = Array::from_slice(&[1.25, 2.5, -0.35])?;
/// assert_eq!(round(&a, 1, None)?.to_vec::<f64>()?, [1.2, 2.5, -0.4]);
/// let a = Array::from_slice(&[15_i64, 25, -35])?;
/// assert_eq!(round(&a, -1, None)?.to_vec::<i64>()?, [20, 20, -40]);
/// # Ok::<(), rustsci_array::Error>(())
/// ```
///
/// # Errors
/// If `out` has another shape or cannot take the result.
pub fn round(array: &Array, decimals: i32, out: Option<&Array>) -> Result<Array> {
    if let Some(out) = out
        && out.shape() != array.shape()
    {
        return Err(Error::value(format!(
            "invalid output shape {} for an array of shape {}",
            crate::array::narrow_text(out.shape()),
            crate::array::narrow_text(array.shape())
        )));
    }
    if array.dtype().is_complex() {
        return round_complex(array, decimals, out);
    }
    let whole = array.dtype().is_integer();
    if whole && decimals >= 0 {
        let Some(out) = out else {
            return array.copied(CopyOrder::K);
        };
        out.assign(array)?;
        return Ok(out.clone());
    }
    if decimals == 0 {
        return apply(known::rint()?, array, None, out);
    }
    match (array.dtype(), out) {
        (DType::Float32 | DType::Float64, None) => round_floats(array, decimals),
        _ => round_in_steps(array, decimals, out),
    }
}

/// Each part by itself.
fn round_complex(array: &Array, decimals: i32, out: Option<&Array>) -> Result<Array> {
    let result = match out {
        Some(out) => out.clone(),
        None => array.empty_like(array.dtype(), CopyOrder::K)?,
    };
    let parts = [
        (Some(array.real()), Some(result.real())),
        (array.imaginary(), result.imaginary()),
    ];
    for part in parts {
        if let (Some(part), Some(place)) = part {
            round(&part, decimals, Some(&place))?;
        }
    }
    Ok(result)
}

/// The power of ten by which elements are scaled.
fn scale(decimals: i32) -> f64 {
    10_f64.powi(decimals.saturating_abs())
}

fn apply(ufunc: &Ufunc, array: &Array, factor: Option<f64>, out: Option<&Array>) -> Result<Array> {
    let options = Options {
        out: [out, None],
        ..Options::default()
    };
    let inputs = [Input::Array(array), Input::Float(factor.unwrap_or(1.0))];
    Ok(ufunc.call(&inputs[..ufunc.nin], &options)?.swap_remove(0))
}

/// One pass after the other, in the result's own type.
fn round_in_steps(array: &Array, decimals: i32, out: Option<&Array>) -> Result<Array> {
    let (there, back) = if decimals > 0 {
        (known::multiply()?, known::divide()?)
    } else {
        (known::divide()?, known::multiply()?)
    };
    let factor = Some(scale(decimals));
    // Integers are scaled in floating point, truth values not at all: casts back to them are not of the same kind.
    let own = array.dtype();
    if own.class() == Class::Bool {
        let scaled = DType::Float64;
        return Err(Error::casting(format!(
            "Cannot cast ufunc '{}' output from dtype('{scaled}') to dtype('{own}') with casting rule 'same_kind'",
            there.name
        )));
    }
    let target = out.map_or(own, Array::dtype);
    if own.is_integer() && out.is_none() {
        let scaled = array.empty_like(&DType::Float64, CopyOrder::A)?;
        apply(there, array, factor, Some(&scaled))?;
        apply(known::rint()?, &scaled, None, Some(&scaled))?;
        apply(back, &scaled, factor, Some(&scaled))?;
        return scaled.converted(own, CopyOrder::A);
    }
    let work = match out {
        Some(out) => out.clone(),
        None => array.empty_like(target, CopyOrder::A)?,
    };
    apply(there, array, factor, Some(&work))?;
    apply(known::rint()?, &work, None, Some(&work))?;
    apply(back, &work, factor, Some(&work))?;
    Ok(work)
}

/// All three steps at once.
fn round_floats(array: &Array, decimals: i32) -> Result<Array> {
    let result = array.empty_like(array.dtype(), CopyOrder::A)?;
    let factor = Scalar::Float64(scale(decimals)).cast(array.dtype());
    let inputs = [array.operand(), factor.operand()];
    fpstatus::clear();
    let plan = Plan::new(array.shape(), &inputs, &[result.operand()], None);
    match (array.dtype(), decimals > 0) {
        (DType::Float32, true) => run(plan, &|block| {
            steps(block, |x: f32, f| (x * f).round_ties_even() / f)
        }),
        (DType::Float32, false) => run(plan, &|block| {
            steps(block, |x: f32, f| (x / f).round_ties_even() * f)
        }),
        (_, true) => run(plan, &|block| {
            steps(block, |x: f64, f| (x * f).round_ties_even() / f)
        }),
        (_, false) => run(plan, &|block| {
            steps(block, |x: f64, f| (x / f).round_ties_even() * f)
        }),
    }?;
    // What went wrong did so where NumPy says it does: too large a product, or a quotient of infinities.
    let (status, up) = (fpstatus::take(), decimals > 0);
    let product = status.contains(Status::OVER) == up || !up;
    report(status, if product { "multiply" } else { "divide" });
    Ok(result)
}

#[inline(always)]
fn steps<T: Element>(block: &mut Block<'_>, step: impl Fn(T, T) -> T) {
    let (x, factor, out) = block.binary::<T, T, T>();
    let factor = factor[0];
    if let [x] = *x {
        out.fill(step(x, factor));
        return;
    }
    simd::vectorized(
        #[inline(always)]
        || {
            out.iter_mut()
                .zip(x)
                .for_each(|(out, &x)| *out = step(x, factor));
        },
    );
}

#[cfg(test)]
mod tests {
    use rustsci_buffer::{Complex, f16};

    use super::*;

    #[test]
    fn integers_are_rounded_in_floating_point_and_wrap() {
        let a = Array::from_slice(&[125_i8, 127, -128]).unwrap();
        assert_eq!(
            round(&a, -1, None).unwrap().to_vec::<i8>().unwrap(),
            [120, -126, 126]
        );
        assert_eq!(
            round(&a, -3, None).unwrap().to_vec::<i8>().unwrap(),
            [0, 0, 0]
        );
        assert_eq!(
            round(&a, 2, None).unwrap().to_vec::<i8>().unwrap(),
            [125, 127, -128]
        );
    }

    #[test]
    fn every_inexact_type_is_rounded() {
        let half = Array::from_slice(&[f16::from_f32(1.2345)]).unwrap();
        let result = round(&half, 2, None).unwrap().item(0);
        assert_eq!(result, Scalar::Float16(f16::from_f32(1.23)));
        let single = Array::from_slice(&[1.2345_f32, -0.05, 1e10]).unwrap();
        assert_eq!(
            round(&single, 1, None).unwrap().to_vec::<f32>().unwrap(),
            [1.2, -0.0, 1e10]
        );
        let complex = Array::from_slice(&[Complex::new(1.25, 2.35)]).unwrap();
        assert_eq!(
            round(&complex, 1, None).unwrap().item(0),
            Scalar::Complex128(Complex::new(1.2, 2.4))
        );
        let large = Array::from_slice(&[1.5, 123456.0]).unwrap();
        assert_eq!(
            round(&large, -3, None).unwrap().to_vec::<f64>().unwrap(),
            [0.0, 123000.0]
        );
    }

    #[test]
    fn outputs_must_fit() {
        let a = Array::from_slice(&[1.56]).unwrap();
        let single = Array::from_slice(&[0.0_f32]).unwrap();
        round(&a, 1, Some(&single)).unwrap();
        assert_eq!(single.item(0), Scalar::Float32(1.6));
        let whole = Array::from_slice(&[0_i32]).unwrap();
        let error = round(&a, 1, Some(&whole)).unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("Cannot cast ufunc 'multiply' output")
        );
    }
}
