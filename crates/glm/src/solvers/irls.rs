//! Iteratively reweighted least squares: Newton's iteration with the expected information.

use crate::design_matrix::{Design, Gram};
use crate::error::{Error, Result};
use crate::fold::{Accumulator, Model, Start, fold};
use crate::observations::Observations;

use super::Cholesky;

/// How often a step that makes things worse is halved.
const HALVINGS: usize = 30;

/// The options of the iteration.
#[derive(Clone, Debug)]
pub struct Irls {
    /// The most steps.
    pub max_iterations: usize,
    /// The iteration ends when the next step would lower the deviance by less than this share of it.
    pub tolerance: f64,
    /// Coefficients to start from.
    pub start: Option<Vec<f64>>,
    /// P of the penalty β′Pβ that is added to the deviance, by rows.
    pub penalty: Option<Vec<f64>>,
}

impl Default for Irls {
    fn default() -> Self {
        Self {
            max_iterations: 100,
            tolerance: 1e-18,
            start: None,
            penalty: None,
        }
    }
}

/// A fitted model.
#[derive(Clone, Debug)]
pub struct Fit {
    /// The coefficients; those of aliased columns are NaN.
    pub coefficients: Vec<f64>,
    /// Which columns depend on those before them.
    pub aliased: Vec<bool>,
    /// How many columns do not.
    pub rank: usize,
    /// The deviance.
    pub deviance: f64,
    /// Pearson's χ².
    pub pearson: f64,
    /// Whether the iteration came to an end.
    pub converged: bool,
    /// How many steps were taken.
    pub iterations: usize,
    /// The deviance after each.
    pub history: Vec<f64>,
    /// X′WX and the score at the end.
    pub gram: Gram,
    /// (X′WX + P)⁻¹ by rows: the covariance of the coefficients for φ = 1; NaN for aliased columns.
    pub inverse: Vec<f64>,
}

impl Irls {
    /// Fits a model.
    ///
    /// ```
    /// use rustsci_glm::families::FamilySpec;
    /// use rustsci_glm::{Design, Irls, Model, Observations};
    /// let family = FamilySpec::Poisson.build()?;
    /// let link = family.default_link().build()?;
    /// let observations = Observations::new(vec![1.0, 2.0, 6.0]);
    /// let fit = Irls::default().fit(&Design::intercept(3), &observations, &Model { family, link })?;
    /// assert!((fit.coefficients[0] - 3.0_f64.ln()).abs() < 1e-12);
    /// # Ok::<(), rustsci_glm::Error>(())
    /// ```
    ///
    /// # Errors
    /// If there is no valid mean to go on from: with an identity link, say, when the linear predictor leaves the range
    /// of the family's means whatever the length of the step.
    pub fn fit(
        &self,
        design: &Design<'_>,
        observations: &Observations<'_>,
        model: &Model,
    ) -> Result<Fit> {
        let columns = design.columns();
        let pass = |beta: &[f64]| fold(design, observations, model, Start::Coefficients(beta));
        let mut beta = vec![0.0; columns];
        let mut current = match &self.start {
            Some(start) => {
                beta.copy_from_slice(start);
                pass(&beta)
            }
            None => fold(
                design,
                observations,
                model,
                Self::origin(observations, model),
            ),
        };
        if self.start.is_some() && !current.valid {
            return Err(Error::value(format!(
                "the means that follow from start_params are outside the {} family's range",
                model.family.name()
            )));
        }
        let mut previous: Option<f64> =
            self.start.as_ref().map(|_| self.objective(&current, &beta));
        let (mut history, mut converged) = (Vec::new(), false);
        let mut known: Option<Vec<bool>> = None;
        let mut last_gain = f64::INFINITY;
        loop {
            let (factor, step, gain) = self.step(&current.gram(design), &beta);
            // Means that are out of range at the start say nothing of the columns.
            if current.valid || previous.is_some() {
                known.get_or_insert_with(|| factor.aliased().to_vec());
            }
            let aliased = known.as_deref().unwrap_or(factor.aliased());
            if let Some(objective) = previous {
                let size = objective.abs() + 0.1;
                // Rounding is all that is left when the expected gain does not shrink any more.
                converged = gain <= self.tolerance * size
                    || (gain <= 1e-12 * size && gain >= 0.25 * last_gain);
                last_gain = gain;
            }
            if converged || history.len() >= self.max_iterations {
                if converged {
                    // This last step costs nothing, and squares what is left of the error.
                    for (beta, step) in beta.iter_mut().zip(&step) {
                        *beta += step;
                    }
                }
                return Ok(self.finish(design, beta, aliased, current, history, converged));
            }
            let accepted = self.accept(&beta, &step, previous, &pass).or_else(|| {
                // Links that cannot have any linear predictor need a start well inside of their range.
                previous.is_none().then(|| {
                    let start = Start::Constant(observations.mean());
                    let flat = fold(design, observations, model, start);
                    let (_, step, _) = self.step(&flat.gram(design), &beta);
                    self.accept(&beta, &step, None, &pass)
                })?
            });
            let (next, accumulated) = accepted.ok_or_else(|| {
                Error::value(format!(
                    "the fit of the {} family with the {} link left the range of valid means after {} iterations, and \
                     shorter steps did not help; give start_params, or another link",
                    model.family.name(),
                    model.link.name(),
                    history.len()
                ))
            })?;
            beta = next;
            current = accumulated;
            history.push(current.deviance);
            previous = Some(self.objective(&current, &beta));
        }
    }

    /// Where to start without coefficients: for rates, at the rate of all rows together, else at the responses.
    fn origin(observations: &Observations<'_>, model: &Model) -> Start<'static> {
        let mean = observations.mean();
        if model.link.name() != "log" {
            return Start::Response(mean);
        }
        let (mut total, mut exposure) = (0.0, 0.0);
        for row in 0..observations.rows() {
            let weight = observations.weight(row);
            total += weight;
            exposure += weight
                * observations
                    .offset
                    .as_ref()
                    .map_or(1.0, |offset| offset[row].exp());
        }
        let shift = (mean * total / exposure).ln();
        if shift.is_finite() {
            Start::Shift(shift)
        } else {
            Start::Response(mean)
        }
    }

    /// The deviance and the penalty.
    fn objective(&self, accumulated: &Accumulator, beta: &[f64]) -> f64 {
        let penalty = self.penalty.as_ref().map_or(0.0, |penalty| {
            let product = matvec(penalty, beta);
            product.iter().zip(beta).map(|(a, b)| a * b).sum()
        });
        accumulated.deviance + penalty
    }

    /// The factored equations, the step, and by how much it should lower the objective.
    fn step(&self, gram: &Gram, beta: &[f64]) -> (Cholesky, Vec<f64>, f64) {
        let (mut matrix, mut score) = (gram.matrix.clone(), gram.score.clone());
        if let Some(penalty) = &self.penalty {
            for (entry, penalty) in matrix.iter_mut().zip(penalty) {
                *entry += penalty;
            }
            for (score, pull) in score.iter_mut().zip(matvec(penalty, beta)) {
                *score -= pull;
            }
        }
        let factor = Cholesky::new(&matrix, gram.columns);
        let step = factor.solve(&score);
        let gain = step
            .iter()
            .zip(&score)
            .map(|(step, score)| step * score)
            .sum();
        (factor, step, gain)
    }

    /// The first of ever shorter steps that is valid and does not make things worse.
    fn accept(
        &self,
        beta: &[f64],
        step: &[f64],
        previous: Option<f64>,
        pass: &dyn Fn(&[f64]) -> Accumulator,
    ) -> Option<(Vec<f64>, Accumulator)> {
        let mut length = 1.0;
        let mut best: Option<(f64, Vec<f64>, Accumulator)> = None;
        for _ in 0..HALVINGS {
            let next: Vec<f64> = beta.iter().zip(step).map(|(b, s)| b + length * s).collect();
            let accumulated = pass(&next);
            let objective = self.objective(&accumulated, &next);
            if accumulated.valid && objective.is_finite() {
                let limit = previous.map_or(f64::INFINITY, |p| p + 1e-9 * (p.abs() + 0.1));
                if objective <= limit {
                    return Some((next, accumulated));
                }
                if best.as_ref().is_none_or(|(least, ..)| objective < *least) {
                    best = Some((objective, next, accumulated));
                }
            }
            length *= 0.5;
        }
        best.map(|(_, next, accumulated)| (next, accumulated))
    }

    fn finish(
        &self,
        design: &Design<'_>,
        mut coefficients: Vec<f64>,
        aliased: &[bool],
        last: Accumulator,
        history: Vec<f64>,
        converged: bool,
    ) -> Fit {
        let gram = last.gram(design);
        let (factor, ..) = self.step(&gram, &coefficients);
        for (coefficient, aliased) in coefficients.iter_mut().zip(aliased) {
            if *aliased {
                *coefficient = f64::NAN;
            }
        }
        Fit {
            coefficients,
            aliased: aliased.to_vec(),
            rank: aliased.iter().filter(|aliased| !**aliased).count(),
            deviance: last.deviance,
            pearson: last.pearson,
            converged,
            iterations: history.len(),
            history,
            gram,
            inverse: factor.inverse(),
        }
    }
}

/// A square matrix, by rows, times a vector.
fn matvec(matrix: &[f64], vector: &[f64]) -> Vec<f64> {
    let dot = |row: &[f64]| row.iter().zip(vector).map(|(a, b)| a * b).sum();
    matrix.chunks_exact(vector.len().max(1)).map(dot).collect()
}
