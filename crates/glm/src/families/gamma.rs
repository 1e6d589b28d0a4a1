//! The gamma distribution.

use super::{Family, Weight};
use crate::links::LinkSpec;
use crate::special::ln_gamma;

/// V(μ) = μ².
#[derive(Clone, Copy, Debug)]
pub struct Gamma;

impl Family for Gamma {
    fn name(&self) -> &'static str {
        "Gamma"
    }

    fn default_link(&self) -> LinkSpec {
        LinkSpec::Inverse
    }

    fn variance(&self, mu: f64) -> f64 {
        mu * mu
    }

    fn variance_derivative(&self, mu: f64) -> f64 {
        2.0 * mu
    }

    #[inline]
    fn unit_deviance(&self, y: f64, mu: f64) -> f64 {
        2.0 * ((y - mu) / mu - (y / mu).ln())
    }

    fn log_likelihood(&self, y: f64, mu: f64, weight: Weight, scale: f64) -> f64 {
        let shape = weight.prior / scale;
        shape * (shape * y / mu).ln() - shape * y / mu - ln_gamma(shape) - y.ln()
    }

    fn anscombe(&self, y: f64, mu: f64) -> f64 {
        3.0 * (y.cbrt() - mu.cbrt()) / mu.cbrt()
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
