//! Carrying out a ufunc on Python objects.

use pyo3::prelude::*;
use pyo3::types::PyTuple;
use rustsci_array::array::CopyOrder;
use rustsci_array::dtype::Casting;
use rustsci_array::ufunc::{Input, Options, Outputs, Signature, Ufunc};
use rustsci_array::{Array, Result as CoreResult};
use rustsci_bind::convert::Operand;
use rustsci_bind::{Argument, FromArgument};
use smallvec::SmallVec;

use super::{class, overrides, wrap};
use crate::c_api::borrowed;
use crate::call::{IntoPyErr, LARGE, Object, error_state};
use crate::{ndarray, scalar};

pub(crate) use crate::call::overrides::is_plain;

/// What a call asks for besides its inputs.
pub(super) struct Request<'py> {
    pub(super) outs: SmallVec<[Option<Bound<'py, PyAny>>; 2]>,
    pub(super) mask: Option<Bound<'py, PyAny>>,
    pub(super) casting: Casting,
    pub(super) order: CopyOrder,
    pub(super) signature: Option<Signature>,
    pub(super) subok: bool,
    /// Whether a result without axes becomes a scalar.
    pub(super) scalars: bool,
}

impl Default for Request<'_> {
    fn default() -> Self {
        Self {
            outs: SmallVec::new(),
            mask: None,
            casting: Casting::SameKind,
            order: CopyOrder::K,
            signature: None,
            subok: true,
            scalars: true,
        }
    }
}

/// An object as an operand: an array, a scalar, or a Python number.
pub(crate) fn operand(object: &Bound<'_, PyAny>) -> PyResult<Operand> {
    // SAFETY: the object outlives the conversion.
    let object = Object(unsafe { borrowed(object.py(), object.as_ptr()) });
    let py = object.0.py();
    Operand::from_argument(&Argument {
        object: &object,
        name: "x",
        function: "ufunc",
    })
    .map_err(|error| error.into_py_err(py))
}

/// An operand that needs neither conversion nor a copy of its description.
#[inline]
pub(super) fn direct<'a>(object: &'a Bound<'_, PyAny>) -> Option<Input<'a>> {
    if ndarray::is_exact(object) {
        return Some(Input::Array(ndarray::array(object)));
    }
    if let Ok(number) = object.cast_exact::<pyo3::types::PyFloat>() {
        return Some(Input::Float(number.value()));
    }
    if let Ok(number) = object.cast_exact::<pyo3::types::PyInt>() {
        return number
            .extract::<i64>()
            .ok()
            .map(|value| Input::Int(value.into()));
    }
    if scalar::is_exact(object) {
        return scalar::value(object).map(Input::Scalar);
    }
    None
}

/// A ufunc of plain small operands with one result, written to an array if one is given: nothing to ask, nothing to
/// convert.
#[inline]
pub(crate) fn quick<'py>(
    py: Python<'py>,
    ufunc: &'static Ufunc,
    operands: &[&Bound<'py, PyAny>],
    out: Option<&Bound<'py, PyAny>>,
) -> Option<PyResult<Bound<'py, PyAny>>> {
    if ufunc.nout != 1
        || operands.len() != ufunc.nin
        || out.is_some_and(|out| !ndarray::is_exact(out) || !ndarray::array(out).is_writeable())
    {
        return None;
    }
    match operands {
        [a] => small(py, ufunc, &[direct(a)?], out),
        [a, b] => small(py, ufunc, &[direct(a)?, direct(b)?], out),
        _ => None,
    }
}

/// A ufunc of operands that are converted already, if they are small.
#[inline]
fn small<'py>(
    py: Python<'py>,
    ufunc: &'static Ufunc,
    inputs: &[Input<'_>],
    out: Option<&Bound<'py, PyAny>>,
) -> Option<PyResult<Bound<'py, PyAny>>> {
    let large = |input: &Input<'_>| matches!(input, Input::Array(array) if array.size() >= LARGE);
    if inputs.iter().any(large) {
        return None;
    }
    if out.is_none()
        && let Some(value) = ufunc.call_values(inputs)
    {
        return Some(error_state::settle(py).and_then(|()| scalar::object(py, &value)));
    }
    // A scalar as an array without axes finds its loop without a search.
    let (array, mut with_array): (Array, SmallVec<[Input<'_>; 2]>);
    let mut inputs = inputs;
    if let [Input::Scalar(value), rest @ ..] = inputs
        && let Ok(value) = Array::from_scalar(value)
    {
        array = value;
        with_array = SmallVec::from_iter([Input::Array(&array)]);
        with_array.extend(rest.iter().cloned());
        inputs = &with_array;
    }
    let options = Options {
        out: [out.map(ndarray::array), None],
        ..Options::default()
    };
    Some(match ufunc.call_one(inputs, &options) {
        Ok(array) => error_state::settle(py).and_then(|()| match out {
            Some(out) => Ok(out.clone()),
            None if array.ndim() == 0 => scalar::object(py, &array.get(&[])),
            None => ndarray::wrap(py, array),
        }),
        Err(error) => Err(error.into_py_err(py)),
    })
}

/// A ufunc as an operator calls it: the operands may take over; the result goes into `out` if there is one.
pub(crate) fn operate<'py>(
    py: Python<'py>,
    ufunc: &'static Ufunc,
    operands: &[&Bound<'py, PyAny>],
    out: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    if let Some(result) = quick(py, ufunc, operands, out) {
        return result;
    }
    if !operands.iter().all(|object| is_plain(object)) {
        let function = class::object(py, ufunc.name)?;
        let arguments = PyTuple::new(py, operands)?;
        let outs: &[_] = match out {
            Some(out) => &[Some(out.clone())],
            None => &[],
        };
        let keywords = overrides::with_out(py, None, outs)?;
        let answer = overrides::ask(&function, "__call__", &arguments, outs, &keywords)?;
        if let Some(answer) = answer {
            return Ok(answer);
        }
    }
    let request = Request {
        outs: out.into_iter().map(|out| Some(out.clone())).collect(),
        ..Request::default()
    };
    let inputs: SmallVec<[Bound<'py, PyAny>; 3]> =
        operands.iter().map(|&object| object.clone()).collect();
    run(py, ufunc, &inputs, &request)
}

/// Carries out a call that nobody takes over.
pub(super) fn run<'py>(
    py: Python<'py>,
    ufunc: &'static Ufunc,
    inputs: &[Bound<'py, PyAny>],
    request: &Request<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let outs: SmallVec<[Option<Array>; 2]> = request
        .outs
        .iter()
        .map(|out| out.as_ref().map(|out| ndarray::array(out).clone()))
        .collect();
    for out in outs.iter().flatten() {
        out.check_writeable("output array")
            .map_err(|error| error.into_py_err(py))?;
    }
    let operands = inputs
        .iter()
        .map(operand)
        .collect::<PyResult<SmallVec<[Operand; 3]>>>()?;
    let mask = match &request.mask {
        Some(mask) => Some(crate::coerce::to_mask(mask)?),
        None => None,
    };
    let (casting, order, signature) = (request.casting, request.order, &request.signature);
    let compute = || -> CoreResult<Outputs> {
        let inputs: SmallVec<[Input<'_>; 3]> = operands.iter().map(Operand::input).collect();
        let out = |index: usize| outs.get(index).and_then(Option::as_ref);
        ufunc.call(
            &inputs,
            &Options {
                out: [out(0), out(1)],
                mask: mask.as_ref(),
                casting,
                order,
                signature: signature.clone(),
            },
        )
    };
    let large = operands
        .iter()
        .map(FromArgument::elements)
        .max()
        .is_some_and(|size| size >= LARGE);
    let outputs = if large { py.detach(compute) } else { compute() };
    let outputs = outputs.map_err(|error| error.into_py_err(py))?;
    error_state::settle(py)?;
    wrap::results(py, ufunc.name, inputs, request, outputs)
}
