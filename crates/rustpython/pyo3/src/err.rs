//! Errors that are Python exceptions.

use std::cell::RefCell;
use std::ffi::CStr;
use std::fmt;

use rustpython_vm::AsObject;
use rustpython_vm::builtins::{PyBaseExceptionRef, PyType as VmType};

use crate::types::{PyType, TypeCheck, TypeInfo};
use crate::{Bound, PyAny, Python};

/// What may fail with an exception.
pub type PyResult<T> = Result<T, PyErr>;

/// An exception.
pub struct PyErr(pub(crate) PyBaseExceptionRef);

thread_local! {
    /// The exception that a slot has left for its caller.
    static LEFT: RefCell<Option<PyBaseExceptionRef>> = const { RefCell::new(None) };
}

impl PyErr {
    /// RustPython's exception.
    pub fn into_exception(self) -> PyBaseExceptionRef {
        self.0
    }

    /// An exception from its object; something else becomes a `TypeError`.
    pub fn from_value(object: Bound<'_, PyAny>) -> Self {
        let py = object.py();
        match object.into_object().downcast() {
            Ok(exception) => Self(exception),
            Err(_) => Self(
                py.vm()
                    .new_type_error("exceptions must derive from BaseException"),
            ),
        }
    }

    /// The exception that was left, if one was.
    pub fn take(_py: Python<'_>) -> Option<Self> {
        LEFT.with_borrow_mut(Option::take).map(Self)
    }

    /// The exception that was left.
    pub fn fetch(py: Python<'_>) -> Self {
        Self::take(py)
            .unwrap_or_else(|| Self(py.vm().new_system_error("a failure without an exception")))
    }

    /// Leaves the exception for the caller.
    pub fn restore(self, _py: Python<'_>) {
        LEFT.with_borrow_mut(|left| *left = Some(self.0));
    }

    /// The exception's class.
    pub fn get_type<'py>(&self, py: Python<'py>) -> Bound<'py, PyType> {
        Bound::wrap(py, self.0.class().to_owned().into())
    }

    /// Whether the exception is of a class.
    pub fn is_instance_of<T: TypeInfo>(&self, py: Python<'_>) -> bool {
        self.0.fast_isinstance(T::class(py.vm()))
    }

    /// Issues a warning.
    pub fn warn(
        py: Python<'_>,
        category: &Bound<'_, PyAny>,
        message: &CStr,
        level: i32,
    ) -> PyResult<()> {
        let message = message.to_string_lossy().into_owned();
        let Some(category) = category.object().downcast_ref::<VmType>() else {
            return Err(Self(
                py.vm()
                    .new_type_error("category must be a Warning subclass"),
            ));
        };
        let level = usize::try_from(level).unwrap_or(1);
        Ok(rustpython_vm::stdlib::_warnings::warn(
            category,
            message,
            level,
            py.vm(),
        )?)
    }
}

impl From<PyBaseExceptionRef> for PyErr {
    fn from(exception: PyBaseExceptionRef) -> Self {
        Self(exception)
    }
}

impl From<std::ffi::NulError> for PyErr {
    fn from(error: std::ffi::NulError) -> Self {
        crate::exceptions::PyValueError::new_err(error.to_string())
    }
}

impl From<std::convert::Infallible> for PyErr {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}

impl fmt::Display for PyErr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // SAFETY: exceptions are shown while their machine runs.
        let py = unsafe { Python::assume_attached() };
        write!(f, "{}: ", self.0.class().name())?;
        match self.0.as_object().str(py.vm()) {
            Ok(text) => f.write_str(&text.to_string_lossy()),
            Err(_) => f.write_str("<exception str() failed>"),
        }
    }
}

impl fmt::Debug for PyErr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// An object that is not of the type asked for.
#[derive(Debug)]
pub struct CastError {
    expected: &'static str,
}

impl CastError {
    pub(crate) fn new<T: TypeCheck>() -> Self {
        Self { expected: T::NAME }
    }
}

impl From<CastError> for PyErr {
    fn from(error: CastError) -> Self {
        crate::exceptions::PyTypeError::new_err(format!(
            "object cannot be converted to '{}'",
            error.expected
        ))
    }
}
