//! What a method may return.

use crate::{Bound, IntoPyObject, PyAny, PyErr, PyResult, Python};

/// What a method may return.
pub trait Output<'py> {
    /// The object.
    fn object(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>>;
}

impl<'py, T: IntoPyObject<'py>> Output<'py> for T {
    fn object(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.into_pyobject(py)
    }
}

impl<'py, T: IntoPyObject<'py>> Output<'py> for PyResult<T> {
    fn object(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self?.into_pyobject(py)
    }
}

/// What may have failed.
pub trait Fallible<T> {
    /// The value or the error.
    fn result(self) -> PyResult<T>;
}

impl<T> Fallible<T> for PyResult<T> {
    fn result(self) -> PyResult<T> {
        self
    }
}

/// The result of `__next__`.
pub fn next<'py, T: IntoPyObject<'py>>(
    py: Python<'py>,
    found: PyResult<Option<T>>,
) -> PyResult<Bound<'py, PyAny>> {
    match found? {
        Some(item) => item.into_pyobject(py),
        None => Err(PyErr(py.vm().new_stop_iteration(None))),
    }
}
