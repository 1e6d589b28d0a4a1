//! The methods of ufuncs.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::call::HostFunction;

pub(super) static METHODS: &[HostFunction] = &[];

/// Carries out a method without asking the operands to take over.
pub(super) fn without_overrides<'py>(
    _function: &Bound<'py, PyAny>,
    method: &str,
    _inputs: &Bound<'py, PyTuple>,
    _keywords: &Bound<'py, PyDict>,
) -> PyResult<Bound<'py, PyAny>> {
    Err(PyValueError::new_err(format!("unknown method '{method}'")))
}
