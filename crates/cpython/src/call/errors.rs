//! From the core's errors to Python's exceptions, and back for those that only pass through.

use pyo3::exceptions::*;
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use rustsci_array::{Error, Exception};

/// An error that has an exception.
pub(crate) trait IntoPyErr {
    /// The exception.
    fn into_py_err(self, py: Python<'_>) -> PyErr;
}

impl IntoPyErr for Error {
    #[cold]
    fn into_py_err(self, py: Python<'_>) -> PyErr {
        // What the call has met besides goes with it.
        rustsci_array::warning::take_warnings();
        rustsci_array::exec::take_reported();
        match self {
            Self::Host(error) => match error.downcast::<PyErr>() {
                Ok(error) => *error,
                Err(_) => PySystemError::new_err("an exception of another interpreter"),
            },
            Self::Message(kind, message) => from_message(py, kind, message),
            Self::Axis { axis, ndim, prefix } => {
                public(py, "rustsci.exceptions", "AxisError", |class| {
                    class.call1((axis, ndim, prefix))
                })
            }
            Self::Memory { shape, dtype, .. } => {
                public(py, "rustsci._exceptions", "_ArrayMemoryError", |class| {
                    let dtype = rustsci_array::dtype::parse(&dtype)
                        .map(|dtype| crate::dtype::object(py, &dtype));
                    class.call1((PyTuple::new(py, shape)?, dtype))
                })
            }
        }
    }
}

/// The error for a dtype that NumPy has and this library does not have yet.
#[cold]
pub(crate) fn unsupported(py: Python<'_>, message: String) -> PyErr {
    public(py, "rustsci._exceptions", UNSUPPORTED, |class| {
        class.call1((message,))
    })
}

/// Whether an error is that of a dtype that is not supported.
pub(crate) fn is_unsupported(py: Python<'_>, error: &PyErr) -> bool {
    error
        .get_type(py)
        .name()
        .is_ok_and(|name| name == UNSUPPORTED)
}

const UNSUPPORTED: &str = "UnsupportedDTypeError";

/// The exception that only passes through the core.
pub(crate) fn host_error(error: PyErr) -> Error {
    Error::Host(Box::new(error))
}

fn from_message(py: Python<'_>, kind: Exception, message: String) -> PyErr {
    match kind {
        Exception::Value => PyValueError::new_err(message),
        Exception::Type => PyTypeError::new_err(message),
        Exception::Index => PyIndexError::new_err(message),
        Exception::Overflow => PyOverflowError::new_err(message),
        Exception::Memory => PyMemoryError::new_err(message),
        Exception::ZeroDivision => PyZeroDivisionError::new_err(message),
        Exception::FloatingPoint => PyFloatingPointError::new_err(message),
        Exception::Buffer => PyBufferError::new_err(message),
        Exception::Runtime => PyRuntimeError::new_err(message),
        Exception::Attribute => PyAttributeError::new_err(message),
        Exception::NotImplemented => PyNotImplementedError::new_err(message),
        Exception::Assertion => PyAssertionError::new_err(message),
        Exception::Promotion => public(py, "rustsci.exceptions", "DTypePromotionError", |class| {
            class.call1((message,))
        }),
        Exception::TooHard => public(py, "rustsci.exceptions", "TooHardError", |class| {
            class.call1((message,))
        }),
        Exception::Axis => public(py, "rustsci.exceptions", "AxisError", |class| {
            class.call1((message,))
        }),
        Exception::Casting | Exception::NoLoop => {
            public(py, "rustsci._exceptions", "UFuncTypeError", |class| {
                // Made without its initializer, which wants the ufunc rather than a message.
                class.call_method1("__new__", (class, message))
            })
        }
    }
}

/// An exception whose class is written in Python.
fn public<'py>(
    py: Python<'py>,
    module: &str,
    name: &str,
    make: impl FnOnce(&Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>>,
) -> PyErr {
    let exception = py
        .import(module)
        .and_then(|module| module.getattr(name))
        .and_then(|class| make(&class));
    match exception {
        Ok(exception) => PyErr::from_value(exception),
        Err(error) => error,
    }
}
