//! The score and the information of a model at its coefficients.

use crate::fold::weighted_gram;
use crate::rows::Rows;

impl Rows<'_> {
    /// The derivative of the log-likelihood by the coefficients, for φ = 1.
    pub fn score(&self) -> Vec<f64> {
        let rows = 0..self.mu.len();
        let factors: Vec<f64> = rows.map(|row| self.score_factor(row)).collect();
        weighted_gram(&self.design, &vec![0.0; factors.len()], &factors).score
    }

    /// Each row's part of the score, by rows.
    pub fn scores(&self) -> Vec<f64> {
        (0..self.design.rows())
            .flat_map(|row| {
                let factor = self.score_factor(row);
                self.design.row(row).into_iter().map(move |x| factor * x)
            })
            .collect()
    }

    /// The information for φ = 1 by rows: the expected one, X′WX, or what was observed, the negative of the
    /// log-likelihood's second derivatives.
    pub fn information_matrix(&self, observed: bool) -> Vec<f64> {
        let rows = 0..self.mu.len();
        let weights: Vec<f64> = if observed {
            rows.map(|row| self.observed_information(row)).collect()
        } else {
            rows.map(|row| self.information(row)).collect()
        };
        weighted_gram(&self.design, &weights, &vec![0.0; weights.len()]).matrix
    }

    /// The deviance and Pearson's χ² at the coefficients, whatever they are.
    pub fn discrepancy(&self) -> (f64, f64) {
        (0..self.mu.len()).fold((0.0, 0.0), |(deviance, pearson), row| {
            let y = self.observations.response[row];
            let weight = self.observations.weight(row);
            let residual = self.residual(row);
            (
                deviance + weight * self.model.family.unit_deviance(y, self.mu[row]),
                pearson + weight * residual * residual / self.variance(row),
            )
        })
    }
}
