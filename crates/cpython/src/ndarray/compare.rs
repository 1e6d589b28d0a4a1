//! Comparison of arrays, elementwise.

use std::ffi::c_int;

use pyo3::basic::CompareOp;
use pyo3::exceptions::PySystemError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyTuple};
use rustsci_array::{Array, DType, Order, Scalar};

use super::wrap;
use crate::c_api::{borrowed, slot};
use crate::call::IntoPyErr;
use crate::call::errors::is_unsupported;
use crate::ufunc::{call, operators};
use crate::{coerce, scalar};

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
    match call::operate(py, operators::comparison(operation).ufunc(), &[a, b], None) {
        // What cannot be an element is compared with each of the elements as Python compares objects.
        Err(error) if is_unsupported(py, &error) => {
            let sequence = b.is_instance_of::<PyList>() || b.is_instance_of::<PyTuple>();
            if sequence {
                not_implemented()
            } else {
                one_by_one(a, b, operation)
            }
        }
        other => other,
    }
}

/// Compares each element with one object.
fn one_by_one<'py>(
    a: &Bound<'py, PyAny>,
    b: &Bound<'py, PyAny>,
    operation: c_int,
) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let own = coerce::to_array(a, None)?;
    let operation = CompareOp::from_raw(operation)
        .ok_or_else(|| PySystemError::new_err("an unknown comparison"))?;
    let result =
        Array::empty(own.shape(), &DType::Bool, Order::C).map_err(|error| error.into_py_err(py))?;
    for position in 0..own.size() {
        let element = scalar::to_python(py, &own.item(position))?;
        let truth = element.rich_compare(b, operation)?.is_truthy()?;
        result.set_item(position, &Scalar::Bool(truth.into()));
    }
    if result.ndim() == 0 {
        return scalar::object(py, &result.get(&[]));
    }
    wrap(py, result)
}
