//! rustsci for CPython: the module `rustsci._native`.
//!
//! Functions are rows of the table in `rustsci_bind`; what is here is the interpreter's part: the classes with slots
//! of their own, and the conversion of arguments, results and errors, once for all functions. All of it but [`c_api`]
//! is compiled for RustPython as well (`crates/rustpython`).

mod c_api;
mod call;
mod coerce;
mod dtype;
mod iterators;
mod module;
mod ndarray;
mod scalar;
mod ufunc;

use pyo3::prelude::*;

#[pymodule(gil_used = false)]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module::fill(module)
}
