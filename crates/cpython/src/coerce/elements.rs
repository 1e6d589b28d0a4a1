//! Arrays from raw memory and from iterators.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use rustsci_array::{Array, DType, Order};
use rustsci_bind::Header;
use rustsci_buffer::Layout;

use super::buffer::buffer_bytes;
use super::element;
use crate::call::{Call, HostFunction, IntoPyErr, error_state};
use crate::ndarray;

type Result<'py> = PyResult<Bound<'py, PyAny>>;

/// The dtype that an argument names, float64 by default.
fn dtype(call: &Call<'_, '_>, index: usize) -> PyResult<DType> {
    Ok(call.get::<Option<DType>>(index)?.unwrap_or(DType::Float64))
}

fn frombuffer<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    let buffer = call.required(0)?;
    let dtype = dtype(call, 1)?;
    let (count, offset): (isize, isize) = (call.get(2)?, call.get(3)?);
    let (bytes, owner) = buffer_bytes(buffer)?;
    let size = bytes.size();
    let Some(offset) = usize::try_from(offset)
        .ok()
        .filter(|&offset| offset <= size)
    else {
        return Err(PyValueError::new_err(format!(
            "offset must be non-negative and no greater than buffer length ({size})"
        )));
    };
    let item = dtype.item_size();
    let count = match usize::try_from(count) {
        Ok(count) if count.saturating_mul(item) > size - offset => {
            return Err(PyValueError::new_err(
                "buffer is smaller than requested size",
            ));
        }
        Ok(count) => count,
        Err(_) if !(size - offset).is_multiple_of(item) => {
            return Err(PyValueError::new_err(
                "buffer size must be a multiple of element size",
            ));
        }
        Err(_) => (size - offset) / item,
    };
    let layout = Layout {
        offset: bytes.layout().offset + offset,
        ..Layout::packed(&[count], item, Order::C)
    };
    let array = Array::new(bytes.buffer().clone(), layout, dtype);
    let array = if bytes.is_writeable() {
        array
    } else {
        array.readonly()
    };
    ndarray::wrap_foreign(array, owner)
}

fn fromiter<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    let py = call.py;
    let dtype: DType = call.get(1)?;
    let count: isize = call.get(2)?;
    let wanted = usize::try_from(count).ok();
    let mut elements = Vec::new();
    for item in call.required(0)?.try_iter()? {
        if wanted.is_some_and(|wanted| elements.len() >= wanted) {
            break;
        }
        elements.push(element(&item?, &dtype)?);
    }
    if let Some(wanted) = wanted
        && elements.len() < wanted
    {
        return Err(PyValueError::new_err(format!(
            "iterator too short: Expected {wanted} but iterator had only {} items.",
            elements.len()
        )));
    }
    error_state::settle(py)?;
    let array =
        Array::empty(&[elements.len()], &dtype, Order::C).map_err(|error| error.into_py_err(py))?;
    for (i, value) in elements.iter().enumerate() {
        array.set_item(i, value);
    }
    ndarray::wrap(py, array)
}

pub(crate) static FUNCTIONS: &[HostFunction] = &[
    HostFunction {
        header: Header::new(
            "frombuffer",
            "(buffer, dtype=None, count=-1, offset=0, *, like=None)",
            "Show the memory of an object as an array of one axis.",
        )
        .dispatched(&["like"]),
        call: frombuffer,
    },
    HostFunction {
        header: Header::new(
            "fromiter",
            "(iter, dtype, count=-1, *, like=None)",
            "Make an array of one axis of what an iterator gives.",
        )
        .dispatched(&["like"]),
        call: fromiter,
    },
];
