//! Python objects as functions of the common table see them.

use pyo3::Borrowed;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyComplex, PyFloat, PyInt, PyList, PyString, PyTuple};
use rustsci_array::dtype::Complex;
use rustsci_array::{Array, DType, Result};
use rustsci_bind::convert::{PlainNumber, PlainNumbers};
use rustsci_bind::{Handle, Value, View};

use super::errors::host_error;
use super::value;
use crate::c_api::Held;
use crate::{coerce, dtype, ndarray, scalar};

/// An argument of the running call.
#[derive(Clone, Copy)]
pub(crate) struct Object<'py>(pub(crate) Borrowed<'py, 'py, PyAny>);

/// An object that outlives the call it came from.
struct Kept<'py>(Bound<'py, PyAny>);

/// What an object is.
fn view<'a>(object: &'a Bound<'_, PyAny>) -> View<'a> {
    let kind = object.get_type_ptr();
    // The addresses of CPython's own types, compared only.
    if kind == &raw mut ffi::PyLong_Type {
        return int_view(object);
    }
    if object.is_none() {
        return View::None;
    }
    if ndarray::is_exact(object) {
        return View::Array(ndarray::array(object).clone());
    }
    if kind == &raw mut ffi::PyFloat_Type
        && let Ok(value) = object.cast::<PyFloat>()
    {
        return View::Float(value.value());
    }
    if kind == &raw mut ffi::PyBool_Type {
        return View::Bool(object.is_truthy().unwrap_or_default());
    }
    if let Some(value) = scalar::value(object) {
        return View::Scalar(value);
    }
    if let Some(dtype) = dtype::value(object) {
        return View::DType(dtype);
    }
    less_common(object)
}

fn less_common<'a>(object: &'a Bound<'_, PyAny>) -> View<'a> {
    if let Ok(text) = object.cast::<PyString>() {
        return text.to_str().map_or(View::Other, View::Str);
    }
    if object.is_instance_of::<PyTuple>() || object.is_instance_of::<PyList>() {
        return View::Sequence;
    }
    if ndarray::is_instance(object) {
        return View::Array(ndarray::array(object).clone());
    }
    if let Ok(value) = object.cast::<PyComplex>() {
        return View::Complex(Complex::new(value.real(), value.imag()));
    }
    if let Ok(value) = object.cast::<PyFloat>() {
        return View::Float(value.value());
    }
    if object.is_instance_of::<PyInt>() {
        return int_view(object);
    }
    if let Ok(bytes) = object.cast::<PyBytes>() {
        return View::Bytes(bytes.as_bytes());
    }
    match object.get_type().name() {
        Ok(name) if name == "_NoValueType" => View::Missing,
        _ => View::Other,
    }
}

/// A Python integer; one beyond 128 bits is something else.
fn int_view<'a>(object: &Bound<'_, PyAny>) -> View<'a> {
    let mut overflow = 0;
    // SAFETY: the object is an integer.
    let value = unsafe { ffi::PyLong_AsLongLongAndOverflow(object.as_ptr(), &raw mut overflow) };
    if overflow == 0 {
        return View::Int(value.into());
    }
    object.extract().map_or(View::Other, View::Int)
}

fn type_name(object: &Bound<'_, PyAny>) -> String {
    object
        .get_type()
        .fully_qualified_name()
        .map(|name| name.to_string())
        .unwrap_or_else(|_| "object".to_owned())
}

fn items<'a>(
    object: &Bound<'a, PyAny>,
) -> PyResult<Option<Vec<Box<dyn rustsci_bind::Object + 'a>>>> {
    let kept = |item: Bound<'a, PyAny>| Box::new(Kept(item)) as Box<dyn rustsci_bind::Object + 'a>;
    if let Ok(list) = object.cast::<PyList>() {
        return Ok(Some(list.iter().map(kept).collect()));
    }
    if let Ok(tuple) = object.cast::<PyTuple>() {
        return Ok(Some(tuple.iter().map(kept).collect()));
    }
    // SAFETY: looks at the type's slots only.
    if unsafe { ffi::PySequence_Check(object.as_ptr()) } == 0 {
        return Ok(None);
    }
    if ndarray::is_instance(object) && ndarray::array(object).ndim() == 0 {
        return Ok(None);
    }
    object
        .try_iter()?
        .map(|item| item.map(kept))
        .collect::<PyResult<_>>()
        .map(Some)
}

/// A number of exactly one of Python's own types.
#[inline]
fn plain_number(object: &Bound<'_, PyAny>) -> Option<PlainNumber> {
    let kind = object.get_type_ptr();
    // The addresses of CPython's own types, compared only.
    if kind == &raw mut ffi::PyFloat_Type {
        return object
            .cast::<PyFloat>()
            .ok()
            .map(|value| PlainNumber::Float(value.value()));
    }
    if kind == &raw mut ffi::PyLong_Type {
        return match int_view(object) {
            View::Int(value) => i64::try_from(value).ok().map(PlainNumber::Integer),
            _ => None,
        };
    }
    if kind == &raw mut ffi::PyBool_Type {
        return object.is_truthy().ok().map(PlainNumber::Boolean);
    }
    None
}

fn plain_numbers(object: &Bound<'_, PyAny>) -> Option<PlainNumbers> {
    let collect = |items: &mut dyn ExactSizeIterator<Item = Bound<'_, PyAny>>| {
        let count = items.len();
        let first = plain_number(&items.next()?)?;
        let mut numbers = PlainNumbers::with_capacity(count, first);
        numbers.push(first);
        for item in items {
            if !numbers.push(plain_number(&item)?) {
                return None;
            }
        }
        Some(numbers)
    };
    if let Ok(list) = object.cast::<PyList>() {
        return collect(&mut list.iter());
    }
    object
        .cast::<PyTuple>()
        .ok()
        .and_then(|tuple| collect(&mut tuple.iter()))
}

macro_rules! object {
    ($type:ident) => {
        impl rustsci_bind::Object for $type<'_> {
            #[inline]
            fn view(&self) -> View<'_> {
                view(&self.0)
            }

            fn type_name(&self) -> String {
                type_name(&self.0)
            }

            fn to_array(&self, dtype: Option<&DType>) -> Result<Array> {
                coerce::to_array(&self.0, dtype).map_err(host_error)
            }

            fn to_dtype(&self) -> Result<DType> {
                dtype::from_object(&self.0).map_err(host_error)
            }

            fn to_index(&self) -> Result<isize> {
                index(&self.0).map_err(host_error)
            }

            fn to_float(&self) -> Result<f64> {
                self.0.extract().map_err(host_error)
            }

            fn truth(&self) -> Result<bool> {
                self.0.is_truthy().map_err(host_error)
            }

            fn items(&self) -> Result<Option<Vec<Box<dyn rustsci_bind::Object + '_>>>> {
                items(&self.0)
                    .map(|items| {
                        items.map(|items| items.into_iter().map(|item| item as _).collect())
                    })
                    .map_err(host_error)
            }

            fn plain_numbers(&self) -> Option<PlainNumbers> {
                plain_numbers(&self.0)
            }

            fn repr(&self) -> String {
                self.0
                    .repr()
                    .map_or_else(|_| type_name(&self.0), |text| text.to_string())
            }

            fn call(&self, arguments: Vec<Value>) -> Result<Value> {
                call(&self.0, arguments).map_err(host_error)
            }

            fn handle(&self) -> Handle {
                Handle::new(Held::new(self.0.clone().to_owned()))
            }
        }
    };
}

object!(Object);
object!(Kept);

/// The object as a whole number.
pub(crate) fn index(object: &Bound<'_, PyAny>) -> PyResult<isize> {
    // SAFETY: the object is live; the exception for a number too large is a static of CPython.
    let value = unsafe { ffi::PyNumber_AsSsize_t(object.as_ptr(), ffi::PyExc_OverflowError) };
    if value == -1
        && let Some(error) = PyErr::take(object.py())
    {
        return Err(error);
    }
    Ok(value)
}

fn call(function: &Bound<'_, PyAny>, arguments: Vec<Value>) -> PyResult<Value> {
    let py = function.py();
    let arguments = arguments
        .into_iter()
        .map(|argument| value::to_object(py, argument))
        .collect::<PyResult<Vec<_>>>()?;
    let result = function.call1(PyTuple::new(py, arguments)?)?;
    Ok(from_object(&result))
}

/// An object as a value: what it is, or itself.
fn from_object(object: &Bound<'_, PyAny>) -> Value {
    match view(object) {
        View::Missing => Value::Missing,
        View::None => Value::None,
        View::Bool(value) => Value::Bool(value),
        View::Int(value) => Value::Int(value),
        View::Float(value) => Value::Float(value),
        View::Complex(value) => Value::Complex(value),
        View::Str(text) => Value::Str(text.to_owned()),
        View::Bytes(bytes) => Value::Bytes(bytes.to_vec()),
        View::DType(dtype) => Value::DType(dtype),
        View::Array(array) => Value::Array(array),
        View::Scalar(value) => Value::Scalar(value),
        View::Sequence | View::Other => Value::Object(Handle::new(Held::new(object.clone()))),
    }
}
