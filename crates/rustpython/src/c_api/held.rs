//! References to Python objects that any thread may drop.

use pyo3::prelude::*;

/// A strong reference to an object, kept by Rust memory.
pub(crate) struct Held(Py<PyAny>);

impl Held {
    /// Takes over the reference.
    pub(crate) fn new(object: Bound<'_, PyAny>) -> Self {
        Self(object.unbind())
    }

    /// Whether this is that very object.
    pub(crate) fn is(&self, object: &Bound<'_, PyAny>) -> bool {
        self.0.as_ptr() == object.as_ptr()
    }

    /// The object.
    pub(crate) fn bind<'py>(&self, py: Python<'py>) -> Bound<'py, PyAny> {
        Py::clone_ref(&self.0, py).into_bound(py)
    }
}
