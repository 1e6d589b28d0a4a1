//! Matrix multiplication.

use rustsci_buffer::simd;

use super::{Semiring, dot};

/// A matrix as it lies in a slice: packed, by rows or (transposed) by columns.
#[derive(Clone, Copy)]
pub struct Matrix<'a, T> {
    /// The elements.
    pub data: &'a [T],
    /// Number of rows.
    pub rows: usize,
    /// Number of columns.
    pub columns: usize,
    /// Whether the elements lie column by column.
    pub by_columns: bool,
}

impl<T: Copy> Matrix<'_, T> {
    #[inline(always)]
    fn at(&self, row: usize, column: usize) -> T {
        self.data[if self.by_columns {
            column * self.rows + row
        } else {
            row * self.columns + column
        }]
    }
}

/// Columns of the result that are computed at a time: their sums stay in the nearest cache.
const WIDTH: usize = 256;
/// Rows of the right matrix that are used at a time, for the same reason.
const DEPTH: usize = 256;

/// `out = a b`, where `out` is packed by rows and has as many elements as the product.
///
/// # Panics
/// If the sizes do not agree.
pub fn gemm<T: Semiring>(a: &Matrix<'_, T>, b: &Matrix<'_, T>, out: &mut [T]) {
    assert!(
        a.columns == b.rows && out.len() == a.rows * b.columns,
        "matrices that do not fit"
    );
    assert!(
        a.data.len() == a.rows * a.columns && b.data.len() == b.rows * b.columns,
        "matrices of the wrong size"
    );
    if b.by_columns && !a.by_columns {
        for (row, out) in out.chunks_mut(b.columns.max(1)).enumerate() {
            let left = &a.data[row * a.columns..(row + 1) * a.columns];
            for (column, out) in out.iter_mut().enumerate() {
                *out = dot(left, &b.data[column * b.rows..(column + 1) * b.rows]);
            }
        }
        return;
    }
    let mut packed = Vec::new();
    let right = if b.by_columns {
        packed.reserve(b.data.len());
        for row in 0..b.rows {
            packed.extend((0..b.columns).map(|column| b.at(row, column)));
        }
        &packed[..]
    } else {
        b.data
    };
    let mut sums = [T::Sum::default(); WIDTH];
    for row in 0..a.rows {
        for start in (0..b.columns).step_by(WIDTH) {
            let width = WIDTH.min(b.columns - start);
            let sums = &mut sums[..width];
            sums.fill(T::Sum::default());
            for first in (0..a.columns).step_by(DEPTH) {
                for k in first..(first + DEPTH).min(a.columns) {
                    let (left, right) = (a.at(row, k), &right[k * b.columns + start..][..width]);
                    simd::vectorized(
                        #[inline(always)]
                        || {
                            for (sum, &right) in sums.iter_mut().zip(right) {
                                *sum = T::add_product(*sum, left, right);
                            }
                        },
                    );
                }
            }
            for (out, &sum) in out[row * b.columns + start..][..width]
                .iter_mut()
                .zip(sums.iter())
            {
                *out = T::finish(sum);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_layouts_give_the_product() {
        let (m, k, n) = (3, 300, 270);
        let a: Vec<i64> = (0..m * k).map(|i| i as i64 % 7 - 3).collect();
        let b: Vec<i64> = (0..k * n).map(|i| i as i64 % 5 - 2).collect();
        let transposed = |x: &[i64], rows: usize, columns: usize| -> Vec<i64> {
            (0..columns)
                .flat_map(|c| (0..rows).map(move |r| r * columns + c))
                .map(|i| x[i])
                .collect()
        };
        let (at, bt) = (transposed(&a, m, k), transposed(&b, k, n));
        let expected: Vec<i64> = (0..m)
            .flat_map(|i| (0..n).map(move |j| (i, j)))
            .map(|(i, j)| (0..k).map(|p| a[i * k + p] * b[p * n + j]).sum())
            .collect();
        for (a, a_columns) in [(&a, false), (&at, true)] {
            for (b, b_columns) in [(&b, false), (&bt, true)] {
                let a = Matrix {
                    data: a,
                    rows: m,
                    columns: k,
                    by_columns: a_columns,
                };
                let b = Matrix {
                    data: b,
                    rows: k,
                    columns: n,
                    by_columns: b_columns,
                };
                let mut out = vec![0; m * n];
                gemm(&a, &b, &mut out);
                assert_eq!(out, expected);
            }
        }
    }
}
