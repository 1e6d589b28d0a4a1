//! Reductions and running results along axes.

use rustsci_array::ufunc::{self, Reduction, Ufunc};
use rustsci_array::{Array, DType, Error, Result};

use crate::convert::{Axes, Start, Target, Where};
use crate::value::{IntoValue, ScalarOrArray, Value};
use crate::{Function, export};

pub(crate) static ROWS: &[&Function] = &[&SUM, &PROD, &MAX, &MIN, &ALL, &ANY, &CUMSUM, &CUMPROD];

fn operation(name: &str) -> Result<&'static Ufunc> {
    ufunc::get(name).ok_or_else(|| Error::runtime(format!("there is no ufunc '{name}'")))
}

/// What all reductions are asked for.
struct Request {
    axis: Option<Axes>,
    dtype: Option<DType>,
    out: Option<Target>,
    keepdims: bool,
    initial: Start,
    mask: Where,
}

impl Request {
    /// Whether nothing was asked for: then small arrays take the short way.
    fn is_plain(&self) -> bool {
        self.axis.is_none()
            && self.dtype.is_none()
            && self.out.is_none()
            && !self.keepdims
            && matches!(self.initial, Start::Default)
            && self.mask.0.is_none()
    }
}

fn reduce(name: &str, array: &Array, request: &Request) -> Result<Value> {
    let operation = operation(name)?;
    if request.is_plain()
        && let Some(result) = operation.reduce_small(array)
    {
        return result.map(Value::Scalar);
    }
    let reduction = Reduction {
        axes: request
            .axis
            .as_ref()
            .map(|axes| axes.0.iter().copied().collect()),
        dtype: request.dtype.clone(),
        out: request.out.as_ref().map(|out| &out.0),
        keepdims: request.keepdims,
        initial: request.initial.initial(),
        mask: request.mask.0.as_ref(),
    };
    let result = operation.reduce(array, &reduction)?;
    if request.out.is_some() {
        Ok(Value::Array(result))
    } else {
        ScalarOrArray(result).into_value()
    }
}

/// Return the sum of the elements along axes.
///
/// Integers smaller than 64 bits are added as 64-bit ones; floating-point numbers are added pairwise.
#[export(
    method,
    wraps,
    signature = "(self, /, axis=None, dtype=None, out=None, keepdims=False, initial=<no value>, where=True)"
)]
fn sum(
    array: Array,
    axis: Option<Axes>,
    dtype: Option<DType>,
    out: Option<Target>,
    keepdims: bool,
    initial: Start,
    mask: Where,
) -> Result<Value> {
    reduce(
        "add",
        &array,
        &Request {
            axis,
            dtype,
            out,
            keepdims,
            initial,
            mask,
        },
    )
}

/// Return the product of the elements along axes.
#[export(
    method,
    wraps,
    signature = "(self, /, axis=None, dtype=None, out=None, keepdims=False, initial=<no value>, where=True)"
)]
fn prod(
    array: Array,
    axis: Option<Axes>,
    dtype: Option<DType>,
    out: Option<Target>,
    keepdims: bool,
    initial: Start,
    mask: Where,
) -> Result<Value> {
    reduce(
        "multiply",
        &array,
        &Request {
            axis,
            dtype,
            out,
            keepdims,
            initial,
            mask,
        },
    )
}

/// Return the largest element along axes; NaN if there is one.
#[export(
    method,
    wraps,
    signature = "(self, /, axis=None, out=None, keepdims=False, initial=<no value>, where=True)"
)]
fn max(
    array: Array,
    axis: Option<Axes>,
    out: Option<Target>,
    keepdims: bool,
    initial: Start,
    mask: Where,
) -> Result<Value> {
    reduce(
        "maximum",
        &array,
        &Request {
            axis,
            dtype: None,
            out,
            keepdims,
            initial,
            mask,
        },
    )
}

/// Return the smallest element along axes; NaN if there is one.
#[export(
    method,
    wraps,
    signature = "(self, /, axis=None, out=None, keepdims=False, initial=<no value>, where=True)"
)]
fn min(
    array: Array,
    axis: Option<Axes>,
    out: Option<Target>,
    keepdims: bool,
    initial: Start,
    mask: Where,
) -> Result<Value> {
    reduce(
        "minimum",
        &array,
        &Request {
            axis,
            dtype: None,
            out,
            keepdims,
            initial,
            mask,
        },
    )
}

/// Return whether all elements along axes are true.
#[export(
    method,
    wraps,
    function,
    signature = "(a, /, axis=None, out=None, keepdims=False, *, where=True)"
)]
fn all(
    array: Array,
    axis: Option<Axes>,
    out: Option<Target>,
    keepdims: bool,
    mask: Where,
) -> Result<Value> {
    let request = Request {
        axis,
        dtype: None,
        out,
        keepdims,
        initial: Start::Default,
        mask,
    };
    reduce("logical_and", &array, &request)
}

/// Return whether any element along axes is true.
#[export(
    method,
    wraps,
    function,
    signature = "(a, /, axis=None, out=None, keepdims=False, *, where=True)"
)]
fn any(
    array: Array,
    axis: Option<Axes>,
    out: Option<Target>,
    keepdims: bool,
    mask: Where,
) -> Result<Value> {
    let request = Request {
        axis,
        dtype: None,
        out,
        keepdims,
        initial: Start::Default,
        mask,
    };
    reduce("logical_or", &array, &request)
}

fn accumulate(
    name: &str,
    array: &Array,
    axis: Option<isize>,
    dtype: Option<DType>,
    out: Option<Target>,
) -> Result<Array> {
    let flat = match axis {
        Some(_) if array.ndim() > 0 => array.clone(),
        _ => array.reshaped(&[array.size()], rustsci_array::Order::C)?,
    };
    operation(name)?.accumulate(
        &flat,
        axis.unwrap_or(0),
        dtype.as_ref(),
        out.as_ref().map(|out| &out.0),
    )
}

/// Return the running sums along an axis, or of all elements in C order.
#[export(
    method,
    wraps,
    signature = "(self, /, axis=None, dtype=None, out=None)"
)]
fn cumsum(
    array: Array,
    axis: Option<isize>,
    dtype: Option<DType>,
    out: Option<Target>,
) -> Result<Array> {
    accumulate("add", &array, axis, dtype, out)
}

/// Return the running products along an axis, or of all elements in C order.
#[export(
    method,
    wraps,
    signature = "(self, /, axis=None, dtype=None, out=None)"
)]
fn cumprod(
    array: Array,
    axis: Option<isize>,
    dtype: Option<DType>,
    out: Option<Target>,
) -> Result<Array> {
    accumulate("multiply", &array, axis, dtype, out)
}
