//! What kind of object something is, and integers.

use std::ffi::c_int;

use num_traits::ToPrimitive;
use rustpython_vm::builtins::PyInt;

use super::{PyExc_IndexError, PyObject, object, py};
use crate::{PyErr, exceptions};

pub unsafe fn PySequence_Check(address: *mut PyObject) -> c_int {
    // SAFETY: promised by the caller.
    let object = unsafe { object(address) };
    let py = py();
    let mapping = object.class().fast_issubclass(py.vm().ctx.types.dict_type);
    let sequence = object.sequence_unchecked();
    c_int::from(!mapping && sequence.slots().has_item())
}

pub unsafe fn PyIndex_Check(address: *mut PyObject) -> c_int {
    // SAFETY: promised by the caller.
    c_int::from(unsafe { object(address) }.number().is_index())
}

pub unsafe fn PyObject_CheckBuffer(address: *mut PyObject) -> c_int {
    // SAFETY: promised by the caller.
    c_int::from(unsafe { object(address) }.check_buffer())
}

/// An integer; one too large is clipped where no exception is named.
pub unsafe fn PyNumber_AsSsize_t(address: *mut PyObject, exception: *mut PyObject) -> isize {
    // SAFETY: promised by the caller.
    let object = unsafe { object(address) };
    let py = py();
    let value = match object.try_index(py.vm()) {
        Ok(value) => value,
        Err(error) => {
            PyErr::from(error).restore(py);
            return -1;
        }
    };
    let value = value.as_bigint();
    if let Some(value) = value.to_isize() {
        return value;
    }
    if exception.is_null() {
        let negative = value.sign() == malachite_bigint::Sign::Minus;
        return if negative { isize::MIN } else { isize::MAX };
    }
    let message = format!(
        "cannot fit '{}' into an index-sized integer",
        object.class().name()
    );
    // SAFETY: the statics never change.
    if exception == unsafe { PyExc_IndexError } {
        exceptions::PyIndexError::new_err(message).restore(py);
    } else {
        exceptions::PyOverflowError::new_err(message).restore(py);
    }
    -1
}

pub unsafe fn PyLong_AsLongLongAndOverflow(address: *mut PyObject, overflow: *mut c_int) -> i64 {
    // SAFETY: promised by the caller.
    let value = unsafe { object(address) }.downcast_ref::<PyInt>();
    match value.and_then(|value| value.as_bigint().to_i64()) {
        Some(value) => value,
        None => {
            // SAFETY: the place is the caller's.
            unsafe { *overflow = 1 };
            -1
        }
    }
}
