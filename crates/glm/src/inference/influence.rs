//! What each row does to the fit, by one step of the iteration without it.

use crate::error::Result;
use crate::rows::Rows;

/// The change that each row makes.
#[derive(Clone, Debug)]
pub struct Influence {
    /// By how much each coefficient would change without the row, by rows: V xᵢ sᵢ / (1 − hᵢᵢ).
    pub coefficients: Vec<f64>,
    /// By how much the row's linear predictor would.
    pub predictors: Vec<f64>,
}

impl Rows<'_> {
    /// The influence of each row on the coefficients: the first step of the iteration that leaves it out
    /// (Pregibon 1981, *Logistic regression diagnostics*, section 3.2).
    ///
    /// # Errors
    /// If the fit has no covariance.
    pub fn influence(&self) -> Result<Influence> {
        let k = self.design.columns();
        let zero = |value: &f64| if value.is_nan() { 0.0 } else { *value };
        let covariance: Vec<f64> = self.fitted.covariance.iter().map(zero).collect();
        let leverage = self.leverage()?;
        let mut coefficients = vec![0.0; self.mu.len() * k];
        let mut predictors = vec![0.0; self.mu.len()];
        let pieces: Vec<_> = coefficients
            .chunks_mut(k.max(1))
            .zip(&mut predictors)
            .enumerate()
            .collect();
        rustsci_par::for_each(pieces, &|(row, (change, predictor)): (
            usize,
            (&mut [f64], &mut f64),
        )| {
            let x = self.design.row(row);
            let factor = self.score_factor(row) / (1.0 - leverage[row]);
            for (change, line) in change.iter_mut().zip(covariance.chunks_exact(k)) {
                let dot: f64 = line.iter().zip(&x).map(|(v, x)| v * x).sum();
                *change = factor * dot;
            }
            *predictor = change.iter().zip(&x).map(|(c, x)| c * x).sum();
        });
        Ok(Influence {
            coefficients,
            predictors,
        })
    }
}
