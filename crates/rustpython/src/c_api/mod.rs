//! Classes with slots of their own on RustPython, with the names that `crates/cpython/src/c_api` has on CPython.
//!
//! The shells say what a class has by slots with CPython's signatures; here each becomes the methods that it stands for.

mod buffer;
mod class;
mod held;
mod memory;
mod methods;
mod objects;
mod slot;

pub(crate) use buffer::Lent;
pub(crate) use class::{Attribute, Class, TypeCell};
pub(crate) use held::Held;
pub(crate) use memory::{allocate, free};
pub(crate) use objects::{base_of, has_weak_references, only_repeats, slice_members, write_stderr};
pub(crate) use pyo3::ffi::PyMethod_New;
pub(crate) use slot::slot;

use pyo3::prelude::*;
use pyo3::{Borrowed, ffi};

use crate::call::overrides::Asked;

/// A function whose arguments may take over the call: in an interpreter of this speed the way that asks them will do.
pub(crate) fn array_function<'py>(
    _implementation: &Bound<'py, PyAny>,
    asking: &Bound<'py, PyAny>,
    _asked: Asked,
) -> PyResult<Bound<'py, PyAny>> {
    Ok(asking.clone())
}

/// Such functions need no class.
#[expect(
    clippy::unnecessary_wraps,
    reason = "on CPython there is one to be made"
)]
pub(crate) fn add_array_functions(_py: Python<'_>) -> PyResult<()> {
    Ok(())
}

/// How many references there are to an object with one name, while a method of it runs: its own, the bound method's and
/// the arguments'.
pub(crate) const REFERENCES_IN_A_CALL: isize = 3;

/// The object that a slot was handed, for as long as the slot runs.
///
/// # Safety
/// `object` must be a live object that outlives `'py`, as a slot's arguments do.
pub(crate) unsafe fn borrowed<'py>(
    py: Python<'py>,
    object: *mut ffi::PyObject,
) -> Borrowed<'py, 'py, PyAny> {
    // SAFETY: promised by the caller.
    unsafe { Borrowed::from_ptr(py, object) }
}

/// A new reference that a function gave, or the exception that it left.
///
/// # Safety
/// `object` must be a new reference, or null with an exception left.
pub(crate) unsafe fn owned<'py>(
    py: Python<'py>,
    object: *mut ffi::PyObject,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: promised by the caller.
    unsafe { Bound::from_owned_ptr_or_err(py, object) }
}

/// The result of a function that gives -1 for a failure.
pub(crate) fn status(py: Python<'_>, status: std::ffi::c_int) -> PyResult<()> {
    if status == -1 {
        Err(PyErr::fetch(py))
    } else {
        Ok(())
    }
}
