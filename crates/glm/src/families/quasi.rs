//! Families by their variance alone.

use serde::{Deserialize, Serialize};

use super::{Binomial, Family, Gamma, Gaussian, InverseGaussian, Poisson, Weight};
use crate::links::LinkSpec;

/// How the variance depends on the mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum VarianceFunction {
    /// V(μ) = 1.
    #[serde(rename = "constant")]
    Constant,
    /// V(μ) = μ.
    #[serde(rename = "mu")]
    Mu,
    /// V(μ) = μ².
    #[serde(rename = "mu^2")]
    MuSquared,
    /// V(μ) = μ³.
    #[serde(rename = "mu^3")]
    MuCubed,
    /// V(μ) = μ (1 − μ).
    #[serde(rename = "mu(1-mu)")]
    MuOneMinusMu,
}

/// A quasi-likelihood: the variance function's, with the dispersion estimated.
#[derive(Debug)]
pub struct Quasi {
    variance: VarianceFunction,
    name: &'static str,
}

impl Quasi {
    /// The quasi-family of a variance function, under a name.
    pub fn new(variance: VarianceFunction, name: &'static str) -> Self {
        Self { variance, name }
    }

    /// The family proper that has the same variance function.
    fn model(&self) -> &'static dyn Family {
        match self.variance {
            VarianceFunction::Constant => &Gaussian,
            VarianceFunction::Mu => &Poisson,
            VarianceFunction::MuSquared => &Gamma,
            VarianceFunction::MuCubed => &InverseGaussian,
            VarianceFunction::MuOneMinusMu => &Binomial,
        }
    }
}

impl Family for Quasi {
    fn name(&self) -> &'static str {
        self.name
    }

    fn default_link(&self) -> LinkSpec {
        match self.name {
            "quasi" => LinkSpec::Identity,
            _ => self.model().default_link(),
        }
    }

    fn variance(&self, mu: f64) -> f64 {
        self.model().variance(mu)
    }

    fn variance_derivative(&self, mu: f64) -> f64 {
        self.model().variance_derivative(mu)
    }

    fn unit_deviance(&self, y: f64, mu: f64) -> f64 {
        self.model().unit_deviance(y, mu)
    }

    fn log_likelihood(&self, _y: f64, _mu: f64, _weight: Weight, _scale: f64) -> f64 {
        f64::NAN
    }

    fn anscombe(&self, y: f64, mu: f64) -> f64 {
        self.model().anscombe(y, mu)
    }

    fn starting_mean(&self, y: f64, average: f64) -> f64 {
        self.model().starting_mean(y, average)
    }

    fn is_valid_response(&self, y: f64) -> bool {
        self.model().is_valid_response(y)
    }

    fn response_range(&self) -> &'static str {
        self.model().response_range()
    }

    fn is_valid_mean(&self, mu: f64) -> bool {
        self.model().is_valid_mean(mu)
    }
}
