//! Quadratic programs by the dual active-set method: the unconstrained minimum is made to obey one constraint after
//! the other (Goldfarb & Idnani 1983, *A numerically stable dual method for solving strictly convex quadratic
//! programs*).

use super::{Cholesky, Limits};
use crate::error::{Error, Result};

/// A constraint is obeyed if it misses by no more than this share of the numbers it compares.
const SLACK: f64 = 1e-12;

/// The minimum of ½x′Mx − c′x within limits.
#[derive(Clone, Debug)]
pub(super) struct Minimum {
    pub(super) x: Vec<f64>,
    /// The constraints that hold with equality, as positions among [`Limits::rows`].
    pub(super) active: Vec<usize>,
}

/// The state of the method.
struct Program<'a> {
    inverse: &'a [f64],
    rows: &'a [Row],
    n: usize,
    x: Vec<f64>,
    active: Vec<usize>,
    multipliers: Vec<f64>,
}

/// n′x ≥ bound, n being given by its entries that are not zero.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) entries: Vec<(usize, f64)>,
    pub(super) bound: f64,
}

impl Row {
    fn dot(&self, x: &[f64]) -> f64 {
        self.entries.iter().map(|(column, a)| a * x[*column]).sum()
    }

    /// By how much the constraint is missed; zero if only by rounding.
    fn missed(&self, x: &[f64]) -> f64 {
        let slack = self.dot(x) - self.bound;
        let terms = self
            .entries
            .iter()
            .map(|(column, a)| (a * x[*column]).abs());
        let size = self.bound.abs() + terms.sum::<f64>();
        if slack < -SLACK * size { -slack } else { 0.0 }
    }
}

/// Solves the program of a factored matrix M and a vector c; aliased columns are zero.
pub(super) fn minimize(factor: &Cholesky, c: &[f64], limits: &Limits) -> Result<Minimum> {
    let n = c.len();
    let mut inverse = factor.inverse();
    inverse
        .iter_mut()
        .filter(|entry| entry.is_nan())
        .for_each(|entry| *entry = 0.0);
    let rows = limits.rows();
    let mut program = Program {
        inverse: &inverse,
        rows: &rows,
        n,
        x: factor.solve(c),
        active: Vec::new(),
        multipliers: Vec::new(),
    };
    // Each constraint enters a bounded number of times; rounding may make the method go round in circles.
    for _ in 0..50 * (rows.len() + 1) {
        let Some(entering) = program.most_violated() else {
            let Program { mut x, active, .. } = program;
            for &row in &active {
                if let [(column, a)] = rows[row].entries[..] {
                    x[column] = rows[row].bound / a;
                }
            }
            return Ok(Minimum { x, active });
        };
        program.enter(entering)?;
    }
    Err(Error::value(
        "the constraints on the coefficients are too nearly dependent to find a minimum within them",
    ))
}

/// What is left of an inverse, by rows, if constraints hold with equality: M⁻¹ − M⁻¹N(N′M⁻¹N)⁻¹N′M⁻¹.
pub(super) fn constrained(
    inverse: &[f64],
    n: usize,
    limits: &Limits,
    active: &[usize],
) -> Vec<f64> {
    let rows = limits.rows();
    let zeroed: Vec<f64> = inverse
        .iter()
        .map(|x| if x.is_nan() { 0.0 } else { *x })
        .collect();
    let program = Program {
        inverse: &zeroed,
        rows: &rows,
        n,
        x: Vec::new(),
        active: active.to_vec(),
        multipliers: Vec::new(),
    };
    let solved: Vec<Vec<f64>> = active.iter().map(|row| program.solved(*row)).collect();
    let gram: Vec<f64> = active
        .iter()
        .flat_map(|row| solved.iter().map(|s| rows[*row].dot(s)))
        .collect();
    let factor = Cholesky::new(&gram, active.len());
    let mut out = inverse.to_vec();
    for column in 0..n {
        let right: Vec<f64> = solved.iter().map(|s| s[column]).collect();
        let weights = factor.solve(&right);
        for (solved, weight) in solved.iter().zip(&weights) {
            for (row, s) in solved.iter().enumerate() {
                out[row * n + column] -= s * weight;
            }
        }
    }
    out
}

impl Program<'_> {
    fn most_violated(&self) -> Option<usize> {
        let missed = |row: &Row| {
            let length: f64 = row.entries.iter().map(|(_, a)| a * a).sum();
            row.missed(&self.x) / length.sqrt()
        };
        (0..self.rows.len())
            .filter(|row| !self.active.contains(row))
            .map(|row| (row, missed(&self.rows[row])))
            .filter(|(_, missed)| *missed > 0.0)
            .max_by(|a, b| a.1.total_cmp(&b.1))
            .map(|(row, _)| row)
    }

    /// M⁻¹n of a constraint.
    fn solved(&self, row: usize) -> Vec<f64> {
        let mut out = vec![0.0; self.n];
        for &(column, a) in &self.rows[row].entries {
            let from = &self.inverse[column * self.n..(column + 1) * self.n];
            for (out, value) in out.iter_mut().zip(from) {
                *out += a * value;
            }
        }
        out
    }

    /// Moves until a constraint holds, letting go of active ones that stand in the way.
    fn enter(&mut self, entering: usize) -> Result<()> {
        let own = self.solved(entering);
        let curvature = self.rows[entering].dot(&own);
        let mut multiplier = 0.0;
        loop {
            let solved: Vec<Vec<f64>> = self.active.iter().map(|row| self.solved(*row)).collect();
            let m = self.active.len();
            let gram: Vec<f64> = self
                .active
                .iter()
                .flat_map(|row| solved.iter().map(|s| self.rows[*row].dot(s)))
                .collect();
            let right: Vec<f64> = self
                .active
                .iter()
                .map(|row| self.rows[*row].dot(&own))
                .collect();
            let dual = Cholesky::new(&gram, m).solve(&right);
            let mut primal = own.clone();
            for (solved, r) in solved.iter().zip(&dual) {
                for (primal, s) in primal.iter_mut().zip(solved) {
                    *primal -= r * s;
                }
            }
            let left = self.rows[entering].dot(&primal);
            let blocking = (0..m)
                .filter(|j| dual[*j] > 0.0)
                .map(|j| (j, self.multipliers[j] / dual[j]))
                .min_by(|a, b| a.1.total_cmp(&b.1));
            let partial = blocking.map_or(f64::INFINITY, |(_, length)| length);
            let full = if left > 1e-13 * curvature {
                let row = &self.rows[entering];
                ((row.bound - row.dot(&self.x)) / left).max(0.0)
            } else {
                f64::INFINITY
            };
            let length = partial.min(full);
            if length.is_infinite() {
                return Err(Error::value(
                    "no coefficients obey all bounds and inequalities together: at least two of them contradict each \
                     other, or a column that depends on others is bounded away from zero",
                ));
            }
            if full.is_finite() {
                for (x, z) in self.x.iter_mut().zip(&primal) {
                    *x += length * z;
                }
            }
            for (u, r) in self.multipliers.iter_mut().zip(&dual) {
                *u -= length * r;
            }
            multiplier += length;
            if full <= partial {
                self.active.push(entering);
                self.multipliers.push(multiplier);
                return Ok(());
            }
            if let Some((leaving, _)) = blocking {
                self.active.remove(leaving);
                self.multipliers.remove(leaving);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(lower: &[f64], upper: &[f64], inequalities: &[(&[f64], f64)]) -> Limits {
        let mut limits = Limits::new(lower.len());
        limits.lower.copy_from_slice(lower);
        limits.upper.copy_from_slice(upper);
        limits.inequalities = inequalities
            .iter()
            .map(|(row, bound)| (row.to_vec(), *bound))
            .collect();
        limits
    }

    const FREE: f64 = f64::INFINITY;

    #[test]
    fn the_example_of_goldfarb_and_idnani() {
        // Minimise 2x² + 2y² − 2xy + 6x for x, y ≥ 0 and x + y ≥ 2: the minimum is at (½, 1½).
        let factor = Cholesky::new(&[4.0, -2.0, -2.0, 4.0], 2);
        let limits = limits(&[0.0, 0.0], &[FREE, FREE], &[(&[-1.0, -1.0], -2.0)]);

        let found = minimize(&factor, &[-6.0, 0.0], &limits).unwrap();

        assert!((found.x[0] - 0.5).abs() < 1e-14 && (found.x[1] - 1.5).abs() < 1e-14);
        assert_eq!(found.active.len(), 1);
    }

    #[test]
    fn active_bounds_are_met_to_the_bit() {
        let factor = Cholesky::new(&[3.0, 1.0, 1.0, 2.0], 2);
        let limits = limits(&[-FREE, 0.1], &[0.3, FREE], &[]);

        let found = minimize(&factor, &[9.0, -4.0], &limits).unwrap();

        assert_eq!(found.x, [0.3, 0.1]);
    }

    #[test]
    fn random_programs_meet_the_conditions_of_a_minimum() {
        let mut state = 1_u64;
        let mut draw = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as f64 / f64::from(1_u32 << 31) * 2.0 - 1.0
        };
        for n in 1..9 {
            for _ in 0..20 {
                let root: Vec<f64> = (0..n * n).map(|_| draw()).collect();
                let mut matrix = vec![0.0; n * n];
                for i in 0..n {
                    for j in 0..n {
                        matrix[i * n + j] = (0..n).map(|k| root[k * n + i] * root[k * n + j]).sum();
                    }
                    matrix[i * n + i] += 0.1;
                }
                let c: Vec<f64> = (0..n).map(|_| 3.0 * draw()).collect();
                let mut limits = Limits::new(n);
                limits
                    .lower
                    .iter_mut()
                    .for_each(|bound| *bound = draw() - 1.0);
                limits
                    .upper
                    .iter_mut()
                    .for_each(|bound| *bound = draw() + 1.0);
                let row: Vec<f64> = (0..n).map(|_| draw()).collect();
                limits.inequalities.push((row, 0.5));

                let Ok(found) = minimize(&Cholesky::new(&matrix, n), &c, &limits) else {
                    continue;
                };

                assert!(limits.obeyed(&found.x));
                // The gradient is a combination of the active constraints with no negative weights.
                let rows = limits.rows();
                let gradient: Vec<f64> = (0..n)
                    .map(|i| (0..n).map(|j| matrix[i * n + j] * found.x[j]).sum::<f64>() - c[i])
                    .collect();
                let m = found.active.len();
                let normal = |row: usize| {
                    let mut out = vec![0.0; n];
                    rows[row]
                        .entries
                        .iter()
                        .for_each(|(column, a)| out[*column] = *a);
                    out
                };
                let normals: Vec<Vec<f64>> = found.active.iter().map(|row| normal(*row)).collect();
                let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
                let gram: Vec<f64> = normals
                    .iter()
                    .flat_map(|a| normals.iter().map(|b| dot(a, b)))
                    .collect();
                let right: Vec<f64> = normals.iter().map(|a| dot(a, &gradient)).collect();
                let weights = Cholesky::new(&gram, m).solve(&right);
                let mut left = gradient.clone();
                for (normal, weight) in normals.iter().zip(&weights) {
                    assert!(*weight > -1e-9, "{n} {weight}");
                    left.iter_mut()
                        .zip(normal)
                        .for_each(|(left, a)| *left -= weight * a);
                }
                assert!(left.iter().all(|g| g.abs() < 1e-9), "{n} {left:?}");
            }
        }
    }

    #[test]
    fn contradictions_are_found() {
        let factor = Cholesky::new(&[1.0], 1);
        let limits = limits(&[2.0], &[FREE], &[(&[1.0], 1.0)]);

        assert!(minimize(&factor, &[0.0], &limits).is_err());
    }
}
