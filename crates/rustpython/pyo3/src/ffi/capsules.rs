//! Capsules: an address with a name.

use std::ffi::{c_char, c_int, c_void};
use std::ptr;

use rustpython_vm::{Py, PyObject as VmObject};

use super::{PyObject, object, py, result};

pub type PyCapsule_Destructor = unsafe extern "C" fn(*mut PyObject);

pub unsafe fn PyCapsule_New(
    pointer: *mut c_void,
    name: *const c_char,
    destructor: Option<PyCapsule_Destructor>,
) -> *mut PyObject {
    // SAFETY: the names of capsules are literals; the destructor takes the capsule's address.
    let (name, destructor) = unsafe {
        (
            std::ffi::CStr::from_ptr(name),
            destructor.map(|function| {
                std::mem::transmute::<PyCapsule_Destructor, unsafe extern "C" fn(*mut VmObject)>(
                    function,
                )
            }),
        )
    };
    let capsule = py().vm().ctx.new_capsule(pointer, Some(name), destructor);
    result(Ok(capsule.into()))
}

/// The capsule at an address, if it has a name; one given later is kept as the capsule's context.
unsafe fn capsule<'a>(
    address: *mut PyObject,
    name: *const c_char,
) -> Option<&'a Py<rustpython_vm::builtins::PyCapsule>> {
    // SAFETY: promised by the callers; names are literals.
    unsafe {
        let capsule = object(address).downcast_ref::<rustpython_vm::builtins::PyCapsule>()?;
        let own = match capsule.context() {
            context if context.is_null() => capsule.name()?,
            context => std::ffi::CStr::from_ptr(context.cast()),
        };
        (own == std::ffi::CStr::from_ptr(name)).then_some(capsule)
    }
}

pub unsafe fn PyCapsule_IsValid(address: *mut PyObject, name: *const c_char) -> c_int {
    // SAFETY: promised by the caller.
    c_int::from(unsafe { capsule(address, name) }.is_some())
}

pub unsafe fn PyCapsule_GetPointer(address: *mut PyObject, name: *const c_char) -> *mut c_void {
    // SAFETY: promised by the caller.
    unsafe { capsule(address, name) }.map_or(ptr::null_mut(), |capsule| capsule.pointer())
}

pub unsafe fn PyCapsule_SetName(address: *mut PyObject, name: *const c_char) -> c_int {
    // SAFETY: promised by the caller.
    let found = unsafe { object(address) }.downcast_ref::<rustpython_vm::builtins::PyCapsule>();
    if let Some(capsule) = found {
        capsule.set_context(name.cast_mut().cast());
    }
    0
}
