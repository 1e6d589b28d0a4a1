//! The slots that all scalar classes share.

use pyo3::ffi;
use rustsci_array::DType;

use super::{arithmetic, compare, convert, methods, new, text};
use crate::c_api::{Class, free};

unsafe extern "C" fn dealloc(object: *mut ffi::PyObject) {
    // SAFETY: the last reference is gone; a value needs no care.
    unsafe { free(object) };
}

/// What every class has. They are set for each, so that none of Python's `float` and `complex` shine through.
pub(super) fn common(class: Class) -> Class {
    // SAFETY: the functions fit their slots, and are written for scalars of any class.
    unsafe {
        let class = class
            .slot(ffi::Py_tp_new, new::new as *mut _)
            .slot(ffi::Py_tp_dealloc, dealloc as *mut _)
            .slot(ffi::Py_tp_repr, text::repr as *mut _)
            .slot(ffi::Py_tp_str, text::str as *mut _)
            .slot(ffi::Py_tp_hash, convert::hash as *mut _)
            .slot(ffi::Py_tp_richcompare, compare::richcompare as *mut _)
            .slot(ffi::Py_nb_bool, convert::truth as *mut _)
            .slot(ffi::Py_nb_int, convert::int as *mut _)
            .slot(ffi::Py_nb_float, convert::float as *mut _)
            .slot(ffi::Py_mp_subscript, methods::get_item as *mut _)
            .slot(ffi::Py_bf_getbuffer, methods::get_buffer as *mut _);
        arithmetic::slots(class)
    }
}

/// What only some classes have.
pub(super) fn concrete(class: Class, dtype: &DType) -> Class {
    if !dtype.is_integer() {
        return class;
    }
    // SAFETY: as above.
    unsafe { class.slot(ffi::Py_nb_index, convert::index as *mut _) }
}
