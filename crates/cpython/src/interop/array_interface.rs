//! The array interface, version 3: an attribute that describes memory as a dictionary.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use rustsci_array::Array;

use super::buffer_import::from_buffer;
use super::foreign::Description;
use crate::c_api::Held;

/// The dictionary for an array.
pub(crate) fn to_array_interface<'py>(py: Python<'py>, array: &Array) -> PyResult<Bound<'py, PyDict>> {
    let interface = PyDict::new(py);
    let typestr = array.dtype().typestr();
    interface.set_item("data", (array.address(), !array.is_writeable()))?;
    let strides = if array.is_c_contiguous() {
        py.None().into_bound(py)
    } else {
        PyTuple::new(py, array.strides())?.into_any()
    };
    interface.set_item("strides", strides)?;
    interface.set_item("descr", [("", &typestr)])?;
    interface.set_item("typestr", typestr)?;
    interface.set_item("shape", PyTuple::new(py, array.shape())?)?;
    interface.set_item("version", 3)?;
    Ok(interface)
}

/// An array over the memory that an object describes by `__array_interface__`; `None` if it has no such attribute.
pub(crate) fn from_array_interface(object: &Bound<'_, PyAny>) -> PyResult<Option<Array>> {
    let py = object.py();
    if object.is_instance_of::<pyo3::types::PyType>() {
        return Ok(None);
    }
    let Some(interface) = object.getattr_opt(intern!(py, "__array_interface__"))? else {
        return Ok(None);
    };
    let Ok(interface) = interface.cast_into::<PyDict>() else {
        return Err(PyValueError::new_err("Invalid __array_interface__ value, must be a dict"));
    };
    let required = |name: &str| {
        interface
            .get_item(name)?
            .ok_or_else(|| PyValueError::new_err(format!("Missing __array_interface__ {name}")))
    };
    let typestr = required("typestr")?;
    let Ok(typestr) = typestr.extract::<String>() else {
        return Err(PyTypeError::new_err("__array_interface__ typestr must be a string"));
    };
    let Some(dtype) = rustsci_array::dtype::parse(&typestr) else {
        return Err(PyTypeError::new_err(format!("data type '{typestr}' not understood")));
    };
    let shape: Vec<usize> = required("shape")?
        .extract()
        .map_err(|_| PyTypeError::new_err("shape must be a tuple of non-negative integers"))?;
    let given = |name: &str| -> PyResult<Option<Bound<'_, PyAny>>> {
        Ok(interface.get_item(name)?.filter(|value| !value.is_none()))
    };
    let strides: Option<Vec<isize>> = match given("strides")? {
        Some(strides) => Some(strides.extract().map_err(|_| PyTypeError::new_err("strides must be a tuple"))?),
        None => None,
    };
    let offset: usize = given("offset")?.map_or(Ok(0), |offset| offset.extract())?;
    match given("data")? {
        Some(data) if data.is_instance_of::<PyTuple>() => {
            let Ok((address, readonly)) = data.extract::<(usize, bool)>() else {
                return Err(PyTypeError::new_err(
                    "__array_interface__ data must be a 2-tuple of (data pointer integer, read-only flag)",
                ));
            };
            let description = Description { address, dtype, shape, strides, writable: !readonly };
            let guard = Held::new(object.clone());
            // SAFETY: the object promises the memory it describes for as long as it lives, and the guard keeps it alive.
            unsafe { description.into_array(guard) }.map(Some)
        }
        data => {
            let owner = data.unwrap_or_else(|| object.clone());
            let Some(bytes) = from_buffer(&owner)? else {
                return Err(PyTypeError::new_err("__array_interface__ data must be a tuple or offer a buffer"));
            };
            let needed = shape.iter().product::<usize>() * dtype.item_size();
            let held = bytes.size() * bytes.item_size();
            if strides.is_none() && needed.checked_add(offset).is_none_or(|end| end > held) {
                return Err(PyValueError::new_err("buffer is smaller than requested size"));
            }
            let address = bytes.address() + offset;
            let description = Description { address, dtype, shape, strides, writable: bytes.is_writeable() };
            // SAFETY: the bytes were checked to suffice, and the guard keeps the view of them.
            unsafe { description.into_array(bytes) }.map(Some)
        }
    }
}
