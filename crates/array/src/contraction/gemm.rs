//! Matrix multiplication, by blocks.
//!
//! Columns of the right matrix are taken in blocks whose packed panels fit into the last cache, rows of the
//! left one in blocks that fit into the middle one; tiles of the result run through the panels with one panel
//! of the right matrix in the nearest (Goto and van de Geijn, "Anatomy of high-performance matrix
//! multiplication", 2008).

use std::ops::Range;

use rustsci_buffer::{OutOfMemory, Scratch, simd};

use super::accumulator::{Accumulator, LARGEST_TILE};
use super::gemv::gemv;
use super::matrix::Matrix;
use super::pack::{Block, packed_len};
use super::pieces::for_each_piece;
use super::semiring::Semiring;
use crate::Result;

/// Products that are summed in one go.
const DEPTH: usize = 256;

/// Elements in a block of the left matrix.
const LEFT_BLOCK: usize = 24 << 10;

/// Elements in a block of the right matrix.
const RIGHT_BLOCK: usize = 512 << 10;

/// Multiplications up to which packing does not pay.
const SMALL: usize = 256;

/// Multiplications from which more than one thread pays.
const LARGE: usize = 1 << 20;

/// `out = a b`, where `out` is packed by rows.
///
/// # Errors
/// If there is no memory for packed blocks.
///
/// # Panics
/// If the sizes do not agree.
pub fn gemm<T: Semiring>(a: &Matrix<'_, T>, b: &Matrix<'_, T>, out: &mut [T]) -> Result<()> {
    assert!(
        a.columns == b.rows && out.len() == a.rows * b.columns,
        "matrices of {} x {} and {} x {} do not make {} elements",
        a.rows,
        a.columns,
        b.rows,
        b.columns,
        out.len()
    );
    assert!(
        a.data.len() == a.rows * a.columns && b.data.len() == b.rows * b.columns,
        "matrices of the wrong size"
    );
    if out.is_empty() {
        return Ok(());
    }
    if b.columns == 1 {
        return gemv(a, b.data, out);
    }
    if a.rows == 1 {
        return gemv(&b.transposed(), a.data, out);
    }
    let work = out.len().saturating_mul(a.columns);
    if work <= SMALL {
        multiply_small(a, b, out);
        return Ok(());
    }
    let threads = if work < LARGE {
        1
    } else {
        rustsci_par::num_threads()
    };
    let rows = a.rows.div_ceil(threads).next_multiple_of(T::Sum::ROWS);
    for_each_piece(out, rows * b.columns, &|start, out| {
        let first = start / b.columns;
        multiply(a, b, first..first + out.len() / b.columns, out)
    })
}

/// Some rows of the product, element by element.
fn multiply_small<T: Semiring>(a: &Matrix<'_, T>, b: &Matrix<'_, T>, out: &mut [T]) {
    for (row, out) in out.chunks_exact_mut(b.columns).enumerate() {
        for (column, out) in out.iter_mut().enumerate() {
            let sum = (0..a.columns).fold(T::Sum::default(), |sum, k| {
                sum.plus_product::<false>(a.at(row, k).widen(), b.at(k, column).widen())
            });
            *out = T::narrow(sum);
        }
    }
}

/// The given rows of the product.
fn multiply<T: Semiring>(
    a: &Matrix<'_, T>,
    b: &Matrix<'_, T>,
    rows: Range<usize>,
    out: &mut [T],
) -> std::result::Result<(), OutOfMemory> {
    let fused = simd::fused();
    // Sums that cannot be stored as elements halfway are computed in one go.
    let depth = if T::DIVISIBLE {
        a.columns.min(DEPTH)
    } else {
        a.columns
    };
    let height = blocked(LEFT_BLOCK / depth, T::Sum::ROWS, rows.len());
    let width = blocked(RIGHT_BLOCK / depth, T::Sum::COLUMNS, b.columns);
    let mut left = Scratch::new(packed_len::<T::Sum>(height, T::Sum::ROWS, depth))?;
    let mut right = Scratch::new(packed_len::<T::Sum>(width, T::Sum::COLUMNS, depth))?;
    for columns in steps(0..b.columns, width) {
        for depth in steps(0..a.columns, depth) {
            let block = Block {
                matrix: b.transposed(),
                rows: columns.clone(),
                depth: depth.clone(),
            };
            simd::vectorized(
                #[inline(always)]
                || T::Sum::pack_right(&block, &mut right),
            );
            for rows_here in steps(rows.clone(), height) {
                let block = Block {
                    matrix: *a,
                    rows: rows_here.clone(),
                    depth: depth.clone(),
                };
                let place = Place {
                    rows: rows_here.start - rows.start..rows_here.end - rows.start,
                    columns: columns.clone(),
                    row_len: b.columns,
                    depth: depth.len(),
                    first: depth.start == 0,
                };
                simd::vectorized(
                    #[inline(always)]
                    || T::Sum::pack_left(&block, &mut left),
                );
                if fused {
                    tiles::<T, true>(&left, &right, &place, out);
                } else {
                    tiles::<T, false>(&left, &right, &place, out);
                }
            }
        }
    }
    Ok(())
}

/// The length of a block: about `wanted`, made of whole tiles, and not beyond what there is.
fn blocked(wanted: usize, tile: usize, available: usize) -> usize {
    (wanted / tile * tile).clamp(tile, available.next_multiple_of(tile))
}

/// Cuts a range into steps of a length.
fn steps(range: Range<usize>, len: usize) -> impl Iterator<Item = Range<usize>> {
    let end = range.end;
    range
        .step_by(len)
        .map(move |start| start..end.min(start + len))
}

/// Where the product of two packed blocks belongs.
struct Place {
    rows: Range<usize>,
    columns: Range<usize>,
    /// Elements in a row of the result.
    row_len: usize,
    /// How many products each sum has.
    depth: usize,
    /// Whether these sums are the first; others are added to what is there.
    first: bool,
}

/// Multiplies packed blocks tile by tile.
fn tiles<T: Semiring, const FUSED: bool>(
    left: &[<T::Sum as Accumulator>::Part],
    right: &[<T::Sum as Accumulator>::Part],
    place: &Place,
    out: &mut [T],
) {
    let (rows, columns) = (T::Sum::ROWS, T::Sum::COLUMNS);
    let mut sums = [T::Sum::default(); LARGEST_TILE];
    let sums = &mut sums[..rows * columns];
    let right_panels = right.chunks_exact(columns * place.depth * T::Sum::PARTS);
    for (block_columns, right) in steps(place.columns.clone(), columns).zip(right_panels) {
        let left_panels = left.chunks_exact(rows * place.depth * T::Sum::PARTS);
        for (block_rows, left) in steps(place.rows.clone(), rows).zip(left_panels) {
            // A function of its own: in a larger one the compiler may fail to keep the sums in registers.
            simd::vectorized(
                #[inline(always)]
                || T::Sum::tile::<FUSED>(left, right, sums),
            );
            for (row, sums) in block_rows.zip(sums.chunks_exact(columns)) {
                let start = row * place.row_len + block_columns.start;
                let out = &mut out[start..start + block_columns.len()];
                // The usual length is a constant, for which there is better code.
                if out.len() == columns {
                    store(&mut out[..columns], sums, place.first);
                } else {
                    store(out, sums, place.first);
                }
            }
        }
    }
}

/// Writes sums, or adds them to what is there.
#[inline(always)]
fn store<T: Semiring>(out: &mut [T], sums: &[T::Sum], first: bool) {
    if first {
        out.iter_mut()
            .zip(sums)
            .for_each(|(out, &sum)| *out = T::narrow(sum));
    } else {
        out.iter_mut()
            .zip(sums)
            .for_each(|(out, &sum)| *out = T::narrow(out.widen().plus(sum)));
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;

    use rustsci_buffer::{Bool, Complex, f16};

    use super::*;

    /// Small numbers that no type rounds.
    fn number(seed: usize) -> i64 {
        (seed * 7919 % 11) as i64 - 5
    }

    /// The transposed copy of a matrix by rows.
    fn by_columns<T: Copy>(data: &[T], rows: usize, columns: usize) -> Vec<T> {
        (0..columns)
            .flat_map(|c| (0..rows).map(move |r| data[r * columns + c]))
            .collect()
    }

    fn check<T: Semiring>(m: usize, k: usize, n: usize, make: impl Fn(i64) -> T) {
        let (a, b): (Vec<i64>, Vec<i64>) = (
            (0..m * k).map(number).collect(),
            (0..k * n).map(|i| number(i + 3)).collect(),
        );
        let element = |i: usize, j: usize| (0..k).map(|p| a[i * k + p] * b[p * n + j]).sum::<i64>();
        let expected: Vec<T> = (0..m)
            .flat_map(|i| (0..n).map(move |j| (i, j)))
            .map(|(i, j)| make(element(i, j)))
            .collect();
        let (a, b): (Vec<T>, Vec<T>) = (
            a.iter().map(|&x| make(x)).collect(),
            b.iter().map(|&x| make(x)).collect(),
        );
        let (a_columns, b_columns) = (by_columns(&a, m, k), by_columns(&b, k, n));
        for (a, a_by_columns) in [(&a, false), (&a_columns, true)] {
            for (b, b_by_columns) in [(&b, false), (&b_columns, true)] {
                let a = Matrix {
                    data: a,
                    rows: m,
                    columns: k,
                    by_columns: a_by_columns,
                };
                let b = Matrix {
                    data: b,
                    rows: k,
                    columns: n,
                    by_columns: b_by_columns,
                };
                let mut out = vec![make(99); m * n];
                gemm(&a, &b, &mut out).unwrap();
                assert_eq!(
                    out, expected,
                    "{m} x {k} x {n}, {a_by_columns}, {b_by_columns}"
                );
            }
        }
    }

    #[test]
    fn all_sizes_and_layouts_give_the_product() {
        for (m, k, n) in [
            (1, 1, 1),
            (2, 3, 2),
            (6, 1, 8),
            (7, 5, 9),
            (1, 300, 70),
            (70, 300, 1),
            (13, 257, 33),
            (100, 600, 17),
            (5, 20, 700),
        ] {
            check(m, k, n, |x| x);
            check(m, k, n, |x| x as f64);
            check(m, k, n, |x| Complex {
                re: x as f32,
                im: 0.0,
            });
        }
    }

    #[test]
    fn all_types_give_the_product() {
        let (m, k, n) = (13, 300, 21);
        check(m, k, n, |x| x as i8);
        check(m, k, n, |x| x as u8);
        check(m, k, n, |x| x as i16);
        check(m, k, n, |x| x as u16);
        check(m, k, n, |x| x as i32);
        check(m, k, n, |x| x as u32);
        check(m, k, n, |x| x as u64);
        check(m, k, n, |x| f16::from_f64(x as f64));
        check(m, k, n, |x| x as f32);
        check(m, k, n, |x| Complex {
            re: x as f64,
            im: 0.0,
        });
    }

    #[test]
    fn complex_parts_are_multiplied_as_complex_numbers_are() {
        let (m, k, n) = (7, 9, 11);
        let numbers = |count: usize, offset: usize| -> Vec<Complex<f64>> {
            let part = |i: usize| number(i + offset) as f64;
            (0..count)
                .map(|i| Complex {
                    re: part(i),
                    im: part(i + 5),
                })
                .collect()
        };
        let (a, b) = (numbers(m * k, 0), numbers(k * n, 2));
        let mut out = vec![Complex::default(); m * n];
        let left = Matrix {
            data: &a,
            rows: m,
            columns: k,
            by_columns: false,
        };
        gemm(
            &left,
            &Matrix {
                data: &b,
                rows: k,
                columns: n,
                by_columns: false,
            },
            &mut out,
        )
        .unwrap();
        for (i, j) in [(0, 0), (6, 10), (3, 8)] {
            let expected: Complex<f64> = (0..k).map(|p| a[i * k + p] * b[p * n + j]).sum();
            assert_eq!(out[i * n + j], expected);
        }
    }

    #[test]
    fn truth_values_are_joined() {
        let (m, k, n) = (9, 40, 10);
        let truths = |count: usize, modulus: usize| -> Vec<Bool> {
            (0..count)
                .map(|i| Bool::from(i * 31 % modulus == 0))
                .collect()
        };
        let (a, b) = (truths(m * k, 17), truths(k * n, 13));
        let mut out = vec![Bool::default(); m * n];
        let left = Matrix {
            data: &a,
            rows: m,
            columns: k,
            by_columns: false,
        };
        gemm(
            &left,
            &Matrix {
                data: &b,
                rows: k,
                columns: n,
                by_columns: false,
            },
            &mut out,
        )
        .unwrap();
        for (i, out) in out.iter().enumerate() {
            let any = (0..k).any(|p| a[i / n * k + p].get() && b[p * n + i % n].get());
            assert_eq!(out.get(), any);
        }
    }

    #[test]
    fn results_do_not_depend_on_the_number_of_threads() {
        let (m, k, n) = (131, 117, 123);
        let numbers = |count: usize| -> Vec<f64> { (0..count).map(|i| (i as f64).sin()).collect() };
        let (a, b) = (numbers(m * k), numbers(k * n));
        let left = Matrix {
            data: &a,
            rows: m,
            columns: k,
            by_columns: false,
        };
        let right = Matrix {
            data: &b,
            rows: k,
            columns: n,
            by_columns: false,
        };
        let results = [1, 2, 3].map(|threads| {
            let mut out = vec![0.0; m * n];
            let threads = NonZeroUsize::new(threads).unwrap();
            rustsci_par::with_threads(threads, || gemm(&left, &right, &mut out)).unwrap();
            out
        });
        assert_eq!(results[0], results[1]);
        assert_eq!(results[0], results[2]);
    }

    #[test]
    fn no_condition_is_raised_beyond_the_callers_own() {
        use rustsci_buffer::fpstatus::{clear, take};
        let (m, k, n) = (7, 10, 9);
        let a = vec![f64::INFINITY; m * k];
        let b = vec![1.0; k * n];
        let mut out = vec![0.0; m * n];
        clear();
        let left = Matrix {
            data: &a,
            rows: m,
            columns: k,
            by_columns: false,
        };
        gemm(
            &left,
            &Matrix {
                data: &b,
                rows: k,
                columns: n,
                by_columns: false,
            },
            &mut out,
        )
        .unwrap();
        assert!(take().is_none());
        assert!(out.iter().all(|x| *x == f64::INFINITY));
    }
}
