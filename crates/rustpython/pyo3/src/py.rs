//! References to objects without the machine.

use std::marker::PhantomData;

use rustpython_vm::{PyObject, PyObjectRef};

use crate::{Bound, PyAny, Python, ffi};

/// A reference to an object.
#[repr(C)]
pub struct Py<T> {
    object: PyObjectRef,
    kind: PhantomData<fn() -> T>,
}

impl<T> Py<T> {
    pub(crate) fn wrap(object: PyObjectRef) -> Self {
        Self {
            object,
            kind: PhantomData,
        }
    }

    /// The object in its machine.
    pub fn bind<'py>(&self, _py: Python<'py>) -> &Bound<'py, T> {
        // SAFETY: both are laid out as an address.
        unsafe { &*std::ptr::from_ref(self).cast() }
    }

    /// The object in its machine.
    pub fn into_bound(self, py: Python<'_>) -> Bound<'_, T> {
        Bound::wrap(py, self.object)
    }

    /// Another reference.
    pub fn clone_ref(&self, _py: Python<'_>) -> Self {
        Self::wrap(self.object.clone())
    }

    /// The object's address.
    pub fn as_ptr(&self) -> *mut ffi::PyObject {
        std::ptr::from_ref::<PyObject>(&self.object)
            .cast_mut()
            .cast()
    }

    /// The object's address, with the reference.
    pub fn into_ptr(self) -> *mut ffi::PyObject {
        self.object.into_raw().as_ptr().cast()
    }

    pub(crate) fn into_object(self) -> PyObjectRef {
        self.object
    }
}

impl From<PyObjectRef> for Py<PyAny> {
    fn from(object: PyObjectRef) -> Self {
        Self::wrap(object)
    }
}

impl<T> AsRef<PyObject> for Py<T> {
    fn as_ref(&self) -> &PyObject {
        &self.object
    }
}
