//! Methods of ufuncs that work along axes: `reduce`, `accumulate`, `reduceat`.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use rustsci_array::dtype::Casting;
use rustsci_array::ufunc::{Initial, Reduction, Ufunc};
use rustsci_array::{Array, DType};
use rustsci_bind::convert::{Axes, Operand};
use smallvec::SmallVec;

use super::arguments::outputs;
use super::call::{is_plain, operand};
use super::class::this;
use super::methods::ask;
use super::wrap;
use crate::call::{Call, IntoPyErr, LARGE, error_state};
use crate::{coerce, dtype, ndarray, scalar};

type Result<'py> = PyResult<Bound<'py, PyAny>>;

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
        if let Some(out) = &out {
            ndarray::array(out)
                .check_writeable("output array")
                .map_err(|error| error.into_py_err(call.py))?;
        }
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

/// Whether nothing but all axes is asked of a reduction.
fn asks_for_everything(call: &Call<'_, '_>) -> bool {
    let none = |index: usize| call.given(index).is_none_or(|argument| argument.is_none());
    let unset = |index: usize| call.given(index).is_none_or(is_no_value);
    call.given(2).is_some_and(|axis| axis.is_none())
        && none(3)
        && none(4)
        && unset(5)
        && unset(6)
        && unset(7)
}

pub(super) fn reduce<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    if let Some(answer) = ask(call, 1, call.given(4))? {
        return Ok(answer);
    }
    let py = call.py;
    if asks_for_everything(call)
        && let input = call.required(1)?
        && ndarray::is_exact(input)
        && let Some(value) = this(call.required(0)?)?.reduce_small(ndarray::array(input))
    {
        let value = value.map_err(|error| error.into_py_err(py))?;
        error_state::settle(py)?;
        return scalar::object(py, &value);
    }
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

pub(super) fn accumulate<'py>(call: &Call<'_, 'py>) -> Result<'py> {
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

pub(super) fn reduceat<'py>(call: &Call<'_, 'py>) -> Result<'py> {
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
