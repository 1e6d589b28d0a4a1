//! Iterators over elements: `flatiter`.

use pyo3::prelude::*;

/// An iterator over all elements of an array.
pub(crate) fn flat<'py>(own: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    own.py().import("rustsci.flat")?.getattr("flatiter")?.call1((own,))
}

/// Sets all elements of an array from a sequence that is repeated as needed.
pub(crate) fn set_flat<'py>(own: &Bound<'py, PyAny>, value: &Bound<'py, PyAny>) -> PyResult<()> {
    flat(own)?.set_item(own.py().Ellipsis(), value)
}
