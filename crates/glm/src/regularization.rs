//! Penalties on coefficients: how large, of which kind, and for whom.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::observations::Observations;

/// An elastic net: α (ρ Σ fⱼ |βⱼ| + (1 − ρ)/2 Σ fⱼ βⱼ²) is added to half the mean deviance
/// (Friedman, Hastie & Tibshirani 2010, equation 2); the constant is never penalised.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Penalty {
    /// α.
    pub alpha: f64,
    /// ρ, the share of the absolute values.
    pub l1_ratio: f64,
    /// f, one for each coefficient; 1 if left out.
    pub factors: Option<Vec<f64>>,
    /// Whether α is added to half the deviance itself, not to its mean.
    pub of_sum: bool,
}

/// A penalty in units of half the deviance, one number for each coefficient.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// What absolute values are multiplied with.
    pub lasso: Vec<f64>,
    /// What half the squares are multiplied with.
    pub ridge: Vec<f64>,
}

impl Penalty {
    /// The weights of each coefficient's penalty.
    ///
    /// # Errors
    /// If a number is outside its range, or the factors are not one for each coefficient.
    pub fn weights(&self, names: &[String], observations: &Observations<'_>) -> Result<Weights> {
        if !self.alpha.is_finite() || self.alpha < 0.0 {
            return Err(Error::value(format!(
                "alpha must be finite and not negative, not {}",
                self.alpha
            )));
        }
        if !(0.0..=1.0).contains(&self.l1_ratio) {
            return Err(Error::value(format!(
                "l1_ratio must be between 0 and 1, not {}",
                self.l1_ratio
            )));
        }
        let factors = match &self.factors {
            None => vec![1.0; names.len()],
            Some(factors) if factors.len() != names.len() => {
                return Err(Error::value(format!(
                    "there are {} penalty factors, but {} coefficients: {}",
                    factors.len(),
                    names.len(),
                    names.join(", ")
                )));
            }
            Some(factors) => factors.clone(),
        };
        if let Some(wrong) = factors.iter().find(|f| f.is_nan() || **f < 0.0) {
            return Err(Error::value(format!(
                "penalty factors must not be negative, but one is {wrong}"
            )));
        }
        let total = if self.of_sum {
            1.0
        } else {
            (0..observations.rows())
                .map(|row| observations.weight(row))
                .sum()
        };
        let scaled = |share: f64| -> Vec<f64> {
            let each = factors.iter().zip(names);
            each.map(|(factor, name)| match name.as_str() {
                "Intercept" => 0.0,
                _ => self.alpha * share * factor * total,
            })
            .collect()
        };
        Ok(Weights {
            lasso: scaled(self.l1_ratio),
            ridge: scaled(1.0 - self.l1_ratio),
        })
    }
}
