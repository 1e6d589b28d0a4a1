//! References to Python objects that any thread may drop.

use pyo3::ffi;
use pyo3::prelude::*;

/// A strong reference to an object, kept by Rust memory that may be freed on any thread, attached or not.
///
/// PyO3's `Py` leaves an object for later where it cannot know that the thread is attached, which slots that do not
/// go through PyO3 never tell it; this reference asks CPython.
pub(crate) struct Held(*mut ffi::PyObject);

// SAFETY: the pointer is followed only while attached to the interpreter.
unsafe impl Send for Held {}
// SAFETY: as above.
unsafe impl Sync for Held {}

impl Held {
    /// Takes over the reference.
    pub(crate) fn new(object: Bound<'_, PyAny>) -> Self {
        Self(object.into_ptr())
    }

    /// Whether this is that very object.
    #[inline]
    pub(crate) fn is(&self, object: &Bound<'_, PyAny>) -> bool {
        self.0 == object.as_ptr()
    }

    /// The object.
    pub(crate) fn bind<'py>(&self, py: Python<'py>) -> Bound<'py, PyAny> {
        // SAFETY: the reference is ours and alive.
        unsafe { Bound::from_borrowed_ptr(py, self.0) }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // SAFETY: the reference is ours; it is given up while attached to the interpreter, which lives as long as
        // there are objects of it.
        unsafe {
            if ffi::Py_IsInitialized() == 0 {
                return;
            }
            let state = ffi::PyGILState_Ensure();
            ffi::Py_DECREF(self.0);
            ffi::PyGILState_Release(state);
        }
    }
}
