//! The scalar types, from `generic` to `complex128`.
//!
//! `float64` is a `float` and `complex128` a `complex`: classes with two bases, which keep their value where Python
//! keeps it. The others hold a [`Scalar`] after the object's head.

mod arithmetic;
mod attributes;
mod compare;
mod convert;
mod delegate;
mod integers;
mod methods;
mod new;
mod slots;
mod text;
mod types;

use std::ptr;

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyType;
use rustsci_array::dtype::Complex;
use rustsci_array::{DType, Scalar};

use crate::c_api::{TypeCell, allocate, base_of};

pub(crate) use convert::{to_python, warn_complex};
pub(crate) use methods::MAKE;
pub(crate) use new::parse_text;
pub(crate) use types::add_classes;

/// More than the largest type number.
const NUMBERS: usize = 24;

/// The class of each dtype's scalars, by type number.
static CLASSES: [TypeCell; NUMBERS] = [const { TypeCell::empty() }; NUMBERS];

/// `False_` and `True_`.
static TRUTH: [TypeCell; 2] = [const { TypeCell::empty() }; 2];

/// An instance of any class but float64 and complex128.
#[repr(C)]
struct Object {
    head: ffi::PyObject,
    value: Scalar,
}

/// The cell of a dtype's class.
#[inline(always)]
fn cell(dtype: &DType) -> &'static TypeCell {
    &CLASSES[usize::from(dtype.number())]
}

/// The class of a dtype's scalars.
pub(crate) fn class<'py>(py: Python<'py>, dtype: &DType) -> Bound<'py, PyAny> {
    cell(dtype).bind(py)
}

/// The dtype whose scalars a class makes.
pub(crate) fn dtype_of_class(class: &Bound<'_, PyType>) -> Option<DType> {
    let mut class = class.as_type_ptr();
    while !class.is_null() {
        if let Some(dtype) = dtype_of_type(class) {
            return Some(dtype);
        }
        // SAFETY: a live type; null at the end of the chain of bases.
        class = unsafe { base_of(class) };
    }
    None
}

/// The dtype whose class is this very one; the commonest are looked at first.
#[inline]
fn dtype_of_type(class: *mut ffi::PyTypeObject) -> Option<DType> {
    const ORDER: [DType; 14] = [
        DType::Float64,
        DType::Int64,
        DType::Bool,
        DType::Float32,
        DType::Int32,
        DType::Complex128,
        DType::UInt8,
        DType::Int8,
        DType::Int16,
        DType::UInt16,
        DType::UInt32,
        DType::UInt64,
        DType::Float16,
        DType::Complex64,
    ];
    ORDER
        .iter()
        .find(|dtype| cell(dtype).get() == class)
        .cloned()
}

/// Whether the object is an instance of one of the classes themselves, not of a subclass.
#[inline]
pub(crate) fn is_exact(object: &Bound<'_, PyAny>) -> bool {
    dtype_of_type(object.get_type_ptr()).is_some()
}

/// The value of a scalar, if the object is one.
#[inline]
pub(crate) fn value(object: &Bound<'_, PyAny>) -> Option<Scalar> {
    let class = object.get_type_ptr();
    let dtype = match dtype_of_type(class) {
        Some(dtype) => dtype,
        None if types::is_generic(class) => dtype_of_class(&object.get_type())?,
        None => return None,
    };
    Some(read(object, &dtype))
}

/// The value of an instance of a dtype's class.
#[inline]
fn read(object: &Bound<'_, PyAny>, dtype: &DType) -> Scalar {
    let pointer = object.as_ptr();
    // SAFETY: the object is an instance of the dtype's class, whose layout is as the match says.
    unsafe {
        match dtype {
            DType::Float64 => Scalar::Float64((*pointer.cast::<ffi::PyFloatObject>()).ob_fval),
            DType::Complex128 => {
                let value = (*pointer.cast::<ffi::PyComplexObject>()).cval;
                Scalar::Complex128(Complex::new(value.real, value.imag))
            }
            _ => (*pointer.cast::<Object>()).value,
        }
    }
}

/// Where an instance keeps its value.
fn address(object: &Bound<'_, PyAny>, dtype: &DType) -> *mut u8 {
    let pointer = object.as_ptr();
    // SAFETY: as in `read`; the addresses are only formed.
    unsafe {
        match dtype {
            DType::Float64 => (&raw mut (*pointer.cast::<ffi::PyFloatObject>()).ob_fval).cast(),
            DType::Complex128 => (&raw mut (*pointer.cast::<ffi::PyComplexObject>()).cval).cast(),
            _ => rustsci_array::with_scalar!(
                &(*pointer.cast::<Object>()).value,
                value => ptr::from_ref(value).cast_mut().cast()
            ),
        }
    }
}

/// An object for a value.
#[inline]
pub(crate) fn object<'py>(py: Python<'py>, value: &Scalar) -> PyResult<Bound<'py, PyAny>> {
    if let Scalar::Bool(value) = value {
        return Ok(TRUTH[usize::from(value.get())].bind(py));
    }
    instance(py, cell(&value.dtype()).get(), value)
}

/// An instance of a dtype's class, or of a subclass of it.
#[inline]
fn instance<'py>(
    py: Python<'py>,
    class: *mut ffi::PyTypeObject,
    value: &Scalar,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: the class has the layout of the value's dtype; the value is written before anyone sees the object.
    unsafe {
        let object = allocate(py, class)?;
        let pointer = object.as_ptr();
        match *value {
            Scalar::Float64(value) => {
                (&raw mut (*pointer.cast::<ffi::PyFloatObject>()).ob_fval).write(value);
            }
            Scalar::Complex128(value) => {
                let value = ffi::Py_complex {
                    real: value.re,
                    imag: value.im,
                };
                (&raw mut (*pointer.cast::<ffi::PyComplexObject>()).cval).write(value);
            }
            value => (&raw mut (*pointer.cast::<Object>()).value).write(value),
        }
        Ok(object)
    }
}
