//! What λ is chosen by, for the weighted linear model that a step of the iteration solves.

use super::penalties::Penalties;
use super::search::Method;
use crate::design_matrix::Gram;
use crate::matrices::{dot, product, times};
use crate::solvers::Cholesky;

/// The sums over rows at some coefficients β₀, of which everything follows that λ changes.
pub(crate) struct Working<'a> {
    pub(crate) gram: &'a Gram,
    /// β₀, zero where columns are aliased.
    pub(crate) start: &'a [f64],
    /// Σ w (z − xβ₀)², Pearson's χ².
    pub(crate) square: f64,
    /// The number of observations.
    pub(crate) count: f64,
    /// φ, if it is known.
    pub(crate) scale: Option<f64>,
    pub(crate) penalties: &'a Penalties,
    /// A penalty besides those of smooths, by rows.
    pub(crate) other: Option<&'a [f64]>,
    pub(crate) method: Method,
    /// What a degree of freedom counts for in the criterion.
    pub(crate) gamma: f64,
}

/// The value of a criterion from a deviance and degrees of freedom; that of cross-validation in logarithms.
pub(crate) fn prediction_error(
    deviance: f64,
    count: f64,
    freedom: f64,
    gamma: f64,
    scale: Option<f64>,
) -> f64 {
    match scale {
        // Un-biased risk, or Mallows' Cp (Wood 2017, section 6.2.1).
        Some(scale) => deviance / count + 2.0 * gamma * freedom * scale / count - scale,
        // Generalized cross-validation (Craven & Wahba 1979).
        None => {
            let rest = count - gamma * freedom;
            if rest <= 0.0 {
                return f64::INFINITY;
            }
            (count * deviance / (rest * rest)).ln()
        }
    }
}

impl Working<'_> {
    /// The criterion and its derivatives by the logarithms of the free λ.
    pub(crate) fn evaluate(&self, rho: &[f64]) -> (f64, Vec<f64>) {
        let k = self.gram.columns;
        let lambdas = self.penalties.lambdas(rho);
        let mut total = vec![0.0; k * k];
        if let Some(other) = self.other {
            total.copy_from_slice(other);
        }
        self.penalties.add_to(&lambdas, &mut total);
        let matrix: Vec<f64> = self
            .gram
            .matrix
            .iter()
            .zip(&total)
            .map(|(g, s)| g + s)
            .collect();
        let factor = Cholesky::new(&matrix, k);
        let mut inverse = factor.inverse();
        for entry in inverse.iter_mut().filter(|entry| entry.is_nan()) {
            *entry = 0.0;
        }
        // (G + S) (β − β₀) = u − S β₀.
        let pull = times(&total, self.start);
        let right: Vec<f64> = self
            .gram
            .score
            .iter()
            .zip(&pull)
            .map(|(u, p)| u - p)
            .collect();
        let step = factor.solve(&right);
        let beta: Vec<f64> = self.start.iter().zip(&step).map(|(b, s)| b + s).collect();
        let image = times(&self.gram.matrix, &step);
        let residual = self.square - 2.0 * dot(&step, &self.gram.score) + dot(&step, &image);
        match self.method {
            Method::Gcv => {
                let influence = product(&inverse, &self.gram.matrix, k, k);
                let freedom: f64 = influence.iter().step_by(k + 1).sum();
                let spread = product(&influence, &inverse, k, k);
                // dβ/dρ = −λ (G + S)⁻¹ S β, and the residual's gradient by β is 2 (G d − u).
                let gradient: Vec<f64> = image
                    .iter()
                    .zip(&self.gram.score)
                    .map(|(g, u)| g - u)
                    .collect();
                let lean = times(&inverse, &gradient);
                let mut slopes = Vec::new();
                self.penalties.for_free(&lambdas, |block, part, lambda| {
                    let own = block.start..block.start + block.width;
                    let bent = times(&part.matrix, &beta[own.clone()]);
                    let mut trace = 0.0;
                    for (row, line) in part.matrix.chunks_exact(block.width).enumerate() {
                        let at = (block.start + row) * k + block.start;
                        trace += dot(line, &spread[at..at + block.width]);
                    }
                    let of_residual = -2.0 * lambda * dot(&lean[own], &bent);
                    let of_freedom = -lambda * trace;
                    slopes.push(match self.scale {
                        Some(scale) => {
                            (of_residual + 2.0 * self.gamma * scale * of_freedom) / self.count
                        }
                        None => {
                            of_residual / residual
                                + 2.0 * self.gamma * of_freedom
                                    / (self.count - self.gamma * freedom)
                        }
                    });
                });
                let value = prediction_error(residual, self.count, freedom, self.gamma, self.scale);
                (value, slopes)
            }
            Method::Reml => {
                let bent = times(&total, &beta);
                let penalised = residual + dot(&beta, &bent);
                let (determinant, of_determinant, rank) = self.penalties.log_determinant(&lambdas);
                let free = factor.rank() as f64 - rank as f64;
                let ends = 0.5 * (factor.log_determinant() - determinant);
                let (value, factor_of_fit) = match self.scale {
                    Some(scale) => (penalised / (2.0 * scale) + ends, 1.0 / (2.0 * scale)),
                    None => {
                        let rest = self.count - free;
                        (0.5 * rest * penalised.ln() + ends, 0.5 * rest / penalised)
                    }
                };
                let mut slopes = of_determinant;
                let mut index = 0;
                self.penalties.for_free(&lambdas, |block, part, lambda| {
                    let own = &beta[block.start..block.start + block.width];
                    let mut trace = 0.0;
                    for (row, line) in part.matrix.chunks_exact(block.width).enumerate() {
                        let at = (block.start + row) * k + block.start;
                        trace += dot(line, &inverse[at..at + block.width]);
                    }
                    let of_fit = lambda * dot(own, &times(&part.matrix, own));
                    slopes[index] = factor_of_fit * of_fit + 0.5 * (lambda * trace - slopes[index]);
                    index += 1;
                });
                (value, slopes)
            }
        }
    }
}
