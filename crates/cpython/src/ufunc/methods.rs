//! The methods of ufuncs, and who may take them over.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use rustsci_bind::Header;
use smallvec::SmallVec;

use super::along::{accumulate, reduce, reduceat};
use super::call::is_plain;
use super::class::this;
use super::pairs::{all_pairs, at, outer};
use super::resolve::resolve_dtypes;
use super::{overrides, wrap};
use crate::call::{Call, HostFunction};
use crate::ndarray;

type Result<'py> = PyResult<Bound<'py, PyAny>>;

const fn method(
    name: &'static str,
    signature: &'static str,
    doc: &'static str,
    call: for<'a, 'py> fn(&Call<'a, 'py>) -> Result<'py>,
) -> HostFunction {
    HostFunction {
        header: Header::new(name, signature, doc).of_class("ufunc"),
        call,
    }
}

pub(super) static METHODS: &[HostFunction] = &[
    method(
        "reduce",
        "(self, array, /, axis=0, dtype=None, out=None, keepdims=False, initial=<no value>, where=True)",
        "Combine the elements along axes.",
        reduce,
    ),
    method(
        "accumulate",
        "(self, array, /, axis=0, dtype=None, out=None)",
        "Combine the elements along an axis, and keep the results on the way.",
        accumulate,
    ),
    method(
        "reduceat",
        "(self, array, indices, /, axis=0, dtype=None, out=None)",
        "Combine the elements of slices along an axis.",
        reduceat,
    ),
    method(
        "outer",
        "(self, A, B, /, **kwargs)",
        "Apply the operation to all pairs of elements.",
        outer,
    ),
    method(
        "at",
        "(self, a, indices, b=<no value>, /)",
        "Apply the operation in place to the elements at indices, one after the other.",
        at,
    ),
    method("__reduce__", "(self, /)", "Pickles by name.", |call| {
        call.required(0)?.getattr("__name__")
    }),
    method(
        "resolve_dtypes",
        "(self, dtypes, *, signature=None, casting=None, reduction=False)",
        "Return the dtypes that a call would work with.",
        resolve_dtypes,
    ),
];

/// Asks the operands of a method to take over.
pub(super) fn ask<'py>(
    call: &Call<'_, 'py>,
    inputs: usize,
    out: Option<&Bound<'py, PyAny>>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let given = (1..=inputs).filter_map(|index| call.given(index));
    let all_plain = given.clone().all(is_plain) && out.is_none_or(is_plain);
    if all_plain {
        return Ok(None);
    }
    let py = call.py;
    let ufunc = call.required(0)?;
    let arguments = PyTuple::new(py, given.collect::<Vec<_>>())?;
    // Parameters beyond the inputs are passed by name, whichever way they were given.
    let keywords = PyDict::new(py);
    for (index, parameter) in call
        .signature
        .parameters
        .iter()
        .enumerate()
        .skip(inputs + 1)
    {
        if let Some(value) = call.given(index)
            && parameter.name != "out"
        {
            keywords.set_item(parameter.name, value)?;
        }
    }
    if call.header.name == "outer" {
        keywords.update(call.bindings.as_passed(py)?.1.as_mapping())?;
    }
    let outs: SmallVec<[_; 2]> = match out {
        Some(out) => match out.cast::<PyTuple>() {
            Ok(outs) => outs.iter().map(Some).collect(),
            Err(_) if out.is_none() => SmallVec::new(),
            Err(_) => SmallVec::from_iter([Some(out.clone())]),
        },
        None => SmallVec::new(),
    };
    let keywords = overrides::with_out(py, Some(&keywords), &outs)?;
    overrides::ask(ufunc, call.header.name, &arguments, &outs, &keywords)
}

/// Carries out a method without asking the operands to take over.
pub(super) fn without_overrides<'py>(
    function: &Bound<'py, PyAny>,
    method: &str,
    inputs: &Bound<'py, PyTuple>,
    keywords: &Bound<'py, PyDict>,
) -> Result<'py> {
    let py = function.py();
    if method == "outer" {
        return all_pairs(this(function)?, inputs, keywords);
    }
    if !METHODS.iter().any(|known| known.header.name == method) {
        return Err(PyValueError::new_err(format!("unknown method '{method}'")));
    }
    // As plain arrays, the operands have nothing to say.
    let plain = inputs.iter().map(|input| as_plain(&input));
    let plain = PyTuple::new(py, plain.collect::<PyResult<Vec<_>>>()?)?;
    let out = keywords.get_item("out")?;
    let given = keywords.copy()?;
    if let Some(out) = &out {
        let outs: Vec<Bound<'py, PyAny>> = match out.cast::<PyTuple>() {
            Ok(outs) => outs.iter().collect(),
            Err(_) => vec![out.clone()],
        };
        let outs = outs.iter().map(as_plain).collect::<PyResult<Vec<_>>>()?;
        given.set_item("out", PyTuple::new(py, outs)?)?;
    }
    let result = function.getattr(method)?.call(plain, Some(&given))?;
    if let Some(out) = out {
        return match out.cast::<PyTuple>() {
            Ok(outs) => outs.get_item(0),
            Err(_) => Ok(out),
        };
    }
    // The result takes after the array all the same.
    match inputs.iter().next() {
        Some(first)
            if ndarray::is_instance(&first)
                && !ndarray::is_exact(&first)
                && ndarray::is_instance(&result) =>
        {
            wrap::wrap(&first, &result, None, false)
        }
        _ => Ok(result),
    }
}

/// An array of a subclass as one of the class itself.
fn as_plain<'py>(object: &Bound<'py, PyAny>) -> Result<'py> {
    if ndarray::is_instance(object) && !ndarray::is_exact(object) {
        return ndarray::wrap_view(object, ndarray::array(object).clone());
    }
    Ok(object.clone())
}
