//! Nested sequences as arrays.

use pyo3::exceptions::PyValueError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyFloat, PyInt, PyList, PyString, PyTuple, PyType};
use rustsci_array::array::shape_text;
use rustsci_array::dtype::{Number, promote};
use rustsci_array::{Array, DType, Order, Scalar};
use rustsci_buffer::layout::MAX_DIMS;
use rustsci_buffer::{Layout, Shape};
use smallvec::SmallVec;

use super::{element, ndarray, scalar};
use crate::call::IntoPyErr;
use crate::call::errors::unsupported as unsupported_dtype;

/// An array of what nested sequences hold.
pub(super) fn array(
    object: &Bound<'_, PyAny>,
    dtype: Option<&DType>,
    ndmax: usize,
) -> PyResult<Array> {
    let py = object.py();
    if ndmax == MAX_DIMS
        && let Some(array) = uniform(object, dtype)
    {
        return array.map_err(|error| error.into_py_err(py));
    }
    let mut discovery = Discovery {
        dtype,
        ndmax,
        ..Discovery::default()
    };
    discovery.walk(object, 0)?;
    discovery.fill(py)
}

/// A list of nothing but Python floats, or of small integers, as an array.
pub(crate) fn quick_array<'py>(object: &Bound<'py, PyAny>) -> Option<PyResult<Bound<'py, PyAny>>> {
    let py = object.py();
    let list = object.cast_exact::<PyList>().ok()?;
    let first = list.get_item(0).ok()?;
    let array = if first.is_exact_instance_of::<PyFloat>() {
        flat(list, |item| {
            Some(item.cast_exact::<PyFloat>().ok()?.value())
        })?
    } else if first.is_exact_instance_of::<PyInt>() {
        flat(list, |item| {
            item.cast_exact::<PyInt>().ok()?.extract::<i64>().ok()
        })?
    } else {
        return None;
    };
    Some(match array {
        Ok(array) => ndarray::wrap(py, array),
        Err(error) => Err(error.into_py_err(py)),
    })
}

/// The elements of a list, if all of them are of the one kind.
#[inline]
fn flat<T: Number>(
    list: &Bound<'_, PyList>,
    get: impl Fn(&Bound<'_, PyAny>) -> Option<T>,
) -> Option<rustsci_array::Result<Array>> {
    let array = match Array::empty(&[list.len()], &T::DTYPE, Order::C) {
        Ok(array) => array,
        Err(error) => return Some(Err(error)),
    };
    for (i, item) in list.iter().enumerate().take(array.size()) {
        rustsci_buffer::store(array.buffer(), i * size_of::<T>(), get(&item)?);
    }
    Some(Ok(array))
}

/// Sequences of sequences of Python floats, or of integers, and nothing else: the commonest case, in one pass.
fn uniform(
    object: &Bound<'_, PyAny>,
    dtype: Option<&DType>,
) -> Option<rustsci_array::Result<Array>> {
    let mut first = object.clone();
    while let Some(next) = members(&first) {
        first = next.get(0)?;
    }
    if first.is_exact_instance_of::<PyFloat>() && dtype.is_none_or(|dtype| *dtype == DType::Float64)
    {
        return collect(object, |item| {
            item.cast_exact::<PyFloat>()
                .ok()
                .map(|number| number.value())
        });
    }
    if first.is_exact_instance_of::<PyInt>() && dtype.is_none_or(|dtype| *dtype == DType::Int64) {
        return collect(object, |item| {
            item.cast_exact::<PyInt>().ok()?.extract::<i64>().ok()
        });
    }
    None
}

fn collect<T: Number>(
    object: &Bound<'_, PyAny>,
    get: impl Fn(&Bound<'_, PyAny>) -> Option<T> + Copy,
) -> Option<rustsci_array::Result<Array>> {
    let (mut shape, mut elements) = (Shape::new(), SmallVec::<[T; 16]>::new());
    collect_into(object, 0, &mut shape, &mut elements, get)?;
    Some(Array::from_shape(&shape, &elements))
}

fn collect_into<T>(
    object: &Bound<'_, PyAny>,
    depth: usize,
    shape: &mut Shape,
    elements: &mut SmallVec<[T; 16]>,
    get: impl Fn(&Bound<'_, PyAny>) -> Option<T> + Copy,
) -> Option<()> {
    let Some(members) = members(object) else {
        // An element must not stand where a sequence stood before.
        elements.push((depth == shape.len()).then(|| get(object))??);
        return Some(());
    };
    let n = members.len();
    match shape.get(depth) {
        Some(&length) if length == n => {}
        None if elements.is_empty() && depth < MAX_DIMS => shape.push(n),
        _ => return None,
    }
    if n == 0 {
        return None;
    }
    for item in members.iter() {
        if let Some(element) = get(&item) {
            // Elements of one row are at one depth.
            (depth + 1 == shape.len()).then(|| elements.push(element))?;
            continue;
        }
        collect_into(&item, depth + 1, shape, elements, get)?;
    }
    Some(())
}

/// A list or a tuple.
enum Members<'a, 'py> {
    List(&'a Bound<'py, PyList>),
    Tuple(&'a Bound<'py, PyTuple>),
}

fn members<'a, 'py>(object: &'a Bound<'py, PyAny>) -> Option<Members<'a, 'py>> {
    if let Ok(list) = object.cast_exact::<PyList>() {
        return Some(Members::List(list));
    }
    object.cast_exact::<PyTuple>().ok().map(Members::Tuple)
}

impl<'py> Members<'_, 'py> {
    fn len(&self) -> usize {
        match self {
            Self::List(list) => list.len(),
            Self::Tuple(tuple) => tuple.len(),
        }
    }

    /// The member at a position; nothing beyond the last one, which may come sooner than it did.
    fn get(&self, index: usize) -> Option<Bound<'py, PyAny>> {
        match self {
            Self::List(list) => list.get_item(index).ok(),
            Self::Tuple(tuple) => tuple.get_item(index).ok(),
        }
    }

    fn iter(&self) -> impl Iterator<Item = Bound<'py, PyAny>> + '_ {
        (0..self.len()).map_while(|index| self.get(index))
    }
}

/// One element, or an array that stands for several.
enum Leaf {
    Value(Scalar),
    Array(Box<Array>),
}

/// What a walk through nested sequences finds.
#[derive(Default)]
struct Discovery<'a> {
    /// The dtype asked for.
    dtype: Option<&'a DType>,
    /// How deep sequences are looked into.
    ndmax: usize,
    shape: Shape,
    /// Whether an element has been met, so that the number of axes is known.
    settled: bool,
    leaves: Vec<Leaf>,
    common: Option<DType>,
    /// Why an element cannot have the dtype asked for.
    failure: Option<PyErr>,
}

impl Discovery<'_> {
    fn walk(&mut self, object: &Bound<'_, PyAny>, depth: usize) -> PyResult<()> {
        if depth >= self.ndmax && self.ndmax < MAX_DIMS {
            return self.unknown(object, depth);
        }
        if let Some(members) = members(object) {
            self.enter(depth, members.len())?;
            let items: Vec<Bound<'_, PyAny>> = members.iter().collect();
            return items.iter().try_for_each(|item| self.walk(item, depth + 1));
        }
        let value = match (self.value(object), self.dtype) {
            // Whether the members make an array at all is told first.
            (Err(error), Some(dtype)) => {
                self.failure.get_or_insert(error);
                Some(Scalar::zero(dtype))
            }
            (value, _) => value?,
        };
        if let Some(value) = value {
            self.settle(depth, &[])?;
            return self.push(value.dtype(), Leaf::Value(value));
        }
        // Text is an element, not a sequence; arrays present themselves; the rest may be a sequence.
        let text = object.is_instance_of::<PyString>() || object.is_instance_of::<PyBytes>();
        if text || !self.is_other_sequence(object)? {
            return self.unknown(object, depth);
        }
        if depth > 0
            && let Some(found) = presented(object)?
        {
            self.settle(depth, found.shape())?;
            return self.push(found.dtype().clone(), Leaf::Array(Box::new(found)));
        }
        let items = object.try_iter()?.collect::<PyResult<Vec<_>>>()?;
        self.enter(depth, items.len())?;
        items.iter().try_for_each(|item| self.walk(item, depth + 1))
    }

    /// A number or a scalar as an element.
    fn value(&self, object: &Bound<'_, PyAny>) -> PyResult<Option<Scalar>> {
        match self.dtype {
            Some(dtype) => match scalar::value(object) {
                Some(_) => element(object, dtype).map(Some),
                None => element::of_number(object, dtype),
            },
            None => match scalar::value(object) {
                Some(value) => Ok(Some(value)),
                None => element::of_plain_number(object),
            },
        }
    }

    /// Whether the object has members or presents itself as an array.
    fn is_other_sequence(&self, object: &Bound<'_, PyAny>) -> PyResult<bool> {
        if object.is_instance_of::<PyType>() {
            return Ok(false);
        }
        if ndarray::is_instance(object)
            || object.hasattr("__array__")?
            || object.hasattr("__array_interface__")?
        {
            return Ok(true);
        }
        // SAFETY: these look at the type's slots only.
        let (sequence, buffer) = unsafe {
            (
                ffi::PySequence_Check(object.as_ptr()) != 0,
                ffi::PyObject_CheckBuffer(object.as_ptr()) != 0,
            )
        };
        Ok(buffer || (sequence && object.len().is_ok()))
    }

    /// An object that is an element only if the dtype asked for makes one of it.
    fn unknown(&mut self, object: &Bound<'_, PyAny>, depth: usize) -> PyResult<()> {
        let Some(dtype) = self.dtype else {
            return Err(unsupported(object));
        };
        let value = element(object, dtype)?;
        self.settle(depth, &[])?;
        self.push(dtype.clone(), Leaf::Value(value))
    }

    /// A sequence of `n` members at a depth.
    fn enter(&mut self, depth: usize, n: usize) -> PyResult<()> {
        match self.shape.get(depth) {
            Some(&length) if length == n => Ok(()),
            None if !self.settled && depth < MAX_DIMS => {
                self.shape.push(n);
                Ok(())
            }
            None if !self.settled => Err(too_deep()),
            _ => Err(self.ragged(depth)),
        }
    }

    /// An element at a depth, or an array whose axes go on from there.
    fn settle(&mut self, depth: usize, inner: &[usize]) -> PyResult<()> {
        let full = depth + inner.len();
        if full > MAX_DIMS {
            return Err(too_deep());
        }
        if !self.settled && self.shape.len() <= full {
            let known = self.shape.len() - depth;
            if self.shape[depth..] != inner[..known] {
                return Err(self.ragged(depth));
            }
            self.shape.extend_from_slice(&inner[known..]);
            self.settled = true;
            return Ok(());
        }
        if self.shape.len() != full || self.shape[depth..] != *inner {
            let same = self.shape.get(depth..).map_or(0, |rest| {
                rest.iter().zip(inner).take_while(|(a, b)| a == b).count()
            });
            return Err(self.ragged(depth + same));
        }
        Ok(())
    }

    fn push(&mut self, dtype: DType, leaf: Leaf) -> PyResult<()> {
        if self.dtype.is_none() {
            self.common = Some(match self.common.take() {
                Some(common) => promote(&common, &dtype),
                None => dtype,
            });
        }
        self.leaves.push(leaf);
        Ok(())
    }

    #[cold]
    fn ragged(&self, depth: usize) -> PyErr {
        let detected = &self.shape[..depth.min(self.shape.len())];
        if detected.is_empty() {
            return PyValueError::new_err("setting an array element with a sequence.");
        }
        PyValueError::new_err(format!(
            "setting an array element with a sequence. The requested array has an inhomogeneous shape after {} \
             dimensions. The detected shape was {} + inhomogeneous part.",
            detected.len(),
            shape_text(detected)
        ))
    }

    /// The array, once everything has been found.
    fn fill(self, py: Python<'_>) -> PyResult<Array> {
        if let Some(error) = self.failure {
            return Err(error);
        }
        let dtype = self
            .dtype
            .cloned()
            .or(self.common)
            .unwrap_or(DType::Float64);
        let array =
            Array::empty(&self.shape, &dtype, Order::C).map_err(|error| error.into_py_err(py))?;
        let mut position = 0;
        for leaf in &self.leaves {
            match leaf {
                Leaf::Value(value) => {
                    value.store(array.buffer(), position * dtype.item_size(), &dtype);
                    position += 1;
                }
                Leaf::Array(source) => {
                    let layout = Layout {
                        offset: position * dtype.item_size(),
                        ..Layout::packed(source.shape(), dtype.item_size(), Order::C)
                    };
                    array
                        .with_layout(layout)
                        .assign(source)
                        .map_err(|error| error.into_py_err(py))?;
                    position += source.size();
                }
            }
        }
        Ok(array)
    }
}

#[cold]
fn too_deep() -> PyErr {
    PyValueError::new_err(format!(
        "setting an array element with a sequence. The requested array would exceed the maximum number of dimension of \
         {MAX_DIMS}."
    ))
}

/// The array that a member presents itself as.
fn presented(object: &Bound<'_, PyAny>) -> PyResult<Option<Array>> {
    if ndarray::is_instance(object) {
        return Ok(Some(ndarray::array(object).clone()));
    }
    super::array_protocols(object)
}

#[cold]
fn unsupported(object: &Bound<'_, PyAny>) -> PyErr {
    let kind = match object.get_type().name() {
        Ok(name) => name.to_string(),
        Err(error) => return error,
    };
    let dtype = match kind.as_str() {
        "str" => "U",
        "bytes" => "S",
        _ => "O",
    };
    unsupported_dtype(
        object.py(),
        format!(
            "a '{kind}' object cannot be an element: arrays of dtype('{dtype}') are not supported"
        ),
    )
}
