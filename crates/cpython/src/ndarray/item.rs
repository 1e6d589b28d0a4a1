//! Single elements, and all of them as Python objects.

use pyo3::exceptions::{PyIndexError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList, PyTuple};
use rustsci_array::array::CopyOrder;
use rustsci_array::{Array, Scalar};
use rustsci_bind::Header;

use super::array;
use crate::call::object::index;
use crate::call::{Call, HostFunction, IntoPyErr};
use crate::{coerce, scalar};

type Result<'py> = PyResult<Bound<'py, PyAny>>;

/// The byte offset of the element that `item` and `itemset` are asked for.
fn offset(own: &Array, arguments: &Bound<'_, PyTuple>) -> PyResult<usize> {
    let items: Vec<Bound<'_, PyAny>> = match arguments.len() {
        1 => match arguments.get_item(0)?.cast::<PyTuple>() {
            Ok(tuple) => tuple.iter().collect(),
            Err(_) => arguments.iter().collect(),
        },
        _ => arguments.iter().collect(),
    };
    let in_range = |position: isize, n: usize, axis: Option<usize>| {
        let from_front = if position < 0 {
            position + n as isize
        } else {
            position
        };
        if from_front < 0 || from_front >= n as isize {
            let place = axis.map_or_else(String::new, |axis| format!(" for axis {axis}"));
            return Err(PyIndexError::new_err(match axis {
                Some(_) => format!("index {position} is out of bounds{place} with size {n}"),
                None => format!("index {position} is out of bounds for size {n}"),
            }));
        }
        Ok(from_front as usize)
    };
    match &items[..] {
        [] if own.size() == 1 => Ok(own.offset_at(0)),
        [] => Err(PyValueError::new_err(
            "can only convert an array of size 1 to a Python scalar",
        )),
        [only] if own.ndim() != 1 => Ok(own.offset_at(in_range(index(only)?, own.size(), None)?)),
        _ if items.len() == own.ndim() => {
            let positions = items
                .iter()
                .enumerate()
                .map(|(axis, item)| in_range(index(item)?, own.shape()[axis], Some(axis)))
                .collect::<PyResult<Vec<usize>>>()?;
            Ok(own.offset_of(&positions))
        }
        _ => Err(PyValueError::new_err(
            "incorrect number of indices for array",
        )),
    }
}

fn item<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    let own = call.required(0)?;
    let own = array(own).clone();
    let arguments = call.required(1)?;
    let offset = offset(&own, arguments.cast()?)?;
    let value = Scalar::load(own.buffer(), offset, own.dtype());
    scalar::to_python(call.py, &value)
}

/// Nested lists of Python numbers.
fn nested<'py>(py: Python<'py>, own: &Array) -> Result<'py> {
    if own.ndim() == 0 {
        return scalar::to_python(py, &own.get(&[]));
    }
    let (n, stride) = (own.shape()[0], own.strides()[0]);
    let items: Vec<Bound<'py, PyAny>> = if own.ndim() == 1 {
        (0..n as isize)
            .map(|i| {
                let offset = own.layout().offset.wrapping_add_signed(stride * i);
                scalar::to_python(py, &Scalar::load(own.buffer(), offset, own.dtype()))
            })
            .collect::<PyResult<_>>()?
    } else {
        (0..n)
            .map(|i| nested(py, &own.with_layout(own.layout().at(0, i))))
            .collect::<PyResult<_>>()?
    };
    Ok(PyList::new(py, items)?.into_any())
}

fn tolist<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    let own = call.required(0)?;
    let own = array(own).clone();
    nested(call.py, &own)
}

fn tobytes<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    let own = call.required(0)?;
    let order = super::copy_order(call, 1, CopyOrder::C)?;
    let bytes = array(own)
        .to_bytes(order)
        .map_err(|error| error.into_py_err(call.py))?;
    Ok(PyBytes::new(call.py, &bytes).into_any())
}

fn fill<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    let own = call.required(0)?;
    let current = array(own).clone();
    let source = coerce::for_assignment(call.required(1)?, current.dtype())?;
    if source.ndim() != 0 {
        return Err(PyValueError::new_err(
            "Input object to FillWithScalar is not a scalar",
        ));
    }
    current
        .fill(&source.get(&[]))
        .map_err(|error| error.into_py_err(call.py))?;
    Ok(call.py.None().into_bound(call.py))
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
    method(
        "item",
        "(self, /, *args)",
        "Return one element as a Python number.",
        item,
    ),
    method(
        "tolist",
        "(self, /)",
        "Return the elements as nested lists of Python numbers.",
        tolist,
    ),
    method(
        "tobytes",
        "(self, /, order='C')",
        "Return the elements as bytes.",
        tobytes,
    ),
    method("fill", "(self, value, /)", "Set every element.", fill),
];
