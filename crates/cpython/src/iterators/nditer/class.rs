//! The class `nditer`.

use pyo3::exceptions::{PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PySlice, PyTuple};
use rustsci_array::nditer::{Axes, Cursor};
use rustsci_buffer::Layout;
use smallvec::SmallVec;

use super::iteration::past_the_end;
use super::operands::Operand;
use super::options::Flags;
use super::setup::{Arguments, Setup};
use super::stretch::{Limits, Stretch};
use crate::call::{IntoPyErr, error_state};
use crate::dtype;
use crate::ndarray;

type Any<'py> = PyResult<Bound<'py, PyAny>>;

/// Iterates over the elements of several arrays at once, each repeated to the shape that they have in common, in an order
/// that suits their memory.
#[pyclass(name = "nditer", module = "rustsci")]
pub(crate) struct NdIter {
    pub(super) operands: Vec<Operand>,
    pub(super) axes: Axes,
    pub(super) flags: Flags,
    pub(super) limits: Limits,
    pub(super) range: (usize, usize),
    /// The first place of the current stretch.
    pub(super) cursor: Cursor,
    pub(super) stretch: Option<Stretch>,
    pub(super) started: bool,
    pub(super) finished: bool,
    /// Whether buffers are yet to be made.
    pub(super) delayed: bool,
    pub(super) closed: bool,
    /// Where the operands lie that the axes begin in, or the elements of an outer iteration.
    pub(super) bases: SmallVec<[usize; 4]>,
    /// The iterator over further axes that begins where this one is.
    pub(super) child: Option<Py<NdIter>>,
}

#[pymethods]
impl NdIter {
    #[new]
    #[pyo3(signature = (op, flags=None, op_flags=None, op_dtypes=None, order=None, casting=None, op_axes=None, itershape=None, buffersize=None))]
    #[allow(clippy::too_many_arguments, reason = "they are NumPy's")]
    fn new(
        op: &Bound<'_, PyAny>,
        flags: Option<&Bound<'_, PyAny>>,
        op_flags: Option<&Bound<'_, PyAny>>,
        op_dtypes: Option<&Bound<'_, PyAny>>,
        order: Option<&Bound<'_, PyAny>>,
        casting: Option<&Bound<'_, PyAny>>,
        op_axes: Option<&Bound<'_, PyAny>>,
        itershape: Option<&Bound<'_, PyAny>>,
        buffersize: Option<isize>,
    ) -> PyResult<Self> {
        let setup = Setup::new(&Arguments {
            op,
            flags,
            op_flags,
            op_dtypes,
            order: super::order(order)?,
            casting: super::casting(casting)?,
            op_axes,
            itershape,
        })?;
        Self::of(op.py(), setup, buffersize)
    }

    /// The number of operands.
    #[getter]
    fn nop(&self) -> usize {
        self.operands.len()
    }

    fn __len__(&self) -> usize {
        self.operands.len()
    }

    /// The number of axes that are iterated over.
    #[getter]
    fn ndim(&self) -> usize {
        self.axes.ndim()
    }

    /// The shape that is iterated over: by the axes of the multi-index if that is tracked, else the fastest axis first.
    #[getter]
    fn shape<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        if self.closed || self.finished {
            return Err(past_the_end());
        }
        if self.flags.multi_index {
            PyTuple::new(py, self.axes.shape())
        } else {
            PyTuple::new(py, self.axes.lengths.iter().rev())
        }
    }

    /// The number of elements.
    #[getter]
    fn itersize(&self) -> usize {
        self.axes.size()
    }

    /// The arrays that are iterated over.
    #[getter]
    fn operands<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.check_open()?;
        PyTuple::new(
            py,
            self.operands.iter().map(|operand| operand.object.bind(py)),
        )
    }

    /// What the elements of each operand are handed out as.
    #[getter]
    fn dtypes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(
            py,
            self.operands
                .iter()
                .map(|operand| dtype::object(py, &operand.dtype)),
        )
    }

    /// The operands as they are iterated over: with the iteration's axes, slowest first.
    #[getter]
    fn itviews<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.check_open()?;
        if self.flags.buffered {
            return Err(PyValueError::new_err(
                "cannot provide an iterator view when buffering is enabled",
            ));
        }
        let view = |(number, operand): (usize, &Operand)| {
            let layout = Layout {
                shape: self.axes.lengths[..].into(),
                strides: self.axes.steps[number][..].into(),
                offset: self.axes.starts[number],
            };
            ndarray::wrap_view(operand.object.bind(py), operand.array.with_layout(layout))
        };
        let views = self.operands.iter().enumerate().map(view);
        PyTuple::new(py, views.collect::<PyResult<Vec<_>>>()?)
    }

    /// Whether all elements were passed.
    #[getter]
    fn finished(&self) -> bool {
        self.finished
    }

    /// Whether a flat index is tracked.
    #[getter]
    fn has_index(&self) -> bool {
        self.axes.has_index
    }

    /// Whether a multi-index is tracked.
    #[getter]
    fn has_multi_index(&self) -> bool {
        self.flags.multi_index
    }

    /// Whether buffers are yet to be made, by `reset`.
    #[getter]
    fn has_delayed_bufalloc(&self) -> bool {
        self.delayed
    }

    /// Whether elements are Python objects; they never are.
    #[getter]
    fn iterationneedsapi(&self) -> bool {
        false
    }

    /// How many elements were passed.
    #[getter]
    fn get_iterindex(&self) -> PyResult<usize> {
        if self.closed || self.finished {
            return Err(past_the_end());
        }
        Ok(self.position())
    }

    #[setter]
    fn set_iterindex(&mut self, py: Python<'_>, position: isize) -> PyResult<()> {
        let place = self.place_of_position(position)?;
        self.go_to(py, place)
    }

    /// The first element of the range that is iterated over, and the one after the last.
    #[getter]
    fn get_iterrange(&self) -> (usize, usize) {
        self.range
    }

    #[setter]
    fn set_iterrange(&mut self, py: Python<'_>, range: (isize, isize)) -> PyResult<()> {
        self.range = self.checked_range(range)?;
        self.restart(py)
    }

    /// The index of the current element by the axes of the operands.
    #[getter]
    fn get_multi_index<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.check_multi_index()?;
        self.check_place()?;
        PyTuple::new(py, self.axes.multi_index(&self.place().counters))
    }

    #[setter]
    fn set_multi_index(&mut self, py: Python<'_>, index: &Bound<'_, PyAny>) -> PyResult<()> {
        let place = self.place_of_multi_index(index)?;
        self.go_to(py, place)
    }

    /// The index of the current element in an array of this shape, flattened.
    #[getter]
    fn get_index(&self) -> PyResult<usize> {
        self.check_index()?;
        self.check_place()?;
        Ok(self.place().offsets[self.operands.len()])
    }

    #[setter]
    fn set_index(&mut self, py: Python<'_>, flat: isize) -> PyResult<()> {
        let place = self.place_of_index(flat)?;
        self.go_to(py, place)
    }

    /// The current elements: an array without axes for each operand, or with one in an external loop.
    #[getter]
    fn value<'py>(&self, py: Python<'py>) -> Any<'py> {
        self.check_place()?;
        if self.operands.len() == 1 {
            return self.element(py, 0);
        }
        Ok(self.elements(py)?.into_any())
    }

    fn __getitem__<'py>(&self, py: Python<'py>, index: &Bound<'py, PyAny>) -> Any<'py> {
        self.check_place()?;
        if index.is_instance_of::<PySlice>() {
            check_step(index)?;
            return self.elements(py)?.into_any().get_item(index);
        }
        self.element(py, self.number(index)?)
    }

    fn __setitem__(&self, index: &Bound<'_, PyAny>, value: &Bound<'_, PyAny>) -> PyResult<()> {
        self.check_place()?;
        if !index.is_instance_of::<PySlice>() {
            return self.set(self.number(index)?, value);
        }
        check_step(index)?;
        let numbers = PyTuple::new(value.py(), 0..self.operands.len())?;
        let numbers = numbers.into_any().get_item(index)?;
        if numbers.len()? != value.len()? {
            return Err(PyValueError::new_err(
                "Wrong length to assign to iterator slice",
            ));
        }
        for place in 0..value.len()? {
            self.set(numbers.get_item(place)?.extract()?, &value.get_item(place)?)?;
        }
        Ok(())
    }

    fn __delitem__(&self, _index: &Bound<'_, PyAny>) -> PyResult<()> {
        Err(PyTypeError::new_err("Cannot delete iterator elements"))
    }

    fn __iter__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __next__<'py>(&mut self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        if self.closed || self.finished {
            return Ok(None);
        }
        if self.started {
            if !self.advance(py)? {
                return Ok(None);
            }
        } else {
            self.started = true;
        }
        self.value(py).map(Some)
    }

    /// Go on to the next element, and tell whether there is one.
    fn iternext(&mut self, py: Python<'_>) -> PyResult<bool> {
        if self.closed || self.finished {
            return Ok(false);
        }
        self.advance(py)
    }

    /// Begin again.
    fn reset(&mut self, py: Python<'_>) -> PyResult<()> {
        self.check_open()?;
        self.delayed = false;
        self.restart(py)
    }

    /// Write back what was copied; the iterator is of no use afterwards.
    fn close(&mut self, py: Python<'_>) -> PyResult<()> {
        self.finish().map_err(|error| error.into_py_err(py))?;
        error_state::settle(py)
    }

    fn __enter__(slf: Bound<'_, Self>) -> PyResult<Bound<'_, Self>> {
        if slf.borrow().closed {
            return Err(PyRuntimeError::new_err(
                "operation on non-initialized iterator",
            ));
        }
        Ok(slf)
    }

    #[pyo3(signature = (*_exception))]
    fn __exit__(&mut self, py: Python<'_>, _exception: &Bound<'_, PyTuple>) -> PyResult<()> {
        self.close(py)
    }

    /// A copy, at the same place.
    fn copy(&self, py: Python<'_>) -> PyResult<Self> {
        self.check_open()?;
        let operands = self.operands.iter().map(|operand| Operand {
            object: operand.object.clone_ref(py),
            array: operand.array.clone(),
            dtype: operand.dtype.clone(),
            use_: operand.use_,
            original: operand.original.clone(),
        });
        let mut copy = Self {
            operands: operands.collect(),
            axes: self.axes.clone(),
            cursor: self.place(),
            bases: self.bases.clone(),
            stretch: None,
            child: None,
            ..*self
        };
        if !copy.finished && !copy.delayed {
            copy.load().map_err(|error| error.into_py_err(py))?;
        }
        Ok(copy)
    }

    fn __copy__(&self, py: Python<'_>) -> PyResult<Self> {
        self.copy(py)
    }

    /// Take an axis of the multi-index out of the iteration, and begin again.
    fn remove_axis(&mut self, py: Python<'_>, i: isize) -> PyResult<()> {
        let axis = self.removable_axis(i)?;
        self.axes.remove(axis);
        self.range = (0, self.axes.size());
        self.restart(py)
    }

    /// Track no multi-index any longer, which lets axes be joined, and begin again.
    fn remove_multi_index(&mut self, py: Python<'_>) -> PyResult<()> {
        if self.flags.multi_index {
            self.flags.multi_index = false;
            self.axes.coalesce();
        }
        self.restart(py)
    }

    /// Hand out stretches of elements, and begin again.
    fn enable_external_loop(&mut self, py: Python<'_>) -> PyResult<()> {
        let flags = Flags {
            external_loop: true,
            ..self.flags
        };
        flags.check_external_loop()?;
        self.flags = flags;
        self.restart(py)
    }

    /// Print how the iterator is set up.
    fn debug_print(&self, py: Python<'_>) -> PyResult<()> {
        let text = format!("{:#?}\n{:#?}", self.flags, self.axes);
        py.import("builtins")?.getattr("print")?.call1((text,))?;
        Ok(())
    }
}

fn check_step(slice: &Bound<'_, PyAny>) -> PyResult<()> {
    let step = slice.getattr("step")?;
    if !step.is_none() && !step.eq(1)? {
        return Err(PyValueError::new_err(
            "Iterator slicing only supports a step of 1",
        ));
    }
    Ok(())
}
