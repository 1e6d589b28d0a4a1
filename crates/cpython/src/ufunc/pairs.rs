//! Methods of ufuncs that pair elements up: `outer` all of them, `at` those at given places.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyComplex, PyDict, PyFloat, PyInt, PyTuple};
use rustsci_array::Order;
use rustsci_array::ufunc::Ufunc;
use rustsci_bind::convert::Operand;
use smallvec::SmallVec;

use super::arguments;
use super::call::{operand, run};
use super::class::this;
use super::methods::ask;
use crate::call::{Call, IntoPyErr, error_state};
use crate::{coerce, ndarray};

type Result<'py> = PyResult<Bound<'py, PyAny>>;

pub(super) fn outer<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    if let Some(answer) = ask(call, 2, None)? {
        return Ok(answer);
    }
    let py = call.py;
    let ufunc = this(call.required(0)?)?;
    if ufunc.nin != 2 {
        return Err(PyValueError::new_err(
            "outer product only supported for binary functions",
        ));
    }
    let (arguments, keywords) = call.bindings.as_passed(py)?;
    let inputs = arguments.get_slice(1, arguments.len());
    all_pairs(ufunc, &inputs, &keywords)
}

/// The operation on all pairs of elements: the axes of the first operand go before those of the second.
pub(super) fn all_pairs<'py>(
    ufunc: &'static Ufunc,
    inputs: &Bound<'py, PyTuple>,
    keywords: &Bound<'py, PyDict>,
) -> Result<'py> {
    let py = inputs.py();
    // Python numbers count as arrays of their own types.
    let (first, second) = (strong(inputs.get_item(0)?)?, strong(inputs.get_item(1)?)?);
    let a = coerce::to_array(&first, None)?;
    let second_ndim = coerce::to_array(&second, None)?.ndim();
    let shape: Vec<usize> = a
        .shape()
        .iter()
        .copied()
        .chain(std::iter::repeat_n(1, second_ndim))
        .collect();
    let spread = a
        .reshaped(&shape, Order::C)
        .map_err(|error| error.into_py_err(py))?;
    let left = if ndarray::is_instance(&first) && !ndarray::is_exact(&first) {
        let spread = ndarray::wrap_like(&first, spread, Some(&first))?;
        if ndarray::array(&spread).shape() != shape {
            return Err(PyTypeError::new_err(format!(
                "{}.outer() called with ndarray-subclass of type '{}' which modified its shape after a reshape. outer() \
                 relies on reshaping the inputs and is for example not supported for the 'np.matrix' class (the usage of \
                 matrix is generally discouraged). To work around this issue, please convert the inputs to numpy arrays.",
                ufunc.name,
                first.get_type().name()?
            )));
        }
        spread
    } else if shape.is_empty() {
        first
    } else {
        ndarray::wrap(py, spread)?
    };
    let request = arguments::request(&ufunc.into(), SmallVec::new(), Some(keywords))?;
    run(py, ufunc, &[left, second], &request)
}

/// An operand with a dtype of its own.
fn strong<'py>(operand: Bound<'py, PyAny>) -> Result<'py> {
    match is_python_number(&operand) {
        true => ndarray::wrap(operand.py(), coerce::to_array(&operand, None)?),
        false => Ok(operand),
    }
}

/// Whether an operand is a number of Python's own.
fn is_python_number(operand: &Bound<'_, PyAny>) -> bool {
    operand.is_exact_instance_of::<PyInt>()
        || operand.is_exact_instance_of::<PyFloat>()
        || operand.is_exact_instance_of::<PyComplex>()
}

pub(super) fn at<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    if let Some(answer) = ask(call, 3, None)? {
        return Ok(answer);
    }
    let py = call.py;
    let ufunc = this(call.required(0)?)?;
    let target = call.required(1)?;
    if !ndarray::is_instance(target) {
        return Err(PyTypeError::new_err("first operand must be array"));
    }
    let indices = ndarray::parse_index(call.required(2)?)?;
    let value = match call.given(3) {
        Some(value) => Some(operand(value)?),
        None => None,
    };
    let array = ndarray::array(target).clone();
    let input = value.as_ref().map(Operand::input);
    ufunc
        .at(&array, &indices, input.as_ref())
        .map_err(|error| error.into_py_err(py))?;
    error_state::settle(py)?;
    Ok(py.None().into_bound(py))
}
