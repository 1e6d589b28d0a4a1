//! Objects that describe their memory by `__array_interface__`.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple, PyType};
use rustsci_array::{Array, Order};
use rustsci_buffer::layout::MAX_DIMS;
use rustsci_buffer::{Layout, Shape, Strides};

use super::buffer::{buffer_bytes, over};
use crate::c_api::Held;
use crate::call::IntoPyErr;
use crate::dtype;

/// The shape in a description; there are no axes if there is none.
fn shape(interface: &Bound<'_, PyDict>) -> PyResult<Shape> {
    let Some(shape) = interface.get_item("shape")? else {
        return Ok(Shape::new());
    };
    let Ok(shape) = shape.cast::<PyTuple>() else {
        return Err(PyTypeError::new_err("shape must be a tuple"));
    };
    if shape.len() > MAX_DIMS {
        return Err(PyValueError::new_err(format!(
            "number of dimensions must be within [0, {MAX_DIMS}], got {}",
            shape.len()
        )));
    }
    shape.iter().map(|n| n.extract::<usize>()).collect()
}

/// The array that an object describes, and the object that keeps its memory; nothing if it describes none.
pub(super) fn array<'py>(
    object: &Bound<'py, PyAny>,
) -> PyResult<Option<(Array, Bound<'py, PyAny>)>> {
    let Some(interface) = object.getattr_opt("__array_interface__")? else {
        return Ok(None);
    };
    if object.is_instance_of::<PyType>() && interface.hasattr("__get__")? {
        return Ok(None);
    }
    let Ok(interface) = interface.cast::<PyDict>() else {
        return Err(PyValueError::new_err(
            "Invalid __array_interface__ value, must be a dict",
        ));
    };
    let Some(typestr) = interface.get_item("typestr")? else {
        return Err(PyValueError::new_err("Missing __array_interface__ typestr"));
    };
    let dtype = dtype::from_object(&typestr)?;
    let shape = shape(interface)?;
    let offset: isize = match interface.get_item("offset")? {
        Some(offset) => offset.extract()?,
        None => 0,
    };
    let strides = match interface.get_item("strides")? {
        Some(strides) if !strides.is_none() => {
            let Ok(strides) = strides.cast::<PyTuple>() else {
                return Err(PyTypeError::new_err("strides must be a tuple"));
            };
            if strides.len() != shape.len() {
                return Err(PyValueError::new_err(
                    "mismatch in length of strides and shape",
                ));
            }
            strides
                .iter()
                .map(|stride| stride.extract::<isize>())
                .collect::<PyResult<Strides>>()?
        }
        _ => Layout::packed(&shape, dtype.item_size(), Order::C).strides,
    };
    let data = interface.get_item("data")?.filter(|data| !data.is_none());
    if let Some(data) = &data
        && let Ok(pair) = data.cast::<PyTuple>()
    {
        if pair.len() != 2 {
            return Err(PyTypeError::new_err(
                "__array_interface__ data must be a 2-tuple with (data pointer integer, read-only flag)",
            ));
        }
        let address: usize = pair.get_item(0)?.extract()?;
        let writeable = !pair.get_item(1)?.is_truthy()?;
        if address == 0 {
            if !shape.contains(&0) {
                return Err(PyValueError::new_err(
                    "data is NULL but array contains data",
                ));
            }
            let empty = Array::empty(&shape, &dtype, Order::C)
                .map_err(|error| error.into_py_err(object.py()))?;
            return Ok(Some((empty, object.clone())));
        }
        let guard = Held::new(object.clone());
        let address = (address as *mut u8).wrapping_offset(offset);
        // SAFETY: the object promises by the protocol that the memory it describes lives as long as it does.
        let array = unsafe { over(address, shape, strides, &dtype, writeable, guard) };
        return Ok(Some((array, object.clone())));
    }
    // The memory is another object's, or the object's own, lent by the buffer protocol.
    let (bytes, owner) = buffer_bytes(data.as_ref().unwrap_or(object))?;
    let layout = Layout {
        shape,
        strides,
        offset: bytes.layout().offset.wrapping_add_signed(offset),
    };
    let (low, high) = layout.extent(dtype.item_size());
    let end = bytes.layout().offset + bytes.size();
    if low < bytes.layout().offset as isize || high > end as isize {
        return Err(PyValueError::new_err(
            "buffer is smaller than requested size",
        ));
    }
    let array = Array::new(bytes.buffer().clone(), layout, dtype);
    let array = if bytes.is_writeable() {
        array
    } else {
        array.readonly()
    };
    Ok(Some((array, owner)))
}
