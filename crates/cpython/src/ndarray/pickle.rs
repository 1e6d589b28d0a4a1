//! Pickling: the elements as bytes, or out of band (protocol 5).

use pyo3::IntoPyObjectExt;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyTuple};
use rustsci_array::array::CopyOrder;
use rustsci_array::{Array, DType, Order};
use rustsci_bind::Header;
use rustsci_bind::convert::Sizes;

use super::{array, change, is_exact, set_base, wrap_subclass};
use crate::call::{Call, HostFunction, IntoPyErr};
use crate::{coerce, dtype};

type Result<'py> = PyResult<Bound<'py, PyAny>>;

/// What an unpickled array begins as.
pub(crate) static RECONSTRUCT: HostFunction = HostFunction {
    header: Header::new(
        "_reconstruct",
        "(subtype, shape, dtype, /)",
        "Make the array that a pickle then gives its state.",
    )
    .of_module("_native"),
    call: |call| {
        let shape = call.get::<Sizes>(1)?.shape();
        let shape = shape.map_err(|error| error.into_py_err(call.py))?;
        let array = Array::empty(&shape, &DType::Int8, Order::C)
            .map_err(|error| error.into_py_err(call.py))?;
        match call.not_none(0) {
            Some(class) => wrap_subclass(class, array, None, None),
            None => super::wrap(call.py, array),
        }
    },
};

/// An array over a buffer that was pickled out of band.
pub(crate) static FROM_BUFFER: HostFunction = HostFunction {
    header: Header::new(
        "_frombuffer",
        "(buffer, dtype, shape, order, axis_order=None, /)",
        "Make an array of the memory that was pickled out of band.",
    )
    .of_module("_native"),
    call: |call| {
        let dtype: DType = call.get(1)?;
        let order: CopyOrder = call.get(3)?;
        let shape = call.get::<Sizes>(2)?.shape();
        let shape = shape.map_err(|error| error.into_py_err(call.py))?;
        let (bytes, guard) = coerce::buffer_bytes(call.required(0)?)?;
        let error = |error: rustsci_array::Error| error.into_py_err(call.py);
        let flat = bytes.viewed(&dtype).map_err(error)?;
        let array = match (order, call.not_none(4)) {
            (CopyOrder::K, Some(axes)) => {
                let axes: Vec<usize> = axes.extract()?;
                let mut places = vec![0; shape.len()];
                let in_order = axes.iter().enumerate().map(|(place, &axis)| {
                    let length = shape.get(axis).copied();
                    if let Some(target) = places.get_mut(axis) {
                        *target = place;
                    }
                    length.ok_or_else(|| {
                        PyValueError::new_err("an axis that the array does not have")
                    })
                });
                let in_order = in_order.collect::<PyResult<Vec<usize>>>()?;
                flat.reshaped(&in_order, Order::C)
                    .map_err(error)?
                    .permuted(&places)
            }
            (CopyOrder::F, _) => flat.reshaped(&shape, Order::F).map_err(error)?,
            _ => flat.reshaped(&shape, Order::C).map_err(error)?,
        };
        super::wrap_foreign(array, guard)
    },
};

fn reduce<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    let py = call.py;
    let own = call.required(0)?;
    let current = array(own).clone();
    let fortran = current.is_f_contiguous() && !current.is_c_contiguous();
    let order = if fortran { CopyOrder::F } else { CopyOrder::C };
    let bytes = current
        .to_bytes(order)
        .map_err(|error| error.into_py_err(py))?;
    let native = py.import("rustsci._native")?;
    // The class of arrays has another name where `import numpy` is answered: it is not written down.
    let subclass = (!is_exact(own)).then(|| own.get_type());
    let begin = (subclass, (0,), PyBytes::new(py, b"b"));
    let state = (
        1,
        PyTuple::new(py, current.shape())?,
        dtype::object(py, current.dtype()),
        fortran,
        PyBytes::new(py, &bytes),
    );
    (native.getattr("_reconstruct")?, begin, state).into_bound_py_any(py)
}

fn reduce_ex<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    let py = call.py;
    let own = call.required(0)?;
    let protocol: isize = call.get(1)?;
    let current = array(own).clone();
    // The order of the axes in memory, in which the elements may lie packed.
    let mut axes: Vec<usize> = (0..current.ndim()).collect();
    axes.sort_by_key(|&axis| std::cmp::Reverse(current.strides()[axis].unsigned_abs()));
    let permuted = current.permuted(&axes);
    let packed =
        current.is_c_contiguous() || current.is_f_contiguous() || permuted.is_c_contiguous();
    if protocol < 5 || !packed || !is_exact(own) {
        return own.call_method0("__reduce__");
    }
    let (order, flat) = if current.is_c_contiguous() {
        ("C", own.to_owned())
    } else if current.is_f_contiguous() {
        ("F", own.getattr("T")?)
    } else {
        ("K", super::wrap_view(own, permuted)?)
    };
    let buffer = py
        .import("pickle")?
        .getattr("PickleBuffer")?
        .call1((flat,))?;
    let native = py.import("rustsci._native")?;
    let arguments = (
        buffer,
        dtype::object(py, current.dtype()),
        PyTuple::new(py, current.shape())?,
        order,
        (order == "K").then_some(axes),
    );
    (native.getattr("_frombuffer")?, arguments).into_bound_py_any(py)
}

fn set_state<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    let py = call.py;
    let own = call.required(0)?;
    let state = call.required(1)?;
    let state = state.cast::<PyTuple>()?;
    let members: Vec<Bound<'py, PyAny>> = state.iter().collect();
    // The version came first in all pickles but the very oldest.
    let ([_, shape, dtype, fortran, data] | [shape, dtype, fortran, data]) = &members[..] else {
        return Err(PyTypeError::new_err(
            "the state of an array has four or five members",
        ));
    };
    let dtype = dtype::from_object(dtype)?;
    let shape: Vec<usize> = shape.extract()?;
    let Ok(bytes) = data.cast::<PyBytes>() else {
        return Err(PyTypeError::new_err("pickle not returning string"));
    };
    let bytes = bytes.as_bytes();
    let expected = shape
        .iter()
        .try_fold(dtype.item_size(), |size, &n| size.checked_mul(n));
    if expected != Some(bytes.len()) {
        return Err(PyValueError::new_err(
            "buffer size does not match array size",
        ));
    }
    let order = if fortran.is_truthy()? {
        Order::F
    } else {
        Order::C
    };
    let array = Array::from_bytes(bytes, &dtype)
        .and_then(|flat| flat.reshaped(&shape, order))
        .map_err(|error| error.into_py_err(py))?;
    change(own, array);
    set_base(own, None);
    Ok(py.None().into_bound(py))
}

const fn method(
    name: &'static str,
    signature: &'static str,
    doc: &'static str,
    call: for<'py> fn(&Call<'_, 'py>) -> Result<'py>,
) -> HostFunction {
    HostFunction {
        header: Header::new(name, signature, doc).of_class("ndarray"),
        call,
    }
}

pub(super) static METHODS: &[HostFunction] = &[
    method("__reduce__", "(self, /)", "For pickling.", reduce),
    method(
        "__reduce_ex__",
        "(self, protocol, /)",
        "For pickling, out of band if it can be.",
        reduce_ex,
    ),
    method(
        "__setstate__",
        "(self, state, /)",
        "For unpickling.",
        set_state,
    ),
];
