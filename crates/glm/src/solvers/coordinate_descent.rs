//! Penalties on absolute values, by coordinate descent on the normal equations.
//!
//! Each pass over the rows gives a quadratic approximation, whose penalised minimum is found coordinate by coordinate
//! without looking at rows again (Friedman, Hastie & Tibshirani 2010, *Regularization paths for generalized linear
//! models via coordinate descent*, sections 2.2 and 3). Groups that are zero or not together are moved as one
//! (Yang & Zou 2015, *A fast unified algorithm for solving group-lasso penalize learning problems*, section 3).

use serde::{Deserialize, Serialize};

use super::Limits;
use super::quadratic::Quadratic;

/// The most sweeps over the coordinates for one quadratic approximation.
const SWEEPS: usize = 100_000;

/// Penalties that make coefficients zero, in units of half the deviance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Absolute {
    /// What the absolute value of each coefficient is multiplied with.
    pub each: Vec<f64>,
    /// Coefficients that are zero or not together.
    pub groups: Vec<Group>,
}

/// Coefficients whose length is penalised.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// Which these are.
    pub columns: Vec<usize>,
    /// What their length, √Σβ², is multiplied with.
    pub weight: f64,
}

impl Group {
    fn length(&self, values: &[f64]) -> f64 {
        let squares = self.columns.iter().map(|column| values[*column].powi(2));
        squares.sum::<f64>().sqrt()
    }
}

impl Absolute {
    /// The penalty of some coefficients.
    pub(super) fn penalty(&self, beta: &[f64]) -> f64 {
        let each: f64 = beta
            .iter()
            .zip(&self.each)
            .map(|(b, weight)| if *b == 0.0 { 0.0 } else { weight * b.abs() })
            .sum();
        let groups = self
            .groups
            .iter()
            .map(|group| group.weight * group.length(beta));
        each + groups.sum::<f64>()
    }

    /// By how much the score misses the conditions of a minimum, at most.
    pub(super) fn violation(&self, beta: &[f64], score: &[f64], limits: Option<&Limits>) -> f64 {
        let mut worst = 0.0_f64;
        let mut grouped = vec![false; beta.len()];
        for group in &self.groups {
            let length = group.length(beta);
            group
                .columns
                .iter()
                .for_each(|&column| grouped[column] = true);
            let missed = if length == 0.0 {
                (group.length(score) - group.weight).max(0.0)
            } else {
                let pull = |&column: &usize| score[column] - group.weight * beta[column] / length;
                group
                    .columns
                    .iter()
                    .map(|column| pull(column).abs())
                    .fold(0.0, f64::max)
            };
            worst = worst.max(missed);
        }
        for column in (0..beta.len()).filter(|column| !grouped[*column]) {
            let (b, s, weight) = (beta[column], score[column], self.each[column]);
            // The most that a move up, or down, would gain.
            let up = s - if b >= 0.0 { weight } else { -weight };
            let down = -s - if b <= 0.0 { weight } else { -weight };
            let (low, high) = limits.map_or((false, false), |limits| {
                (b <= limits.lower[column], b >= limits.upper[column])
            });
            let up = if high { 0.0 } else { up };
            let down = if low { 0.0 } else { down };
            worst = worst.max(up).max(down);
        }
        worst
    }
}

/// A set of coordinates that are moved together.
enum Unit<'a> {
    One(usize),
    Many(&'a Group, f64),
}

/// The minimum of the quadratic at `start`, penalised; what is left of its conditions is at most `settle`.
///
/// Units that are zero and want to stay so are screened out: they are looked at again when the others have settled,
/// which is exact since the gradient of all is known at any time.
pub(super) fn descend(
    quadratic: &Quadratic,
    start: &[f64],
    absolute: &Absolute,
    limits: Option<&Limits>,
    settle: f64,
) -> Vec<f64> {
    let mut state = Descent {
        quadratic,
        absolute,
        limits,
        beta: start.to_vec(),
        gradient: quadratic.score.clone(),
    };
    let units = state.units();
    let mut active: Vec<usize> = (0..units.len())
        .filter(|unit| !state.rests(&units[*unit]))
        .collect();
    for _ in 0..SWEEPS {
        let mut largest = 0.0_f64;
        for &unit in &active {
            largest = largest.max(state.advance(&units[unit]));
        }
        if largest > 0.1 * settle {
            continue;
        }
        let before = active.len();
        active = (0..units.len())
            .filter(|unit| !state.rests(&units[*unit]))
            .collect();
        let done = active
            .iter()
            .all(|unit| state.settled(&units[*unit], settle));
        if done && active.len() <= before {
            break;
        }
    }
    state.beta
}

struct Descent<'a> {
    quadratic: &'a Quadratic,
    absolute: &'a Absolute,
    limits: Option<&'a Limits>,
    beta: Vec<f64>,
    /// The descent direction of the smooth part at `beta`, kept up to date with each change.
    gradient: Vec<f64>,
}

impl<'a> Descent<'a> {
    fn units(&self) -> Vec<Unit<'a>> {
        let k = self.beta.len();
        let mut grouped = vec![false; k];
        let mut units = Vec::new();
        for group in &self.absolute.groups {
            group
                .columns
                .iter()
                .for_each(|&column| grouped[column] = true);
            units.push(Unit::Many(group, self.curvature(group)));
        }
        units.extend((0..k).filter(|column| !grouped[*column]).map(Unit::One));
        units
    }

    /// A bound of the largest eigenvalue of a group's part of the matrix: its largest sum of absolute values of a row,
    /// or its trace.
    fn curvature(&self, group: &Group) -> f64 {
        let k = self.beta.len();
        let row = |i: &usize| -> f64 {
            let entries = group
                .columns
                .iter()
                .map(|j| self.quadratic.matrix[i * k + j].abs());
            entries.sum()
        };
        let trace: f64 = group
            .columns
            .iter()
            .map(|i| self.quadratic.matrix[i * k + i])
            .sum();
        group.columns.iter().map(row).fold(0.0, f64::max).min(trace)
    }

    /// Whether a unit is zero and wants to stay so.
    fn rests(&self, unit: &Unit<'_>) -> bool {
        match *unit {
            Unit::One(column) => {
                self.beta[column] == 0.0
                    && self.gradient[column].abs() <= self.absolute.each[column]
            }
            Unit::Many(group, _) => {
                group.length(&self.beta) == 0.0 && group.length(&self.gradient) <= group.weight
            }
        }
    }

    /// Whether another move of a unit would change next to nothing.
    fn settled(&self, unit: &Unit<'_>, settle: f64) -> bool {
        match *unit {
            Unit::One(column) => {
                let k = self.beta.len();
                let total = self.quadratic.matrix[column * (k + 1)];
                total <= 0.0 || (self.target(column) - self.beta[column]).abs() * total <= settle
            }
            Unit::Many(group, total) => {
                let next = self.target_of(group, total);
                let each = group.columns.iter().zip(&next);
                each.map(|(column, next)| (next - self.beta[*column]).abs() * total)
                    .all(|change| change <= settle)
            }
        }
    }

    /// Where one coordinate is least, given all others.
    fn target(&self, column: usize) -> f64 {
        let total = self.quadratic.matrix[column * (self.beta.len() + 1)];
        let pull = self.gradient[column] + total * self.beta[column];
        let free = soft_threshold(pull, self.absolute.each[column]) / total;
        self.limits
            .map_or(free, |limits| limits.clamp(column, free))
    }

    /// Where a group is least for the bound of its curvature, given all others.
    fn target_of(&self, group: &Group, total: f64) -> Vec<f64> {
        let pull = |column: &usize| self.gradient[*column] + total * self.beta[*column];
        let pulls: Vec<f64> = group.columns.iter().map(pull).collect();
        let length = pulls.iter().map(|p| p * p).sum::<f64>().sqrt();
        let keep = if length > group.weight {
            (1.0 - group.weight / length) / total
        } else {
            0.0
        };
        pulls.iter().map(|p| p * keep).collect()
    }

    /// Moves a unit, and says by how much the gradient changed.
    fn advance(&mut self, unit: &Unit<'_>) -> f64 {
        match *unit {
            Unit::One(column) => {
                let total = self.quadratic.matrix[column * (self.beta.len() + 1)];
                if total <= 0.0 {
                    return 0.0;
                }
                self.place(column, self.target(column)) * total
            }
            Unit::Many(_, total) if total <= 0.0 => 0.0,
            Unit::Many(group, total) => {
                let next = self.target_of(group, total);
                let mut largest = 0.0_f64;
                for (&column, next) in group.columns.iter().zip(next) {
                    largest = largest.max(self.place(column, next) * total);
                }
                largest
            }
        }
    }

    /// Gives a coordinate a value, and says by how much it changed.
    fn place(&mut self, column: usize, value: f64) -> f64 {
        let change = value - self.beta[column];
        if change == 0.0 {
            return 0.0;
        }
        self.beta[column] = value;
        let k = self.beta.len();
        let row = &self.quadratic.matrix[column * k..(column + 1) * k];
        let gradient = &mut self.gradient[..k];
        rustsci_buffer::simd::vectorized(
            #[inline(always)]
            || {
                for (gradient, entry) in gradient.iter_mut().zip(row) {
                    *gradient -= change * entry;
                }
            },
        );
        change.abs()
    }
}

/// What is left of a number that is pulled towards zero by a constant force.
fn soft_threshold(x: f64, force: f64) -> f64 {
    if x > force {
        x - force
    } else if x < -force {
        x + force
    } else {
        0.0
    }
}
