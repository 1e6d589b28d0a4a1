//! Making the class.

use std::mem::offset_of;
use std::ptr;

use pyo3::ffi;
use pyo3::prelude::*;

use super::{
    NDARRAY, Object, attributes, buffer, compare, copying, dlpack, finalize, item, methods, new,
    number, pickle, protocols, sequence, text,
};
use crate::c_api::{Class, free};
use crate::call::{builtin, class_item};

unsafe extern "C" fn dealloc(object: *mut ffi::PyObject) {
    // SAFETY: the last reference is gone; the fields are dropped once, then the memory is given back.
    unsafe {
        let this = object.cast::<Object>();
        if !(*this).weak_references.is_null() {
            ffi::PyObject_ClearWeakRefs(object);
        }
        ptr::drop_in_place(&raw mut (*this).state);
        ffi::Py_XDECREF((*this).base);
        free(object);
    }
}

/// Makes the class.
pub(crate) fn add_class(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    // SAFETY: the functions fit their slots and are written for `Object`, which has the field named.
    let class = unsafe {
        let class = Class::new(
            c"rustsci.ndarray",
            c"ndarray(shape, dtype=float, buffer=None, offset=0, strides=None, order=None)\n--\n\n\
              An array of elements of one type, along any number of axes.",
            size_of::<Object>(),
        )
        .flags(ffi::Py_TPFLAGS_BASETYPE | ffi::Py_TPFLAGS_SEQUENCE)
        .offset(c"__weaklistoffset__", offset_of!(Object, weak_references))
        .slot(ffi::Py_tp_new, new::new as *mut _)
        .slot(ffi::Py_tp_dealloc, dealloc as *mut _)
        .slot(ffi::Py_tp_repr, text::repr as *mut _)
        .slot(ffi::Py_tp_str, text::str as *mut _)
        .slot(ffi::Py_tp_hash, ffi::PyObject_HashNotImplemented as *mut _)
        .slot(ffi::Py_tp_richcompare, compare::richcompare as *mut _);
        buffer::slots(sequence::slots(number::slots(class)))
            .attributes(attributes::ATTRIBUTES)
            .build(py, &[])?
    };
    NDARRAY.set(&class);
    for group in [
        methods::METHODS,
        crate::coerce::FILE_METHODS,
        dlpack::METHODS,
        copying::METHODS,
        item::METHODS,
        pickle::METHODS,
        protocols::METHODS,
        finalize::METHODS,
    ] {
        for method in group {
            class.setattr(method.header.name, builtin(py, method)?)?;
        }
    }
    let rows = rustsci_bind::table::TABLE
        .iter()
        .flat_map(|rows| rows.iter());
    for row in rows.filter(|row| row.header.class == Some("ndarray")) {
        class.setattr(row.header.name, builtin(py, *row)?)?;
    }
    class.setattr("__array_priority__", 0.0)?;
    class.setattr("__class_getitem__", class_item(py, 2)?)?;
    protocols::remember_defaults(&class)?;
    module.add("ndarray", class)
}
