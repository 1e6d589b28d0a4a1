//! The quadratic that a pass over the rows makes of a model near its coefficients, and its penalised minimum.

use super::coordinate_descent::{Absolute, descend};
use super::{Cholesky, Limits, active_set};
use crate::design_matrix::Gram;
use crate::error::Result;

/// Half the deviance near β: a constant − g′d + ½ d′Hd for a step d, with ½ β′Pβ in H and g.
#[derive(Clone, Debug)]
pub(super) struct Quadratic {
    /// How many coefficients there are.
    pub(super) columns: usize,
    /// H + P by rows.
    pub(super) matrix: Vec<f64>,
    /// g − Pβ.
    pub(super) score: Vec<f64>,
}

/// What is added to the smooth part of a model.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terms<'a> {
    /// Penalties on absolute values.
    pub(super) absolute: Option<&'a Absolute>,
    /// Where coefficients may be.
    pub(super) limits: Option<&'a Limits>,
}

/// The minimum of the quadratic with all that is added to it.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) target: Vec<f64>,
    /// By how much the objective should be lower there, in units of the deviance.
    pub(super) gain: f64,
    /// By how much the conditions of a minimum are missed before the step, at most.
    pub(super) violation: f64,
    /// Which columns depend on those before them, if that was found out.
    pub(super) aliased: Option<Vec<bool>>,
    /// The constraints that hold with equality.
    pub(super) active: Vec<usize>,
}

impl Quadratic {
    pub(super) fn new(gram: &Gram, beta: &[f64], penalty: Option<&[f64]>) -> Self {
        let (mut matrix, mut score) = (gram.matrix.clone(), gram.score.clone());
        if let Some(penalty) = penalty {
            for (entry, penalty) in matrix.iter_mut().zip(penalty) {
                *entry += penalty;
            }
            for (score, pull) in score.iter_mut().zip(matvec(penalty, beta)) {
                *score -= pull;
            }
        }
        Self {
            columns: gram.columns,
            matrix,
            score,
        }
    }

    /// The minimum, by the method that fits what is added. `settle` is the violation that may be left by methods that
    /// only come near.
    pub(super) fn minimize(&self, beta: &[f64], terms: Terms<'_>, settle: f64) -> Result<Step> {
        if let Some(absolute) = terms.absolute {
            let target = descend(self, beta, absolute, terms.limits, settle);
            let gain = 2.0 * (absolute.penalty(beta) - absolute.penalty(&target))
                + self.gain(beta, &target);
            return Ok(Step {
                gain,
                violation: absolute.violation(beta, &self.score, terms.limits),
                target,
                aliased: None,
                active: Vec::new(),
            });
        }
        let factor = Cholesky::new(&self.matrix, self.columns);
        let aliased = Some(factor.aliased().to_vec());
        if let Some(limits) = terms.limits {
            let mut right = self.score.clone();
            for (right, lead) in right.iter_mut().zip(matvec(&self.matrix, beta)) {
                *right += lead;
            }
            let found = active_set::minimize(&factor, &right, limits)?;
            let gain = self.gain(beta, &found.x);
            let each = found.x.iter().zip(beta);
            let step: Vec<f64> = each.map(|(to, from)| to - from).collect();
            return Ok(Step {
                violation: largest(&matvec(&self.matrix, &step)),
                target: found.x,
                gain,
                aliased,
                active: found.active,
            });
        }
        let step = factor.solve(&self.score);
        Ok(Step {
            gain: dot(&step, &self.score),
            violation: largest(&self.score),
            target: beta.iter().zip(&step).map(|(b, s)| b + s).collect(),
            aliased,
            active: Vec::new(),
        })
    }

    /// By how much the smooth part is lower at the target, in units of the deviance.
    fn gain(&self, beta: &[f64], target: &[f64]) -> f64 {
        let step: Vec<f64> = target
            .iter()
            .zip(beta)
            .map(|(to, from)| to - from)
            .collect();
        2.0 * dot(&step, &self.score) - dot(&step, &matvec(&self.matrix, &step))
    }
}

pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn largest(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |most, value| most.max(value.abs()))
}

/// A square matrix, by rows, times a vector.
pub(super) fn matvec(matrix: &[f64], vector: &[f64]) -> Vec<f64> {
    let rows = matrix.chunks_exact(vector.len().max(1));
    rows.map(|row| dot(row, vector)).collect()
}
