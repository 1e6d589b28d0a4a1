//! Results in the class that the operands ask for: `__array_wrap__`.

use pyo3::exceptions::{PyDeprecationWarning, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use rustsci_array::ufunc::Outputs;

use super::call::{Request, is_plain};
use super::{class, operators};
use crate::{ndarray, scalar};

/// The results of a call as objects.
pub(super) fn results<'py>(
    py: Python<'py>,
    name: &str,
    inputs: &[Bound<'py, PyAny>],
    request: &Request<'py>,
    outputs: Outputs,
) -> PyResult<Bound<'py, PyAny>> {
    let wrapper = wrapper(inputs, request.subok)?;
    let mut objects = Vec::with_capacity(outputs.len());
    for (index, output) in outputs.into_iter().enumerate() {
        let given = request.outs.get(index).and_then(Option::as_ref);
        if let Some(out) = given
            && ndarray::is_exact(out)
        {
            objects.push(out.clone());
            continue;
        }
        let wrapper = given.or(wrapper.as_ref());
        let Some(wrapper) = wrapper else {
            objects.push(match output.ndim() {
                0 if request.scalars => scalar::object(py, &output.get(&[]))?,
                _ => ndarray::wrap(py, output)?,
            });
            continue;
        };
        let to_scalar = given.is_none() && request.scalars && output.ndim() == 0;
        let array = match given {
            Some(out) => out.clone(),
            None => ndarray::wrap(py, output)?,
        };
        let arguments = inputs.iter().chain(request.outs.iter().flatten());
        let arguments: Vec<&Bound<'py, PyAny>> = arguments.collect();
        let arguments = PyTuple::new(py, arguments)?;
        let context = PyTuple::new(
            py,
            [
                class::object(py, name)?,
                arguments.into_any(),
                index.into_pyobject(py)?.into_any(),
            ],
        )?;
        objects.push(wrap(wrapper, &array, Some(&context), to_scalar)?);
    }
    if objects.len() == 1 {
        Ok(objects.remove(0))
    } else {
        Ok(PyTuple::new(py, objects)?.into_any())
    }
}

/// The operand whose `__array_wrap__` the results get: the one of highest priority, the first of equals.
pub(super) fn wrapper<'py>(
    inputs: &[Bound<'py, PyAny>],
    subok: bool,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    if !subok || inputs.iter().all(is_plain) {
        return Ok(None);
    }
    let mut best: Option<(f64, &Bound<'py, PyAny>)> = None;
    for object in inputs {
        if !ndarray::is_exact(object) && (is_plain(object) || !wraps(object)?) {
            continue;
        }
        let priority = operators::priority(object, 0.0);
        // Of equals the first is taken, but anything rather than a plain array.
        let better = best.is_none_or(|(highest, other)| {
            priority > highest || (priority == highest && ndarray::is_exact(other))
        });
        if better {
            best = Some((priority, object));
        }
    }
    Ok(best
        .map(|(_, object)| object.clone())
        .filter(|object| !ndarray::is_exact(object)))
}

/// Whether an object's class wraps results in its own way.
fn wraps(object: &Bound<'_, PyAny>) -> PyResult<bool> {
    let method = object.get_type().getattr_opt("__array_wrap__")?;
    Ok(method.is_some_and(|method| !ndarray::is_of_numpy(&method)))
}

/// Calls an object's `__array_wrap__`, in the older ways too that it may be written for.
pub(crate) fn wrap<'py>(
    wrapper: &Bound<'py, PyAny>,
    array: &Bound<'py, PyAny>,
    context: Option<&Bound<'py, PyTuple>>,
    to_scalar: bool,
) -> PyResult<Bound<'py, PyAny>> {
    let py = array.py();
    let method = wrapper.getattr("__array_wrap__")?;
    let failed = match method.call1((array, context, to_scalar)) {
        Err(error) if error.is_instance_of::<PyTypeError>(py) => error,
        other => return other,
    };
    let result = match context {
        Some(context) => method
            .call1((array, context))
            .or_else(|_| method.call1((array,))),
        None => method.call1((array,)),
    };
    let Ok(result) = result else {
        return Err(failed);
    };
    PyErr::warn(
        py,
        &py.get_type::<PyDeprecationWarning>(),
        c"__array_wrap__ must accept context and return_scalar arguments (positionally) in the future. \
          (Deprecated NumPy 2.0)",
        1,
    )?;
    Ok(result)
}
