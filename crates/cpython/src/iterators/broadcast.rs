//! `broadcast`: several arrays as if they had one shape.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use rustsci_array::Array;
use rustsci_array::array::shape_text;
use rustsci_buffer::Shape;
use rustsci_buffer::layout::broadcast_shapes;

use super::flat::FlatIter;
use crate::call::IntoPyErr;
use crate::{coerce, ndarray, scalar};

/// Iterates over the elements of several arrays side by side, each repeated to the shape that they have in common.
#[pyclass(name = "broadcast", module = "rustsci")]
pub(crate) struct Broadcast {
    /// The arrays as they were given, and repeated.
    objects: Vec<Py<PyAny>>,
    arrays: Vec<Array>,
    shape: Shape,
    position: usize,
}

#[pymethods]
impl Broadcast {
    #[new]
    #[pyo3(signature = (*arrays))]
    fn new(arrays: &Bound<'_, PyTuple>) -> PyResult<Self> {
        let py = arrays.py();
        let mut objects = Vec::new();
        for argument in arrays.iter() {
            match argument.cast::<Self>() {
                Ok(other) => objects.extend(
                    other
                        .borrow()
                        .objects
                        .iter()
                        .map(|object| object.clone_ref(py)),
                ),
                Err(_) if ndarray::is_instance(&argument) => objects.push(argument.unbind()),
                Err(_) => {
                    let array = coerce::to_array(&argument, None)?;
                    objects.push(ndarray::wrap(py, array)?.unbind());
                }
            }
        }
        let arrays: Vec<Array> = objects
            .iter()
            .map(|object| ndarray::array(object.bind(py)).clone())
            .collect();
        if arrays.len() > 64 {
            return Err(PyValueError::new_err(format!(
                "Need at least 0 and at most 64 array objects, found {}.",
                arrays.len()
            )));
        }
        let Some(shape) = broadcast_shapes(arrays.iter().map(Array::shape)) else {
            return Err(PyValueError::new_err(mismatch(&arrays)));
        };
        let arrays = arrays
            .iter()
            .map(|array| array.broadcast_to(&shape))
            .collect::<rustsci_array::Result<_>>()
            .map_err(|error| error.into_py_err(py))?;
        Ok(Self {
            objects,
            arrays,
            shape,
            position: 0,
        })
    }

    /// The shape that the arrays have in common.
    #[getter]
    fn shape<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.shape)
    }

    /// The number of axes.
    #[getter]
    fn ndim(&self) -> usize {
        self.shape.len()
    }

    /// The number of axes.
    #[getter]
    fn nd(&self) -> usize {
        self.shape.len()
    }

    /// The number of elements.
    #[getter]
    fn size(&self) -> usize {
        self.shape.iter().product()
    }

    /// The number of arrays.
    #[getter]
    fn numiter(&self) -> usize {
        self.arrays.len()
    }

    /// The position of the next elements.
    #[getter]
    fn index(&self) -> usize {
        self.position
    }

    /// An iterator over each of the repeated arrays.
    #[getter]
    fn iters<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let pairs = self.objects.iter().zip(&self.arrays);
        let iterators = pairs.map(|(object, array)| {
            Bound::new(py, FlatIter::new(object.clone_ref(py), array.clone()))
        });
        PyTuple::new(py, iterators.collect::<PyResult<Vec<_>>>()?)
    }

    /// Begin again.
    fn reset(&mut self) {
        self.position = 0;
    }

    fn __iter__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __next__<'py>(&mut self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyTuple>>> {
        if self.position >= self.size() {
            return Ok(None);
        }
        let position = self.position;
        self.position += 1;
        let values = self
            .arrays
            .iter()
            .map(|array| scalar::object(py, &array.item(position)));
        PyTuple::new(py, values.collect::<PyResult<Vec<_>>>()?).map(Some)
    }
}

/// Which shapes do not fit each other.
fn mismatch(arrays: &[Array]) -> String {
    let mut shape = Shape::new();
    for (i, array) in arrays.iter().enumerate() {
        match broadcast_shapes([&shape[..], array.shape()]) {
            Some(common) => shape = common,
            None => {
                let clashes =
                    |other: &&Array| broadcast_shapes([other.shape(), array.shape()]).is_none();
                let first = arrays.iter().position(|other| clashes(&other)).unwrap_or(0);
                return format!(
                    "shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between arg {first} \
                     with shape {} and arg {i} with shape {}.",
                    shape_text(arrays[first].shape()),
                    shape_text(array.shape())
                );
            }
        }
    }
    "shape mismatch: objects cannot be broadcast to a single shape".to_owned()
}
