//! Comparison of dtypes: with anything that names one; by what may be cast to what.

use std::ffi::c_int;

use pyo3::IntoPyObjectExt;
use pyo3::exceptions::{PyNotImplementedError, PyTypeError, PyValueError};
use pyo3::ffi;
use rustsci_array::dtype::{Casting, can_cast};

use super::{from_object, this};
use crate::c_api::{borrowed, slot};

pub(super) unsafe extern "C" fn richcompare(
    dtype: *mut ffi::PyObject,
    other: *mut ffi::PyObject,
    operation: c_int,
) -> *mut ffi::PyObject {
    slot(|py| {
        // SAFETY: CPython hands over live objects, the first an instance.
        let (dtype, other) = unsafe { (borrowed(py, dtype), borrowed(py, other)) };
        let not_implemented = || Ok(py.NotImplemented().into_ptr());
        let other = match from_object(&other) {
            Ok(other) => other,
            Err(error)
                if error.is_instance_of::<PyTypeError>(py)
                    || error.is_instance_of::<PyValueError>(py)
                    || error.is_instance_of::<PyNotImplementedError>(py) =>
            {
                return not_implemented();
            }
            Err(error) => return Err(error),
        };
        let own = this(&dtype);
        let casts = |from, to| can_cast(from, to, Casting::Safe);
        let result = match operation {
            ffi::Py_EQ => *own == other,
            ffi::Py_NE => *own != other,
            ffi::Py_LE => casts(own, &other),
            ffi::Py_LT => *own != other && casts(own, &other),
            ffi::Py_GE => casts(&other, own),
            _ => *own != other && casts(&other, own),
        };
        Ok(result.into_bound_py_any(py)?.into_ptr())
    })
}
