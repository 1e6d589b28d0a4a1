//! Objects together with the machine that they live in.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;
use std::ptr::NonNull;

use rustpython_vm::{AsObject, PyObject, PyObjectRef};

use crate::types::{NotAny, PyAny, PyBool, PyIterator, PyString, PyType, TypeCheck};
use crate::{
    CastError, FromPyObject, IntoPyObject, Py, PyCallArgs, PyErr, PyResult, Python, basic, ffi,
};

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

    fn plain(&self, result: rustpython_vm::PyResult) -> PyResult<Self> {
        Ok(Self::wrap(self.py(), result?))
    }

    /// Whether the two are one object.
    pub fn is(&self, other: impl AsRef<PyObject>) -> bool {
        self.object.is(other.as_ref())
    }

    /// Whether this is None.
    pub fn is_none(&self) -> bool {
        self.py().vm().is_none(&self.object)
    }

    /// The object's class.
    pub fn get_type(&self) -> Bound<'py, PyType> {
        Bound::wrap(self.py(), self.object.class().to_owned().into())
    }

    /// The address of the object's class; Python's own numbers and sequences have those of [`ffi`]'s statics.
    pub fn get_type_ptr(&self) -> *mut ffi::PyTypeObject {
        ffi::type_address(self.py(), self.object.class())
    }

    /// An attribute.
    pub fn getattr(&self, name: &str) -> PyResult<Self> {
        self.plain(
            self.object
                .get_attr(self.py().vm().ctx.intern_str(name), self.py().vm()),
        )
    }

    /// An attribute, if there is one.
    pub fn getattr_opt(&self, name: &str) -> PyResult<Option<Self>> {
        let found = self
            .py()
            .vm()
            .get_attribute_opt(&self.object, self.py().vm().ctx.intern_str(name))?;
        Ok(found.map(|found| Self::wrap(self.py(), found)))
    }

    /// Whether there is an attribute.
    pub fn hasattr(&self, name: &str) -> PyResult<bool> {
        Ok(self.getattr_opt(name)?.is_some())
    }

    /// Sets an attribute.
    pub fn setattr(&self, name: &str, value: impl IntoPyObject<'py>) -> PyResult<()> {
        let value = value.into_pyobject(self.py())?.into_object();
        Ok(self
            .object
            .set_attr(self.py().vm().ctx.intern_str(name), value, self.py().vm())?)
    }

    /// Calls the object.
    pub fn call(
        &self,
        arguments: impl PyCallArgs<'py>,
        keywords: Option<&Bound<'py, crate::types::PyDict>>,
    ) -> PyResult<Self> {
        let arguments = crate::call::arguments(self.py(), arguments, keywords)?;
        self.plain(self.object.call_with_args(arguments, self.py().vm()))
    }

    /// Calls the object with positional arguments.
    pub fn call1(&self, arguments: impl PyCallArgs<'py>) -> PyResult<Self> {
        self.call(arguments, None)
    }

    /// Calls the object without arguments.
    pub fn call0(&self) -> PyResult<Self> {
        self.call((), None)
    }

    /// Calls a method without arguments.
    pub fn call_method0(&self, name: &str) -> PyResult<Self> {
        self.plain(self.py().vm().call_method(&self.object, name, ()))
    }

    /// Calls a method with positional arguments.
    pub fn call_method1(&self, name: &str, arguments: impl PyCallArgs<'py>) -> PyResult<Self> {
        let arguments = crate::call::arguments(self.py(), arguments, None)?;
        self.plain(self.py().vm().call_method(&self.object, name, arguments))
    }

    /// Whether the object can be called.
    pub fn is_callable(&self) -> bool {
        self.object.is_callable()
    }

    /// The object's truth.
    pub fn is_truthy(&self) -> PyResult<bool> {
        Ok(self.object.to_owned().is_true(self.py().vm())?)
    }

    /// The object's length.
    pub fn len(&self) -> PyResult<usize> {
        Ok(self.object.length(self.py().vm())?)
    }

    /// Whether the object's length is zero.
    pub fn is_empty(&self) -> PyResult<bool> {
        Ok(self.len()? == 0)
    }

    /// The member for a key.
    pub fn get_item(&self, key: impl IntoPyObject<'py>) -> PyResult<Self> {
        let key = key.into_pyobject(self.py())?.into_object();
        self.plain(self.object.get_item(&*key, self.py().vm()))
    }

    /// An iterator over the members.
    pub fn try_iter(&self) -> PyResult<Bound<'py, PyIterator>> {
        let iterator = self.object.get_iter(self.py().vm())?;
        Ok(Bound::wrap(self.py(), iterator.into()))
    }

    /// The representation.
    pub fn repr(&self) -> PyResult<Bound<'py, PyString>> {
        Ok(Bound::wrap(
            self.py(),
            self.object.repr(self.py().vm())?.into(),
        ))
    }

    /// The object as text.
    pub fn str(&self) -> PyResult<Bound<'py, PyString>> {
        Ok(Bound::wrap(
            self.py(),
            self.object.str(self.py().vm())?.into(),
        ))
    }

    /// The hash.
    pub fn hash(&self) -> PyResult<isize> {
        Ok(self.object.hash(self.py().vm())? as isize)
    }

    /// The remainder, or the text of a format.
    pub fn rem(&self, other: impl IntoPyObject<'py>) -> PyResult<Self> {
        let other = other.into_pyobject(self.py())?.into_object();
        self.plain(self.py().vm()._mod(&self.object, &other))
    }

    /// Whether the two are equal.
    pub fn eq(&self, other: impl IntoPyObject<'py>) -> PyResult<bool> {
        self.rich_compare(other, basic::CompareOp::Eq)?.is_truthy()
    }

    /// The result of a comparison.
    pub fn rich_compare(
        &self,
        other: impl IntoPyObject<'py>,
        operation: basic::CompareOp,
    ) -> PyResult<Self> {
        let other = other.into_pyobject(self.py())?.into_object();
        let own = self.object.to_owned();
        self.plain(own.rich_compare(other, operation.of_rustpython(), self.py().vm()))
    }

    /// The object as a value of Rust's.
    pub fn extract<T: FromPyObject<'py>>(&self) -> PyResult<T> {
        T::extract(self)
    }

    /// Whether the object is an instance of a class or a subclass.
    pub fn is_instance_of<T: TypeCheck>(&self) -> bool {
        T::is_instance(&self.object, self.py().vm())
    }

    /// Whether the object is an instance of a class itself.
    pub fn is_exact_instance_of<T: TypeCheck>(&self) -> bool {
        T::is_exact(&self.object, self.py().vm())
    }

    /// The object as an instance of a class or a subclass.
    pub fn cast<T: TypeCheck>(&self) -> Result<&Bound<'py, T>, CastError> {
        if self.is_instance_of::<T>() {
            // SAFETY: the type is a mark only.
            Ok(unsafe { &*std::ptr::from_ref(self).cast() })
        } else {
            Err(CastError::new::<T>())
        }
    }

    /// The object as an instance of a class itself.
    pub fn cast_exact<T: TypeCheck>(&self) -> Result<&Bound<'py, T>, CastError> {
        if self.is_exact_instance_of::<T>() {
            // SAFETY: as above.
            Ok(unsafe { &*std::ptr::from_ref(self).cast() })
        } else {
            Err(CastError::new::<T>())
        }
    }

    /// The object as an instance of a class or a subclass.
    pub fn cast_into<T: TypeCheck>(self) -> Result<Bound<'py, T>, CastError> {
        if self.is_instance_of::<T>() {
            Ok(Bound::wrap(self.py(), self.object))
        } else {
            Err(CastError::new::<T>())
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

/// The object as text, as Python's `str` gives it.
impl<T> fmt::Display for Bound<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.object.str(self.py().vm()) {
            Ok(text) => f.write_str(&text.to_string_lossy()),
            Err(_) => write!(f, "<unprintable {} object>", self.object.class().name()),
        }
    }
}

impl<T> fmt::Debug for Bound<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.object.repr(self.py().vm()) {
            Ok(text) => f.write_str(&text.to_string_lossy()),
            Err(_) => write!(f, "<unprintable {} object>", self.object.class().name()),
        }
    }
}

impl Bound<'_, PyBool> {
    /// The value.
    pub fn is_true(&self) -> bool {
        self.object.is(&self.py().vm().ctx.true_value)
    }
}
