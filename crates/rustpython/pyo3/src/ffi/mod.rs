//! The part of CPython's C API that is used, on RustPython's objects.
//!
//! A `*mut PyObject` is the address of an object, `null` a failure that has left its exception. Slots have CPython's
//! signatures; the numbers of slots are this module's own.
#![allow(
    non_camel_case_types,
    non_snake_case,
    non_upper_case_globals,
    missing_docs,
    reason = "CPython's names; what they mean is said there"
)]
#![allow(
    clippy::missing_safety_doc,
    reason = "pointers must be to live objects, as in CPython's API"
)]

mod calls;
mod capsules;
mod contexts;
mod layout;
mod numbers;
mod statics;

use std::ffi::{c_int, c_void};
use std::ptr;

use rustpython_vm::{PyObject as VmObject, PyObjectRef};

use crate::{Bound, PyAny, PyErr, Python};

pub use calls::*;
pub use capsules::*;
pub use contexts::*;
pub use layout::*;
pub use numbers::*;
pub use statics::*;

fn py() -> Python<'static> {
    // SAFETY: the functions below are called by code of the machine that runs.
    unsafe { Python::assume_attached() }
}

unsafe fn object<'a>(object: *mut PyObject) -> &'a VmObject {
    // SAFETY: promised by the callers.
    unsafe { &*object.cast::<VmObject>() }
}

/// The address of a result, or null and the exception left.
fn result(result: rustpython_vm::PyResult) -> *mut PyObject {
    match result {
        Ok(object) => object.into_raw().as_ptr().cast(),
        Err(error) => {
            PyErr::from(error).restore(py());
            ptr::null_mut()
        }
    }
}

pub unsafe fn Py_INCREF(address: *mut PyObject) {
    // SAFETY: promised by the caller; the reference is forgotten, so that the count stays.
    let _ = unsafe { object(address) }.to_owned().into_raw();
}

pub unsafe fn Py_DECREF(address: *mut PyObject) {
    // SAFETY: promised by the caller, whose reference is dropped.
    drop(unsafe { Bound::from_owned_ptr(py(), address) });
}

pub unsafe fn Py_XDECREF(address: *mut PyObject) {
    if !address.is_null() {
        // SAFETY: promised by the caller.
        drop(unsafe { PyObjectRef::from_raw(ptr::NonNull::new_unchecked(address.cast())) });
    }
}

pub unsafe fn Py_IsNone(address: *mut PyObject) -> c_int {
    // SAFETY: promised by the caller.
    c_int::from(py().vm().is_none(unsafe { object(address) }))
}

pub unsafe fn Py_REFCNT(address: *mut PyObject) -> isize {
    // SAFETY: promised by the caller.
    unsafe { object(address) }.strong_count() as isize
}

pub unsafe fn PyType_IsSubtype(class: *mut PyTypeObject, other: *mut PyTypeObject) -> c_int {
    let py = py();
    c_int::from(class_at(py, class).fast_issubclass(class_at(py, other)))
}

/// The class that a class is laid out as; null for `object`.
pub unsafe fn base_of(class: *mut PyTypeObject) -> *mut PyTypeObject {
    let py = py();
    match class_at(py, class).iter_base_chain().nth(1) {
        Some(base) => type_address(py, base),
        None => ptr::null_mut(),
    }
}

pub fn PyVectorcall_NARGS(count: usize) -> isize {
    count as isize
}

/// Marks a class that is called by its instances' `vectorcall`; [`Py_tp_call`] is that mark.
pub unsafe extern "C" fn PyVectorcall_Call(
    _callable: *mut PyObject,
    _arguments: *mut PyObject,
    _keywords: *mut PyObject,
) -> *mut PyObject {
    result(Err(py().vm().new_system_error("a mark was called")))
}

/// Marks a class whose instances have no hash, in [`Py_tp_hash`]. The address of a function would be no mark: there may
/// be several of one function.
pub const PyObject_HashNotImplemented: *mut c_void =
    (&raw const NO_HASH).cast::<c_void>().cast_mut();
static NO_HASH: u8 = 0;

pub unsafe fn PyObject_ClearWeakRefs(_object: *mut PyObject) {}

fn bound_result(result: crate::PyResult<Bound<'_, PyAny>>) -> *mut PyObject {
    match result {
        Ok(object) => object.into_ptr(),
        Err(error) => {
            error.restore(py());
            ptr::null_mut()
        }
    }
}

/// Writes to `sys.stderr`. What cannot be written is lost, as it is on CPython.
pub fn write_stderr(text: &str) {
    let py = py();
    let written = py
        .import("sys")
        .and_then(|sys| sys.getattr("stderr"))
        .and_then(|stream| stream.call_method1("write", (text,)));
    drop(written);
}
