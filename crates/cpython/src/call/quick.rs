//! Short ways for the functions that programs call most, with the arguments they mostly have.
//!
//! A row of the common table costs some hundred nanoseconds to bind and convert arguments for, as much as the work itself
//! of the functions below. A short way takes one positional argument and gives nothing where it does not apply; the row
//! then does.

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyInt, PyTuple, PyType};
use rustsci_array::array::CopyOrder;
use rustsci_array::{Array, DType, Order, Result};
use rustsci_bind::Header;
use rustsci_buffer::Shape;

use super::error_state;
use super::errors::IntoPyErr;
use crate::ufunc::operators::{self, Operator};
use crate::{coerce, ndarray, scalar};

/// A function of one plain argument, or of two.
#[derive(Clone, Copy)]
pub(super) enum Quick {
    One(for<'py> fn(&Bound<'py, PyAny>) -> Option<PyResult<Bound<'py, PyAny>>>),
    Two(for<'py> fn(&Bound<'py, PyAny>, &Bound<'py, PyAny>) -> Option<PyResult<Bound<'py, PyAny>>>),
}

/// The short way of a function, if it has one.
pub(super) fn find(header: &Header) -> Option<Quick> {
    Some(Quick::One(
        match (header.class, header.module, header.name) {
            (Some("ndarray"), _, "astype") => return Some(Quick::Two(as_type)),
            (None, "", "zeros") => |shape| create(shape, Array::zeros),
            (None, "", "empty") => |shape| create(shape, Array::empty),
            (None, "", "array") => coerce::quick_array,
            (None, "", "asarray" | "asanyarray") => itself,
            (Some("ndarray"), _, "sum") => |own| reduced(own, &operators::ADD),
            (Some("ndarray"), _, "prod") => |own| reduced(own, &operators::MULTIPLY),
            (Some("ndarray"), _, "max") => |own| reduced(own, &operators::MAXIMUM),
            (Some("ndarray"), _, "min") => |own| reduced(own, &operators::MINIMUM),
            _ => return None,
        },
    ))
}

/// A real array with its elements converted to a dtype, which is one or a scalar type.
fn as_type<'py>(
    own: &Bound<'py, PyAny>,
    dtype: &Bound<'py, PyAny>,
) -> Option<PyResult<Bound<'py, PyAny>>> {
    let py = own.py();
    if !ndarray::is_exact(own) || ndarray::array(own).dtype().is_complex() {
        return None;
    }
    let dtype = match dtype.cast_exact::<PyType>() {
        Ok(class) => scalar::dtype_of_class(class)?,
        Err(_) => crate::dtype::value(dtype)?,
    };
    let converted = ndarray::converted(py, &ndarray::array(own).clone(), &dtype, CopyOrder::K);
    Some(
        converted.and_then(|array| error_state::settle(py).and_then(|()| ndarray::wrap(py, array))),
    )
}

/// An array as an array.
fn itself<'py>(object: &Bound<'py, PyAny>) -> Option<PyResult<Bound<'py, PyAny>>> {
    ndarray::is_exact(object).then(|| Ok(object.clone()))
}

/// A small array reduced to one value.
fn reduced<'py>(
    own: &Bound<'py, PyAny>,
    operator: &'static Operator,
) -> Option<PyResult<Bound<'py, PyAny>>> {
    if !ndarray::is_exact(own) {
        return None;
    }
    let py = own.py();
    Some(match operator.ufunc().reduce_small(ndarray::array(own))? {
        Ok(value) => error_state::settle(py).and_then(|()| scalar::object(py, &value)),
        Err(error) => Err(error.into_py_err(py)),
    })
}

/// A new array of the default dtype, by a shape that is an integer or a tuple of integers.
fn create<'py>(
    shape: &Bound<'py, PyAny>,
    make: fn(&[usize], &DType, Order) -> Result<Array>,
) -> Option<PyResult<Bound<'py, PyAny>>> {
    let py = shape.py();
    let lengths: Shape = match shape.cast_exact::<PyTuple>() {
        Ok(lengths) => lengths.iter().map(|n| length(&n)).collect::<Option<_>>()?,
        Err(_) => smallvec::smallvec![length(shape)?],
    };
    Some(match make(&lengths, &DType::Float64, Order::C) {
        Ok(array) => ndarray::wrap(py, array),
        Err(error) => Err(error.into_py_err(py)),
    })
}

/// A Python integer that is a length.
#[inline]
fn length(object: &Bound<'_, PyAny>) -> Option<usize> {
    object.cast_exact::<PyInt>().ok()?;
    let mut overflow = 0;
    // SAFETY: the object is an integer.
    let value = unsafe { ffi::PyLong_AsLongLongAndOverflow(object.as_ptr(), &raw mut overflow) };
    if overflow == 0 {
        usize::try_from(value).ok()
    } else {
        None
    }
}
