//! Methods that are neither rows of the common table nor part of a protocol.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyInt, PyString, PyTuple};
use rustsci_array::{Array, Order};
use rustsci_bind::Header;
use rustsci_bind::convert::Unpacked;

use super::{array, base, change};
use crate::c_api::REFERENCES_IN_A_CALL;
use crate::call::{Call, HostFunction, IntoPyErr};
use crate::ufunc;

type Result<'py> = PyResult<Bound<'py, PyAny>>;

/// Limits the elements: by the ufunc `clip`, or by one that knows a single limit.
fn clip<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    let py = call.py;
    let own = call.required(0)?;
    let keywords = call.bindings.as_passed(py)?.1;
    for name in ["min", "max", "out"] {
        if keywords.contains(name)? {
            keywords.del_item(name)?;
        }
    }
    if let Some(out) = call.not_none(3) {
        keywords.set_item("out", out)?;
    }
    // A Python integer beyond what the elements can be limits nothing.
    let limit = |index: usize| -> Option<&Bound<'py, PyAny>> {
        let limit = call.not_none(index)?;
        let dtype = array(own).dtype();
        if !dtype.is_integer() || !limit.is_exact_instance_of::<PyInt>() {
            return Some(limit);
        }
        let (low, high) = rustsci_array::ufunc::integer_range(dtype);
        match limit.extract::<i128>() {
            Ok(value) if index == 1 && value <= low => None,
            Ok(value) if index == 2 && value >= high => None,
            _ => Some(limit),
        }
    };
    if call.not_none(1).is_none() && call.not_none(2).is_none() {
        return ufunc::object(py, "positive")?.call((own,), Some(&keywords));
    }
    match (limit(1), limit(2)) {
        (None, None) => ufunc::object(py, "positive")?.call((own,), Some(&keywords)),
        (Some(min), None) => ufunc::object(py, "maximum")?.call((own, min), Some(&keywords)),
        (None, Some(max)) => ufunc::object(py, "minimum")?.call((own, max), Some(&keywords)),
        (Some(min), Some(max)) => ufunc::object(py, "clip")?.call((own, min, max), Some(&keywords)),
    }
}

/// The complex conjugate; of real numbers the array itself.
fn conjugate<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    let own = call.required(0)?;
    let keywords = PyDict::new(call.py);
    if let Some(out) = call.not_none(1) {
        keywords.set_item("out", out)?;
    } else if !array(own).dtype().is_complex() {
        return Ok(own.clone());
    }
    ufunc::object(call.py, "conjugate")?.call((own,), Some(&keywords))
}

/// Changes the shape, and the number of elements, of the array itself.
fn resize<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    let py = call.py;
    let own = call.required(0)?;
    let shape: Unpacked = call.get(1)?;
    let check = match call.given(2) {
        None => true,
        Some(check) if check.is_instance_of::<PyString>() => {
            return Err(PyTypeError::new_err(
                "refcheck must be a truth value, not str",
            ));
        }
        Some(check) => check.is_truthy()?,
    };
    if call
        .given(1)
        .is_none_or(|shape| match shape.cast::<PyTuple>() {
            Ok(shape) => shape.is_empty() || shape.get_item(0).is_ok_and(|only| only.is_none()),
            Err(_) => false,
        })
    {
        return Ok(py.None().into_bound(py));
    }
    if shape.0.iter().any(|&n| n < 0) {
        return Err(PyValueError::new_err(
            "all elements of the new shape must be non-negative",
        ));
    }
    let shape: Vec<usize> = shape.0.iter().map(|&n| n as usize).collect();
    let current = array(own).clone();
    let none = py.None().into_bound(py);
    if shape == current.shape() {
        return Ok(none);
    }
    if !current.is_c_contiguous() && !current.is_f_contiguous() {
        return Err(PyValueError::new_err(
            "resize only works on single-segment arrays",
        ));
    }
    let error = |error: rustsci_array::Error| error.into_py_err(py);
    let order = if current.is_c_contiguous() {
        Order::C
    } else {
        Order::F
    };
    let size = rustsci_buffer::layout::checked_size(&shape);
    if size == Some(current.size()) {
        change(own, current.reshaped(&shape, order).map_err(error)?);
        return Ok(none);
    }
    if base(own).is_some() || current.buffer().is_foreign() {
        return Err(PyValueError::new_err(
            "cannot resize this array: it does not own its data",
        ));
    }
    // This function's copy shares the memory.
    // SAFETY: the object is live.
    let references = unsafe { ffi::Py_REFCNT(own.as_ptr()) };
    let shared =
        std::sync::Arc::strong_count(current.buffer()) > 2 || super::is_weakly_referenced(own);
    if check && (references > REFERENCES_IN_A_CALL || shared) {
        return Err(PyValueError::new_err(
            "cannot resize an array that references or is referenced\nby another array in this way.\nUse the np.resize \
             function or refcheck=False",
        ));
    }
    let bytes = current.to_bytes(order.into()).map_err(error)?;
    let new = Array::zeros(&shape, current.dtype(), order).map_err(error)?;
    let kept = bytes.len().min(new.size() * new.item_size());
    let old = Array::from_bytes(&bytes[..kept], current.dtype()).map_err(error)?;
    let layout = rustsci_buffer::Layout::packed(&[old.size()], new.item_size(), Order::C);
    new.with_layout(layout).assign(&old).map_err(error)?;
    change(own, new);
    Ok(none)
}

/// Pickles the array to a file, or to bytes.
fn dump<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    let pickle = call.py.import("pickle")?;
    let own = call.required(0)?;
    crate::coerce::with_file(call.required(1)?, "wb", |file| {
        pickle.getattr("dump")?.call1((own, file, 2))
    })
}

/// A part of each element, as `getfield` and `setfield` see it.
fn field(call: &Call<'_, '_>, dtype: usize, offset: usize) -> PyResult<Array> {
    let own = array(call.required(0)?);
    let dtype: rustsci_array::DType = call.get(dtype)?;
    let offset: isize = call.get(offset)?;
    let inside = offset >= 0 && offset as usize + dtype.item_size() <= own.item_size();
    if !inside {
        return Err(PyValueError::new_err(format!(
            "Need 0 <= offset <= {} for requested type but received offset = {offset}",
            own.item_size() as isize - dtype.item_size() as isize
        )));
    }
    let mut layout = own.layout().clone();
    layout.offset += offset as usize;
    let view = Array::new(own.buffer().clone(), layout, dtype);
    Ok(if own.is_writeable() {
        view
    } else {
        view.readonly()
    })
}

const fn method(
    name: &'static str,
    signature: &'static str,
    doc: &'static str,
    call: for<'a, 'py> fn(&Call<'a, 'py>) -> Result<'py>,
) -> HostFunction {
    HostFunction {
        header: Header::new(name, signature, doc).of_class("ndarray"),
        call,
    }
}

pub(super) static METHODS: &[HostFunction] = &[
    method(
        "clip",
        "(self, /, min=None, max=None, out=None, **kwargs)",
        "Return the elements limited to an interval.",
        clip,
    ),
    method(
        "conj",
        "(self, out=None, /)",
        "Return the complex conjugates.",
        conjugate,
    ),
    method(
        "conjugate",
        "(self, out=None, /)",
        "Return the complex conjugates.",
        conjugate,
    ),
    method(
        "resize",
        "(self, /, *new_shape, refcheck=True)",
        "Change the shape and the number of elements of the array itself; new ones are zero.",
        resize,
    ),
    method(
        "dump",
        "(self, file, /)",
        "Pickle the array to a file.",
        dump,
    ),
    method("dumps", "(self, /)", "Pickle the array to bytes.", |call| {
        let pickle = call.py.import("pickle")?;
        pickle.getattr("dumps")?.call1((call.required(0)?, 2))
    }),
    method(
        "getfield",
        "(self, dtype, /, offset=0)",
        "Return a view of a part of each element.",
        |call| {
            let view = field(call, 1, 2)?;
            super::attributes::view(call.required(0)?, view)
        },
    ),
    method(
        "setfield",
        "(self, val, dtype, /, offset=0)",
        "Set a part of each element.",
        |call| {
            let part = field(call, 2, 3)?;
            let source = crate::coerce::for_assignment(call.required(1)?, part.dtype())?;
            part.assign(&source)
                .map_err(|error| error.into_py_err(call.py))?;
            Ok(call.py.None().into_bound(call.py))
        },
    ),
];
