//! Classes and modules.

use rustpython_vm::builtins::PyType as VmType;
use rustpython_vm::{Py as VmPy, PyObjectRef};

use super::{PyAny, PyModule, PyString, PyType, TypeInfo};
use crate::{Bound, IntoPyObject, PyResult, ffi};

impl<'py> Bound<'py, PyType> {
    /// RustPython's class.
    pub fn class(&self) -> &VmPy<VmType> {
        self.payload()
    }

    /// The class's address, as [`Bound::get_type_ptr`] gives it.
    pub fn as_type_ptr(&self) -> *mut ffi::PyTypeObject {
        ffi::type_address(self.py(), self.payload())
    }

    /// The name.
    pub fn name(&self) -> PyResult<Bound<'py, PyString>> {
        Ok(self.getattr("__name__")?.cast_into()?)
    }

    /// The module that the class is from.
    pub fn module(&self) -> PyResult<Bound<'py, PyString>> {
        Ok(self.getattr("__module__")?.cast_into()?)
    }

    /// The name with that of the module, unless it is `builtins`.
    pub fn fully_qualified_name(&self) -> PyResult<Bound<'py, PyString>> {
        let name = self.getattr("__qualname__")?;
        let module = self.getattr("__module__")?;
        let module = module.to_string();
        let full = match module.as_str() {
            "builtins" | "__main__" => name.to_string(),
            module => format!("{module}.{name}"),
        };
        Ok(PyString::new(self.py(), &full))
    }

    /// Whether the class is another or a subclass of it.
    pub fn is_subclass(&self, other: &Bound<'py, PyAny>) -> PyResult<bool> {
        Ok(self.object().is_subclass(other.object(), self.py().vm())?)
    }

    /// Whether the class is that of `T` or a subclass of it.
    pub fn is_subclass_of<T: TypeInfo>(&self) -> PyResult<bool> {
        Ok(self.payload().fast_issubclass(T::class(self.py().vm())))
    }
}

impl<'py> Bound<'py, PyModule> {
    /// Adds an attribute.
    pub fn add(&self, name: &str, value: impl IntoPyObject<'py>) -> PyResult<()> {
        self.setattr(name, value)
    }

    /// Adds a class that [`crate::pyclass`] made.
    pub fn add_class<T: crate::class::PyClass>(&self) -> PyResult<()> {
        let class: PyObjectRef = crate::class::class::<T>(self.py())?.to_owned().into();
        self.setattr(T::NAME, Bound::<PyAny>::wrap(self.py(), class))
    }
}
