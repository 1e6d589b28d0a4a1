//! Arguments that take over a call: `__array_function__`, and `like=`.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyTuple};
use rustsci_bind::Header;

use super::HostFunction;
use super::binding::{Bindings, Parameters};
use crate::c_api;

/// Which arguments can take over a call.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// The arguments themselves.
    Arguments,
    /// The members of arguments that are sequences as well.
    Members,
    /// The argument named `like`.
    Like,
}

/// Makes a public function of one written in Python.
pub(crate) static ARRAY_FUNCTION: HostFunction = HostFunction {
    header: Header::new(
        "_array_function",
        "(implementation, asking, asked, /)",
        "Return a function that is `implementation`, or `asking` where one of the arguments asked may take over the call.",
    ),
    call: |call| {
        let asked = match &*call.get::<String>(2)? {
            "arguments" => Asked::Arguments,
            "members" => Asked::Members,
            "like" => Asked::Like,
            other => {
                return Err(PyValueError::new_err(format!(
                    "nothing is known of arguments asked as '{other}'"
                )));
            }
        };
        c_api::array_function(call.required(0)?, call.required(1)?, asked)
    },
};

/// Whether objects of exactly this type never take over a call.
pub(crate) fn is_plain(object: &Bound<'_, PyAny>) -> bool {
    let kind = object.get_type_ptr();
    // The addresses of CPython's own types, compared only.
    kind == &raw mut ffi::PyFloat_Type
        || kind == &raw mut ffi::PyLong_Type
        || kind == &raw mut ffi::PyBool_Type
        || kind == &raw mut ffi::PyList_Type
        || kind == &raw mut ffi::PyTuple_Type
        || kind == &raw mut ffi::PyUnicode_Type
        || kind == &raw mut ffi::PyComplex_Type
        || object.is_none()
        || crate::ndarray::is_exact(object)
        || crate::scalar::is_exact(object)
}

/// Asks the arguments that may take over the call, and gives their answer if one did.
#[inline]
pub(crate) fn ask<'py>(
    function: &Bound<'py, PyAny>,
    header: &'static Header,
    parameters: &Parameters,
    bindings: &Bindings<'py>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let mut relevant: Vec<Bound<'py, PyAny>> = Vec::new();
    let mut any = false;
    for &(index, sequence) in &parameters.dispatch {
        let Some(object) = bindings.arguments[index] else {
            continue;
        };
        if *header.dispatch == ["like"] {
            if object.0.is_none() || crate::ndarray::is_exact(&object.0) {
                return Ok(None);
            }
            return ask_like(function, bindings, &object.0).map(Some);
        }
        if !sequence {
            any |= !is_plain(&object.0);
            relevant.push(object.0.to_owned());
        } else if let Ok(items) = object.0.cast::<PyList>() {
            any |= items.iter().any(|item| !is_plain(&item));
            relevant.extend(items.iter());
        } else if let Ok(items) = object.0.cast::<PyTuple>() {
            any |= items.iter().any(|item| !is_plain(&item));
            relevant.extend(items.iter());
        }
    }
    if any {
        ask_these(function, bindings, relevant)
    } else {
        Ok(None)
    }
}

#[cold]
fn ask_these<'py>(
    function: &Bound<'py, PyAny>,
    bindings: &Bindings<'py>,
    relevant: Vec<Bound<'py, PyAny>>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let py = function.py();
    let overrides = py.import("rustsci.overrides")?;
    let overriding = overrides.getattr("implementing_args")?.call1((relevant,))?;
    if overriding.is_empty()? {
        return Ok(None);
    }
    let (arguments, keywords) = bindings.as_passed(py)?;
    let implementation = function.getattr("_implementation")?;
    overrides
        .getattr("call_override")?
        .call1((function, implementation, overriding, arguments, keywords))
        .map(Some)
}

/// Asks the argument of `like=`, which stands in for the array to be made.
#[cold]
fn ask_like<'py>(
    function: &Bound<'py, PyAny>,
    bindings: &Bindings<'py>,
    like: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = function.py();
    if !like.get_type().hasattr("__array_function__")? {
        return Err(PyTypeError::new_err(
            "The `like` argument must be an array-like that implements the `__array_function__` protocol.",
        ));
    }
    let (arguments, keywords) = bindings.as_passed(py)?;
    keywords.del_item("like")?;
    let overrides = py.import("rustsci.overrides")?;
    let implementation = function.getattr("_implementation")?;
    overrides.getattr("call_override")?.call1((
        function,
        implementation,
        (like,),
        arguments,
        keywords,
    ))
}
