//! Operands that take over a ufunc: `__array_ufunc__`.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use super::call::is_plain;
use crate::ndarray;

/// The keywords of a call for an override: outputs are always a tuple.
pub(super) fn with_out<'py>(
    py: Python<'py>,
    keywords: Option<&Bound<'py, PyDict>>,
    outs: &[Option<Bound<'py, PyAny>>],
) -> PyResult<Bound<'py, PyDict>> {
    let keywords = match keywords {
        Some(keywords) => keywords.copy()?,
        None => PyDict::new(py),
    };
    // An abbreviation for those who call, not for those who are asked.
    if let Some(signature) = keywords.get_item("sig")? {
        keywords.del_item("sig")?;
        keywords.set_item("signature", signature)?;
    }
    if outs.iter().any(Option::is_some) {
        keywords.set_item("out", PyTuple::new(py, outs)?)?;
    }
    Ok(keywords)
}

/// Asks the operands that override ufuncs, and gives the first answer; nothing if there is none to ask.
pub(super) fn ask<'py>(
    ufunc: &Bound<'py, PyAny>,
    method: &str,
    inputs: &Bound<'py, PyTuple>,
    outs: &[Option<Bound<'py, PyAny>>],
    keywords: &Bound<'py, PyDict>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let py = ufunc.py();
    let mut overriding: Vec<(Bound<'py, PyAny>, Bound<'py, PyAny>)> = Vec::new();
    let mask = keywords.get_item("where")?;
    let operands = inputs
        .iter()
        .chain(outs.iter().flatten().cloned())
        .chain(mask);
    for operand in operands {
        if is_plain(&operand) {
            continue;
        }
        let class = operand.get_type();
        let Some(protocol) = class.getattr_opt("__array_ufunc__")? else {
            continue;
        };
        if protocol.is_none() {
            return Err(PyTypeError::new_err(format!(
                "operand '{}' does not support ufuncs (__array_ufunc__=None)",
                class.name()?
            )));
        }
        if ndarray::is_default_ufunc(&protocol)
            || overriding
                .iter()
                .any(|(earlier, _)| earlier.get_type().is(&class))
        {
            continue;
        }
        // Subclasses before their bases, else from left to right.
        let mut place = overriding.len();
        for (index, (earlier, _)) in overriding.iter().enumerate() {
            if class.is_subclass(&earlier.get_type())? {
                place = index;
                break;
            }
        }
        overriding.insert(place, (operand, protocol));
    }
    if overriding.is_empty() {
        return Ok(None);
    }
    for (operand, protocol) in &overriding {
        let mut arguments = vec![
            operand.clone(),
            ufunc.clone(),
            method.into_pyobject(py)?.into_any(),
        ];
        arguments.extend(inputs.iter());
        let answer = protocol.call(PyTuple::new(py, arguments)?, Some(keywords))?;
        if !answer.is(py.NotImplemented()) {
            return Ok(Some(answer));
        }
    }
    let classes = inputs
        .iter()
        .chain(outs.iter().flatten().cloned())
        .map(|operand| Ok(format!("'{}'", operand.get_type().name()?)))
        .collect::<PyResult<Vec<_>>>()?
        .join(", ");
    let mut shown: Vec<String> = inputs
        .iter()
        .map(|input| Ok(input.repr()?.to_string()))
        .collect::<PyResult<_>>()?;
    for (name, value) in keywords.iter() {
        shown.push(format!("{name}={}", value.repr()?));
    }
    Err(PyTypeError::new_err(format!(
        "operand type(s) all returned NotImplemented from __array_ufunc__({}, '{method}', {}): {classes}",
        ufunc.repr()?,
        shown.join(", ")
    )))
}
