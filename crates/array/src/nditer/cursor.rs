//! A place in an iteration.

use rustsci_buffer::{Shape, Strides};
use smallvec::SmallVec;

use super::Axes;

/// A place in an iteration: how far it is along each axis, and where the operands' elements lie.
#[derive(Clone, Debug)]
pub struct Cursor {
    /// Steps taken along each axis.
    pub counters: Shape,
    /// Where the element of each operand lies in its buffer.
    pub offsets: SmallVec<[usize; 4]>,
    /// How many elements were passed.
    pub position: usize,
}

impl Cursor {
    /// The place after a number of elements, which must not be all of them.
    pub fn at(axes: &Axes, position: usize) -> Self {
        let mut counters = Shape::from_elem(0, axes.ndim());
        let mut rest = position;
        for (counter, &length) in counters.iter_mut().zip(&axes.lengths).rev() {
            *counter = rest % length.max(1);
            rest /= length.max(1);
        }
        Self::of(axes, counters)
    }

    /// The place that is so many steps along each axis.
    pub fn of(axes: &Axes, counters: Shape) -> Self {
        let mut position = 0;
        for (counter, length) in counters.iter().zip(&axes.lengths) {
            position = position * length + counter;
        }
        let offset = |(steps, start): (&Strides, &usize)| {
            steps
                .iter()
                .zip(&counters)
                .fold(*start, |offset, (step, &counter)| {
                    offset.wrapping_add_signed(step * counter as isize)
                })
        };
        let offsets = axes.steps.iter().zip(&axes.starts).map(offset).collect();
        Self {
            counters,
            offsets,
            position,
        }
    }
}
