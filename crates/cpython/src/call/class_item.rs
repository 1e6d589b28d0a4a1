//! Classes as annotations: `ndarray[shape, dtype]`.

use std::ops::RangeInclusive;

use pyo3::exceptions::PyTypeError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use rustsci_bind::Header;

use super::{Call, HostFunction, builtin};
use crate::c_api::owned;

/// A generic alias of a class with as many arguments as it takes.
fn alias<'py>(call: &Call<'_, 'py>, takes: RangeInclusive<usize>) -> PyResult<Bound<'py, PyAny>> {
    let (class, item) = (call.required(0)?, call.required(1)?);
    let count = item.cast::<PyTuple>().map_or(1, |items| items.len());
    if !takes.contains(&count) {
        let few = if count < *takes.start() {
            "few"
        } else {
            "many"
        };
        return Err(PyTypeError::new_err(format!(
            "Too {few} arguments for {}",
            class.repr()?
        )));
    }
    call.py
        .import("types")?
        .getattr("GenericAlias")?
        .call1((class, item))
}

const fn method(
    call: for<'a, 'py> fn(&Call<'a, 'py>) -> PyResult<Bound<'py, PyAny>>,
) -> HostFunction {
    HostFunction {
        header: Header::new(
            "__class_getitem__",
            "(cls, item, /)",
            "Return the class with arguments, for annotations.",
        )
        .of_class("ndarray"),
        call,
    }
}

static ONE: HostFunction = method(|call| alias(call, 1..=1));
static ONE_OR_TWO: HostFunction = method(|call| alias(call, 1..=2));

/// The class method `__class_getitem__` of a class that takes up to so many arguments.
pub(crate) fn class_item(py: Python<'_>, most: usize) -> PyResult<Bound<'_, PyAny>> {
    let function = builtin(py, if most == 1 { &ONE } else { &ONE_OR_TWO })?;
    // SAFETY: makes a new object from a live one.
    unsafe { owned(py, ffi::PyClassMethod_New(function.as_ptr())) }
}
