//! The factorisation of normal equations whose columns may depend on each other.

use rustsci_buffer::simd;

/// Rows that are eliminated together, so that the rest of the matrix is gone through once for all of them.
const PANEL: usize = 32;
/// Rows of the rest that one thread takes at a time.
const BAND: usize = 64;

/// A pivot this much smaller than its column's square is what rounding leaves of zero.
const SINGULAR: f64 = 1e-12;

/// R′R of a symmetric, positive semi-definite matrix, its columns scaled to unit length first.
///
/// Columns are taken in order; one that depends on those before it is left out, as R's `lm` and `glm` do.
///
/// ```
/// use rustsci_glm::solvers::Cholesky;
/// let factor = Cholesky::new(&[4.0, 2.0, 2.0, 3.0], 2);
/// let x = factor.solve(&[8.0, 7.0]);
/// assert!((x[0] - 1.25).abs() < 1e-14 && (x[1] - 1.5).abs() < 1e-14);
/// ```
#[derive(Clone, Debug)]
pub struct Cholesky {
    n: usize,
    /// R by rows; the rows of columns left out are zero.
    upper: Vec<f64>,
    /// One over the length of each column.
    scale: Vec<f64>,
    aliased: Vec<bool>,
}

impl Cholesky {
    /// The factor of an `n` by `n` matrix, given by rows.
    pub fn new(matrix: &[f64], n: usize) -> Self {
        let scale: Vec<f64> = (0..n)
            .map(|i| {
                let square = matrix[i * n + i];
                if square > 0.0 {
                    square.sqrt().recip()
                } else {
                    0.0
                }
            })
            .collect();
        let mut upper = vec![0.0; n * n];
        for i in 0..n {
            for j in i..n {
                upper[i * n + j] = matrix[i * n + j] * scale[i] * scale[j];
            }
        }
        let mut aliased = vec![false; n];
        for first in (0..n).step_by(PANEL) {
            let last = (first + PANEL).min(n);
            let (done, rest) = upper.split_at_mut(last * n);
            let panel = &mut done[first * n..];
            eliminate(panel, first, n, &mut aliased);
            let bands: Vec<_> = rest.chunks_mut(BAND * n).enumerate().collect();
            let work = |(band, rows): (usize, &mut [f64])| {
                for (offset, row) in rows.chunks_exact_mut(n).enumerate() {
                    subtract(panel, row, last + band * BAND + offset, n);
                }
            };
            // What a small matrix takes is less than what waking a thread does.
            if n > 4 * BAND {
                rustsci_par::for_each(bands, &work);
            } else {
                bands.into_iter().for_each(work);
            }
        }
        Self {
            n,
            upper,
            scale,
            aliased,
        }
    }

    /// Which columns depend on those before them.
    pub fn aliased(&self) -> &[bool] {
        &self.aliased
    }

    /// How many columns do not.
    pub fn rank(&self) -> usize {
        self.aliased.iter().filter(|aliased| !**aliased).count()
    }

    /// The logarithm of the determinant, of the columns that are not left out.
    pub fn log_determinant(&self) -> f64 {
        (0..self.n)
            .filter(|&i| !self.aliased[i])
            .map(|i| 2.0 * (self.upper[i * (self.n + 1)] / self.scale[i]).ln())
            .sum()
    }

    /// The solution for a right-hand side; zero for columns left out.
    pub fn solve(&self, right: &[f64]) -> Vec<f64> {
        let n = self.n;
        let mut x: Vec<f64> = right.iter().zip(&self.scale).map(|(r, s)| r * s).collect();
        for i in 0..n {
            if self.aliased[i] {
                x[i] = 0.0;
                continue;
            }
            let row = &self.upper[i * n..(i + 1) * n];
            x[i] /= row[i];
            let value = x[i];
            for (x, r) in x[i + 1..].iter_mut().zip(&row[i + 1..]) {
                *x -= value * r;
            }
        }
        for i in (0..n).rev() {
            if self.aliased[i] {
                x[i] = 0.0;
                continue;
            }
            let row = &self.upper[i * n..(i + 1) * n];
            let sum: f64 = row[i + 1..]
                .iter()
                .zip(&x[i + 1..])
                .map(|(r, x)| r * x)
                .sum();
            x[i] = (x[i] - sum) / row[i];
        }
        x.iter().zip(&self.scale).map(|(x, s)| x * s).collect()
    }

    /// The inverse by rows; NaN in the rows and columns left out.
    pub fn inverse(&self) -> Vec<f64> {
        let n = self.n;
        // The inverse of R, row by row from the last, as sums of rows below.
        let mut inverse = vec![0.0; n * n];
        for i in (0..n).rev().filter(|&i| !self.aliased[i]) {
            let row = &self.upper[i * n..(i + 1) * n];
            let (above, below) = inverse.split_at_mut((i + 1) * n);
            let own = &mut above[i * n..];
            for (offset, other) in below.chunks_exact(n).enumerate() {
                let factor = row[i + 1 + offset];
                if factor != 0.0 {
                    let start = i + 1 + offset;
                    add(&mut own[start..], -factor, &other[start..]);
                }
            }
            let root = row[i].recip();
            own[i..].iter_mut().for_each(|entry| *entry *= root);
            own[i] = root;
        }
        let mut out = vec![f64::NAN; n * n];
        for i in (0..n).filter(|&i| !self.aliased[i]) {
            for j in (i..n).filter(|&j| !self.aliased[j]) {
                let (a, b) = (
                    &inverse[i * n + j..(i + 1) * n],
                    &inverse[j * n + j..(j + 1) * n],
                );
                let value = dot(a, b) * self.scale[i] * self.scale[j];
                out[i * n + j] = value;
                out[j * n + i] = value;
            }
        }
        out
    }
}

/// Factors the rows of a panel, of which the first is the row `first` of the matrix.
fn eliminate(panel: &mut [f64], first: usize, n: usize, aliased: &mut [bool]) {
    for offset in 0..panel.len() / n {
        let pivot = first + offset;
        let (done, rest) = panel.split_at_mut((offset + 1) * n);
        let row = &mut done[offset * n..];
        let square = row[pivot];
        if square.is_nan() || square <= SINGULAR {
            aliased[pivot] = true;
            row.fill(0.0);
            continue;
        }
        let root = square.sqrt().recip();
        row[pivot..].iter_mut().for_each(|entry| *entry *= root);
        for (offset, below) in rest.chunks_exact_mut(n).enumerate() {
            let i = pivot + 1 + offset;
            if row[i] != 0.0 {
                add(&mut below[i..], -row[i], &row[i..]);
            }
        }
    }
}

/// Takes the products with the rows of a panel from the row `i` of the matrix, four of them at a time.
fn subtract(panel: &[f64], row: &mut [f64], i: usize, n: usize) {
    let row = &mut row[i..];
    let mut groups = panel.chunks_exact(4 * n);
    for group in &mut groups {
        let [a, b, c, d] = [0, 1, 2, 3].map(|k| &group[k * n + i..][..row.len()]);
        let [fa, fb, fc, fd] = [a[0], b[0], c[0], d[0]];
        simd::vectorized(
            #[inline(always)]
            || {
                for j in 0..row.len() {
                    row[j] -= fa * a[j] + fb * b[j] + (fc * c[j] + fd * d[j]);
                }
            },
        );
    }
    for above in groups.remainder().chunks_exact(n) {
        if above[i] != 0.0 {
            add(row, -above[i], &above[i..]);
        }
    }
}

/// Adds a multiple of one row to another.
fn add(row: &mut [f64], factor: f64, other: &[f64]) {
    simd::vectorized(
        #[inline(always)]
        || {
            for (entry, other) in row.iter_mut().zip(other) {
                *entry += factor * other;
            }
        },
    );
}

/// Σ aᵢbᵢ in eight interleaved sums, as vector instructions take them.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sums = [0.0; 8];
    let (chunks_a, rest_a) = a.as_chunks::<8>();
    let (chunks_b, rest_b) = b.as_chunks::<8>();
    simd::vectorized(
        #[inline(always)]
        || {
            for (a, b) in chunks_a.iter().zip(chunks_b) {
                for lane in 0..8 {
                    sums[lane] += a[lane] * b[lane];
                }
            }
        },
    );
    let rest: f64 = rest_a.iter().zip(rest_b).map(|(a, b)| a * b).sum();
    sums.iter().sum::<f64>() + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_that_is_the_sum_of_two_is_left_out() {
        // Columns (1,1,1), (0,1,2), (1,2,3).
        let gram = [3.0, 3.0, 6.0, 3.0, 5.0, 8.0, 6.0, 8.0, 14.0];
        let factor = Cholesky::new(&gram, 3);

        let x = factor.solve(&[6.0, 8.0, 14.0]);

        assert_eq!(factor.aliased(), [false, false, true]);
        assert!((x[0] - 1.0).abs() < 1e-13 && (x[1] - 1.0).abs() < 1e-13 && x[2] == 0.0);
        assert!(factor.inverse()[8].is_nan());
    }

    #[test]
    fn large_factors_are_found_in_panels() {
        let n = 2 * PANEL + 5 * BAND + 3;
        let entry = |i: usize, j: usize| {
            let distance = i.abs_diff(j) as f64;
            (0.3 * distance).cos() * (-0.05 * distance).exp() + f64::from(u8::from(i == j))
        };
        let mut matrix: Vec<f64> = (0..n * n).map(|at| entry(at / n, at % n)).collect();
        // A column that is another one's.
        let (copy, own) = (n - 7, 3);
        for i in 0..n {
            matrix[i * n + copy] = matrix[i * n + own];
        }
        for j in 0..n {
            matrix[copy * n + j] = matrix[own * n + j];
        }
        let factor = Cholesky::new(&matrix, n);
        let right: Vec<f64> = matrix.iter().step_by(n + 1).copied().collect();

        let x = factor.solve(&right);
        let inverse = factor.inverse();

        assert_eq!(factor.rank(), n - 1);
        assert!(factor.aliased()[copy]);
        for i in (0..n).filter(|i| *i != copy) {
            let sum: f64 = (0..n).map(|j| matrix[i * n + j] * x[j]).sum();
            assert!((sum - right[i]).abs() < 1e-11);
            let known = (0..n).filter(|j| *j != copy);
            let value: f64 = known.map(|j| inverse[i * n + j] * right[j]).sum();
            assert!((value - x[i]).abs() < 1e-10);
        }
    }

    #[test]
    fn the_inverse_solves() {
        let gram = [4.0, 2.0, 0.5, 2.0, 3.0, 0.25, 0.5, 0.25, 9.0];
        let inverse = Cholesky::new(&gram, 3).inverse();
        for i in 0..3 {
            for j in 0..3 {
                let product: f64 = (0..3).map(|k| gram[i * 3 + k] * inverse[k * 3 + j]).sum();
                assert!((product - f64::from(u8::from(i == j))).abs() < 1e-14);
            }
        }
    }
}
