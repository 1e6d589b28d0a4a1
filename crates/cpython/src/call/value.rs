//! From a function's value to a Python object.

use pyo3::IntoPyObjectExt;
use pyo3::exceptions::PySystemError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyComplex, PyList, PyTuple};
use rustsci_array::Array;
use rustsci_bind::{Header, Signature, Value};

use super::binding::Bindings;
use crate::c_api::Held;
use crate::{dtype, ndarray, scalar};

/// An object for a value; an array in it is the owner of what it shows.
pub(crate) fn to_object<'py>(py: Python<'py>, value: Value) -> PyResult<Bound<'py, PyAny>> {
    convert(py, value, &|array| ndarray::wrap(py, array))
}

/// The object that a call returns.
///
/// An array that shows memory of one of the arguments has that argument as its base, and takes after the class of
/// the array whose method was called. What was written into `out=` is returned as that very object.
#[inline]
pub(crate) fn to_result<'py>(
    py: Python<'py>,
    value: Value,
    bindings: &Bindings<'py>,
    header: &'static Header,
    signature: &Signature,
) -> PyResult<Bound<'py, PyAny>> {
    let argument = |name: &str| {
        let index = signature
            .parameters
            .iter()
            .position(|parameter| parameter.name == name)?;
        bindings.arguments[index]
    };
    if let Value::Array(_) | Value::Scalar(_) = value
        && let Some(out) = argument("out").filter(|out| !out.0.is_none())
    {
        return Ok(out.0.to_owned());
    }
    let own = match header.after {
        Some(name) => argument(name)
            .filter(|_| argument("subok").is_none_or(|subok| subok.0.is_truthy().unwrap_or(true))),
        None => header
            .class
            .and(bindings.arguments.first().copied().flatten()),
    };
    convert(py, value, &|array| {
        let shared = bindings.arguments.iter().flatten().find(|argument| {
            ndarray::is_instance(&argument.0) && ndarray::array(&argument.0).shares_buffer(&array)
        });
        match own {
            Some(own) if !ndarray::is_exact(&own.0) && ndarray::is_instance(&own.0) => {
                ndarray::wrap_like(&own.0, array, shared.map(|argument| &*argument.0))
            }
            _ => match shared {
                Some(argument) => ndarray::wrap_view(&argument.0, array),
                None => ndarray::wrap(py, array),
            },
        }
    })
}

fn convert<'py>(
    py: Python<'py>,
    value: Value,
    wrap: &dyn Fn(Array) -> PyResult<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let all = |items: Vec<Value>| {
        items
            .into_iter()
            .map(|item| convert(py, item, wrap))
            .collect::<PyResult<Vec<_>>>()
    };
    match value {
        Value::Missing | Value::None => Ok(py.None().into_bound(py)),
        Value::Bool(value) => value.into_bound_py_any(py),
        Value::Int(value) => match i64::try_from(value) {
            Ok(value) => value.into_bound_py_any(py),
            Err(_) => value.into_bound_py_any(py),
        },
        Value::Float(value) => value.into_bound_py_any(py),
        Value::Complex(value) => Ok(PyComplex::from_doubles(py, value.re, value.im).into_any()),
        Value::Str(text) => text.into_bound_py_any(py),
        Value::Bytes(bytes) => Ok(PyBytes::new(py, &bytes).into_any()),
        Value::DType(dtype) => Ok(dtype::object(py, &dtype)),
        Value::Array(array) => wrap(array),
        Value::Scalar(value) => scalar::object(py, &value),
        Value::Tuple(items) => Ok(PyTuple::new(py, all(items)?)?.into_any()),
        Value::List(items) => Ok(PyList::new(py, all(items)?)?.into_any()),
        Value::Object(handle) => handle
            .get::<Held>()
            .map(|object| object.bind(py))
            .ok_or_else(|| PySystemError::new_err("an object of another interpreter")),
    }
}
