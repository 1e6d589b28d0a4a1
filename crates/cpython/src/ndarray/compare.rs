//! Comparison of arrays, elementwise.

use std::ffi::c_int;

use pyo3::exceptions::{PyNotImplementedError, PyTypeError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};
use rustsci_array::{Array, DType, Order, Scalar};

use super::{array, is_instance, wrap};
use crate::c_api::{borrowed, slot};
use crate::call::IntoPyErr;
use crate::ufunc::{call, operators};

pub(super) unsafe extern "C" fn richcompare(
    a: *mut ffi::PyObject,
    b: *mut ffi::PyObject,
    operation: c_int,
) -> *mut ffi::PyObject {
    slot(|py| {
        // SAFETY: the slot's arguments are live objects.
        let (a, b) = unsafe { (borrowed(py, a), borrowed(py, b)) };
        let operator = operators::comparison(operation);
        if let Some(result) = call::quick(py, operator.ufunc(), &[&a, &b], None) {
            return result.map(Bound::into_ptr);
        }
        compare(&a, &b, operation).map(Bound::into_ptr)
    })
}

/// Compares an array or a scalar with anything.
pub(crate) fn compare<'py>(
    a: &Bound<'py, PyAny>,
    b: &Bound<'py, PyAny>,
    operation: c_int,
) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let not_implemented = || Ok(py.NotImplemented().into_bound(py));
    if operators::defers(a, b, false)? {
        return not_implemented();
    }
    let equality = matches!(operation, ffi::Py_EQ | ffi::Py_NE);
    // No number equals what is not one.
    if equality && (b.is_none() || b.is_instance_of::<PyString>() || b.is_instance_of::<PyBytes>()) {
        if !is_instance(a) {
            return not_implemented();
        }
        let value = Scalar::Bool((operation == ffi::Py_NE).into());
        let result = Array::full(array(a).shape(), &value, &DType::Bool, Order::C)
            .map_err(|error| error.into_py_err(py))?;
        return match result.ndim() {
            0 => crate::scalar::object(py, &value),
            _ => wrap(py, result),
        };
    }
    match call::operate(py, operators::comparison(operation).ufunc(), &[a, b], None) {
        Err(error)
            if error.is_instance_of::<PyNotImplementedError>(py)
                || (error.is_instance_of::<PyTypeError>(py) && !is_instance(b)) =>
        {
            not_implemented()
        }
        other => other,
    }
}
