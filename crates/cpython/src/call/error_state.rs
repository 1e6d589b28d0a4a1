//! What floating-point conditions do: the state that `errstate` changes, and its application after a call.

use std::ptr;

use pyo3::exceptions::{PyDeprecationWarning, PyFloatingPointError, PyNameError, PyRuntimeWarning};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyTuple;
use rustsci_array::Status;
use rustsci_array::warning::{Category, Warning};
use rustsci_bind::Header;

use super::HostFunction;
use crate::c_api::{owned, status, write_stderr};

/// The modes of divide, over, under and invalid, the callback, and the buffer size, as a new context has them.
const DEFAULT: (u8, u8, u8, u8, Option<()>, usize) = (1, 1, 0, 1, None, 8192);

const CONDITIONS: [(Status, &str); 4] = [
    (Status::DIVIDE, "divide by zero"),
    (Status::OVER, "overflow"),
    (Status::UNDER, "underflow"),
    (Status::INVALID, "invalid value"),
];

/// The context variable that holds the state, so that threads and asynchronous tasks each have their own.
fn variable(py: Python<'_>) -> PyResult<&Bound<'_, PyAny>> {
    static VARIABLE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    VARIABLE
        .get_or_try_init(py, || {
            let default = DEFAULT.into_pyobject(py)?;
            // SAFETY: makes a new variable from a name and a live default.
            let variable = unsafe {
                owned(
                    py,
                    ffi::PyContextVar_New(c"rustsci.errstate".as_ptr(), default.as_ptr()),
                )
            };
            variable.map(Bound::unbind)
        })
        .map(|variable| variable.bind(py))
}

/// The state of the current context.
fn state(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
    let mut value = ptr::null_mut();
    // SAFETY: the variable is live, and the place for the result is ours.
    status(py, unsafe {
        ffi::PyContextVar_Get(variable(py)?.as_ptr(), ptr::null_mut(), &raw mut value)
    })?;
    // SAFETY: a new reference, or null where there is neither value nor default, which cannot be.
    let value = unsafe { owned(py, value) }?;
    Ok(value.cast_into()?)
}

pub(crate) static FUNCTIONS: &[HostFunction] = &[
    HostFunction {
        header: Header::new(
            "_get_error_state",
            "()",
            "Return what floating-point conditions do in this context.",
        ),
        call: |call| Ok(state(call.py)?.into_any()),
    },
    HostFunction {
        header: Header::new(
            "_set_error_state",
            "(divide, over, under, invalid, callback, bufsize, /)",
            "Set what floating-point conditions do in this context.",
        ),
        call: |call| {
            let values = (0..6).map(|index| call.required(index));
            let state = PyTuple::new(call.py, values.collect::<PyResult<Vec<_>>>()?)?;
            // SAFETY: the variable and the value are live; the token is given back at once.
            unsafe {
                owned(
                    call.py,
                    ffi::PyContextVar_Set(variable(call.py)?.as_ptr(), state.as_ptr()),
                )?;
            }
            Ok(call.py.None().into_bound(call.py))
        },
    },
];

/// Acts on the conditions that the call which is ending has reported.
#[inline]
pub(crate) fn settle(py: Python<'_>) -> PyResult<()> {
    for warning in rustsci_array::warning::take_warnings() {
        issue(py, warning)?;
    }
    match rustsci_array::exec::take_reported() {
        None => Ok(()),
        Some((conditions, what)) => act(py, conditions, what),
    }
}

/// Issues a warning that the core has left.
#[cold]
fn issue(py: Python<'_>, warning: Warning) -> PyResult<()> {
    let category = match warning.category {
        Category::Runtime => py.get_type::<PyRuntimeWarning>(),
        Category::Deprecation => py.get_type::<PyDeprecationWarning>(),
        Category::Complex => {
            let found = py.import("rustsci.exceptions")?.getattr("ComplexWarning")?;
            found.cast_into()?
        }
    };
    PyErr::warn(py, &category, &std::ffi::CString::new(warning.message)?, 1)
}

/// Acts on conditions by the modes of the current context.
#[cold]
pub(crate) fn act(py: Python<'_>, conditions: Status, what: &str) -> PyResult<()> {
    let state = state(py)?;
    for (index, (condition, name)) in CONDITIONS.into_iter().enumerate() {
        if !conditions.contains(condition) {
            continue;
        }
        match state.get_item(index)?.extract::<u8>()? {
            1 => {
                let message = std::ffi::CString::new(format!("{name} encountered in {what}"))?;
                PyErr::warn(py, &py.get_type::<PyRuntimeWarning>(), &message, 1)?;
            }
            2 => {
                return Err(PyFloatingPointError::new_err(format!(
                    "{name} encountered in {what}"
                )));
            }
            3 => {
                let callback = state.get_item(4)?;
                if callback.is_none() {
                    return Err(PyNameError::new_err(format!(
                        "python callback specified for {name} (in  {what}) but no function found."
                    )));
                }
                callback.call1((name, conditions.bits()))?;
            }
            4 => {
                write_stderr(py, &format!("Warning: {name} encountered in {what}\n"));
            }
            5 => {
                let log = state.get_item(4)?;
                let Some(write) = log.getattr_opt("write")? else {
                    return Err(PyNameError::new_err(format!(
                        "log specified for {name} (in {what}) but no object with write method found."
                    )));
                };
                write.call1((format!("Warning: {name} encountered in {what}\n"),))?;
            }
            _ => {}
        }
    }
    Ok(())
}
