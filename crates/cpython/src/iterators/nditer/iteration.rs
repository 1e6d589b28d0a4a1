//! How an `nditer` goes from element to element, and what it hands out.

use pyo3::exceptions::{PyIndexError, PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use rustsci_array::Array;
use rustsci_array::nditer::Cursor;
use smallvec::SmallVec;

use super::class::NdIter;
use super::setup::Setup;
use super::stretch::{Limits, Stretch};
use crate::call::object::index as integer;
use crate::call::{IntoPyErr, error_state};
use crate::{coerce, ndarray};

type Any<'py> = PyResult<Bound<'py, PyAny>>;

/// Elements of a buffer where nothing is said.
const BUFFER: usize = 8192;

impl NdIter {
    /// An iterator over what was set up.
    pub(super) fn of(py: Python<'_>, setup: Setup, buffersize: Option<isize>) -> PyResult<Self> {
        let Setup {
            operands,
            axes,
            flags,
        } = setup;
        let most = usize::try_from(buffersize.unwrap_or(0)).unwrap_or(0);
        let size = axes.size();
        let mut made = Self {
            limits: Limits {
                most: if most == 0 { BUFFER } else { most },
                buffered: flags.buffered,
                grows: flags.grow_inner,
            },
            range: (0, size),
            cursor: Cursor::at(&axes, 0),
            bases: operands
                .iter()
                .map(|operand| operand.array.layout().offset)
                .collect(),
            operands,
            axes,
            flags,
            stretch: None,
            started: false,
            finished: size == 0,
            delayed: flags.buffered && flags.delayed,
            closed: false,
            child: None,
        };
        if !made.delayed && !made.finished {
            made.load().map_err(|error| error.into_py_err(py))?;
        }
        error_state::settle(py)?;
        Ok(made)
    }

    /// Begins where the elements of an outer iteration lie.
    pub(super) fn rebase(&mut self, py: Python<'_>, offsets: &[usize]) -> PyResult<()> {
        let (moved, bases) = (offsets.iter().zip(&self.bases), self.axes.starts.iter_mut());
        for (start, (&offset, base)) in bases.zip(moved) {
            *start = start.wrapping_add(offset).wrapping_sub(*base);
        }
        self.bases = SmallVec::from_slice(&offsets[..self.operands.len()]);
        self.restart(py)
    }

    /// Where the current elements lie.
    pub(super) fn offsets(&self) -> SmallVec<[usize; 4]> {
        self.place().offsets
    }

    pub(super) fn position(&self) -> usize {
        let within = match &self.stretch {
            Some(stretch) if !self.flags.external_loop => stretch.current,
            _ => 0,
        };
        self.cursor.position + within
    }

    pub(super) fn place(&self) -> Cursor {
        Cursor::at(&self.axes, self.position())
    }

    /// Makes the stretch at the cursor.
    pub(super) fn load(&mut self) -> rustsci_array::Result<()> {
        let left = self.range.1 - self.cursor.position;
        let stretch = Stretch::new(&self.operands, &self.axes, &self.cursor, left, self.limits)?;
        self.stretch = Some(stretch);
        Ok(())
    }

    pub(super) fn flush(&self) -> rustsci_array::Result<()> {
        match &self.stretch {
            Some(stretch) => stretch.flush(&self.operands),
            None => Ok(()),
        }
    }

    pub(super) fn go_to(&mut self, py: Python<'_>, cursor: Cursor) -> PyResult<()> {
        self.check_open()?;
        let moved = self.flush().and_then(|()| {
            self.cursor = cursor;
            self.load()
        });
        moved.map_err(|error| error.into_py_err(py))?;
        (self.started, self.finished, self.delayed) = (false, false, false);
        error_state::settle(py)?;
        self.tell_child(py)
    }

    pub(super) fn restart(&mut self, py: Python<'_>) -> PyResult<()> {
        self.check_open()?;
        let (begin, end) = self.range;
        if begin < end {
            return self.go_to(py, Cursor::at(&self.axes, begin));
        }
        self.flush().map_err(|error| error.into_py_err(py))?;
        self.stretch = None;
        (self.started, self.finished) = (false, true);
        error_state::settle(py)
    }

    /// Goes on to the next element or stretch, if there is one.
    pub(super) fn advance(&mut self, py: Python<'_>) -> PyResult<bool> {
        self.check_delayed()?;
        let Some(stretch) = &mut self.stretch else {
            return Ok(false);
        };
        if !self.flags.external_loop && stretch.current + 1 < stretch.count {
            stretch.current += 1;
        } else {
            let next = self.cursor.position + stretch.count;
            self.flush().map_err(|error| error.into_py_err(py))?;
            if next >= self.range.1 {
                self.cursor.position = self.range.1;
                self.stretch = None;
                self.finished = true;
                error_state::settle(py)?;
                return Ok(false);
            }
            self.cursor = Cursor::at(&self.axes, next);
            self.load().map_err(|error| error.into_py_err(py))?;
            error_state::settle(py)?;
        }
        self.tell_child(py)?;
        Ok(true)
    }

    pub(super) fn tell_child(&self, py: Python<'_>) -> PyResult<()> {
        match &self.child {
            Some(child) => child.bind(py).try_borrow_mut()?.rebase(py, &self.offsets()),
            None => Ok(()),
        }
    }

    /// Writes back what is in buffers and copies.
    pub(super) fn finish(&mut self) -> rustsci_array::Result<()> {
        if self.closed {
            return Ok(());
        }
        self.closed = true;
        self.flush()?;
        self.stretch = None;
        for operand in &self.operands {
            if let Some(original) = &operand.original {
                original.assign(&operand.array)?;
            }
        }
        Ok(())
    }

    /// What is handed out of an operand.
    pub(super) fn view(&self, number: usize) -> PyResult<Array> {
        let stretch = self.stretch.as_ref().ok_or_else(past_the_end)?;
        let view = stretch.view(number, self.flags.external_loop);
        Ok(if self.operands[number].use_.write {
            view
        } else {
            view.readonly()
        })
    }

    pub(super) fn element<'py>(&self, py: Python<'py>, number: usize) -> Any<'py> {
        let view = self.view(number)?;
        match &self.stretch {
            Some(stretch) if stretch.is_buffer(number) => ndarray::wrap(py, view),
            _ => ndarray::wrap_view(self.operands[number].object.bind(py), view),
        }
    }

    pub(super) fn elements<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let all = (0..self.operands.len()).map(|number| self.element(py, number));
        PyTuple::new(py, all.collect::<PyResult<Vec<_>>>()?)
    }

    /// Sets the current elements of an operand.
    pub(super) fn set(&self, number: usize, value: &Bound<'_, PyAny>) -> PyResult<()> {
        let py = value.py();
        if !self.operands[number].use_.write {
            return Err(PyRuntimeError::new_err(format!(
                "Iterator operand {number} is not writeable"
            )));
        }
        let target = self.view(number)?;
        let value = coerce::for_assignment(value, target.dtype())?;
        target
            .assign(&value)
            .map_err(|error| error.into_py_err(py))?;
        error_state::settle(py)
    }

    /// The operand that an index names.
    pub(super) fn number(&self, index: &Bound<'_, PyAny>) -> PyResult<usize> {
        let number = integer(index)
            .map_err(|_| PyTypeError::new_err("invalid index type for iterator indexing"))?;
        let count = self.operands.len() as isize;
        let from_start = if number < 0 { number + count } else { number };
        if (0..count).contains(&from_start) {
            return Ok(from_start as usize);
        }
        Err(PyIndexError::new_err(format!(
            "Iterator operand index {number} is out of bounds"
        )))
    }

    pub(super) fn check_open(&self) -> PyResult<()> {
        if self.closed {
            return Err(PyValueError::new_err("Iterator is invalid"));
        }
        Ok(())
    }

    pub(super) fn check_delayed(&self) -> PyResult<()> {
        if self.delayed {
            return Err(PyValueError::new_err(
                "Iterator construction used delayed buffer allocation, and no reset has been done yet",
            ));
        }
        Ok(())
    }

    pub(super) fn check_place(&self) -> PyResult<()> {
        if self.closed || self.finished {
            return Err(past_the_end());
        }
        self.check_delayed()
    }

    pub(super) fn check_index(&self) -> PyResult<()> {
        if self.axes.has_index {
            return Ok(());
        }
        Err(PyValueError::new_err("Iterator does not have an index"))
    }

    pub(super) fn check_multi_index(&self) -> PyResult<()> {
        if self.flags.multi_index {
            return Ok(());
        }
        Err(PyValueError::new_err(
            "Iterator is not tracking a multi-index",
        ))
    }
}

impl Drop for NdIter {
    fn drop(&mut self) {
        // Nobody is left to be told of an error.
        let _ = self.finish();
    }
}

#[cold]
pub(super) fn past_the_end() -> PyErr {
    PyValueError::new_err("Iterator is past the end")
}
