//! Products of matrices and vectors.

use rustsci_buffer::{OutOfMemory, simd};

use super::accumulator::Accumulator;
use super::dot::{dot, dots};
use super::matrix::Matrix;
use super::pieces::for_each_piece;
use super::semiring::Semiring;
use crate::Result;

/// Elements of a matrix from which more than one thread pays.
const LARGE: usize = 1 << 18;

/// Columns whose sums are kept at hand.
const WIDTH: usize = 1024;

/// Rows that are added in one step.
const DEPTH: usize = 4;

/// `out = a x`.
///
/// # Errors
/// If there is no memory for what the threads share.
pub(super) fn gemv<T: Semiring>(a: &Matrix<'_, T>, x: &[T], out: &mut [T]) -> Result<()> {
    let threads = if a.data.len() < LARGE {
        1
    } else {
        rustsci_par::num_threads()
    };
    let piece = out.len().div_ceil(threads).next_multiple_of(16);
    if a.by_columns {
        let columns = a.transposed();
        for_each_piece(out, piece, &|start, out| {
            sum_rows(&columns, x, start, out);
            Ok::<(), OutOfMemory>(())
        })
    } else {
        for_each_piece(out, piece, &|start, out| {
            let row = |row: usize| a.in_row(start + row, 0, a.columns);
            let (fours, rest) = out.as_chunks_mut::<4>();
            for (i, four) in fours.iter_mut().enumerate() {
                *four = dots(
                    [row(4 * i), row(4 * i + 1), row(4 * i + 2), row(4 * i + 3)],
                    x,
                );
            }
            for (i, out) in (4 * fours.len()..).zip(rest) {
                *out = dot(row(i), x);
            }
            Ok::<(), OutOfMemory>(())
        })
    }
}

/// The sums of the rows of `a`, each times a number of `x`, in the columns from `start` on.
fn sum_rows<T: Semiring>(a: &Matrix<'_, T>, x: &[T], start: usize, out: &mut [T]) {
    let fused = simd::fused();
    for (block, out) in out.chunks_mut(WIDTH).enumerate() {
        let start = start + block * WIDTH;
        simd::vectorized(
            #[inline(always)]
            || {
                if fused {
                    sum_rows_in_block::<T, true>(a, x, start, out);
                } else {
                    sum_rows_in_block::<T, false>(a, x, start, out);
                }
            },
        );
    }
}

#[inline(always)]
fn sum_rows_in_block<T: Semiring, const FUSED: bool>(
    a: &Matrix<'_, T>,
    x: &[T],
    start: usize,
    out: &mut [T],
) {
    let mut sums = [T::Sum::default(); WIDTH];
    let sums = &mut sums[..out.len()];
    let (steps, rest) = x.as_chunks::<DEPTH>();
    for (step, x) in steps.iter().enumerate() {
        let row = |i: usize| a.in_row(step * DEPTH + i, start, out.len());
        let rows = row(0).iter().zip(row(1)).zip(row(2).iter().zip(row(3)));
        for (sum, ((a, b), (c, d))) in sums.iter_mut().zip(rows) {
            let halfway = sum
                .plus_product::<FUSED>(a.widen(), x[0].widen())
                .plus_product::<FUSED>(b.widen(), x[1].widen());
            *sum = halfway
                .plus_product::<FUSED>(c.widen(), x[2].widen())
                .plus_product::<FUSED>(d.widen(), x[3].widen());
        }
    }
    for (row, x) in (steps.len() * DEPTH..).zip(rest) {
        for (sum, a) in sums.iter_mut().zip(a.in_row(row, start, out.len())) {
            *sum = sum.plus_product::<FUSED>(a.widen(), x.widen());
        }
    }
    out.iter_mut()
        .zip(sums)
        .for_each(|(out, sum)| *out = T::narrow(*sum));
}
