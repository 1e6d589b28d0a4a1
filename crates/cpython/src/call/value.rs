//! From a function's value to a Python object.

use pyo3::IntoPyObjectExt;
use pyo3::exceptions::PySystemError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyComplex, PyList, PyTuple};
use rustsci_array::Array;
use rustsci_bind::Value;

use super::binding::{Bindings, Parameters};
use super::errors::IntoPyErr;
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
    parameters: &Parameters,
) -> PyResult<Bound<'py, PyAny>> {
    if parameters.wraps
        && let Some(own) = given(bindings, parameters.after)
        && !ndarray::is_exact(own)
        && ndarray::is_instance(own)
        && given(bindings, parameters.out).is_none()
    {
        let array = match value {
            Value::Array(array) => array,
            Value::Scalar(value) => {
                Array::from_scalar(&value).map_err(|error| error.into_py_err(py))?
            }
            other => return to_object(py, other),
        };
        let no_axes = array.ndim() == 0;
        return crate::ufunc::wrap(own, &ndarray::wrap(py, array)?, None, no_axes);
    }
    match value {
        Value::Array(array) => match given(bindings, parameters.out) {
            Some(out) => Ok(out.clone()),
            // A method of a scalar gives scalars.
            None if parameters.is_method
                && array.ndim() == 0
                && given(bindings, parameters.after)
                    .is_some_and(|own| scalar::value(own).is_some()) =>
            {
                scalar::object(py, &array.get(&[]))
            }
            None => wrap(py, array, bindings, parameters),
        },
        Value::Scalar(value) => match given(bindings, parameters.out) {
            Some(out) => Ok(out.clone()),
            None => scalar::object(py, &value),
        },
        other => convert(py, other, &|array| wrap(py, array, bindings, parameters)),
    }
}

/// The argument of a parameter, if one other than None was given.
fn given<'a, 'py>(
    bindings: &'a Bindings<'py>,
    parameter: Option<usize>,
) -> Option<&'a Bound<'py, PyAny>> {
    let argument = bindings.arguments[parameter?].as_ref()?;
    (!argument.0.is_none()).then_some(&*argument.0)
}

/// An array that a call returns, as an object.
fn wrap<'py>(
    py: Python<'py>,
    array: Array,
    bindings: &Bindings<'py>,
    parameters: &Parameters,
) -> PyResult<Bound<'py, PyAny>> {
    let shared = bindings.arguments.iter().flatten().find(|argument| {
        ndarray::is_instance(&argument.0) && ndarray::array(&argument.0).shares_buffer(&array)
    });
    let own = given(bindings, parameters.after)
        .filter(|own| !ndarray::is_exact(own) && ndarray::is_instance(own));
    if let Some(own) = own
        && given(bindings, parameters.subok).map_or(Ok(true), |subok| subok.is_truthy())?
    {
        return ndarray::wrap_like(own, array, shared.map(|argument| &*argument.0));
    }
    match shared {
        Some(argument) => ndarray::wrap_view(&argument.0, array),
        None => ndarray::wrap(py, array),
    }
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
