//! Objects together with the machine that they live in.

mod object;
mod text;

use std::marker::PhantomData;
use std::ops::Deref;
use std::ptr::NonNull;

use rustpython_vm::{AsObject, PyObject, PyObjectRef};

use crate::types::{NotAny, PyAny, PyBool};
use crate::{Py, PyErr, PyResult, Python, ffi};

/// A reference to an object.
#[repr(C)]
pub struct Bound<'py, T> {
    object: PyObjectRef,
    kind: PhantomData<(Python<'py>, T)>,
}

/// An object that something else keeps alive.
#[repr(C)]
pub struct Borrowed<'a, 'py, T> {
    object: NonNull<PyObject>,
    kind: PhantomData<(&'a (), Python<'py>, T)>,
}

impl<T> Clone for Bound<'_, T> {
    fn clone(&self) -> Self {
        Self {
            object: self.object.clone(),
            kind: PhantomData,
        }
    }
}

impl<T> Clone for Borrowed<'_, '_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Borrowed<'_, '_, T> {}

impl<'py, T> Deref for Borrowed<'_, 'py, T> {
    type Target = Bound<'py, T>;

    fn deref(&self) -> &Bound<'py, T> {
        // SAFETY: both are laid out as an address; the object outlives the borrow.
        unsafe { &*std::ptr::from_ref(self).cast::<Bound<'py, T>>() }
    }
}

impl<'py, T: NotAny> Deref for Bound<'py, T> {
    type Target = Bound<'py, PyAny>;

    fn deref(&self) -> &Bound<'py, PyAny> {
        self.as_any()
    }
}

impl<'a, 'py> Borrowed<'a, 'py, PyAny> {
    /// The object at an address.
    ///
    /// # Safety
    /// It must be alive for as long as `'a`.
    pub unsafe fn from_ptr(_py: Python<'py>, object: *mut ffi::PyObject) -> Self {
        Self {
            // SAFETY: promised by the caller.
            object: unsafe { NonNull::new_unchecked(object.cast()) },
            kind: PhantomData,
        }
    }

    /// The same object as one of another type.
    ///
    /// # Safety
    /// It must be of that type.
    pub unsafe fn cast_unchecked<T>(self) -> Borrowed<'a, 'py, T> {
        Borrowed {
            object: self.object,
            kind: PhantomData,
        }
    }
}

impl<T> Borrowed<'_, '_, T> {
    /// A reference of its own.
    #[expect(clippy::should_implement_trait, reason = "PyO3's name")]
    pub fn to_owned<'py>(self) -> Bound<'py, T>
    where
        Self: 'py,
    {
        // SAFETY: the borrow, and with it the token, lasts as long as asked for.
        let py = unsafe { Python::assume_attached() };
        Bound::wrap(py, self.object().to_owned())
    }
}

impl<'py, T> Bound<'py, T> {
    /// An object of RustPython's.
    pub fn wrap(_py: Python<'py>, object: PyObjectRef) -> Self {
        Self {
            object,
            kind: PhantomData,
        }
    }

    /// RustPython's object.
    pub fn object(&self) -> &PyObject {
        &self.object
    }

    /// RustPython's reference.
    pub fn into_object(self) -> PyObjectRef {
        self.object
    }

    /// The machine's token.
    pub fn py(&self) -> Python<'py> {
        // SAFETY: the object was wrapped with a token of that lifetime.
        unsafe { Python::assume_attached() }
    }

    /// The object as one of no particular type.
    pub fn as_any(&self) -> &Bound<'py, PyAny> {
        // SAFETY: the type is a mark only.
        unsafe { &*std::ptr::from_ref(self).cast() }
    }

    /// The object as one of no particular type.
    pub fn into_any(self) -> Bound<'py, PyAny> {
        Bound::wrap(self.py(), self.object)
    }

    /// The reference without the token.
    pub fn unbind(self) -> Py<T> {
        Py::wrap(self.object)
    }

    /// The object's address.
    pub fn as_ptr(&self) -> *mut ffi::PyObject {
        std::ptr::from_ref(self.object()).cast_mut().cast()
    }

    /// The object's address, with the reference.
    pub fn into_ptr(self) -> *mut ffi::PyObject {
        self.object.into_raw().as_ptr().cast()
    }

    /// A reference of its own.
    #[expect(clippy::should_implement_trait, reason = "PyO3's name")]
    pub fn to_owned(&self) -> Self {
        self.clone()
    }
}

impl<'py> Bound<'py, PyAny> {
    /// A new reference to the object at an address.
    ///
    /// # Safety
    /// It must be alive.
    pub unsafe fn from_borrowed_ptr(py: Python<'py>, object: *mut ffi::PyObject) -> Self {
        // SAFETY: promised by the caller.
        Self::wrap(py, unsafe { &*object.cast::<PyObject>() }.to_owned())
    }

    /// As [`Self::from_borrowed_ptr`]; nothing for null.
    ///
    /// # Safety
    /// The object must be alive if there is one.
    pub unsafe fn from_borrowed_ptr_or_opt(
        py: Python<'py>,
        object: *mut ffi::PyObject,
    ) -> Option<Self> {
        // SAFETY: promised by the caller.
        (!object.is_null()).then(|| unsafe { Self::from_borrowed_ptr(py, object) })
    }

    /// The object at an address, whose reference is taken over.
    ///
    /// # Safety
    /// The reference must be the caller's to give.
    pub unsafe fn from_owned_ptr(py: Python<'py>, object: *mut ffi::PyObject) -> Self {
        // SAFETY: promised by the caller.
        Self::wrap(py, unsafe {
            PyObjectRef::from_raw(NonNull::new_unchecked(object.cast()))
        })
    }

    /// As [`Self::from_owned_ptr`]; for null the error that was left.
    ///
    /// # Safety
    /// The reference must be the caller's to give.
    pub unsafe fn from_owned_ptr_or_err(
        py: Python<'py>,
        object: *mut ffi::PyObject,
    ) -> PyResult<Self> {
        if object.is_null() {
            Err(PyErr::fetch(py))
        } else {
            // SAFETY: promised by the caller.
            Ok(unsafe { Self::from_owned_ptr(py, object) })
        }
    }
}

impl<T> AsRef<PyObject> for Bound<'_, T> {
    fn as_ref(&self) -> &PyObject {
        &self.object
    }
}

impl<T> AsRef<PyObject> for Borrowed<'_, '_, T> {
    fn as_ref(&self) -> &PyObject {
        self.object()
    }
}

impl Bound<'_, PyBool> {
    /// The value.
    pub fn is_true(&self) -> bool {
        self.object.is(&self.py().vm().ctx.true_value)
    }
}
