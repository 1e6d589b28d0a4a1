//! A stretch of elements that is handed out as one.

use rustsci_buffer::Shape;

use super::{Axes, Cursor};

/// The elements from a place on: all of some inner axes, and a part of the next one.
#[derive(Clone, Debug)]
pub struct Chunk {
    /// The lengths along the part of an axis and the whole inner axes.
    pub shape: Shape,
    /// The first of the axes that it goes along.
    pub first: usize,
    /// The number of elements.
    pub count: usize,
}

impl Chunk {
    /// The longest chunk from a place on that has at most `limit` elements, and goes along the innermost axis only if that
    /// is asked for.
    pub fn new(axes: &Axes, cursor: &Cursor, limit: usize, innermost: bool) -> Self {
        let mut first = axes.ndim();
        let mut whole = 1;
        // Inner axes that begin here and fit as a whole.
        while first > 0
            && !(innermost && first < axes.ndim())
            && cursor.counters[first - 1] == 0
            && whole * axes.lengths[first - 1] <= limit
        {
            first -= 1;
            whole *= axes.lengths[first];
        }
        let mut shape = Shape::from(&axes.lengths[first..]);
        let mut count = whole;
        let partial = first > 0 && !(innermost && first < axes.ndim());
        if partial {
            first -= 1;
            let left = axes.lengths[first] - cursor.counters[first];
            let part = left.min((limit / whole).max(1));
            shape.insert(0, part);
            count *= part;
        }
        Self {
            shape,
            first,
            count,
        }
    }

    /// An operand's steps along the chunk.
    pub fn steps<'a>(&self, axes: &'a Axes, operand: usize) -> &'a [isize] {
        &axes.steps[operand][self.first..]
    }

    /// The one step that leads an operand through the chunk, if there is one.
    pub fn step(&self, axes: &Axes, operand: usize) -> Option<isize> {
        let steps = self.steps(axes, operand);
        let mut longer = self
            .shape
            .iter()
            .zip(steps)
            .rev()
            .filter(|(length, _)| **length > 1);
        let Some((&length, &step)) = longer.next() else {
            return Some(steps.last().copied().unwrap_or(0));
        };
        let mut passed = step * length as isize;
        for (&length, &outer) in longer {
            if outer != passed {
                return None;
            }
            passed = outer * length as isize;
        }
        Some(step)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Visit;
    use super::*;
    use crate::{Array, DType, Order};

    fn chunks(shape: &[usize], limit: usize) -> Vec<usize> {
        let a = Array::zeros(shape, &DType::Int64, Order::F).expect("there is memory");
        let axes = Axes::new(shape, &[a], Visit::C, None);
        let mut place = 0;
        let mut counts = Vec::new();
        while place < axes.size() {
            let chunk = Chunk::new(&axes, &Cursor::at(&axes, place), limit, false);
            counts.push(chunk.count);
            place += chunk.count;
        }
        counts
    }

    #[test]
    fn chunks_end_where_an_axis_does() {
        assert_eq!(chunks(&[2, 3], 4), [3, 3]);
        assert_eq!(chunks(&[2, 3], 6), [6]);
        assert_eq!(chunks(&[4, 3], 6), [6, 6]);
        assert_eq!(chunks(&[5], 2), [2, 2, 1]);
        assert_eq!(chunks(&[], 2), [1]);
    }
}
