//! Calls of generalized ufuncs: `matmul` and its kin.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use rustsci_array::array::{CopyOrder, normalize_axis, shape_text};
use rustsci_array::dtype::{can_cast, promote_all};
use rustsci_array::products::Generalized;
use rustsci_array::{Array, DType, Error};
use rustsci_bind::convert::Axes;
use smallvec::SmallVec;

use super::arguments::{Callee, converted, request as plain_request};
use super::call::Request;
use super::wrap;
use crate::call::{IntoPyErr, LARGE, error_state};
use crate::{coerce, ndarray};

/// Where the axes are that a call works on.
#[derive(Clone, Debug, Default)]
pub(super) struct Core {
    /// For each operand the axes in the order of the signature, if they are not the last ones.
    axes: Option<Vec<Vec<isize>>>,
    /// One axis that all operands share.
    axis: Option<isize>,
    keepdims: bool,
}

/// How many axes each operand of a signature has.
fn core_ndims(ufunc: &Generalized) -> Vec<usize> {
    ufunc
        .signature
        .split(['(', ')'])
        .skip(1)
        .step_by(2)
        .map(|names| names.split(',').filter(|name| !name.is_empty()).count())
        .collect()
}

/// Reads what a call is asked for from its keywords.
pub(super) fn request<'py>(
    ufunc: &'static Generalized,
    outs: SmallVec<[Option<Bound<'py, PyAny>>; 2]>,
    keywords: Option<&Bound<'py, PyDict>>,
) -> PyResult<(Request<'py>, Option<Core>)> {
    let callee = Callee {
        name: ufunc.name,
        nin: 2,
        nout: 1,
    };
    let Some(keywords) = keywords else {
        return Ok((plain_request(&callee, outs, None)?, None));
    };
    let plain = keywords.copy()?;
    let mut core = Core::default();
    if let Some(axes) = take(&plain, "axes")? {
        let Ok(list) = axes.cast::<PyList>() else {
            return Err(PyTypeError::new_err("axes should be a list."));
        };
        let ndims = core_ndims(ufunc);
        if list.len() != 3 && !(list.len() == 2 && ndims[2] == 0) {
            return Err(PyValueError::new_err(
                "axes should be a list with an entry for all 3 inputs and outputs; entries for outputs can only be \
                 omitted if none of them has core axes.",
            ));
        }
        let entries = list
            .iter()
            .map(|entry| Ok(converted::<Axes>(&entry, ufunc.name, "axes")?.0.to_vec()));
        let entries: Vec<Vec<isize>> = entries.collect::<PyResult<_>>()?;
        core.axes = Some(entries);
    }
    if let Some(axis) = take(&plain, "axis")? {
        if core.axes.is_some() {
            return Err(PyTypeError::new_err(
                "cannot specify both 'axis' and 'axes'",
            ));
        }
        if core_ndims(ufunc) != [1, 1, 0] {
            return Err(PyTypeError::new_err(format!(
                "{}: axis can only be used with a single shared core dimension, not with the 2 distinct ones implied by \
                 signature {}.",
                ufunc.name, ufunc.signature
            )));
        }
        core.axis = Some(crate::call::object::index(&axis)?);
    }
    if let Some(keepdims) = take(&plain, "keepdims")? {
        core.keepdims = keepdims.is_truthy()?;
        if core.keepdims && core_ndims(ufunc) != [1, 1, 0] {
            return Err(PyTypeError::new_err(format!(
                "{} does not support keepdims: its signature {} requires that all of its inputs have the same number of \
                 core dimensions and its outputs none",
                ufunc.name, ufunc.signature
            )));
        }
    }
    if plain.contains("where")? {
        return Err(PyTypeError::new_err(format!(
            "{}() got an unexpected keyword argument 'where'",
            ufunc.name
        )));
    }
    Ok((plain_request(&callee, outs, Some(&plain))?, Some(core)))
}

fn take<'py>(keywords: &Bound<'py, PyDict>, name: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
    let value = keywords.get_item(name)?;
    if value.is_some() {
        keywords.del_item(name)?;
    }
    Ok(value)
}

/// The array with the given axes last.
fn with_axes_last(array: &Array, axes: &[isize]) -> Result<Array, Error> {
    let axes = axes
        .iter()
        .map(|&axis| normalize_axis(axis, array.ndim()))
        .collect::<Result<Vec<usize>, Error>>()?;
    let order: Vec<usize> = (0..array.ndim())
        .filter(|axis| !axes.contains(axis))
        .chain(axes.iter().copied())
        .collect();
    if order.len() != array.ndim() {
        return Err(Error::value("axes item has a repeated axis"));
    }
    Ok(array.permuted(&order))
}

/// The array whose last axes go to the given places.
fn with_axes_at(array: &Array, places: &[isize]) -> Result<Array, Error> {
    let ndim = array.ndim();
    let places = places
        .iter()
        .map(|&place| normalize_axis(place, ndim))
        .collect::<Result<Vec<usize>, Error>>()?;
    let mut others = 0..ndim - places.len();
    let order: Vec<usize> = (0..ndim)
        .filter_map(
            |axis| match places.iter().position(|&place| place == axis) {
                Some(core) => Some(ndim - places.len() + core),
                None => others.next(),
            },
        )
        .collect();
    Ok(array.permuted(&order))
}

/// Whether as many axes are given for each operand as it has: an operand with one axis lacks the optional one.
fn check_axes(ufunc: &Generalized, core: &Core, arrays: &[Array]) -> Result<(), Error> {
    let Some(entries) = &core.axes else {
        return Ok(());
    };
    let mut wanted = core_ndims(ufunc);
    if ufunc.signature.contains('?') {
        for (index, array) in arrays.iter().enumerate() {
            if array.ndim() == 1 && wanted[index] == 2 {
                wanted[index] -= 1;
                wanted[2] -= 1;
            }
        }
    }
    match entries
        .iter()
        .zip(&wanted)
        .position(|(entry, &wanted)| entry.len() != wanted)
    {
        None => Ok(()),
        Some(index) => Err(Error::Message(
            rustsci_array::Exception::Axis,
            format!(
                "{}: operand {index} has {} core dimensions, but {} dimensions are specified by axes tuple.",
                ufunc.name,
                wanted[index],
                entries[index].len()
            ),
        )),
    }
}

/// Carries out a call that nobody takes over.
pub(super) fn run<'py>(
    py: Python<'py>,
    ufunc: &'static Generalized,
    inputs: &[Bound<'py, PyAny>],
    request: &Request<'py>,
    core: &Core,
) -> PyResult<Bound<'py, PyAny>> {
    let mut arrays = inputs
        .iter()
        .map(|input| coerce::to_array(input, None))
        .collect::<PyResult<Vec<Array>>>()?;
    check_axes(ufunc, core, &arrays).map_err(|error| error.into_py_err(py))?;
    let forced: Option<DType> = request
        .signature
        .as_ref()
        .and_then(|signature| signature.iter().flatten().next().cloned());
    let common = promote_all(arrays.iter().map(Array::dtype));
    if let Some(dtype) = forced.as_ref().or(common.as_ref()) {
        for (index, array) in arrays.iter_mut().enumerate() {
            if !can_cast(array.dtype(), dtype, request.casting) {
                return Err(Error::casting(format!(
                    "Cannot cast ufunc '{}' input {index} from dtype('{}') to dtype('{dtype}') with casting rule '{}'",
                    ufunc.name,
                    array.dtype(),
                    request.casting.name()
                ))
                .into_py_err(py));
            }
            if forced.is_some() {
                *array = array
                    .as_dtype(dtype)
                    .map_err(|error| error.into_py_err(py))?;
            }
        }
    }
    let out = request.outs.first().and_then(Option::as_ref);
    let work = || -> Result<Array, Error> {
        if let Some(axis) = core.axis {
            arrays[0] = with_axes_last(&arrays[0], &[axis])?;
            arrays[1] = with_axes_last(&arrays[1], &[axis])?;
        }
        if let Some(axes) = &core.axes {
            for (array, axes) in arrays.iter_mut().zip(axes) {
                *array = with_axes_last(array, axes)?;
            }
        }
        let mut result = (ufunc.call)(&arrays[0], &arrays[1])?;
        if core.keepdims {
            let place = match core.axis {
                Some(axis) => normalize_axis(axis, result.ndim() + 1)?,
                None => result.ndim(),
            };
            result = result.expanded(&[place]);
        }
        if let Some(places) = core.axes.as_ref().and_then(|axes| axes.get(2)) {
            result = with_axes_at(&result, places)?;
        }
        Ok(result)
    };
    let large = inputs
        .iter()
        .any(|input| ndarray::is_instance(input) && ndarray::array(input).size() >= LARGE);
    let mut work = work;
    let result = if large {
        detached(py, &mut work)
    } else {
        work()
    };
    let mut result = result.map_err(|error| error.into_py_err(py))?;
    error_state::settle(py)?;
    if let Some(out) = out {
        let target = ndarray::array(out).clone();
        check_out(ufunc, &result, &target, request).map_err(|error| error.into_py_err(py))?;
        target
            .assign(&result)
            .map_err(|error| error.into_py_err(py))?;
        result = target;
    } else if let (CopyOrder::F, false) = (request.order, result.is_f_contiguous()) {
        result = result
            .copied(CopyOrder::F)
            .map_err(|error| error.into_py_err(py))?;
    }
    wrap::results(
        py,
        ufunc.name,
        inputs,
        request,
        SmallVec::from_iter([result]),
    )
}

/// Runs the work beside other Python threads.
fn detached<T: Send>(py: Python<'_>, work: &mut (impl FnMut() -> T + Send)) -> T {
    py.detach(work)
}

/// Whether a result can be written to the array it was asked for.
fn check_out(
    ufunc: &Generalized,
    result: &Array,
    out: &Array,
    request: &Request<'_>,
) -> Result<(), Error> {
    out.check_writeable("output array")?;
    if !can_cast(result.dtype(), out.dtype(), request.casting) {
        return Err(Error::casting(format!(
            "Cannot cast ufunc '{}' output from dtype('{}') to dtype('{}') with casting rule '{}'",
            ufunc.name,
            result.dtype(),
            out.dtype(),
            request.casting.name()
        )));
    }
    let core = core_ndims(ufunc)[2].min(result.ndim());
    let (own, wanted) = (result.shape(), out.shape());
    let fits = wanted.len() >= own.len()
        && wanted[wanted.len() - core..] == own[own.len() - core..]
        && result.layout().broadcast_to(wanted).is_some();
    let loops = |shape: &[usize]| shape[..shape.len() - core].iter().product::<usize>();
    if fits && loops(own) == 0 && loops(wanted) > 0 {
        return Err(Error::value(format!(
            "non-broadcastable output operand with shape {} doesn't match the broadcast shape {}",
            shape_text(wanted),
            shape_text(own)
        )));
    }
    if fits {
        return Ok(());
    }
    Err(Error::value(format!(
        "{}: Output operand 0 has a mismatch in its core dimension 0, with gufunc signature {} (size {} is different \
         from {})",
        ufunc.name,
        ufunc.signature,
        wanted.last().copied().unwrap_or(0),
        own.last().copied().unwrap_or(0)
    )))
}
