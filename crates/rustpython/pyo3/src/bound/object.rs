//! What can be done with any object.

use rustpython_vm::{AsObject, PyObject};

use super::Bound;
use crate::types::{PyAny, PyIterator, PyString, PyType, TypeCheck};
use crate::{CastError, FromPyObject, IntoPyObject, PyCallArgs, PyResult, basic, ffi};

impl<'py> Bound<'py, PyAny> {
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
    pub fn hash(&self) -> PyResult<ffi::Py_hash_t> {
        Ok(self.object.hash(self.py().vm())?)
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
