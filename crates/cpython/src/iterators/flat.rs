//! `ndarray.flat`: all elements in C order, as an iterator that can also be indexed.

use pyo3::IntoPyObjectExt;
use pyo3::exceptions::{
    PyDeprecationWarning, PyIndexError, PyRuntimeError, PyTypeError, PyValueError,
};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyEllipsis, PyInt, PyList, PyTuple};
use rustsci_array::indexing::{self, Index};
use rustsci_array::{Array, DType, Order, Scalar};
use smallvec::SmallVec;

use crate::call::{IntoPyErr, error_state};
use crate::{coerce, ndarray, scalar};

/// An iterator over all elements of an array in C order, and the array as if it had one axis.
#[pyclass(name = "flatiter", module = "rustsci")]
pub(crate) struct FlatIter {
    base: Py<PyAny>,
    array: Array,
    position: usize,
}

/// The most axes of an array that has such an iterator, as in NumPy.
const MOST_AXES: usize = 32;

/// The iterator over an array.
pub(crate) fn flat<'py>(own: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let ndim = ndarray::array(own).ndim();
    if ndim > MOST_AXES {
        return Err(PyRuntimeError::new_err(format!(
            "this function only supports up to {MOST_AXES} dimensions but the array has {ndim}."
        )));
    }
    FlatIter {
        base: own.clone().unbind(),
        array: ndarray::array(own).clone(),
        position: 0,
    }
    .into_bound_py_any(own.py())
}

/// Sets all elements from values that are repeated as needed.
pub(crate) fn set_flat<'py>(own: &Bound<'py, PyAny>, value: &Bound<'py, PyAny>) -> PyResult<()> {
    let array = ndarray::array(own).clone();
    let everything = (0..array.size()).collect::<Vec<_>>();
    set(&array, &everything, value)
}

/// Writes values, repeated as needed, to the elements at positions.
fn set(array: &Array, positions: &[usize], value: &Bound<'_, PyAny>) -> PyResult<()> {
    array
        .check_writeable("assignment destination")
        .map_err(|error| error.into_py_err(value.py()))?;
    let values = coerce::for_picks(value, array.dtype())?;
    if values.size() == 0 {
        if positions.is_empty() {
            return Ok(());
        }
        return Err(PyValueError::new_err(
            "Cannot set elements from an empty sequence",
        ));
    }
    let values = values
        .as_dtype(array.dtype())
        .and_then(|values| values.apart_from(array))
        .map_err(|error| error.into_py_err(value.py()))?;
    for (i, &position) in positions.iter().enumerate() {
        array.set_item(position, &values.item(i % values.size()));
    }
    error_state::settle(value.py())
}

#[cold]
fn not_an_index() -> PyErr {
    PyIndexError::new_err(
        "only integers, slices (`:`), ellipsis (`...`) and integer or boolean arrays are valid indices",
    )
}

fn warn(py: Python<'_>, message: &std::ffi::CStr) -> PyResult<()> {
    PyErr::warn(py, &py.get_type::<PyDeprecationWarning>(), message, 1)
}

/// A list of numbers that are no integers, as positions: understood for now.
fn deprecated(index: &Bound<'_, PyAny>) -> PyResult<Option<Array>> {
    let py = index.py();
    if ndarray::is_instance(index) || !index.is_instance_of::<PyList>() {
        return Ok(None);
    }
    let Ok(array) = coerce::to_array(index, None) else {
        return Ok(None);
    };
    warn(py, c"Invalid non-array indices for iterator objects are deprecated and will be removed in a future version.")?;
    array
        .as_dtype(&DType::Int64)
        .map(Some)
        .map_err(|error| error.into_py_err(py))
}

impl FlatIter {
    /// An iterator over what `array` shows of `base`.
    pub(super) fn new(base: Py<PyAny>, array: Array) -> Self {
        Self {
            base,
            array,
            position: 0,
        }
    }

    /// The positions that an index selects, and whether it selects exactly one element.
    fn positions(&self, index: &Bound<'_, PyAny>) -> PyResult<(Vec<usize>, Option<Array>)> {
        let py = index.py();
        let index = match index.cast::<PyTuple>() {
            Ok(tuple) if tuple.len() == 1 => tuple.get_item(0)?,
            Ok(tuple) if tuple.is_empty() => py.Ellipsis().into_bound(py),
            Ok(tuple) => {
                return Err(PyIndexError::new_err(format!(
                    "too many indices for flat iterator: flat iterator is 1-dimensional, but {} were indexed",
                    tuple.len()
                )));
            }
            Err(_) => index.clone(),
        };
        let size = self.array.size();
        if index.is_instance_of::<PyEllipsis>() {
            return Ok(((0..size).collect(), None));
        }
        let items = match ndarray::parse_index(&index) {
            Ok(items) => items,
            Err(error) => {
                let Some(positions) = deprecated(&index)? else {
                    return Err(error);
                };
                SmallVec::from_iter([Index::Array(positions)])
            }
        };
        let [item] = &items[..] else {
            return Err(PyIndexError::new_err("unsupported iterator index"));
        };
        match item {
            Index::Int(position) => {
                let from_front = if *position < 0 {
                    position + size as isize
                } else {
                    *position
                };
                if from_front < 0 || from_front >= size as isize {
                    return Err(PyIndexError::new_err(format!(
                        "index {position} is out of bounds for size {size}"
                    )));
                }
                return Ok((vec![from_front as usize], None));
            }
            Index::Bool(truth) => {
                warn(
                    py,
                    c"0-dimensional boolean index is deprecated and may be removed in a future version.",
                )?;
                let count = if *truth { size.min(1) } else { 0 };
                return Ok(((0..count).collect(), None));
            }
            Index::NewAxis | Index::Ellipsis => return Err(not_an_index()),
            Index::Array(mask) if *mask.dtype() == DType::Bool => {
                if !ndarray::is_instance(&index) {
                    return Err(PyIndexError::new_err(
                        "boolean indices for iterators are not supported because of previous behavior that was confusing \
                         (and different from boolean indexing elsewhere)",
                    ));
                }
                if mask.shape() != [size] {
                    return Err(PyIndexError::new_err(format!(
                        "boolean index did not match indexed flat iterator along dimension 0; iterator size is {size} but \
                         corresponding boolean dimension is {}",
                        mask.shape()[0]
                    )));
                }
            }
            Index::Slice { .. } | Index::Array(_) => {}
        }
        let step = Array::arange(&Scalar::Int64(0), &Scalar::Int64(1), size, &DType::Int64);
        let found = step
            .and_then(|all| indexing::get(&all, &items))
            .map_err(|error| error.into_py_err(py))?;
        let positions = found
            .to_vec::<i64>()
            .map_err(|error| error.into_py_err(py))?;
        Ok((
            positions
                .into_iter()
                .map(|position| position as usize)
                .collect(),
            Some(found),
        ))
    }
}

impl FlatIter {
    /// Sets a single element.
    fn set_one(&self, position: usize, value: &Bound<'_, PyAny>) -> PyResult<()> {
        let py = value.py();
        self.array
            .check_writeable("assignment destination")
            .map_err(|error| error.into_py_err(py))?;
        let Ok(value) = coerce::element(value, self.array.dtype()) else {
            return Err(PyValueError::new_err("Error setting single item of array."));
        };
        self.array.set_item(position, &value);
        error_state::settle(py)
    }
}

#[pymethods]
impl FlatIter {
    fn __iter__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __next__<'py>(&mut self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        if self.position >= self.array.size() {
            return Ok(None);
        }
        let value = self.array.item(self.position);
        self.position += 1;
        scalar::object(py, &value).map(Some)
    }

    fn __len__(&self) -> usize {
        self.array.size()
    }

    fn __getitem__<'py>(&self, index: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = index.py();
        let (positions, found) = self.positions(index)?;
        let single = !index.is_instance_of::<PyBool>() && !index.is_instance_of::<PyTuple>();
        if found.is_none()
            && single
            && !index.is_instance_of::<PyEllipsis>()
            && positions.len() == 1
        {
            return scalar::object(py, &self.array.item(positions[0]));
        }
        let shape = match &found {
            Some(found) => found.shape().to_vec(),
            None => vec![positions.len()],
        };
        let result = Array::empty(&shape, self.array.dtype(), Order::C)
            .map_err(|error| error.into_py_err(py))?;
        for (i, &position) in positions.iter().enumerate() {
            result.set_item(i, &self.array.item(position));
        }
        ndarray::wrap(py, result)
    }

    fn __setitem__(&self, index: &Bound<'_, PyAny>, value: &Bound<'_, PyAny>) -> PyResult<()> {
        if index.cast::<PyTuple>().is_ok_and(|tuple| tuple.is_empty()) {
            return Err(PyIndexError::new_err(
                "Assigning to a flat iterator with a 0-D index is not supported",
            ));
        }
        let (positions, _) = self.positions(index)?;
        if index.is_instance_of::<PyInt>() && !index.is_instance_of::<PyBool>() {
            return self.set_one(positions[0], value);
        }
        set(&self.array, &positions, value)
    }

    fn __delitem__(&self, _index: &Bound<'_, PyAny>) -> PyResult<()> {
        Err(PyTypeError::new_err("Cannot delete iterator elements"))
    }

    /// The array that is iterated over.
    #[getter]
    fn base<'py>(&self, py: Python<'py>) -> Bound<'py, PyAny> {
        self.base.bind(py).clone()
    }

    /// The position of the next element.
    #[getter]
    fn index(&self) -> usize {
        self.position
    }

    /// The indices of the next element.
    #[getter]
    fn coords<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let mut rest = self.position;
        let mut indices = vec![0; self.array.ndim()];
        for (axis, &n) in self.array.shape().iter().enumerate().rev() {
            if axis == 0 {
                indices[axis] = rest;
            } else if n > 0 {
                indices[axis] = rest % n;
                rest /= n;
            }
        }
        PyTuple::new(py, indices)
    }

    /// Return the elements as an array of one axis.
    fn copy<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let flat = self
            .array
            .copied(Order::C)
            .and_then(|copy| copy.reshaped(&[copy.size()], Order::C))
            .map_err(|error| error.into_py_err(py))?;
        ndarray::wrap(py, flat)
    }

    #[pyo3(signature = (dtype=None, *, copy=None))]
    fn __array__<'py>(
        &self,
        py: Python<'py>,
        dtype: Option<&Bound<'py, PyAny>>,
        copy: Option<bool>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let size = [self.array.size()];
        let view = self.array.reshaped_view(&size, Order::C);
        let array = match view {
            Some(view) if copy != Some(true) => ndarray::wrap_view(self.base.bind(py), view)?,
            None if copy == Some(false) => {
                return Err(PyValueError::new_err(
                    "Unable to avoid copy while creating an array as requested.",
                ));
            }
            // Writing to a copy would be in vain.
            _ => {
                let copy = self.copy(py)?;
                copy.call_method1("setflags", (false,))?;
                copy
            }
        };
        match dtype {
            Some(dtype) => array.call_method1("astype", (dtype,)),
            None => Ok(array),
        }
    }

    fn __richcmp__<'py>(
        &self,
        other: &Bound<'py, PyAny>,
        operation: pyo3::basic::CompareOp,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.copy(other.py())?.rich_compare(other, operation)
    }

    fn __hash__(&self) -> PyResult<isize> {
        Err(PyTypeError::new_err("unhashable type: 'rustsci.flatiter'"))
    }
}
