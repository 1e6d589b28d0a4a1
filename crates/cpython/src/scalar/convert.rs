//! Scalars as Python's own numbers.

use std::ffi::c_int;

use pyo3::IntoPyObjectExt;
use pyo3::exceptions::PyTypeError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyComplex, PyFloat};
use rustsci_array::Scalar;
use rustsci_array::dtype::Class;

use super::value;
use crate::c_api::{borrowed, slot};

/// The Python number of the same value.
pub(crate) fn to_python<'py>(py: Python<'py>, value: &Scalar) -> PyResult<Bound<'py, PyAny>> {
    match *value {
        Scalar::Bool(value) => value.get().into_bound_py_any(py),
        Scalar::Int8(value) => value.into_bound_py_any(py),
        Scalar::Int16(value) => value.into_bound_py_any(py),
        Scalar::Int32(value) => value.into_bound_py_any(py),
        Scalar::Int64(value) => value.into_bound_py_any(py),
        Scalar::UInt8(value) => value.into_bound_py_any(py),
        Scalar::UInt16(value) => value.into_bound_py_any(py),
        Scalar::UInt32(value) => value.into_bound_py_any(py),
        Scalar::UInt64(value) => value.into_bound_py_any(py),
        Scalar::Float16(value) => Ok(PyFloat::new(py, value.to_f64()).into_any()),
        Scalar::Float32(value) => Ok(PyFloat::new(py, value.into()).into_any()),
        Scalar::Float64(value) => Ok(PyFloat::new(py, value).into_any()),
        Scalar::Complex64(_) | Scalar::Complex128(_) => {
            let value = value.to_complex();
            Ok(PyComplex::from_doubles(py, value.re, value.im).into_any())
        }
    }
}

/// The value of a slot's argument.
pub(super) fn own(object: &Bound<'_, PyAny>) -> PyResult<Scalar> {
    value(object).ok_or_else(|| PyTypeError::new_err("a scalar without a value"))
}

/// Runs a conversion of a scalar.
pub(super) fn converted(
    object: *mut ffi::PyObject,
    convert: impl FnOnce(Python<'_>, Scalar) -> PyResult<Bound<'_, PyAny>>,
) -> *mut ffi::PyObject {
    slot(|py| {
        // SAFETY: the slot's argument is a live scalar.
        let object = unsafe { borrowed(py, object) };
        convert(py, own(&object)?).map(Bound::into_ptr)
    })
}

/// Tells that the imaginary part is lost.
pub(crate) fn warn_complex(py: Python<'_>) -> PyResult<()> {
    let category = py.import("rustsci.exceptions")?.getattr("ComplexWarning")?;
    PyErr::warn(
        py,
        &category,
        c"Casting complex values to real discards the imaginary part",
        1,
    )
}

pub(super) unsafe extern "C" fn int(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
    converted(object, |py, value| match value.dtype().class() {
        Class::Floating => PyFloat::new(py, value.to()).call_method0("__int__"),
        Class::Complex => {
            warn_complex(py)?;
            PyFloat::new(py, value.to_complex().re).call_method0("__int__")
        }
        Class::Bool => i64::from(value.truth()).into_bound_py_any(py),
        _ => to_python(py, &value),
    })
}

pub(super) unsafe extern "C" fn float(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
    converted(object, |py, value| {
        if value.dtype().is_complex() {
            warn_complex(py)?;
        }
        Ok(PyFloat::new(py, value.to()).into_any())
    })
}

/// `__index__`, which integers have.
pub(super) unsafe extern "C" fn index(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
    converted(object, |py, value| to_python(py, &value))
}

pub(super) unsafe extern "C" fn truth(object: *mut ffi::PyObject) -> c_int {
    slot(|py| {
        // SAFETY: the slot's argument is a live scalar.
        let object = unsafe { borrowed(py, object) };
        Ok(c_int::from(own(&object)?.truth()))
    })
}

/// The hash of the Python number of the same value; what is not a number goes by its object.
pub(super) unsafe extern "C" fn hash(object: *mut ffi::PyObject) -> ffi::Py_hash_t {
    slot(|py| {
        // SAFETY: the slot's argument is a live scalar.
        let scalar = unsafe { borrowed(py, object) };
        let value = own(&scalar)?;
        if value.dtype().is_inexact() && value.to_complex().is_nan() {
            return Ok(match (object as usize).rotate_right(4) as ffi::Py_hash_t {
                -1 => -2,
                hash => hash,
            });
        }
        to_python(py, &value)?.hash()
    })
}
