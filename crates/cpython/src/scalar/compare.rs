//! Comparison of scalars.

use std::ffi::c_int;

use pyo3::ffi;
use pyo3::prelude::*;
use rustsci_array::Scalar;
use rustsci_array::ufunc::{Input, Options};

use super::arithmetic::number;
use super::object;
use crate::c_api::{borrowed, slot};
use crate::call::{IntoPyErr, error_state};
use crate::ufunc::operators;

pub(super) unsafe extern "C" fn richcompare(
    a: *mut ffi::PyObject,
    b: *mut ffi::PyObject,
    operation: c_int,
) -> *mut ffi::PyObject {
    slot(|py| {
        // SAFETY: the slot's arguments are live objects.
        let (a, b) = unsafe { (borrowed(py, a), borrowed(py, b)) };
        let operator = operators::comparison(operation);
        if let (Some(x), Some(y)) = (number(&a), number(&b)) {
            if let (
                Input::Scalar(Scalar::Float64(x)),
                Input::Scalar(Scalar::Float64(y)) | Input::Float(y),
            ) = (&x, &y)
            {
                let result = match operation {
                    ffi::Py_EQ => x == y,
                    ffi::Py_NE => x != y,
                    ffi::Py_LT => x < y,
                    ffi::Py_LE => x <= y,
                    ffi::Py_GT => x > y,
                    _ => x >= y,
                };
                return object(py, &Scalar::Bool(result.into())).map(Bound::into_ptr);
            }
            let outputs = operator
                .ufunc()
                .call(&[x, y], &Options::default())
                .map_err(|error| error.into_py_err(py))?;
            error_state::settle(py)?;
            return object(py, &outputs[0].get(&[])).map(Bound::into_ptr);
        }
        crate::ndarray::compare(&a, &b, operation).map(Bound::into_ptr)
    })
}
