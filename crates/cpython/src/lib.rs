//! rustsci for CPython: the module `rustsci._native`.
//!
//! Functions are rows of the table in `rustsci_bind`; what is here is the interpreter's part: the classes with slots
//! of their own, and the conversion of arguments, results and errors, once for all functions.

mod c_api;
mod call;
mod coerce;
mod dtype;
mod iterators;
mod ndarray;
mod scalar;
mod ufunc;

use pyo3::prelude::*;

#[pymodule(gil_used = false)]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    call::add_class(py)?;
    scalar::add_classes(module)?;
    dtype::add_class(module)?;
    ndarray::add_class(module)?;
    ufunc::add_class(module)?;
    let rows = rustsci_bind::table::TABLE.iter().flat_map(|rows| rows.iter());
    for row in rows.filter(|row| row.header.class.is_none()) {
        module.add(row.header.name, call::builtin(py, *row)?)?;
    }
    for group in [coerce::FUNCTIONS, call::error_state::FUNCTIONS] {
        for function in group {
            module.add(function.header.name, call::builtin(py, function)?)?;
        }
    }
    for function in [&scalar::MAKE, &ndarray::RECONSTRUCT, &ndarray::FROM_BUFFER] {
        module.add(function.header.name, call::builtin(py, function)?)?;
    }
    Ok(())
}
