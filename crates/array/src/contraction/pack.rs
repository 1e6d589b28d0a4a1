//! Packing blocks of matrices into panels, in the order in which tiles are computed from them.

use std::ops::Range;

use super::accumulator::Accumulator;
use super::matrix::Matrix;
use super::semiring::Semiring;

/// A part of a matrix.
#[derive(Clone, Debug)]
pub struct Block<'a, T> {
    /// The matrix.
    pub matrix: Matrix<'a, T>,
    /// The rows, of which there are some.
    pub rows: Range<usize>,
    /// The columns: along these products are summed.
    pub depth: Range<usize>,
}

/// How many parts of numbers the panels of a block hold.
pub(super) fn packed_len<A: Accumulator>(rows: usize, width: usize, depth: usize) -> usize {
    rows.next_multiple_of(width) * depth * A::PARTS
}

/// Packs a block into panels of `WIDTH` rows: for each column the parts of the panel's numbers, one part after
/// the other.
///
/// The last panel is filled up with copies of its last row, not with zeros: these would be multiplied with
/// infinities, and report an invalid operation that is none of the caller's.
#[inline(always)]
pub(super) fn pack<T: Semiring, const WIDTH: usize, const PARTS: usize>(
    block: &Block<'_, T>,
    packed: &mut [<T::Sum as Accumulator>::Part],
) {
    let Block {
        matrix,
        rows,
        depth,
    } = block;
    let (groups, _) = packed.as_chunks_mut::<WIDTH>();
    let (groups, _) = groups.as_chunks_mut::<PARTS>();
    for (first, panel) in rows
        .clone()
        .step_by(WIDTH)
        .zip(groups.chunks_exact_mut(depth.len()))
    {
        if matrix.by_columns && first + WIDTH <= rows.end {
            for (column, group) in depth.clone().zip(panel) {
                let numbers = &matrix.data[column * matrix.rows + first..][..WIDTH];
                for (i, &number) in numbers.iter().enumerate() {
                    put(group, i, number);
                }
            }
        } else if matrix.by_columns {
            for (column, group) in depth.clone().zip(panel) {
                for i in 0..WIDTH {
                    put(group, i, matrix.at((first + i).min(rows.end - 1), column));
                }
            }
        } else {
            let lines: [&[T]; WIDTH] = std::array::from_fn(|i| {
                matrix.in_row((first + i).min(rows.end - 1), depth.start, depth.len())
            });
            for (column, group) in panel.iter_mut().enumerate() {
                for (i, line) in lines.iter().enumerate() {
                    put(group, i, line[column]);
                }
            }
        }
    }
}

/// Writes the parts of the number `i` of a group.
#[inline(always)]
fn put<T: Semiring, const WIDTH: usize, const PARTS: usize>(
    group: &mut [[<T::Sum as Accumulator>::Part; WIDTH]; PARTS],
    i: usize,
    number: T,
) {
    let number = number.widen();
    for (part, group) in group.iter_mut().enumerate() {
        group[i] = number.part(part);
    }
}
