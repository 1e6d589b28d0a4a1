//! Arrays as text, by `rustsci.printing`.

use pyo3::ffi;
use pyo3::prelude::*;

use crate::c_api::{borrowed, slot};

/// Calls a function of the printing package.
fn printed(object: *mut ffi::PyObject, function: &str) -> *mut ffi::PyObject {
    slot(|py| {
        // SAFETY: the slot's argument is a live array.
        let object = unsafe { borrowed(py, object) };
        let printing = py.import("rustsci.printing")?;
        printing
            .getattr(function)?
            .call1((object,))
            .map(Bound::into_ptr)
    })
}

pub(super) unsafe extern "C" fn repr(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
    printed(object, "default_repr")
}

pub(super) unsafe extern "C" fn str(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
    printed(object, "default_str")
}
