//! What this crate needs of CPython's C API beyond PyO3: classes with slots of their own, and references that any
//! thread may drop.

mod array_function;
mod buffer;
mod class;
mod held;
mod objects;
mod slot;

pub(crate) use array_function::{add_class as add_array_functions, array_function};
pub(crate) use buffer::Lent;
pub(crate) use class::{Attribute, Class, TypeCell};
pub(crate) use held::Held;
pub(crate) use objects::{
    allocate, base_of, free, has_weak_references, only_repeats, slice_members, write_stderr,
};
pub(crate) use slot::slot;

use pyo3::prelude::*;
use pyo3::{Borrowed, ffi};

/// How many references there are to an object with one name, while a method of it runs: its own and the call's.
pub(crate) const REFERENCES_IN_A_CALL: isize = 2;

unsafe extern "C" {
    /// Binds a function to an instance (`types.MethodType`); PyO3 does not declare it.
    pub(crate) fn PyMethod_New(
        function: *mut ffi::PyObject,
        instance: *mut ffi::PyObject,
    ) -> *mut ffi::PyObject;
}

/// The object that a slot was handed, for as long as the slot runs.
///
/// # Safety
/// `object` must be a live object that outlives `'py`, as a slot's arguments do.
#[inline(always)]
pub(crate) unsafe fn borrowed<'py>(
    py: Python<'py>,
    object: *mut ffi::PyObject,
) -> Borrowed<'py, 'py, PyAny> {
    // SAFETY: promised by the caller.
    unsafe { Borrowed::from_ptr(py, object) }
}

/// A new reference that the C API gave, or the exception that it set.
///
/// # Safety
/// `object` must be a new reference, or null with an exception set.
#[inline]
pub(crate) unsafe fn owned<'py>(
    py: Python<'py>,
    object: *mut ffi::PyObject,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: promised by the caller.
    unsafe { Bound::from_owned_ptr_or_err(py, object) }
}

/// The result of a C function that gives -1 for a failure.
pub(crate) fn status(py: Python<'_>, status: std::ffi::c_int) -> PyResult<()> {
    if status == -1 {
        Err(PyErr::fetch(py))
    } else {
        Ok(())
    }
}
