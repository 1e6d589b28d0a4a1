//! `ndarray(shape, dtype, buffer, offset, strides, order)`.

use std::sync::OnceLock;

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use rustsci_array::array::CopyOrder;
use rustsci_array::{Array, DType, Order};
use rustsci_bind::Header;
use rustsci_bind::convert::Sizes;
use rustsci_buffer::{Layout, Strides};

use super::{instance, owner, wrap_subclass};
use crate::c_api::{Held, borrowed, slot};
use crate::call::{Call, HostFunction, IntoPyErr, kept};
use crate::coerce;

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
        let arguments = arguments.cast::<PyTuple>()?;
        let with_class: Vec<Bound<'_, PyAny>> = std::iter::once(class.to_owned())
            .chain(arguments.iter())
            .collect();
        let keywords = match &keywords {
            Some(keywords) => Some(keywords.cast::<PyDict>()?.to_owned()),
            None => None,
        };
        static KEPT: OnceLock<Held> = OnceLock::new();
        kept(py, &KEPT, &NEW)?
            .call(PyTuple::new(py, with_class)?, keywords.as_ref())
            .map(Bound::into_ptr)
    })
}

/// What the class does when called; the first argument is the class.
static NEW: HostFunction = HostFunction {
    header: Header::new(
        "ndarray",
        "(cls, shape, dtype=None, buffer=None, offset=0, strides=None, order='C')",
        "",
    ),
    call: make,
};

fn make<'py>(call: &Call<'_, 'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = call.py;
    let class = call.required(0)?;
    let shape = call
        .get::<Sizes>(1)?
        .shape()
        .map_err(|error| error.into_py_err(py))?;
    let dtype: DType = call.get::<Option<DType>>(2)?.unwrap_or(DType::Float64);
    let order = match call.get::<Option<CopyOrder>>(6)? {
        Some(CopyOrder::F) => Order::F,
        _ => Order::C,
    };
    let strides: Option<Sizes> = call.get(5)?;
    let Some(buffer) = call.not_none(3) else {
        let array = Array::empty(&shape, &dtype, order).map_err(|error| error.into_py_err(py))?;
        let array = match strides {
            Some(strides) => {
                let layout = with_strides(&array, &strides, array.buffer().len(), 0)?;
                array.with_layout(layout)
            }
            None => array,
        };
        return wrap_subclass(class, array, None, None);
    };
    let offset: isize = call.get(4)?;
    let (memory, guard) = coerce::buffer_bytes(buffer)?;
    let Ok(offset) = usize::try_from(offset) else {
        return Err(PyValueError::new_err("offset must be non-negative"));
    };
    let layout = Layout {
        offset: offset + memory.layout().offset,
        ..Layout::packed(&shape, dtype.item_size(), order)
    };
    let array = Array::new(memory.buffer().clone(), layout, dtype);
    let available = memory.layout().offset + memory.size();
    let layout = match &strides {
        Some(strides) => with_strides(&array, strides, available, array.layout().offset)?,
        None => array.layout().clone(),
    };
    let (low, high) = layout.extent(array.item_size());
    if low < memory.layout().offset as isize
        || high > available as isize
        || array.layout().offset > available
    {
        return Err(PyTypeError::new_err(
            "buffer is too small for requested array",
        ));
    }
    let array = array.with_layout(layout);
    let array = if memory.is_writeable() {
        array
    } else {
        array.readonly()
    };
    let pointer = class.as_ptr().cast();
    let object = instance(py, pointer, array, Some(owner(&guard, pointer)))?;
    if !super::is_exact(&object) {
        super::finalize::finalize(&object, None)?;
    }
    Ok(object)
}

/// The array's layout with other strides, which must keep to the memory there is.
fn with_strides(
    array: &Array,
    strides: &Sizes,
    available: usize,
    offset: usize,
) -> PyResult<Layout> {
    if strides.0.len() != array.ndim() {
        return Err(PyValueError::new_err(
            "strides, if given, must be the same length as shape",
        ));
    }
    let layout = Layout {
        strides: Strides::from_slice(&strides.0),
        offset,
        shape: array.shape().into(),
    };
    let (low, high) = layout.extent(array.item_size());
    if low < 0 || high > available as isize {
        return Err(PyValueError::new_err(
            "strides is incompatible with shape of requested array and size of buffer",
        ));
    }
    Ok(layout)
}
