//! The places in an `nditer` that indices name.

use pyo3::exceptions::{PyIndexError, PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use rustsci_array::nditer::Cursor;
use rustsci_buffer::Shape;

use super::class::NdIter;
use crate::call::object::index as integer;

impl NdIter {
    /// The place after a number of elements.
    pub(super) fn place_of_position(&self, position: isize) -> PyResult<Cursor> {
        if self.flags.external_loop {
            return Err(PyValueError::new_err(
                "Cannot call GotoIterIndex on an iterator which has the flag EXTERNAL_LOOP",
            ));
        }
        let (begin, end) = self.range;
        let position = usize::try_from(position)
            .ok()
            .filter(|position| (begin..end).contains(position))
            .ok_or_else(|| {
                PyIndexError::new_err(
                    "Iterator GotoIterIndex called with an iterindex outside the iteration range.",
                )
            })?;
        Ok(Cursor::at(&self.axes, position))
    }

    /// A range of elements that may be iterated over.
    pub(super) fn checked_range(&self, range: (isize, isize)) -> PyResult<(usize, usize)> {
        if !self.flags.ranged {
            return Err(PyValueError::new_err(
                "Cannot call ResetToIterIndexRange on an iterator without requesting ranged iteration support in the \
                 constructor",
            ));
        }
        let size = self.axes.size();
        let inside = |place: isize| usize::try_from(place).ok().filter(|&place| place <= size);
        let (Some(begin), Some(end)) = (inside(range.0), inside(range.1)) else {
            return Err(PyValueError::new_err(format!(
                "Out-of-bounds range [{}, {}) passed to ResetToIterIndexRange",
                range.0, range.1
            )));
        };
        if begin > end {
            return Err(PyValueError::new_err(format!(
                "Invalid range [{begin}, {end}) passed to ResetToIterIndexRange"
            )));
        }
        Ok((begin, end))
    }

    /// The place of an index by the axes of the operands.
    pub(super) fn place_of_multi_index(&self, index: &Bound<'_, PyAny>) -> PyResult<Cursor> {
        self.check_multi_index()?;
        let count = index
            .len()
            .map_err(|_| PyTypeError::new_err("multi_index must be set with a sequence"))?;
        let index: Vec<isize> = (0..count)
            .map(|place| integer(&index.get_item(place)?))
            .collect::<PyResult<_>>()?;
        if index.len() != self.axes.ndim() {
            return Err(PyValueError::new_err("Wrong number of indices"));
        }
        let shape = self.axes.shape();
        let inside = |(&place, &length): (&isize, &usize)| {
            usize::try_from(place).ok().filter(|&place| place < length)
        };
        let index: Shape = index
            .iter()
            .zip(&shape)
            .map(inside)
            .collect::<Option<_>>()
            .ok_or_else(|| {
                PyIndexError::new_err(
                    "Iterator GotoMultiIndex called with an out-of-bounds multi-index",
                )
            })?;
        Ok(Cursor::of(&self.axes, self.axes.counters(&index)))
    }

    /// The place of a flat index.
    pub(super) fn place_of_index(&self, flat: isize) -> PyResult<Cursor> {
        self.check_index()?;
        let flat = usize::try_from(flat)
            .ok()
            .filter(|&flat| flat < self.axes.size())
            .ok_or_else(|| {
                PyIndexError::new_err("Iterator GotoIndex called with an out-of-bounds index")
            })?;
        Ok(Cursor::of(&self.axes, self.axes.counters_at(flat)))
    }

    /// The axis of the iteration that an axis of the multi-index is, if it may be taken out.
    pub(super) fn removable_axis(&self, i: isize) -> PyResult<usize> {
        if !self.flags.multi_index {
            return Err(PyRuntimeError::new_err(
                "Iterator RemoveAxis may only be called if a multi-index is being tracked",
            ));
        }
        if self.axes.has_index {
            return Err(PyRuntimeError::new_err(
                "Iterator RemoveAxis may not be called on an iterator which is tracking an index",
            ));
        }
        if self.flags.buffered {
            return Err(PyRuntimeError::new_err(
                "Iterator RemoveAxis may not be called on a buffered iterator",
            ));
        }
        usize::try_from(i)
            .ok()
            .and_then(|axis| {
                self.axes
                    .origins
                    .iter()
                    .position(|origin| origin.axis == axis)
            })
            .ok_or_else(|| PyValueError::new_err("axis out of bounds in iterator RemoveAxis"))
    }
}
