//! Python's exceptions and warnings.

use rustpython_vm::builtins::PyType;
use rustpython_vm::{Py, PyObject, VirtualMachine};

use crate::types::{TypeCheck, TypeInfo};
use crate::{IntoPyObject, PyErr, Python};

/// What an exception is made with.
pub trait PyErrArguments {
    /// The arguments as objects.
    fn arguments(self, py: Python<'_>) -> Vec<rustpython_vm::PyObjectRef>;
}

macro_rules! message {
    ($($type:ty),*) => {$(
        impl PyErrArguments for $type {
            fn arguments(self, py: Python<'_>) -> Vec<rustpython_vm::PyObjectRef> {
                match self.into_pyobject(py) {
                    Ok(message) => vec![message.into_object()],
                    Err(_) => Vec::new(),
                }
            }
        }
    )*};
}

message!(&str, String);

impl<A, B> PyErrArguments for (A, B)
where
    A: for<'py> IntoPyObject<'py>,
    B: for<'py> IntoPyObject<'py>,
{
    fn arguments(self, py: Python<'_>) -> Vec<rustpython_vm::PyObjectRef> {
        let first = self.0.into_pyobject(py);
        let second = self.1.into_pyobject(py);
        first
            .into_iter()
            .chain(second)
            .map(crate::Bound::into_object)
            .collect()
    }
}

macro_rules! exceptions {
    ($($name:ident => $field:ident, $python:literal;)*) => {$(
        #[doc = concat!("`", $python, "`.")]
        pub struct $name;

        impl $name {
            /// A new exception of this class.
            pub fn new_err(arguments: impl PyErrArguments) -> PyErr {
                // SAFETY: exceptions are made while their machine runs.
                let py = unsafe { Python::assume_attached() };
                let class = py.vm().ctx.exceptions.$field;
                let arguments = arguments.arguments(py);
                match py.vm().invoke_exception(class, arguments) {
                    Ok(exception) | Err(exception) => PyErr(exception),
                }
            }
        }

        impl TypeInfo for $name {
            fn class(vm: &VirtualMachine) -> &'static Py<PyType> {
                vm.ctx.exceptions.$field
            }
        }

        impl TypeCheck for $name {
            const NAME: &'static str = $python;

            fn is_instance(object: &PyObject, vm: &VirtualMachine) -> bool {
                object.fast_isinstance(Self::class(vm))
            }

            fn is_exact(object: &PyObject, vm: &VirtualMachine) -> bool {
                object.class().is(Self::class(vm))
            }
        }
    )*};
}

use rustpython_vm::AsObject;

exceptions! {
    PyAssertionError => assertion_error, "AssertionError";
    PyAttributeError => attribute_error, "AttributeError";
    PyBufferError => buffer_error, "BufferError";
    PyDeprecationWarning => deprecation_warning, "DeprecationWarning";
    PyFloatingPointError => floating_point_error, "FloatingPointError";
    PyIndexError => index_error, "IndexError";
    PyKeyError => key_error, "KeyError";
    PyMemoryError => memory_error, "MemoryError";
    PyNameError => name_error, "NameError";
    PyNotImplementedError => not_implemented_error, "NotImplementedError";
    PyOSError => os_error, "OSError";
    PyOverflowError => overflow_error, "OverflowError";
    PyRuntimeError => runtime_error, "RuntimeError";
    PyRuntimeWarning => runtime_warning, "RuntimeWarning";
    PyStopIteration => stop_iteration, "StopIteration";
    PySystemError => system_error, "SystemError";
    PyTypeError => type_error, "TypeError";
    PyUserWarning => user_warning, "UserWarning";
    PyValueError => value_error, "ValueError";
    PyZeroDivisionError => zero_division_error, "ZeroDivisionError";
}
