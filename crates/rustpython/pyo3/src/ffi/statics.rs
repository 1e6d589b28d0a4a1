//! Addresses that stand for Python's own classes and exceptions, as those of CPython's statics do.

use std::ptr;

use rustpython_vm::builtins::PyType;
use rustpython_vm::{AsObject, Py};

use super::{PyObject, PyTypeObject};
use crate::Python;

/// Places whose addresses stand for Python's own classes, as CPython's statics do.
macro_rules! statics {
    ($($name:ident => $field:ident;)*) => {
        $(pub static mut $name: PyTypeObject = PyTypeObject(0);)*

        /// The address that stands for a class.
        pub(crate) fn type_address(py: Python<'_>, class: &Py<PyType>) -> *mut PyTypeObject {
            // No class made at run time is one of Python's own.
            if class.heaptype_ext().is_none() {
                let types = &py.vm().ctx.types;
                $(if class.is(types.$field) {
                    return &raw mut $name;
                })*
            }
            ptr::from_ref(class).cast_mut().cast()
        }

        /// The class that an address stands for.
        pub(super) fn class_at(py: Python<'_>, address: *mut PyTypeObject) -> &Py<PyType> {
            let types = &py.vm().ctx.types;
            $(if address == &raw mut $name {
                return types.$field;
            })*
            // SAFETY: every other address is that of a class.
            unsafe { &*address.cast::<Py<PyType>>() }
        }
    };
}

statics! {
    PyFloat_Type => float_type;
    PyLong_Type => int_type;
    PyBool_Type => bool_type;
    PyList_Type => list_type;
    PyTuple_Type => tuple_type;
    PyUnicode_Type => str_type;
    PyComplex_Type => complex_type;
    PyBytes_Type => bytes_type;
    PyBaseObject_Type => object_type;
}

/// Addresses that stand for exceptions.
pub static mut PyExc_OverflowError: *mut PyObject = ptr::without_provenance_mut(1);
pub static mut PyExc_IndexError: *mut PyObject = ptr::without_provenance_mut(2);
