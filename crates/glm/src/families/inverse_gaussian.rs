//! The inverse Gaussian distribution.

use std::f64::consts::PI;

use super::{Family, Weight};
use crate::links::LinkSpec;

/// V(μ) = μ³.
#[derive(Clone, Copy, Debug)]
pub struct InverseGaussian;

impl Family for InverseGaussian {
    fn name(&self) -> &'static str {
        "InverseGaussian"
    }

    fn default_link(&self) -> LinkSpec {
        LinkSpec::InverseSquared
    }

    fn variance(&self, mu: f64) -> f64 {
        mu * mu * mu
    }

    fn variance_derivative(&self, mu: f64) -> f64 {
        3.0 * mu * mu
    }

    fn unit_deviance(&self, y: f64, mu: f64) -> f64 {
        (y - mu) * (y - mu) / (y * mu * mu)
    }

    fn log_likelihood(&self, y: f64, mu: f64, weight: Weight, scale: f64) -> f64 {
        let dispersion = scale / weight.prior;
        -0.5 * (self.unit_deviance(y, mu) / dispersion + (2.0 * PI * dispersion * y.powi(3)).ln())
    }

    fn anscombe(&self, y: f64, mu: f64) -> f64 {
        (y / mu).ln() / mu.sqrt()
    }

    fn is_valid_response(&self, y: f64) -> bool {
        y > 0.0 && y.is_finite()
    }

    fn response_range(&self) -> &'static str {
        "positive"
    }

    fn is_valid_mean(&self, mu: f64) -> bool {
        mu > 0.0 && mu.is_finite()
    }
}
