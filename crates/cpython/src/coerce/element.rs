//! Single Python objects as elements of a dtype.

use pyo3::exceptions::{PyOverflowError, PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyComplex, PyFloat, PyInt, PyList, PyString, PyTuple};
use rustsci_array::dtype::{Class, Complex};
use rustsci_array::ufunc::{from_complex, integer, rounded};
use rustsci_array::{DType, Scalar};

use crate::call::IntoPyErr;
use crate::{ndarray, scalar};

/// A Python number with the dtype that it has where nothing else is said.
pub(super) fn of_plain_number(object: &Bound<'_, PyAny>) -> PyResult<Option<Scalar>> {
    if let Ok(number) = object.cast::<PyFloat>() {
        return Ok(Some(Scalar::Float64(number.value())));
    }
    if let Ok(truth) = object.cast::<PyBool>() {
        return Ok(Some(Scalar::Bool(truth.is_true().into())));
    }
    if object.is_instance_of::<PyInt>() {
        return whole(object).map(Some);
    }
    if let Ok(number) = object.cast::<PyComplex>() {
        let number = Complex::new(number.real(), number.imag());
        return Ok(Some(Scalar::Complex128(number)));
    }
    Ok(None)
}

/// A Python integer: int64, beyond it uint64.
fn whole(object: &Bound<'_, PyAny>) -> PyResult<Scalar> {
    if let Ok(value) = object.extract::<i64>() {
        return Ok(Scalar::Int64(value));
    }
    object.extract::<u64>().map(Scalar::UInt64).map_err(|_| {
        PyOverflowError::new_err(
            "Python int too large to convert to C long: arrays of Python objects are not supported",
        )
    })
}

/// A Python number as an element; nothing if the object is none.
pub(super) fn of_number(object: &Bound<'_, PyAny>, dtype: &DType) -> PyResult<Option<Scalar>> {
    if let Ok(number) = object.cast::<PyFloat>() {
        return from_float(object.py(), number.value(), dtype).map(Some);
    }
    if object.is_instance_of::<PyInt>() {
        return from_int(object, dtype).map(Some);
    }
    if let Ok(number) = object.cast::<PyComplex>() {
        let number = Complex::new(number.real(), number.imag());
        return from_complex(number, dtype)
            .map(Some)
            .map_err(|error| error.into_py_err(object.py()));
    }
    Ok(None)
}

/// A Python number or a scalar as an element, where that takes no Python code; nothing for other objects.
#[inline]
pub(crate) fn plain_element(object: &Bound<'_, PyAny>, dtype: &DType) -> PyResult<Option<Scalar>> {
    if object.is_exact_instance_of::<PyFloat>() || object.is_exact_instance_of::<PyInt>() {
        return of_number(object, dtype);
    }
    if scalar::is_exact(object)
        && let Some(value) = scalar::value(object)
    {
        return from_scalar(object.py(), value, dtype).map(Some);
    }
    Ok(None)
}

/// A scalar as an element. A signed integer takes it as it would take Python's number, and refuses what does not fit.
pub(super) fn from_scalar(py: Python<'_>, value: Scalar, dtype: &DType) -> PyResult<Scalar> {
    super::warn_if_complex(py, &value.dtype(), dtype)?;
    if dtype.class() == Class::Signed && value.dtype() != *dtype {
        return match value {
            Scalar::Bool(_) => Ok(value.cast(dtype)),
            Scalar::UInt64(value) => integer(value.into(), dtype),
            _ if value.dtype().is_integer() => integer(value.to::<i64>().into(), dtype),
            _ => rounded(value.to_complex().re, dtype),
        }
        .map_err(|error| error.into_py_err(py));
    }
    Ok(rustsci_array::exec::with_status(|| value.cast(dtype)))
}

/// Any object as an element.
pub(crate) fn element(object: &Bound<'_, PyAny>, dtype: &DType) -> PyResult<Scalar> {
    if let Some(value) = scalar::value(object) {
        return from_scalar(object.py(), value, dtype);
    }
    if let Some(value) = of_number(object, dtype)? {
        return Ok(value);
    }
    if let Ok(text) = object.cast::<PyString>() {
        return scalar::parse_text(text, dtype);
    }
    if let Ok(bytes) = object.cast::<PyBytes>() {
        let text = bytes.call_method1("decode", ("latin-1",))?;
        return scalar::parse_text(text.cast::<PyString>()?, dtype);
    }
    if ndarray::is_instance(object) {
        let array = ndarray::array(object);
        if array.ndim() > 0 {
            return Err(with_a_sequence());
        }
        let value = array.get(&[]);
        return Ok(rustsci_array::exec::with_status(|| value.cast(dtype)));
    }
    if object.is_none() && dtype.is_complex() {
        return Ok(Scalar::Complex128(Complex::new(f64::NAN, f64::NAN)).cast(dtype));
    }
    if object.is_none() && dtype.is_inexact() {
        return Ok(Scalar::Float64(f64::NAN).cast(dtype));
    }
    other(object, dtype)
}

/// What a list, a tuple or an array with axes is as one element: its truth, or an error; nothing for other objects.
pub(crate) fn of_sequence(object: &Bound<'_, PyAny>, dtype: &DType) -> PyResult<Option<Scalar>> {
    let is_array = ndarray::is_instance(object) && ndarray::array(object).ndim() > 0;
    if !is_array && !object.is_instance_of::<PyList>() && !object.is_instance_of::<PyTuple>() {
        return Ok(None);
    }
    let name = object.get_type().name()?;
    match dtype.class() {
        Class::Bool => match object.is_truthy() {
            Ok(truth) => Ok(Some(Scalar::Bool(truth.into()))),
            Err(_) => Err(with_a_sequence()),
        },
        Class::Complex if is_array => Err(PyTypeError::new_err(
            "only 0-dimensional arrays can be converted to Python scalars",
        )),
        Class::Complex => Err(PyTypeError::new_err(format!(
            "must be real number, not {name}"
        ))),
        Class::Signed | Class::Unsigned if !is_array => Err(PyTypeError::new_err(format!(
            "int() argument must be a string, a bytes-like object or a real number, not '{name}'"
        ))),
        _ => Err(with_a_sequence()),
    }
}

/// An object that may know itself as a number.
fn other(object: &Bound<'_, PyAny>, dtype: &DType) -> PyResult<Scalar> {
    let py = object.py();
    // SAFETY: looks at the type's slots only.
    let sequence = unsafe { ffi::PySequence_Check(object.as_ptr()) } != 0;
    let result = match dtype.class() {
        Class::Bool => return Ok(Scalar::Bool(object.is_truthy()?.into())),
        Class::Floating => py.get_type::<PyFloat>().call1((object,)),
        Class::Complex => py.get_type::<PyComplex>().call1((object,)),
        Class::Signed | Class::Unsigned => py.get_type::<PyInt>().call1((object,)),
    };
    match result {
        Ok(number) => of_number(&number, dtype)?
            .ok_or_else(|| PyTypeError::new_err("a conversion to a number that gave none")),
        Err(_) if sequence => Err(with_a_sequence()),
        Err(error) => Err(error),
    }
}

#[cold]
fn with_a_sequence() -> PyErr {
    PyValueError::new_err("setting an array element with a sequence.")
}

fn from_int(object: &Bound<'_, PyAny>, dtype: &DType) -> PyResult<Scalar> {
    match dtype.class() {
        Class::Bool => Ok(Scalar::Bool(object.is_truthy()?.into())),
        Class::Floating | Class::Complex => {
            let value: f64 = object.extract()?;
            Ok(narrowed(value, dtype))
        }
        Class::Signed | Class::Unsigned => {
            let value: i128 = object.extract().map_err(|_| {
                PyOverflowError::new_err(format!(
                    "Python integer {object} out of bounds for {dtype}"
                ))
            })?;
            integer(value, dtype).map_err(|error| error.into_py_err(object.py()))
        }
    }
}

/// A number as a smaller one, where it may overflow.
fn narrowed(value: f64, dtype: &DType) -> Scalar {
    match dtype {
        DType::Float64 => Scalar::Float64(value),
        _ => rustsci_array::exec::with_status(|| Scalar::Float64(value).cast(dtype)),
    }
}

fn from_float(py: Python<'_>, value: f64, dtype: &DType) -> PyResult<Scalar> {
    if dtype.is_integer() {
        rounded(value, dtype).map_err(|error| error.into_py_err(py))
    } else {
        Ok(narrowed(value, dtype))
    }
}
