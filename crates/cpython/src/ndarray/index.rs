//! From Python's index objects to the core's.

use pyo3::exceptions::{PyIndexError, PyTypeError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyEllipsis, PyInt, PySlice, PyTuple};
use rustsci_array::indexing::Index;
use rustsci_array::{DType, Scalar};
use rustsci_buffer::layout::MAX_DIMS;
use smallvec::SmallVec;

use super::{array, is_instance};
use crate::c_api::slice_members;
use crate::{coerce, scalar};

/// The bounds of a slice whose members are None or integers that fit.
pub(super) struct Slice {
    start: Option<isize>,
    stop: Option<isize>,
    step: isize,
}

impl Slice {
    /// First position, step and count of what the slice selects of `n` elements; nothing for a step of zero.
    #[inline]
    pub(super) fn indices(&self, n: usize) -> Option<(usize, isize, usize)> {
        let n = n as isize;
        let step = self.step;
        let clip = |bound: isize, low: isize, high: isize| {
            if bound < 0 {
                bound.saturating_add(n).max(low)
            } else {
                bound.min(high)
            }
        };
        let (start, stop) = match step {
            0 => return None,
            1.. => (
                self.start.map_or(0, |start| clip(start, 0, n)),
                self.stop.map_or(n, |stop| clip(stop, 0, n)),
            ),
            _ => (
                self.start.map_or(n - 1, |start| clip(start, -1, n - 1)),
                self.stop.map_or(-1, |stop| clip(stop, -1, n - 1)),
            ),
        };
        let span = if step > 0 { stop - start } else { start - stop };
        let count = if span <= 0 {
            0
        } else {
            (span - 1) / step.abs() + 1
        };
        Some((start.max(0) as usize, step, count as usize))
    }
}

/// A slice that needs no Python code to be understood.
#[inline]
pub(super) fn slice(object: &Bound<'_, PyAny>) -> Option<Slice> {
    let slice = object.cast_exact::<PySlice>().ok()?;
    let bound = |object: &Bound<'_, PyAny>| -> Option<Option<isize>> {
        if object.is_none() {
            return Some(None);
        }
        object.cast_exact::<PyInt>().ok()?.extract().ok().map(Some)
    };
    let [start, stop, step] = slice_members(slice);
    Some(Slice {
        start: bound(&start)?,
        stop: bound(&stop)?,
        step: bound(&step)?.unwrap_or(1),
    })
}

/// The most arrays of which an index may be made.
const MOST_ARRAYS: usize = 32;

/// The items of an index.
pub(crate) fn parse(index: &Bound<'_, PyAny>) -> PyResult<SmallVec<[Index; 4]>> {
    match index.cast::<PyTuple>() {
        Ok(tuple) => {
            // What is no index at all is told before the bounds of slices are looked at.
            let is_slice = |item: &Bound<'_, PyAny>| item.is_exact_instance_of::<PySlice>();
            let mut items: SmallVec<[Option<Index>; 4]> = tuple
                .iter()
                .map(|item| {
                    if is_slice(&item) {
                        Ok(None)
                    } else {
                        one(&item).map(Some)
                    }
                })
                .collect::<PyResult<_>>()?;
            for (found, item) in items.iter_mut().zip(tuple.iter()) {
                if found.is_none() {
                    *found = Some(one(&item)?);
                }
            }
            let items: SmallVec<[Index; 4]> = items.into_iter().flatten().collect();
            let advanced = |item: &&Index| matches!(item, Index::Array(_) | Index::Bool(_));
            if items.iter().filter(advanced).count() > MOST_ARRAYS {
                return Err(PyIndexError::new_err("too many advanced indices"));
            }
            let new = items
                .iter()
                .filter(|item| matches!(item, Index::NewAxis))
                .count();
            if new > MAX_DIMS {
                return Err(PyIndexError::new_err(format!(
                    "number of dimensions must be within [0, {MAX_DIMS}], indexing result would have {new}"
                )));
            }
            Ok(items)
        }
        Err(_) => Ok(SmallVec::from_iter([one(index)?])),
    }
}

fn one(item: &Bound<'_, PyAny>) -> PyResult<Index> {
    if let Ok(position) = item.cast_exact::<PyInt>() {
        return position
            .extract()
            .map(Index::Int)
            .map_err(|_| PyIndexError::new_err("cannot fit 'int' into an index-sized integer"));
    }
    if let Ok(slice) = item.cast::<PySlice>() {
        let bound = |name| -> PyResult<Option<isize>> {
            let bound = slice.getattr(name)?;
            if bound.is_none() {
                return Ok(None);
            }
            clipped(&bound).map(Some)
        };
        return Ok(Index::Slice {
            start: bound("start")?,
            stop: bound("stop")?,
            step: bound("step")?,
        });
    }
    if item.is_none() {
        return Ok(Index::NewAxis);
    }
    if item.is_instance_of::<PyEllipsis>() {
        return Ok(Index::Ellipsis);
    }
    if let Ok(truth) = item.cast::<PyBool>() {
        return Ok(Index::Bool(truth.is_true()));
    }
    match scalar::value(item) {
        Some(Scalar::Bool(truth)) => return Ok(Index::Bool(truth.get())),
        Some(value) if value.dtype().is_integer() => return position(item).map(Index::Int),
        Some(_) => return Err(not_an_index()),
        None => {}
    }
    if is_instance(item) {
        return from_array(array(item).clone());
    }
    // What can be an integer is one; the rest must become an array. Arrays of other libraries seem to be both.
    // SAFETY: looks at the type's slots only.
    if unsafe { ffi::PyIndex_Check(item.as_ptr()) } != 0 {
        return match coerce::array_protocols(item)? {
            Some(array) => from_array(array),
            None => position(item).map(Index::Int),
        };
    }
    // SAFETY: as above.
    let sequence = unsafe { ffi::PySequence_Check(item.as_ptr()) } != 0;
    if !sequence
        || item.is_instance_of::<pyo3::types::PyString>()
        || item.is_instance_of::<pyo3::types::PyBytes>()
    {
        if let Some(array) = coerce::array_protocols(item)? {
            return from_array(array);
        }
        return Err(not_an_index());
    }
    let found = coerce::to_array(item, None).map_err(|error| {
        if error.is_instance_of::<PyTypeError>(item.py()) {
            not_an_index()
        } else {
            error
        }
    })?;
    // A list without elements selects none: its dtype says nothing.
    if found.size() == 0 && *found.dtype() == DType::Float64 && !item.hasattr("dtype")? {
        let empty = found.as_dtype(&DType::Int64);
        return Ok(Index::Array(empty.map_err(|error| {
            crate::call::IntoPyErr::into_py_err(error, item.py())
        })?));
    }
    from_array(found)
}

fn from_array(array: rustsci_array::Array) -> PyResult<Index> {
    match (array.dtype(), array.ndim()) {
        (DType::Bool, 0) => Ok(Index::Bool(array.get(&[]).truth())),
        (DType::Bool, _) => Ok(Index::Array(array)),
        (dtype, _) if dtype.is_integer() => Ok(Index::Array(array)),
        _ => Err(PyIndexError::new_err(
            "arrays used as indices must be of integer (or boolean) type",
        )),
    }
}

/// An integer beyond all positions is as good as the last one in a slice.
fn clipped(object: &Bound<'_, PyAny>) -> PyResult<isize> {
    // SAFETY: the object is live; without an exception to raise, the number is clipped.
    let value = unsafe { ffi::PyNumber_AsSsize_t(object.as_ptr(), std::ptr::null_mut()) };
    match PyErr::take(object.py()) {
        Some(error) if value == -1 => Err(error),
        _ => Ok(value),
    }
}

fn position(object: &Bound<'_, PyAny>) -> PyResult<isize> {
    // SAFETY: the object is live, the exception a static of CPython.
    let value = unsafe { ffi::PyNumber_AsSsize_t(object.as_ptr(), ffi::PyExc_IndexError) };
    match PyErr::take(object.py()) {
        Some(error) if value == -1 => Err(error),
        _ => Ok(value),
    }
}

#[cold]
fn not_an_index() -> PyErr {
    PyIndexError::new_err(
        "only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are \
         valid indices",
    )
}
