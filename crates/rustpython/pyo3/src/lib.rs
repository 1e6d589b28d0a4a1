//! What rustsci's classes use of [PyO3](https://pyo3.rs)'s API, on RustPython.
//!
//! The classes that Python sees (`ndarray`, scalars, `dtype`, `ufunc` …) are written once, for CPython, in terms of
//! PyO3. This crate bears PyO3's name and offers the same names with the same meaning for RustPython's objects, so that
//! the very same files compile for both interpreters. It offers what is used, not all that PyO3 has.
//!
//! A [`Bound`] is an object while its virtual machine runs, [`Python`] is the sign that it does, and a raw pointer
//! to an [`ffi::PyObject`] is the address of a RustPython object: what follows its head is the object's payload, as on
//! CPython.

pub mod basic;
mod bound;
mod call;
pub mod class;
mod convert;
mod err;
pub mod exceptions;
pub mod ffi;
mod py;
mod python;
pub mod sync;
pub mod types;

pub use bound::{Borrowed, Bound};
pub use call::PyCallArgs;
pub use convert::{FromPyObject, IntoPyObject, IntoPyObjectExt};
pub use err::{CastError, PyErr, PyResult};
pub use py::Py;
pub use python::Python;
pub use rustpython_vm as vm;
pub use rustsci_rustpython_pyo3_macros::{pyclass, pymethods};
pub use types::PyAny;

/// What nearly every file uses.
pub mod prelude {
    pub use crate::types::PyModule;
    pub use crate::{
        Borrowed, Bound, FromPyObject, IntoPyObject, Py, PyAny, PyErr, PyResult, Python, pyclass,
        pymethods,
    };
}
