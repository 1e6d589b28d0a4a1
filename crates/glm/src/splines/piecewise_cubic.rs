//! Cubic pieces between knots, given by values and slopes at the knots.
//!
//! Any linear combination of functions of this form has it again, so that constraints and changes of basis are applied
//! to the knots' values and slopes once, not to every row.

use serde::{Deserialize, Serialize};

use crate::matrices::{identity, null_space, product, symmetrise, transposed};
use crate::solvers::Cholesky;

/// Functions that are cubic between knots.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PiecewiseCubic {
    knots: Vec<f64>,
    /// How many functions there are.
    width: usize,
    /// Values at the knots: a row a knot.
    values: Vec<f64>,
    /// Derivatives at the knots.
    slopes: Vec<f64>,
    /// Whether the functions repeat themselves beyond the last knot; else they are lines there.
    cyclic: bool,
}

/// Functions with the penalty ∫ f″(x)² dx of their coefficients, by rows.
pub type Penalised = (PiecewiseCubic, Vec<f64>);

impl PiecewiseCubic {
    /// Functions with these values and slopes at the knots, a row a knot; lines beyond.
    pub(crate) fn new(knots: Vec<f64>, width: usize, values: Vec<f64>, slopes: Vec<f64>) -> Self {
        Self {
            knots,
            width,
            values,
            slopes,
            cyclic: false,
        }
    }

    /// Natural cubic splines, one a knot, that are 1 there and 0 at the other knots (Wood 2017, *Generalized Additive
    /// Models*, section 5.3.1). There must be three knots or more, in order.
    ///
    /// ```
    /// use rustsci_glm::splines::PiecewiseCubic;
    /// let (basis, penalty) = PiecewiseCubic::natural(vec![0.0, 1.0, 2.0, 4.0]);
    /// assert_eq!(basis.columns(&[1.0])[1], [1.0]);
    /// // A line has no curvature.
    /// assert!(penalty.chunks(4).all(|row| (row[1] + 2.0 * row[2] + 4.0 * row[3]).abs() < 1e-14));
    /// ```
    pub fn natural(knots: Vec<f64>) -> Penalised {
        let n = knots.len();
        let gaps: Vec<f64> = knots.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let inner = n - 2;
        // Second derivatives γ at the inner knots follow from B γ = D β.
        let (mut b, mut d) = (vec![0.0; inner * inner], vec![0.0; inner * n]);
        for i in 0..inner {
            d[i * n + i] = gaps[i].recip();
            d[i * n + i + 1] = -gaps[i].recip() - gaps[i + 1].recip();
            d[i * n + i + 2] = gaps[i + 1].recip();
            b[i * inner + i] = (gaps[i] + gaps[i + 1]) / 3.0;
            if i + 1 < inner {
                b[i * inner + i + 1] = gaps[i + 1] / 6.0;
                b[(i + 1) * inner + i] = gaps[i + 1] / 6.0;
            }
        }
        let curvature = solve_columns(&b, &d, inner, n);
        let penalty = roughness(&d, &curvature, inner, n);
        let mut second = vec![0.0; n];
        second.extend(curvature);
        second.resize(n * n, 0.0);
        let mut basis = Self::new(knots, n, identity(n), vec![0.0; n * n]);
        for knot in 0..n {
            let at = knot.min(n - 2);
            // At the last knot the piece before it ends; at the others the piece after it begins.
            let (own, sign) = if knot == at {
                (at, -1.0)
            } else {
                (at + 1, 1.0)
            };
            for column in 0..n {
                let value = |knot: usize| f64::from(u8::from(knot == column));
                let chord = (value(at + 1) - value(at)) / gaps[at];
                let bend = 2.0 * second[own * n + column] + second[(2 * at + 1 - own) * n + column];
                basis.slopes[knot * n + column] = chord + sign * gaps[at] / 6.0 * bend;
            }
        }
        (basis, penalty)
    }

    /// Cubic splines that repeat themselves: the value at the last knot is that at the first, and so are the
    /// derivatives (Wood 2017, section 5.3.2). There must be four knots or more, in order.
    pub fn cyclic(knots: Vec<f64>) -> Penalised {
        let n = knots.len() - 1;
        let gaps: Vec<f64> = knots.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let (mut b, mut d) = (vec![0.0; n * n], vec![0.0; n * n]);
        for i in 0..n {
            let (before, after) = ((i + n - 1) % n, (i + 1) % n);
            b[i * n + i] += (gaps[before] + gaps[i]) / 3.0;
            b[i * n + before] += gaps[before] / 6.0;
            b[i * n + after] += gaps[i] / 6.0;
            d[i * n + i] -= gaps[before].recip() + gaps[i].recip();
            d[i * n + before] += gaps[before].recip();
            d[i * n + after] += gaps[i].recip();
        }
        let second = solve_columns(&b, &d, n, n);
        let penalty = roughness(&d, &second, n, n);
        let mut values = identity(n);
        values.extend_from_within(..n);
        let mut slopes = vec![0.0; n * n];
        for i in 0..n {
            let after = (i + 1) % n;
            for column in 0..n {
                let chord = (values[after * n + column] - values[i * n + column]) / gaps[i];
                let bend = 2.0 * second[i * n + column] + second[after * n + column];
                slopes[i * n + column] = chord - gaps[i] / 6.0 * bend;
            }
        }
        slopes.extend_from_within(..n);
        let basis = Self {
            knots,
            width: n,
            values,
            slopes,
            cyclic: true,
        };
        (basis, penalty)
    }

    /// How many functions there are.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The combinations of these functions that the columns of a matrix say, given by rows.
    pub(crate) fn combine(&self, matrix: &[f64], width: usize) -> Self {
        Self {
            knots: self.knots.clone(),
            width,
            values: product(&self.values, matrix, self.width, width),
            slopes: product(&self.slopes, matrix, self.width, width),
            cyclic: self.cyclic,
        }
    }

    /// Combinations of these functions, one less, that add up to zero over some points.
    pub(crate) fn centred(&self, x: &[f64]) -> Self {
        let mut sums = vec![0.0; self.width];
        let mut row = vec![0.0; self.width];
        for &x in x {
            self.fill(x, &mut row);
            sums.iter_mut()
                .zip(&row)
                .for_each(|(sum, value)| *sum += value);
        }
        self.combine(&null_space(vec![sums], self.width), self.width - 1)
    }

    /// The functions' values at a point.
    pub(crate) fn fill(&self, x: f64, out: &mut [f64]) {
        let last = self.knots.len() - 1;
        let (low, high) = (self.knots[0], self.knots[last]);
        let x = if self.cyclic && !(low..=high).contains(&x) {
            low + (x - low).rem_euclid(high - low)
        } else {
            x
        };
        let row = |table: &'_ [f64], knot: usize, column: usize| table[knot * self.width + column];
        if x < low || x > high {
            let (knot, beyond) = if x < low {
                (0, x - low)
            } else {
                (last, x - high)
            };
            for (column, out) in out.iter_mut().enumerate() {
                *out = row(&self.values, knot, column) + beyond * row(&self.slopes, knot, column);
            }
            return;
        }
        let right = self.knots[..last].partition_point(|knot| *knot <= x).max(1);
        let left = right - 1;
        let gap = self.knots[right] - self.knots[left];
        // Hermite's polynomials.
        let t = (x - self.knots[left]) / gap;
        let s = 1.0 - t;
        let (from, to) = (s * s * (1.0 + 2.0 * t), t * t * (1.0 + 2.0 * s));
        let (leave, arrive) = (gap * t * s * s, -gap * t * t * s);
        for (column, out) in out.iter_mut().enumerate() {
            *out = from * row(&self.values, left, column)
                + to * row(&self.values, right, column)
                + leave * row(&self.slopes, left, column)
                + arrive * row(&self.slopes, right, column);
        }
    }

    /// The functions' values at some points: a vector a function.
    pub fn columns(&self, x: &[f64]) -> Vec<Vec<f64>> {
        let mut columns = vec![vec![0.0; x.len()]; self.width];
        let mut row = vec![0.0; self.width];
        for (index, &x) in x.iter().enumerate() {
            self.fill(x, &mut row);
            for (column, value) in columns.iter_mut().zip(&row) {
                column[index] = *value;
            }
        }
        columns
    }
}

/// B⁻¹D for a positive definite B of `n` rows and a D of as many, by rows.
fn solve_columns(b: &[f64], d: &[f64], n: usize, columns: usize) -> Vec<f64> {
    let factor = Cholesky::new(b, n);
    let mut out = vec![0.0; n * columns];
    for column in 0..columns {
        let right: Vec<f64> = (0..n).map(|row| d[row * columns + column]).collect();
        for (row, value) in factor.solve(&right).into_iter().enumerate() {
            out[row * columns + column] = value;
        }
    }
    out
}

/// D′B⁻¹D, from D and B⁻¹D of `rows` rows.
fn roughness(d: &[f64], solved: &[f64], rows: usize, columns: usize) -> Vec<f64> {
    let mut penalty = product(&transposed(d, columns), solved, rows, columns);
    symmetrise(&mut penalty, columns);
    penalty
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOTS: [f64; 5] = [0.0, 0.7, 1.0, 2.5, 3.0];

    /// The second derivative of a function just right of a point.
    fn curvature(basis: &PiecewiseCubic, x: f64, column: usize) -> f64 {
        let (x, h) = (x + 1e-9, 1e-4);
        let points = basis.columns(&[x, x + h, x + 2.0 * h]);
        (points[column][0] - 2.0 * points[column][1] + points[column][2]) / (h * h)
    }

    #[test]
    fn natural_splines_are_smooth_at_knots_and_lines_beyond() {
        let (basis, _) = PiecewiseCubic::natural(KNOTS.to_vec());
        for column in 0..5 {
            for knot in KNOTS {
                let before = curvature(&basis, knot - 2.1e-4, column);
                let after = curvature(&basis, knot, column);
                assert!((before - after).abs() < 2e-2, "{column} {knot}");
            }
            assert!(curvature(&basis, -2.0, column).abs() < 1e-6);
            assert!(curvature(&basis, 5.0, column).abs() < 1e-6);
        }
    }

    #[test]
    fn the_penalty_is_the_integral_of_squared_second_derivatives() {
        for (basis, penalty) in [
            PiecewiseCubic::natural(KNOTS.to_vec()),
            PiecewiseCubic::cyclic(KNOTS.to_vec()),
        ] {
            let n = basis.width();
            for column in 0..n {
                // Second derivatives are lines between knots, for which Simpson's rule is exact.
                let mut total = 0.0;
                for pair in KNOTS.windows(2) {
                    let gap = pair[1] - pair[0];
                    let at = |share: f64| {
                        curvature(&basis, pair[0] + share * (gap - 4e-4), column).powi(2)
                    };
                    total += gap / 6.0 * (at(0.0) + 4.0 * at(0.5) + at(1.0));
                }
                let own = penalty[column * (n + 1)];
                assert!((total - own).abs() < 5e-3 * own, "{total} {own}");
            }
        }
    }

    #[test]
    fn cyclic_splines_meet_their_beginning() {
        let (basis, _) = PiecewiseCubic::cyclic(KNOTS.to_vec());
        let columns = basis.columns(&[0.2, 3.2, -2.8, 3.0, 0.0]);
        for column in columns {
            assert!((column[0] - column[1]).abs() < 1e-14);
            assert!((column[0] - column[2]).abs() < 1e-14);
            assert!((column[3] - column[4]).abs() < 1e-14);
        }
    }
}
