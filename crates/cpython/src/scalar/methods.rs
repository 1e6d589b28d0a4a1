//! The methods of scalars that arrays do not have, or have differently.

use std::ffi::c_int;
use std::ptr;

use pyo3::IntoPyObjectExt;
use pyo3::exceptions::{PyBufferError, PyIndexError, PyTypeError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyTuple};
use rustsci_array::array::CopyOrder;
use rustsci_array::dtype::Class;
use rustsci_array::ufunc::{Input, Options};
use rustsci_array::{Array, Scalar};
use rustsci_bind::Header;

use super::attributes::as_array;
use super::convert::{own, to_python};
use super::{address, object};
use crate::c_api::{borrowed, slot};
use crate::call::{Call, HostFunction, IntoPyErr};
use crate::{dtype, ndarray, ufunc};

type Result<'py> = PyResult<Bound<'py, PyAny>>;

const fn method(
    class: &'static str,
    name: &'static str,
    signature: &'static str,
    doc: &'static str,
    call: for<'py> fn(&Call<'_, 'py>) -> Result<'py>,
) -> HostFunction {
    HostFunction {
        header: Header::new(name, signature, doc).of_class(class),
        call,
    }
}

/// The scalar whose method was called.
fn this(call: &Call<'_, '_>) -> PyResult<Scalar> {
    own(call.required(0)?)
}

fn itself<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    Ok(call.required(0)?.to_owned())
}

/// Passes the call on to Python's number of the same value.
fn as_python<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    to_python(call.py, &this(call)?)?.call_method0(call.header.name)
}

fn conjugate<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    let value = this(call)?;
    if value.dtype().class() != Class::Complex {
        return itself(call);
    }
    let outputs = ufunc::operators::CONJUGATE
        .ufunc()
        .call(&[Input::Scalar(value)], &Options::default())
        .map_err(|error| error.into_py_err(call.py))?;
    object(call.py, &outputs[0].get(&[]))
}

fn format<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    let specification = call.required(1)?;
    let plain = to_python(call.py, &this(call)?)?;
    plain.call_method1("__format__", (specification,))
}

fn reduce<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    let py = call.py;
    let value = this(call)?;
    let bytes = Array::from_scalar(&value)
        .and_then(|array| array.to_bytes(CopyOrder::C))
        .map_err(|error| error.into_py_err(py))?;
    let make = py.import("rustsci._native")?.getattr("_scalar")?;
    let arguments = (dtype::object(py, &value.dtype()), PyBytes::new(py, &bytes));
    (make, arguments).into_bound_py_any(py)
}

/// What pickles of scalars call.
pub(crate) static MAKE: HostFunction = HostFunction {
    header: Header::new(
        "_scalar",
        "(dtype, data, /)",
        "Make a scalar from its bytes.",
    )
    .of_module("_native"),
    call: |call| {
        let dtype: rustsci_array::DType = call.get(0)?;
        let bytes = call.required(1)?;
        let bytes = bytes.cast::<PyBytes>()?.as_bytes();
        if bytes.len() != dtype.item_size() {
            return Err(PyTypeError::new_err(format!(
                "a scalar of {dtype} takes {} bytes, not {}",
                dtype.item_size(),
                bytes.len()
            )));
        }
        let array = Array::from_bytes(bytes, &dtype).map_err(|error| error.into_py_err(call.py))?;
        object(call.py, &array.get(&[0]))
    },
};

fn to_array<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    let array = as_array(call.required(0)?)?;
    match call.not_none(1) {
        Some(dtype) => array.call_method1("astype", (dtype,)),
        None => Ok(array),
    }
}

fn wrap<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    let array = call.required(1)?;
    let to_scalar = call.not_none(3).map_or(Ok(true), |flag| flag.is_truthy())?;
    if to_scalar && ndarray::is_instance(array) && ndarray::array(array).ndim() == 0 {
        return object(call.py, &ndarray::array(array).get(&[]));
    }
    Ok(array.to_owned())
}

fn round<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    let value = this(call)?;
    if value.dtype().is_complex() {
        return Err(PyTypeError::new_err(format!(
            "type {} doesn't define __round__ method",
            call.required(0)?.get_type().fully_qualified_name()?
        )));
    }
    match call.not_none(1) {
        // Without digits the result is a Python integer, as of Python's own numbers.
        None if value.dtype().class() == Class::Floating => {
            to_python(call.py, &value)?.call_method0("__round__")
        }
        None => as_array(call.required(0)?)?
            .call_method0("round")?
            .call_method0("item"),
        Some(digits) => {
            let rounded = as_array(call.required(0)?)?.call_method1("round", (digits,))?;
            rounded.get_item(PyTuple::empty(call.py)).or(Ok(rounded))
        }
    }
}

/// The slot of indexing; as a slot of mappings alone it does not make sequences of scalars.
pub(super) unsafe extern "C" fn get_item(
    scalar: *mut ffi::PyObject,
    index: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    slot(|py| {
        // SAFETY: the slot's arguments are live, the first a scalar.
        let (scalar, index) = unsafe { (borrowed(py, scalar), borrowed(py, index)) };
        if index.cast::<PyTuple>().is_ok_and(|index| index.is_empty()) {
            return object(py, &own(&scalar)?).map(Bound::into_ptr);
        }
        let array = as_array(&scalar)?;
        match array.get_item(index) {
            Err(error) if error.is_instance_of::<PyIndexError>(py) => {
                Err(PyIndexError::new_err("invalid index to scalar variable."))
            }
            other => other.map(Bound::into_ptr),
        }
    })
}

fn is_integer<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    let value = this(call)?;
    let whole = match value.dtype().class() {
        Class::Floating => {
            let value: f64 = value.to();
            value.is_finite() && value.fract() == 0.0
        }
        _ => true,
    };
    whole.into_bound_py_any(call.py)
}

/// The module whose functions take scalars.
fn namespace<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    let array = as_array(call.required(0)?)?;
    let keywords = call.bindings.as_passed(call.py)?.1;
    array
        .getattr("__array_namespace__")?
        .call((), Some(&keywords))
}

/// The scalar, which is where it can be.
fn to_device<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    let array = as_array(call.required(0)?)?;
    let (arguments, keywords) = call.bindings.as_passed(call.py)?;
    array
        .getattr("to_device")?
        .call(arguments.get_slice(1, arguments.len()), Some(&keywords))?;
    itself(call)
}

pub(super) static METHODS: &[HostFunction] = &[
    method(
        "generic",
        "__array_namespace__",
        "(self, /, *, api_version=None)",
        "Return the module `rustsci`.",
        namespace,
    ),
    method(
        "generic",
        "to_device",
        "(self, device, /, *, stream=None)",
        "Return the scalar, which is where it can be.",
        to_device,
    ),
    method(
        "generic",
        "conjugate",
        "(self, /)",
        "The complex conjugate.",
        conjugate,
    ),
    method(
        "generic",
        "conj",
        "(self, /)",
        "The complex conjugate.",
        conjugate,
    ),
    method(
        "generic",
        "__format__",
        "(self, specification, /)",
        "As Python's own numbers.",
        format,
    ),
    method(
        "generic",
        "__reduce__",
        "(self, /)",
        "Pickles by dtype and bytes.",
        reduce,
    ),
    method(
        "generic",
        "__array__",
        "(self, dtype=None, *, copy=None)",
        "The value as an array.",
        to_array,
    ),
    method(
        "generic",
        "__array_wrap__",
        "(self, array, context=None, return_scalar=True, /)",
        "A result of a ufunc as a scalar.",
        wrap,
    ),
    method(
        "generic",
        "__round__",
        "(self, ndigits=None)",
        "The value rounded.",
        round,
    ),
    method(
        "generic",
        "__copy__",
        "(self, /)",
        "The scalar itself.",
        itself,
    ),
    method(
        "generic",
        "__deepcopy__",
        "(self, memo=None, /)",
        "The scalar itself.",
        itself,
    ),
    method(
        "number",
        "__complex__",
        "(self, /)",
        "The value as a Python complex.",
        |call| {
            let value = this(call)?.to_complex();
            Ok(pyo3::types::PyComplex::from_doubles(call.py, value.re, value.im).into_any())
        },
    ),
    method(
        "floating",
        "is_integer",
        "(self, /)",
        "Whether the value is a whole number.",
        is_integer,
    ),
    method("integer", "is_integer", "(self, /)", "True.", is_integer),
    method(
        "floating",
        "as_integer_ratio",
        "(self, /)",
        "Two integers whose quotient is the value.",
        as_python,
    ),
    method(
        "integer",
        "bit_count",
        "(self, /)",
        "The number of ones in the magnitude.",
        as_python,
    ),
];

/// Fills a buffer description with the value.
pub(super) unsafe extern "C" fn get_buffer(
    scalar: *mut ffi::PyObject,
    view: *mut ffi::Py_buffer,
    flags: c_int,
) -> c_int {
    slot(|py| {
        // SAFETY: CPython hands over a live scalar and a description to fill.
        let (scalar, view) = unsafe { (borrowed(py, scalar), &mut *view) };
        if flags & ffi::PyBUF_WRITABLE == ffi::PyBUF_WRITABLE {
            view.obj = ptr::null_mut();
            return Err(PyBufferError::new_err("scalar buffer is readonly"));
        }
        let dtype = own(&scalar)?.dtype();
        view.buf = address(&scalar, &dtype).cast();
        view.len = dtype.item_size() as isize;
        view.itemsize = view.len;
        view.readonly = 1;
        view.ndim = 0;
        view.format = if flags & ffi::PyBUF_FORMAT == ffi::PyBUF_FORMAT {
            ndarray::buffer_format(&dtype).as_ptr().cast_mut()
        } else {
            ptr::null_mut()
        };
        view.shape = ptr::null_mut();
        view.strides = ptr::null_mut();
        view.suboffsets = ptr::null_mut();
        view.internal = ptr::null_mut();
        view.obj = scalar.to_owned().into_ptr();
        Ok(0)
    })
}
