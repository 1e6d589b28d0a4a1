//! The methods of ufuncs: `reduce`, `accumulate`, `reduceat`, `outer`, `at`, `resolve_dtypes`.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use rustsci_array::dtype::Casting;
use rustsci_array::ufunc::{Initial, Reduction, Ufunc};
use rustsci_array::{Array, DType, Order};
use rustsci_bind::Header;
use rustsci_bind::convert::{Axes, Operand};
use smallvec::SmallVec;

use super::arguments::{converted, outputs};
use super::call::{LARGE, is_plain, operand, run};
use super::class::this;
use super::{arguments, overrides, wrap};
use crate::call::{Call, HostFunction, IntoPyErr, error_state};
use crate::{coerce, dtype, ndarray, scalar};

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
    method(
        "resolve_dtypes",
        "(self, dtypes, *, signature=None, casting=None, reduction=False)",
        "Return the dtypes that a call would work with.",
        resolve_dtypes,
    ),
];

/// Asks the operands of a method to take over.
fn ask<'py>(
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

/// A method that works on one array along axes.
struct Along<'py> {
    ufunc: &'static Ufunc,
    input: Bound<'py, PyAny>,
    array: Array,
    dtype: Option<DType>,
    out: Option<Bound<'py, PyAny>>,
}

impl<'py> Along<'py> {
    fn new(call: &Call<'_, 'py>, dtype: usize, out: usize) -> PyResult<Self> {
        let ufunc = this(call.required(0)?)?;
        let name = call.header.name;
        if ufunc.nin != 2 {
            return Err(PyValueError::new_err(format!(
                "{name} only supported for binary functions"
            )));
        }
        if ufunc.nout != 1 {
            return Err(PyValueError::new_err(format!(
                "{name} only supported for functions returning a single value"
            )));
        }
        let input = call.required(1)?.clone();
        let array = coerce::to_array(&input, None)?;
        let dtype = match call.not_none(dtype) {
            Some(dtype) => Some(dtype::from_object(dtype)?),
            None => None,
        };
        let out = match call.not_none(out) {
            Some(out) => outputs(out, 1)?.into_iter().next().flatten(),
            None => None,
        };
        Ok(Self {
            ufunc,
            input,
            array,
            dtype,
            out,
        })
    }

    fn out_array(&self) -> Option<Array> {
        self.out.as_ref().map(|out| ndarray::array(out).clone())
    }

    /// Carries out the work, beside other Python threads where there is much of it.
    fn compute(
        &self,
        py: Python<'py>,
        work: impl FnOnce() -> rustsci_array::Result<Array> + Send,
    ) -> PyResult<Array> {
        let result = if self.array.size() >= LARGE {
            py.detach(work)
        } else {
            work()
        };
        let result = result.map_err(|error| error.into_py_err(py))?;
        error_state::settle(py)?;
        Ok(result)
    }

    /// The result as an object, in the class that the input asks for.
    fn deliver(self, py: Python<'py>, result: Array) -> Result<'py> {
        if let Some(out) = self.out {
            return Ok(out);
        }
        let no_axes = result.ndim() == 0;
        if is_plain(&self.input) {
            return match no_axes {
                true => scalar::object(py, &result.get(&[])),
                false => ndarray::wrap(py, result),
            };
        }
        match wrap::wrapper(std::slice::from_ref(&self.input), true)? {
            Some(wrapper) => {
                let array = ndarray::wrap(py, result)?;
                wrap::wrap(&wrapper, &array, None, no_axes)
            }
            None if no_axes => scalar::object(py, &result.get(&[])),
            None => ndarray::wrap(py, result),
        }
    }
}

fn reduce<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    if let Some(answer) = ask(call, 1, call.given(4))? {
        return Ok(answer);
    }
    let py = call.py;
    let along = Along::new(call, 3, 4)?;
    let axes = match call.given(2) {
        None => Some(SmallVec::from_iter([0])),
        Some(axes) if axes.is_none() => None,
        Some(_) => Some(call.get::<Axes>(2)?.0.into_iter().collect()),
    };
    let initial: Option<Operand> = match call.given(6) {
        Some(initial) if !initial.is_none() && !is_no_value(initial) => Some(operand(initial)?),
        _ => None,
    };
    let start = match (&initial, call.given(6)) {
        (Some(value), _) => Initial::Value(value.input()),
        (None, Some(given)) if given.is_none() => Initial::None,
        _ => Initial::Default,
    };
    let mask = match call.given(7) {
        Some(mask) if !mask.is(true.into_pyobject(py)?) && !is_no_value(mask) => {
            Some(coerce::to_mask(mask)?)
        }
        _ => None,
    };
    let out = along.out_array();
    let reduction = Reduction {
        axes,
        dtype: along.dtype.clone(),
        out: out.as_ref(),
        keepdims: match call.given(5) {
            Some(keepdims) if !is_no_value(keepdims) => keepdims.is_truthy()?,
            _ => false,
        },
        initial: start,
        mask: mask.as_ref(),
    };
    let result = along.compute(py, || along.ufunc.reduce(&along.array, &reduction))?;
    along.deliver(py, result)
}

/// Whether an argument is the placeholder for one that was not given.
fn is_no_value(object: &Bound<'_, PyAny>) -> bool {
    object
        .get_type()
        .name()
        .is_ok_and(|name| name == "_NoValueType")
}

fn accumulate<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    if let Some(answer) = ask(call, 1, call.given(4))? {
        return Ok(answer);
    }
    let along = Along::new(call, 3, 4)?;
    let axis = one_axis(call, along.array.ndim())?;
    let out = along.out_array();
    let (ufunc, array, dtype) = (along.ufunc, &along.array, along.dtype.as_ref());
    let result = along.compute(call.py, || {
        ufunc.accumulate(array, axis, dtype, out.as_ref())
    })?;
    along.deliver(call.py, result)
}

/// The axis to work along, the first by default; None is all axes, of which there may be one.
fn one_axis(call: &Call<'_, '_>, ndim: usize) -> PyResult<isize> {
    let index = if call.header.name == "reduceat" { 3 } else { 2 };
    match call.given(index) {
        None => Ok(0),
        Some(axis) if axis.is_none() && ndim == 1 => Ok(0),
        Some(axis) if axis.is_none() => Err(PyValueError::new_err(format!(
            "{} does not allow multiple axes",
            call.header.name
        ))),
        Some(_) => match &call.get::<Axes>(index)?.0[..] {
            [axis] => Ok(*axis),
            _ => Err(PyValueError::new_err(format!(
                "{} does not allow multiple axes",
                call.header.name
            ))),
        },
    }
}

fn reduceat<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    if let Some(answer) = ask(call, 2, call.given(5))? {
        return Ok(answer);
    }
    let py = call.py;
    let along = Along::new(call, 4, 5)?;
    let axis = one_axis(call, along.array.ndim())?;
    let indices = call.required(2)?;
    let indices = match ndarray::is_instance(indices) {
        true => ndarray::array(indices).clone(),
        false => coerce::to_array(indices, Some(&DType::Int64))?,
    };
    let indices = indices
        .cast_as(&DType::Int64, Casting::Safe)
        .and_then(|indices| indices.to_vec::<i64>())
        .map_err(|error| error.into_py_err(py))?;
    let out = along.out_array();
    let (ufunc, array, dtype) = (along.ufunc, &along.array, along.dtype.as_ref());
    let result = along.compute(py, || {
        ufunc.reduceat(array, &indices, axis, dtype, out.as_ref())
    })?;
    along.deliver(py, result)
}

fn outer<'py>(call: &Call<'_, 'py>) -> Result<'py> {
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
fn all_pairs<'py>(
    ufunc: &'static Ufunc,
    inputs: &Bound<'py, PyTuple>,
    keywords: &Bound<'py, PyDict>,
) -> Result<'py> {
    let py = inputs.py();
    let (first, second) = (inputs.get_item(0)?, inputs.get_item(1)?);
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

fn at<'py>(call: &Call<'_, 'py>) -> Result<'py> {
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

fn resolve_dtypes<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    let py = call.py;
    let ufunc = this(call.required(0)?)?;
    let reduction = call
        .given(4)
        .is_some_and(|flag| flag.is_truthy().unwrap_or(false));
    let given = call.required(1)?;
    let Ok(given) = given.cast::<PyTuple>() else {
        return Err(PyTypeError::new_err(
            "resolve_dtypes: dtypes must be a tuple",
        ));
    };
    let mut inputs = Vec::new();
    for (index, item) in given.iter().enumerate() {
        if index >= ufunc.nin {
            break;
        }
        // The result so far of a reduction has the type of the elements.
        let item = if reduction && item.is_none() {
            given.get_item(1)?
        } else {
            item
        };
        inputs.push(dtype::from_object(&item)?);
    }
    if inputs.len() < ufunc.nin {
        return Err(PyValueError::new_err(format!(
            "resolve_dtypes: expected {} dtypes",
            ufunc.nin + ufunc.nout
        )));
    }
    let casting = match call.not_none(3) {
        Some(casting) => converted::<Casting>(casting, "resolve_dtypes", "casting")?,
        None => Casting::SameKind,
    };
    let row = ufunc
        .resolve_dtypes(&inputs, None, casting)
        .map_err(|error| error.into_py_err(py))?;
    let dtypes = row.inputs.iter().chain(&row.outputs);
    let dtypes: Vec<_> = dtypes.map(|found| dtype::object(py, found)).collect();
    Ok(PyTuple::new(py, dtypes)?.into_any())
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
