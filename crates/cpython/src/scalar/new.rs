//! Making scalars: `float64(x)`.

use std::ptr;

use pyo3::exceptions::PyTypeError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyComplex, PyFloat, PyInt, PyString, PyTuple, PyType};
use rustsci_array::dtype::{Class, Complex};
use rustsci_array::exec::with_status;
use rustsci_array::{DType, Scalar};

use super::{cell, dtype_of_class, instance, object, value};
use crate::c_api::{borrowed, slot};
use crate::call::error_state;
use crate::{coerce, ndarray};

pub(super) unsafe extern "C" fn new(
    class: *mut ffi::PyTypeObject,
    arguments: *mut ffi::PyObject,
    keywords: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    slot(|py| {
        // SAFETY: CPython hands over a class, a tuple, and a dictionary or null.
        let (class, arguments, keywords) = unsafe {
            (
                borrowed(py, class.cast()),
                borrowed(py, arguments),
                (!keywords.is_null()).then(|| borrowed(py, keywords)),
            )
        };
        let class = class.cast::<PyType>()?;
        let arguments = arguments.cast::<PyTuple>()?;
        let Some(dtype) = dtype_of_class(&class) else {
            return Err(PyTypeError::new_err(format!(
                "cannot create '{}' instances",
                class.fully_qualified_name()?
            )));
        };
        let named = keywords.map_or(Ok(0), |keywords| keywords.len())?;
        let most = 1 + usize::from(dtype.is_complex());
        if named > 0 || arguments.len() > most {
            return Err(PyTypeError::new_err(format!(
                "{}() takes at most {most} positional arguments ({} given)",
                dtype.name(),
                named + arguments.len()
            )));
        }
        let made = match arguments.len() {
            0 => Made::Value(Scalar::zero(&dtype)),
            1 => convert(&arguments.get_item(0)?, &dtype)?,
            _ => convert(&py.get_type::<PyComplex>().call1(&*arguments)?, &dtype)?,
        };
        error_state::settle(py)?;
        let made = match made {
            Made::Array(array) => array,
            Made::Value(value) if ptr::eq(class.as_type_ptr(), cell(&dtype).get()) => {
                object(py, &value)?
            }
            Made::Value(value) => instance(py, class.as_type_ptr(), &value)?,
        };
        Ok(made.into_ptr())
    })
}

/// What an argument has become.
enum Made<'py> {
    Value(Scalar),
    /// An array: `float64([1, 2])` is one.
    Array(Bound<'py, PyAny>),
}

fn convert<'py>(argument: &Bound<'py, PyAny>, dtype: &DType) -> PyResult<Made<'py>> {
    if let (Ok(number), DType::Float64) = (argument.cast_exact::<PyFloat>(), dtype) {
        return Ok(Made::Value(Scalar::Float64(number.value())));
    }
    if let Some(value) = value(argument) {
        return Ok(Made::Value(rustsci_array::dtype::convert(&value, dtype)));
    }
    if argument.is_none() && *dtype == DType::Bool {
        return Ok(Made::Value(Scalar::Bool(false.into())));
    }
    let array = coerce::to_array(argument, Some(dtype))?;
    if array.ndim() == 0 {
        return Ok(Made::Value(array.get(&[])));
    }
    ndarray::wrap(argument.py(), array).map(Made::Array)
}

/// The number that a text stands for, read as Python reads it.
pub(crate) fn parse_text(text: &Bound<'_, PyString>, dtype: &DType) -> PyResult<Scalar> {
    let py = text.py();
    match dtype.class() {
        Class::Bool => Ok(Scalar::Bool((!text.to_str()?.is_empty()).into())),
        Class::Floating => {
            let number: f64 = py.get_type::<PyFloat>().call1((text,))?.extract()?;
            Ok(with_status(|| Scalar::Float64(number).cast(dtype)))
        }
        Class::Complex => {
            let number = py.get_type::<PyComplex>().call1((text,))?;
            let number = number.cast::<PyComplex>()?;
            let number = Complex::new(number.real(), number.imag());
            Ok(with_status(|| Scalar::Complex128(number).cast(dtype)))
        }
        Class::Signed | Class::Unsigned => {
            let number = py.get_type::<PyInt>().call1((text,))?;
            coerce::element(&number, dtype)
        }
    }
}
