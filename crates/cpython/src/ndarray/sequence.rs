//! Length, iteration, indexing, membership.

use std::ffi::c_int;

use pyo3::exceptions::{PyIndexError, PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyInt, PyTuple};
use rustsci_array::indexing::{self, Index};
use rustsci_array::selection::count_nonzero;
use rustsci_array::{Array, DType, Order, Scalar};
use rustsci_buffer::{Layout, Shape, Strides};
use smallvec::SmallVec;

use super::index::{parse, slice};
use super::{array, is_exact, is_instance, wrap_like, wrap_view};
use crate::c_api::{Class, borrowed, slot};
use crate::call::{IntoPyErr, error_state};
use crate::{coerce, scalar};

/// Adds the protocols to the class.
///
/// # Safety
/// As for [`Class::slot`].
pub(super) unsafe fn slots(class: Class) -> Class {
    // SAFETY: the functions fit their slots, and are written for arrays.
    unsafe {
        class
            .slot(ffi::Py_mp_length, length as *mut _)
            .slot(ffi::Py_sq_length, length as *mut _)
            .slot(ffi::Py_sq_item, item as *mut _)
            .slot(ffi::Py_mp_subscript, get_item as *mut _)
            .slot(ffi::Py_mp_ass_subscript, set_item as *mut _)
            .slot(ffi::Py_sq_contains, contains as *mut _)
            .slot(ffi::Py_tp_iter, iterate as *mut _)
    }
}

unsafe extern "C" fn length(object: *mut ffi::PyObject) -> ffi::Py_ssize_t {
    slot(|py| {
        // SAFETY: the slot's argument is a live array.
        let object = unsafe { borrowed(py, object) };
        match array(&object).shape().first() {
            Some(&n) => Ok(n as isize),
            None => Err(PyTypeError::new_err("len() of unsized object")),
        }
    })
}

unsafe extern "C" fn iterate(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
    slot(|py| {
        // SAFETY: the slot's argument is a live array.
        let object = unsafe { borrowed(py, object) };
        if array(&object).ndim() == 0 {
            return Err(PyTypeError::new_err("iteration over a 0-d array"));
        }
        // SAFETY: makes an iterator over a live object that has `sq_item`.
        Ok(unsafe { ffi::PySeqIter_New(object.as_ptr()) })
    })
}

unsafe extern "C" fn item(
    object: *mut ffi::PyObject,
    index: ffi::Py_ssize_t,
) -> *mut ffi::PyObject {
    slot(|py| {
        // SAFETY: the slot's argument is a live array.
        let object = unsafe { borrowed(py, object) };
        at(&object, index).map(Bound::into_ptr)
    })
}

/// The element, or the view, at a position along the first axis.
#[inline]
fn at<'py>(object: &Bound<'py, PyAny>, index: isize) -> PyResult<Bound<'py, PyAny>> {
    let own = array(object);
    let Some(&n) = own.shape().first() else {
        return Err(PyIndexError::new_err(
            "too many indices for array: array is 0-dimensional, but 1 were indexed",
        ));
    };
    let position = if index < 0 { index + n as isize } else { index };
    if position < 0 || position >= n as isize {
        return Err(out_of_bounds(index, n));
    }
    if own.ndim() == 1 {
        let offset = own
            .layout()
            .offset
            .wrapping_add_signed(own.strides()[0] * position);
        let value = Scalar::load(own.buffer(), offset, own.dtype());
        return scalar::object(object.py(), &value);
    }
    let view = own.with_layout(own.layout().at(0, position as usize));
    view_of(object, view)
}

#[cold]
fn out_of_bounds(index: isize, n: usize) -> PyErr {
    PyIndexError::new_err(format!(
        "index {index} is out of bounds for axis 0 with size {n}"
    ))
}

/// A view of an array, in its class.
#[inline]
fn view_of<'py>(object: &Bound<'py, PyAny>, view: Array) -> PyResult<Bound<'py, PyAny>> {
    if is_exact(object) {
        wrap_view(object, view)
    } else {
        wrap_like(object, view, Some(object))
    }
}

/// Indexing that needs no conversion of the index and cannot fail in an unusual way: by one integer, by one slice.
#[inline]
fn quick<'py>(
    object: &Bound<'py, PyAny>,
    index: &Bound<'py, PyAny>,
) -> Option<PyResult<Bound<'py, PyAny>>> {
    if index.is_exact_instance_of::<PyInt>() {
        return index.extract::<isize>().ok().map(|index| at(object, index));
    }
    let own = array(object);
    let layout = part(own, index)?;
    if layout.shape.is_empty() {
        let value = Scalar::load(own.buffer(), layout.offset, own.dtype());
        return Some(scalar::object(object.py(), &value));
    }
    Some(view_of(object, own.with_layout(layout)))
}

/// The part of an array that a slice, or a tuple of integers and slices, selects; nothing for other indices and for those
/// out of bounds.
#[inline]
fn part(own: &Array, index: &Bound<'_, PyAny>) -> Option<Layout> {
    if let Ok(items) = index.cast_exact::<PyTuple>() {
        return part_by_tuple(own, items);
    }
    let bounds = slice(index)?;
    let (start, step, count) = bounds.indices(*own.shape().first()?)?;
    Some(own.layout().sliced(0, start, step, count))
}

/// The part that a tuple of integers and slices selects.
#[inline]
fn part_by_tuple(own: &Array, items: &Bound<'_, PyTuple>) -> Option<Layout> {
    let (shape, strides) = (own.shape(), own.strides());
    if items.len() > shape.len() || items.is_empty() {
        return None;
    }
    let mut layout = Layout {
        shape: Shape::new(),
        strides: Strides::new(),
        offset: own.layout().offset,
    };
    for (axis, item) in items.iter_borrowed().enumerate() {
        let (n, stride) = (shape[axis], strides[axis]);
        if item.is_exact_instance_of::<PyInt>() {
            let position = item.extract::<isize>().ok()?;
            let position = if position < 0 {
                position + n as isize
            } else {
                position
            };
            if position < 0 || position >= n as isize {
                return None;
            }
            layout.offset = layout
                .offset
                .wrapping_add_signed(stride.wrapping_mul(position));
        } else {
            let (start, step, count) = slice(&item)?.indices(n)?;
            if count > 0 {
                let first = stride.wrapping_mul(start as isize);
                layout.offset = layout.offset.wrapping_add_signed(first);
            }
            layout.shape.push(count);
            layout.strides.push(stride.wrapping_mul(step));
        }
    }
    layout.shape.extend_from_slice(&shape[items.len()..]);
    layout.strides.extend_from_slice(&strides[items.len()..]);
    Some(layout)
}

unsafe extern "C" fn get_item(
    object: *mut ffi::PyObject,
    index: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    slot(|py| {
        // SAFETY: the slot's arguments are live, the first an array.
        let (object, index) = unsafe { (borrowed(py, object), borrowed(py, index)) };
        if let Some(result) = quick(&object, &index) {
            return result.map(Bound::into_ptr);
        }
        general(&object, &index).map(Bound::into_ptr)
    })
}

fn general<'py>(
    object: &Bound<'py, PyAny>,
    index: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = object.py();
    let items = parse(index)?;
    let own = array(object);
    let result = indexing::get(own, &items).map_err(|error| error.into_py_err(py))?;
    // Where every axis was indexed, the element itself is asked for, unless an ellipsis asks for an array.
    if result.ndim() == 0 && !items.iter().any(|item| matches!(item, Index::Ellipsis)) {
        return scalar::object(py, &result.get(&[]));
    }
    if result.shares_buffer(own) {
        return view_of(object, result);
    }
    let new = super::wrap(py, result)?;
    if is_exact(object) {
        return Ok(new);
    }
    // An instance of a subclass is made as a view, as it always is.
    let view = array(&new).clone();
    wrap_like(object, view, Some(&new))
}

unsafe extern "C" fn set_item(
    object: *mut ffi::PyObject,
    index: *mut ffi::PyObject,
    value: *mut ffi::PyObject,
) -> c_int {
    slot(|py| {
        // SAFETY: the slot's arguments are live, the first an array; the value is null for a deletion.
        let (object, index) = unsafe { (borrowed(py, object), borrowed(py, index)) };
        if value.is_null() {
            return Err(PyValueError::new_err("cannot delete array elements"));
        }
        // SAFETY: not null, hence live.
        let value = unsafe { borrowed(py, value) };
        assign(&object, &index, &value)?;
        Ok(0)
    })
}

fn assign<'py>(
    object: &Bound<'py, PyAny>,
    index: &Bound<'py, PyAny>,
    value: &Bound<'py, PyAny>,
) -> PyResult<()> {
    let py = object.py();
    let own = array(object);
    if own.ndim() == 1
        && let Ok(position) = index.cast_exact::<PyInt>()
        && let Ok(position) = position.extract::<isize>()
        && let Some(value) = coerce::plain_element(value, own.dtype())?
    {
        own.check_writeable("assignment destination")
            .map_err(|error| error.into_py_err(py))?;
        let n = own.shape()[0];
        let from_front = if position < 0 {
            position + n as isize
        } else {
            position
        };
        if from_front < 0 || from_front >= n as isize {
            return Err(out_of_bounds(position, n));
        }
        own.set_item(from_front as usize, &value);
        return error_state::settle(py);
    }
    if let Some(done) = quick_assign(own, index, value) {
        return done;
    }
    let items = parse(index)?;
    // A single element is looked for first, and takes no sequence, not even of length one.
    let single = items.len() == own.ndim()
        && items.iter().all(|item| match item {
            Index::Int(_) => true,
            Index::Array(position) => position.ndim() == 0 && position.dtype().is_integer(),
            _ => false,
        });
    if single {
        own.check_writeable("assignment destination")
            .and_then(|()| indexing::select(own, &items))
            .map_err(|error| error.into_py_err(py))?;
        if let Some(value) = coerce::of_sequence(value, own.dtype())? {
            let source = Array::from_scalar(&value).map_err(|error| error.into_py_err(py))?;
            return indexing::set(own, &items, &source).map_err(|error| error.into_py_err(py));
        }
    }
    let loses =
        !own.dtype().is_complex() && is_instance(value) && array(value).dtype().is_complex();
    if loses && selects_nothing(own, &items) {
        let source = coerce::to_array(value, None)?;
        return indexing::set(own, &items, &source).map_err(|error| error.into_py_err(py));
    }
    let source = match items.iter().any(|item| matches!(item, Index::Array(_))) {
        true => coerce::for_picks(value, own.dtype()),
        false => coerce::for_assignment(value, own.dtype()),
    };
    let source = match source {
        Ok(source) => source,
        Err(error) => {
            check_form(own, items).map_err(|error| error.into_py_err(py))?;
            return Err(error);
        }
    };
    if single && source.ndim() > 0 {
        return Err(PyValueError::new_err(
            "setting an array element with a sequence.",
        ));
    }
    indexing::set(array(object), &items, &source).map_err(|error| error.into_py_err(py))?;
    error_state::settle(py)
}

/// Whether an index fits the array, but for the elements of integer arrays in it: of that a program is told before it is
/// told of a value that fits nothing.
#[cold]
fn check_form(own: &Array, items: SmallVec<[Index; 4]>) -> rustsci_array::Result<()> {
    let nowhere = Array::zeros(&[0], &DType::Int64, Order::C)?;
    let items: SmallVec<[Index; 4]> = items
        .into_iter()
        .map(|item| match item {
            Index::Array(array) if array.dtype().is_integer() => Index::Array(nowhere.clone()),
            item => item,
        })
        .collect();
    indexing::get(own, &items).map(drop)
}

/// Assignment of a plain number, or of an array of the same dtype, to a part that is found without converting the index.
#[inline]
fn quick_assign<'py>(
    own: &Array,
    index: &Bound<'py, PyAny>,
    value: &Bound<'py, PyAny>,
) -> Option<PyResult<()>> {
    let py = value.py();
    if !own.is_writeable() {
        return None;
    }
    if is_exact(value) {
        let value = array(value);
        let layout = part(own, index)?;
        if value.dtype() != own.dtype() || layout.shape.is_empty() {
            return None;
        }
        let done = own.with_layout(layout).assign(value);
        return Some(done.map_err(|error| error.into_py_err(py)));
    }
    let part = own.with_layout(part(own, index)?);
    let value = match coerce::plain_element(value, own.dtype()) {
        Ok(value) => value?,
        Err(error) => return Some(Err(error)),
    };
    if part.ndim() == 0 {
        part.set_item(0, &value);
    } else if let Err(error) = part.fill(&value) {
        return Some(Err(error.into_py_err(py)));
    }
    Some(error_state::settle(py))
}

/// Whether the index is a mask over all axes that holds nowhere: then nothing is cast.
fn selects_nothing(own: &Array, items: &[Index]) -> bool {
    match items {
        [Index::Bool(truth)] => own.ndim() == 0 && !truth,
        [Index::Array(mask)] if *mask.dtype() == DType::Bool && mask.shape() == own.shape() => {
            count_nonzero(mask, None, false).is_ok_and(|count| !count.item(0).truth())
        }
        _ => false,
    }
}

unsafe extern "C" fn contains(object: *mut ffi::PyObject, value: *mut ffi::PyObject) -> c_int {
    slot(|py| {
        // SAFETY: the slot's arguments are live.
        let (object, value) = unsafe { (borrowed(py, object), borrowed(py, value)) };
        let equal = object.rich_compare(value, pyo3::basic::CompareOp::Eq)?;
        if !is_instance(&equal) {
            return Ok(c_int::from(equal.is_truthy()?));
        }
        let any = equal.call_method0("any")?;
        Ok(c_int::from(any.is_truthy()?))
    })
}
