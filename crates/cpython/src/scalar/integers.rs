//! Integer arithmetic on scalars, which, unlike that on arrays, reports an overflow.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use rustsci_array::dtype::Class;
use rustsci_array::ufunc::{Input, integer_range};
use rustsci_array::{DType, Scalar, Status};

use crate::call::{IntoPyErr, error_state};

/// The value of an integer scalar.
fn wide(value: &Scalar) -> i128 {
    match *value {
        Scalar::UInt64(value) => value.into(),
        ref value => value.to::<i64>().into(),
    }
}

/// An exact result in its dtype: wrapped, and reported, if it does not fit.
fn fit(
    py: Python<'_>,
    name: &str,
    exact: Option<i128>,
    low_bits: u64,
    dtype: &DType,
) -> PyResult<Scalar> {
    let (low, high) = integer_range(dtype);
    if !exact.is_some_and(|exact| (low..=high).contains(&exact)) {
        error_state::act(py, Status::OVER, &format!("scalar {name}"))?;
    }
    Ok(Scalar::UInt64(low_bits).cast(dtype))
}

/// The result of an operation on integers of one dtype; nothing where arrays do the same.
pub(super) fn binary(
    py: Python<'_>,
    name: &str,
    inputs: &[Input<'_>; 2],
    dtype: &DType,
) -> PyResult<Option<Scalar>> {
    if !matches!(
        name,
        "add" | "subtract" | "multiply" | "floor_divide" | "power"
    ) {
        return Ok(None);
    }
    let scalar = |input: &Input<'_>| {
        input
            .to_scalar(dtype)
            .map_err(|error| error.into_py_err(py))
    };
    let (x, y) = (wide(&scalar(&inputs[0])?), wide(&scalar(&inputs[1])?));
    let (low_x, low_y) = (x as u64, y as u64);
    let fit = |exact, low_bits| fit(py, name, exact, low_bits, dtype).map(Some);
    match name {
        "add" => fit(x.checked_add(y), low_x.wrapping_add(low_y)),
        "subtract" => fit(x.checked_sub(y), low_x.wrapping_sub(low_y)),
        "multiply" => fit(x.checked_mul(y), low_x.wrapping_mul(low_y)),
        "floor_divide" if y == 0 => {
            error_state::act(py, Status::DIVIDE, "scalar floor_divide")?;
            Ok(Some(Scalar::zero(dtype)))
        }
        "floor_divide" => {
            let quotient = x.div_euclid(y) - i128::from(y < 0 && x.rem_euclid(y) != 0);
            fit(Some(quotient), quotient as u64)
        }
        _ if y < 0 => Err(PyValueError::new_err(
            "Integers to negative integer powers are not allowed.",
        )),
        _ => Ok(None),
    }
}

/// Negation and magnitude of integers; nothing where arrays do the same.
pub(super) fn unary(py: Python<'_>, name: &str, value: &Scalar) -> PyResult<Option<Scalar>> {
    let dtype = value.dtype();
    let signed = dtype.class() == Class::Signed;
    let exact = match name {
        "negative" if dtype.is_integer() => -wide(value),
        "absolute" if signed => wide(value).abs(),
        _ => return Ok(None),
    };
    fit(py, name, Some(exact), exact as u64, &dtype).map(Some)
}
