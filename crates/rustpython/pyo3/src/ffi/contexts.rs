//! Variables of a context, by `contextvars`.

use std::ffi::{c_char, c_int};

use super::{PyObject, bound_result, object, py};
use crate::{Bound, PyAny};

/// The variable of a context, by `contextvars`.
pub unsafe fn PyContextVar_New(name: *const c_char, default: *mut PyObject) -> *mut PyObject {
    // SAFETY: the name is a literal; the default is alive.
    let (name, default) = unsafe { (std::ffi::CStr::from_ptr(name), object(default).to_owned()) };
    let made = (|| {
        let py = py();
        let keywords = crate::types::PyDict::new(py);
        keywords.set_item("default", Bound::<PyAny>::wrap(py, default))?;
        let class = py.import("contextvars")?.getattr("ContextVar")?;
        class.call((name.to_string_lossy().into_owned(),), Some(&keywords))
    })();
    bound_result(made)
}

pub unsafe fn PyContextVar_Get(
    variable: *mut PyObject,
    _default: *mut PyObject,
    value: *mut *mut PyObject,
) -> c_int {
    // SAFETY: promised by the caller.
    let variable = unsafe { Bound::from_borrowed_ptr(py(), variable) };
    let found = bound_result(variable.call_method0("get"));
    // SAFETY: the place is the caller's.
    unsafe { *value = found };
    if found.is_null() { -1 } else { 0 }
}

pub unsafe fn PyContextVar_Set(variable: *mut PyObject, value: *mut PyObject) -> *mut PyObject {
    // SAFETY: promised by the caller.
    let (variable, value) = unsafe {
        (
            Bound::from_borrowed_ptr(py(), variable),
            Bound::from_borrowed_ptr(py(), value),
        )
    };
    bound_result(variable.call_method1("set", (value,)))
}
