//! Elastic nets by coordinate descent on the normal equations.
//!
//! Each pass over the rows gives a quadratic approximation, whose penalised minimum is found coordinate by coordinate
//! without looking at rows again (Friedman, Hastie & Tibshirani 2010, *Regularization paths for generalized linear
//! models via coordinate descent*, sections 2.2 and 3).

use crate::design_matrix::{Design, Gram};
use crate::error::{Error, Result};
use crate::fold::{Accumulator, Model, Start, fold};
use crate::observations::Observations;
use crate::regularization::Weights;

/// The most sweeps over the coordinates for one quadratic approximation.
const SWEEPS: usize = 10_000;
/// How often a step that makes things worse is halved.
const HALVINGS: usize = 30;

/// The options of the iteration.
#[derive(Clone, Debug)]
pub struct CoordinateDescent {
    /// The most quadratic approximations.
    pub max_iterations: usize,
    /// The largest violation of the optimality conditions that is left, in units of half the deviance.
    pub tolerance: f64,
}

/// Coefficients with the sums over rows that belong to them: where a fit is, and where the next may start.
#[derive(Clone, Debug)]
pub(crate) struct Position {
    pub(crate) beta: Vec<f64>,
    pub(crate) accumulated: Accumulator,
}

impl Position {
    /// The coefficients given, with their sums.
    pub(crate) fn new(
        beta: Vec<f64>,
        design: &Design<'_>,
        observations: &Observations<'_>,
        model: &Model,
    ) -> Result<Self> {
        let accumulated = fold(design, observations, model, Start::Coefficients(&beta));
        if !accumulated.valid {
            return Err(Error::value(format!(
                "the {} family with the {} link has no valid means to start a penalised fit from; give start_params",
                model.family.name(),
                model.link.name()
            )));
        }
        Ok(Self { beta, accumulated })
    }
}

/// What a penalised fit came to.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    pub(crate) converged: bool,
    pub(crate) history: Vec<f64>,
}

impl CoordinateDescent {
    /// Moves to the minimum for a penalty.
    pub(crate) fn advance(
        &self,
        position: &mut Position,
        weights: &Weights,
        (design, observations, model): (&Design<'_>, &Observations<'_>, &Model),
    ) -> Outcome {
        let objective = |position: &Position| {
            0.5 * position.accumulated.deviance + weights.penalty(&position.beta)
        };
        let mut history = Vec::new();
        loop {
            let gram = position.accumulated.gram(design);
            let converged = weights.violation(&position.beta, &gram.score) <= self.tolerance;
            if converged || history.len() >= self.max_iterations {
                return Outcome { converged, history };
            }
            let target = self.minimize(&gram, &position.beta, weights);
            let before = objective(position);
            let mut length = 1.0;
            let mut moved = false;
            for _ in 0..HALVINGS {
                let each = position.beta.iter().zip(&target);
                let beta: Vec<f64> = each.map(|(from, to)| from + length * (to - from)).collect();
                let accumulated = fold(design, observations, model, Start::Coefficients(&beta));
                let next = Position { beta, accumulated };
                let after = objective(&next);
                if next.accumulated.valid && after <= before + 1e-12 * before.abs() {
                    *position = next;
                    moved = true;
                    break;
                }
                length *= 0.5;
            }
            history.push(position.accumulated.deviance);
            if !moved {
                // Rounding is all that is left, or the model has no minimum.
                return Outcome { converged, history };
            }
        }
    }

    /// The penalised minimum of the quadratic with this gradient and curvature at `start`.
    fn minimize(&self, gram: &Gram, start: &[f64], weights: &Weights) -> Vec<f64> {
        let k = gram.columns;
        let mut beta = start.to_vec();
        // The gradient of the quadratic at `beta`, kept up to date with each change.
        let mut gradient = gram.score.clone();
        // Coordinates that are not zero are swept until they settle, then all are looked at once.
        let mut active: Vec<usize> = (0..k).collect();
        let mut all = true;
        for _ in 0..SWEEPS {
            let mut largest = 0.0_f64;
            for &j in &active {
                let curvature = gram.matrix[j * k + j];
                let total = curvature + weights.ridge[j];
                if total <= 0.0 {
                    continue;
                }
                let pull = gradient[j] + curvature * beta[j];
                let next = soft_threshold(pull, weights.lasso[j]) / total;
                let change = next - beta[j];
                if change != 0.0 {
                    beta[j] = next;
                    let row = &gram.matrix[j * k..(j + 1) * k];
                    for (gradient, entry) in gradient.iter_mut().zip(row) {
                        *gradient -= change * entry;
                    }
                    largest = largest.max(change.abs() * total);
                }
            }
            let settled = largest <= 0.1 * self.tolerance;
            if settled && all {
                break;
            }
            all = settled;
            active = if settled {
                (0..k).collect()
            } else {
                (0..k)
                    .filter(|&j| beta[j] != 0.0 || weights.lasso[j] == 0.0)
                    .collect()
            };
        }
        beta
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

impl Weights {
    /// The penalty of some coefficients.
    pub(crate) fn penalty(&self, beta: &[f64]) -> f64 {
        let each = beta.iter().zip(self.lasso.iter().zip(&self.ridge));
        each.map(|(b, (lasso, ridge))| lasso * b.abs() + 0.5 * ridge * b * b)
            .sum()
    }

    /// By how much the gradient misses the condition of a minimum, at most.
    fn violation(&self, beta: &[f64], score: &[f64]) -> f64 {
        let each = beta
            .iter()
            .zip(score)
            .zip(self.lasso.iter().zip(&self.ridge));
        each.map(|((&b, &s), (&lasso, &ridge))| {
            if b == 0.0 {
                (s.abs() - lasso).max(0.0)
            } else {
                (s - ridge * b - lasso * b.signum()).abs()
            }
        })
        .fold(0.0, f64::max)
    }
}
