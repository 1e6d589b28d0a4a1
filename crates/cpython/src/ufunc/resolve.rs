//! `ufunc.resolve_dtypes`: which types a call would work with.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyComplex, PyFloat, PyInt, PyTuple};
use rustsci_array::DType;
use rustsci_array::dtype::{Casting, Weak, can_cast, promote_all, promote_weak};

use super::arguments;
use super::arguments::converted;
use super::class::this;
use crate::call::{Call, IntoPyErr};
use crate::dtype;

/// An input's type as `resolve_dtypes` takes it: a dtype, or the class of a Python number.
enum Claim {
    Strong(DType),
    Weak(Weak),
}

fn claim(item: &Bound<'_, PyAny>) -> PyResult<Claim> {
    if let Some(dtype) = dtype::value(item) {
        return Ok(Claim::Strong(dtype));
    }
    let py = item.py();
    let weak = [
        (py.get_type::<PyInt>(), Weak::Int),
        (py.get_type::<PyFloat>(), Weak::Float),
        (py.get_type::<PyComplex>(), Weak::Complex),
    ];
    weak.into_iter()
        .find(|(class, _)| item.is(class))
        .map(|(_, weak)| Claim::Weak(weak))
        .ok_or_else(|| {
            PyTypeError::new_err(
                "Provided dtype must be a valid NumPy dtype, int, float, complex, or None.",
            )
        })
}

pub(super) fn resolve_dtypes<'py>(call: &Call<'_, 'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = call.py;
    let ufunc = this(call.required(0)?)?;
    let reduction = call.given(4).map_or(Ok(false), |flag| flag.is_truthy())?;
    let given = call.required(1)?;
    let expected = ufunc.nin + ufunc.nout;
    let items: Vec<Bound<'py, PyAny>> = match given.cast::<PyTuple>() {
        Ok(given) if given.len() == expected => given.iter().collect(),
        _ => {
            return Err(PyTypeError::new_err(format!(
                "resolve_dtypes: The dtypes must be a tuple of length {expected}."
            )));
        }
    };
    if reduction && (!items[0].is_none() || !items[expected - 1].is_none()) {
        return Err(PyTypeError::new_err(
            "When resolving dtypes for a reduction, the first and last must be None.",
        ));
    }
    let inputs = items[..ufunc.nin].iter().enumerate().map(|(index, item)| {
        // The result so far of a reduction has the type of the elements.
        claim(if reduction && index == 0 {
            &items[1]
        } else {
            item
        })
    });
    let inputs = inputs.collect::<PyResult<Vec<Claim>>>()?;
    for output in &items[ufunc.nin..] {
        if !output.is_none() {
            claim(output)?;
        }
    }
    let strong = inputs.iter().filter_map(|input| match input {
        Claim::Strong(dtype) => Some(dtype),
        Claim::Weak(_) => None,
    });
    let strong = promote_all(strong);
    let dtypes: Vec<DType> = inputs
        .iter()
        .map(|input| match (input, &strong) {
            (Claim::Strong(dtype), _) => dtype.clone(),
            (Claim::Weak(weak), Some(strong)) => promote_weak(strong, *weak),
            (Claim::Weak(weak), None) => weak.default_dtype(),
        })
        .collect();
    let casting = match call.not_none(3) {
        Some(casting) => converted::<Casting>(casting, "resolve_dtypes", "casting")?,
        None => Casting::SameKind,
    };
    let signature = match call.not_none(2) {
        Some(signature) => Some(arguments::signature(&ufunc.into(), signature)?),
        None => None,
    };
    let row = ufunc
        .resolve_dtypes(&dtypes, signature.as_ref(), casting)
        .map_err(|error| error.into_py_err(py))?;
    for (from, to) in dtypes.iter().zip(&row.inputs) {
        if !can_cast(from, to, casting) {
            return Err(PyTypeError::new_err(format!(
                "Cannot cast from {} to {} with casting rule '{}'",
                dtype::object(py, from).repr()?,
                dtype::object(py, to).repr()?,
                casting.name()
            )));
        }
    }
    let found = row.inputs.iter().chain(&row.outputs);
    let found: Vec<_> = found.map(|found| dtype::object(py, found)).collect();
    Ok(PyTuple::new(py, found)?.into_any())
}
