//! The axes of an iteration.

use rustsci_buffer::layout::packed_strides;
use rustsci_buffer::{Shape, Strides};
use smallvec::SmallVec;

use super::Visit;
use crate::array::agreed_order;
use crate::{Array, Order};

/// Which axis of the multi-index an axis of the iteration is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The axis.
    pub axis: usize,
    /// Whether it is run through from its end.
    pub reversed: bool,
}

/// The axes of an iteration, slowest first, and how the operands step along them.
///
/// A flat index that is tracked is one more operand after the others, whose elements lie where the index says.
#[derive(Clone, Debug)]
pub struct Axes {
    /// The number of steps along each.
    pub lengths: Shape,
    /// The bytes of a step, by operand, then by axis.
    pub steps: SmallVec<[Strides; 3]>,
    /// Where each operand's first element lies in its buffer.
    pub starts: SmallVec<[usize; 4]>,
    /// Whether the last of these is a flat index.
    pub has_index: bool,
    /// Which axes of the multi-index these are.
    pub origins: SmallVec<[Origin; 6]>,
}

impl Axes {
    /// The axes for operands that are broadcast to one shape already, and for a flat index in that order if one is given.
    pub fn new(shape: &[usize], operands: &[Array], visit: Visit, index: Option<Order>) -> Self {
        let ndim = shape.len();
        let order: Shape = match visit {
            Visit::C => (0..ndim).collect(),
            Visit::F => (0..ndim).rev().collect(),
            Visit::Memory { .. } => {
                let operands: SmallVec<[&Array; 3]> = operands.iter().collect();
                agreed_order(ndim, &operands)
            }
        };
        let along = |strides: &[isize]| order.iter().map(|&axis| strides[axis]).collect();
        let mut axes = Self {
            lengths: order.iter().map(|&axis| shape[axis]).collect(),
            steps: operands
                .iter()
                .map(|operand| along(operand.strides()))
                .collect(),
            starts: operands
                .iter()
                .map(|operand| operand.layout().offset)
                .collect(),
            has_index: index.is_some(),
            origins: order
                .iter()
                .map(|&axis| Origin {
                    axis,
                    reversed: false,
                })
                .collect(),
        };
        if let Some(index) = index {
            axes.steps.push(along(&packed_strides(shape, 1, index)));
            axes.starts.push(0);
        }
        if visit == (Visit::Memory { turn: true }) && axes.size() > 0 {
            axes.turn_round();
        }
        axes
    }

    /// The number of axes.
    pub fn ndim(&self) -> usize {
        self.lengths.len()
    }

    /// The number of elements.
    pub fn size(&self) -> usize {
        self.lengths.iter().product()
    }

    /// Runs through axes along which no operand steps forwards, and one backwards, from their ends.
    fn turn_round(&mut self) {
        for axis in 0..self.ndim() {
            let operands = self.steps.len() - usize::from(self.has_index);
            let steps = || self.steps[..operands].iter().map(|steps| steps[axis]);
            if steps().any(|step| step > 0) || steps().all(|step| step == 0) {
                continue;
            }
            let last = self.lengths[axis] as isize - 1;
            for (steps, start) in self.steps.iter_mut().zip(&mut self.starts) {
                *start = start.wrapping_add_signed(steps[axis] * last);
                steps[axis] = -steps[axis];
            }
            self.origins[axis].reversed = true;
        }
    }

    /// Joins neighbouring axes that every operand steps along as along one. What the multi-index was is lost.
    pub fn coalesce(&mut self) {
        let mut axis = self.ndim();
        while axis > 1 && self.ndim() > 1 {
            axis -= 1;
            let (outer, inner) = (axis - 1, axis);
            let joins = |steps: &Strides| {
                self.lengths[outer] == 1
                    || self.lengths[inner] == 1
                    || steps[outer] == steps[inner] * self.lengths[inner] as isize
            };
            if !self.steps.iter().all(joins) {
                continue;
            }
            // An axis of one step has no step worth keeping.
            let kept = if self.lengths[inner] == 1 {
                outer
            } else {
                inner
            };
            self.lengths[outer] *= self.lengths[inner];
            for steps in &mut self.steps {
                steps[outer] = steps[kept];
            }
            self.drop_axis(inner);
        }
    }

    /// Takes an axis out of the iteration, which stays where it begins along it.
    pub fn remove(&mut self, axis: usize) {
        // An axis that is turned round begins at its end.
        if self.origins[axis].reversed {
            let last = self.lengths[axis] as isize - 1;
            for (steps, start) in self.steps.iter().zip(&mut self.starts) {
                *start = start.wrapping_add_signed(steps[axis] * last);
            }
        }
        let removed = self.origins[axis].axis;
        self.drop_axis(axis);
        for origin in &mut self.origins {
            origin.axis -= usize::from(origin.axis > removed);
        }
    }

    fn drop_axis(&mut self, axis: usize) {
        self.lengths.remove(axis);
        self.origins.remove(axis);
        for steps in &mut self.steps {
            steps.remove(axis);
        }
    }

    /// The shape by the axes of the multi-index.
    pub fn shape(&self) -> Shape {
        let mut shape = Shape::from_elem(0, self.ndim());
        for (origin, &length) in self.origins.iter().zip(&self.lengths) {
            shape[origin.axis] = length;
        }
        shape
    }

    /// The multi-index at a place.
    pub fn multi_index(&self, counters: &[usize]) -> Shape {
        let mut index = Shape::from_elem(0, self.ndim());
        for (axis, (origin, &counter)) in self.origins.iter().zip(counters).enumerate() {
            index[origin.axis] = self.along(axis, counter, *origin);
        }
        index
    }

    /// The place of a flat index.
    pub fn counters_at(&self, index: usize) -> Shape {
        let mut counters = Shape::from_elem(0, self.ndim());
        let Some(steps) = self.steps.last().filter(|_| self.has_index) else {
            return counters;
        };
        // The steps are those of a packed array, some of them backwards: digits of the index, the largest first.
        let mut largest_first: Shape = (0..self.ndim()).collect();
        largest_first.sort_by_key(|&axis| std::cmp::Reverse(steps[axis].unsigned_abs()));
        let mut rest = index;
        for axis in largest_first
            .into_iter()
            .filter(|&axis| self.lengths[axis] > 1)
        {
            let digit = rest / steps[axis].unsigned_abs();
            rest %= steps[axis].unsigned_abs();
            counters[axis] = if steps[axis] < 0 {
                self.lengths[axis] - 1 - digit
            } else {
                digit
            };
        }
        counters
    }

    /// The place of a multi-index.
    pub fn counters(&self, index: &[usize]) -> Shape {
        let place =
            |(axis, origin): (usize, &Origin)| self.along(axis, index[origin.axis], *origin);
        self.origins.iter().enumerate().map(place).collect()
    }

    fn along(&self, axis: usize, counter: usize, origin: Origin) -> usize {
        if origin.reversed {
            self.lengths[axis] - 1 - counter
        } else {
            counter
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Order;

    fn array(shape: &[usize]) -> Array {
        Array::zeros(shape, &crate::DType::Int64, Order::C).expect("there is memory")
    }

    #[test]
    fn packed_arrays_have_one_axis() {
        let a = array(&[2, 3, 4]);
        for operand in [a.clone(), a.transposed()] {
            let shape = operand.shape().to_vec();
            let mut axes = Axes::new(&shape, &[operand], Visit::Memory { turn: true }, None);
            axes.coalesce();
            assert_eq!(
                (&axes.lengths[..], &axes.steps[0][..]),
                (&[24][..], &[8][..])
            );
        }
    }

    #[test]
    fn backward_axes_are_turned_round() {
        let a = array(&[4]);
        let backwards = a.with_layout(a.layout().sliced(0, 3, -1, 4));
        let axes = Axes::new(
            &[4],
            std::slice::from_ref(&backwards),
            Visit::Memory { turn: true },
            None,
        );
        assert_eq!((axes.steps[0][0], axes.starts[0]), (8, 0));
        assert_eq!(axes.multi_index(&[0])[..], [3]);
        let axes = Axes::new(&[4], &[backwards], Visit::C, None);
        assert_eq!((axes.steps[0][0], axes.starts[0]), (-8, 24));
    }

    #[test]
    fn a_flat_index_leads_to_its_place() {
        let a = array(&[2, 3, 4]);
        let turned = a.with_layout(a.layout().sliced(1, 2, -1, 3)).transposed();
        for index in [Order::C, Order::F] {
            let visit = Visit::Memory { turn: true };
            let mut axes = Axes::new(
                turned.shape(),
                std::slice::from_ref(&turned),
                visit,
                Some(index),
            );
            axes.coalesce();
            for flat in 0..24 {
                let place = super::super::Cursor::of(&axes, axes.counters_at(flat));
                assert_eq!(place.offsets[1], flat);
            }
        }
    }
}
