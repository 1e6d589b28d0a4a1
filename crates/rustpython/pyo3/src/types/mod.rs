//! Python's own types, as marks on [`Bound`].

mod class;
mod dict;
mod sequences;
mod values;

use rustpython_vm::builtins::{self, PyType as VmType};
use rustpython_vm::{AsObject, Py as VmPy, PyObject, VirtualMachine};

use crate::{Bound, PyErr, PyResult};

/// A mark that objects can be tested for.
pub trait TypeCheck {
    /// Python's name of it.
    const NAME: &'static str;

    /// Whether the object is an instance of the class or a subclass.
    fn is_instance(object: &PyObject, vm: &VirtualMachine) -> bool;

    /// Whether the object is an instance of the class itself.
    fn is_exact(object: &PyObject, vm: &VirtualMachine) -> bool;
}

/// A mark that stands for a class.
pub trait TypeInfo {
    /// The class.
    fn class(vm: &VirtualMachine) -> &'static VmPy<VmType>;
}

/// Every mark but [`PyAny`].
pub trait NotAny {}

/// Any object.
pub struct PyAny;

impl TypeCheck for PyAny {
    const NAME: &'static str = "object";

    fn is_instance(_: &PyObject, _: &VirtualMachine) -> bool {
        true
    }

    fn is_exact(object: &PyObject, vm: &VirtualMachine) -> bool {
        object.class().is(vm.ctx.types.object_type)
    }
}

impl TypeInfo for PyAny {
    fn class(vm: &VirtualMachine) -> &'static VmPy<VmType> {
        vm.ctx.types.object_type
    }
}

macro_rules! types {
    ($($name:ident => $field:ident, $payload:ty, $python:literal;)*) => {$(
        #[doc = concat!("Python's `", $python, "`.")]
        pub struct $name;

        impl NotAny for $name {}

        impl TypeInfo for $name {
            fn class(vm: &VirtualMachine) -> &'static VmPy<VmType> {
                vm.ctx.types.$field
            }
        }

        impl TypeCheck for $name {
            const NAME: &'static str = $python;

            fn is_instance(object: &PyObject, vm: &VirtualMachine) -> bool {
                object.class().is(Self::class(vm)) || object.class().fast_issubclass(Self::class(vm))
            }

            fn is_exact(object: &PyObject, vm: &VirtualMachine) -> bool {
                object.class().is(Self::class(vm))
            }
        }

        impl Bound<'_, $name> {
            /// RustPython's payload.
            #[allow(dead_code, reason = "some types are only tested for")]
            fn payload(&self) -> &VmPy<$payload> {
                // SAFETY: objects are marked once they have been tested.
                unsafe { self.object().downcast_unchecked_ref() }
            }
        }
    )*};
}

types! {
    PyBool => bool_type, builtins::PyInt, "bool";
    PyBytes => bytes_type, builtins::PyBytes, "bytes";
    PyComplex => complex_type, builtins::PyComplex, "complex";
    PyDict => dict_type, builtins::PyDict, "dict";
    PyEllipsis => ellipsis_type, builtins::PyEllipsis, "ellipsis";
    PyFloat => float_type, builtins::PyFloat, "float";
    PyInt => int_type, builtins::PyInt, "int";
    PyList => list_type, builtins::PyList, "list";
    PyModule => module_type, builtins::PyModule, "module";
    PySlice => slice_type, builtins::PySlice, "slice";
    PyString => str_type, builtins::PyStr, "str";
    PyTuple => tuple_type, builtins::PyTuple, "tuple";
    PyType => type_type, VmType, "type";
}

/// An iterator.
pub struct PyIterator;

impl NotAny for PyIterator {}

impl<'py> Iterator for Bound<'py, PyIterator> {
    type Item = PyResult<Bound<'py, PyAny>>;

    fn next(&mut self) -> Option<Self::Item> {
        use rustpython_vm::protocol::{PyIter, PyIterReturn};
        match PyIter::new(self.object().to_owned()).next(self.py().vm()) {
            Ok(PyIterReturn::Return(item)) => Some(Ok(Bound::wrap(self.py(), item))),
            Ok(PyIterReturn::StopIteration(_)) => None,
            Err(error) => Some(Err(error.into())),
        }
    }
}

/// An error for an argument that was not given.
#[cold]
pub(crate) fn missing(function: &str, name: &str) -> PyErr {
    crate::exceptions::PyTypeError::new_err(format!(
        "{function}() missing 1 required positional argument: '{name}'"
    ))
}
