//! The Poisson distribution.

use super::{Family, Weight, y_log_ratio};
use crate::links::LinkSpec;
use crate::special::ln_gamma;

/// V(μ) = μ.
#[derive(Clone, Copy, Debug)]
pub struct Poisson;

impl Family for Poisson {
    fn name(&self) -> &'static str {
        "Poisson"
    }

    fn default_link(&self) -> LinkSpec {
        LinkSpec::Log
    }

    fn variance(&self, mu: f64) -> f64 {
        mu
    }

    fn variance_derivative(&self, _mu: f64) -> f64 {
        1.0
    }

    #[inline]
    fn unit_deviance(&self, y: f64, mu: f64) -> f64 {
        2.0 * (y_log_ratio(y, mu) - (y - mu))
    }

    fn log_likelihood(&self, y: f64, mu: f64, weight: Weight, scale: f64) -> f64 {
        let power = if y == 0.0 { 0.0 } else { y * mu.ln() };
        weight.prior / scale * (power - mu - ln_gamma(y + 1.0))
    }

    fn anscombe(&self, y: f64, mu: f64) -> f64 {
        1.5 * (y.cbrt().powi(2) - mu.cbrt().powi(2)) / mu.powf(1.0 / 6.0)
    }

    fn is_valid_response(&self, y: f64) -> bool {
        y >= 0.0 && y.is_finite()
    }

    fn response_range(&self) -> &'static str {
        "counts: zero or more"
    }

    fn is_valid_mean(&self, mu: f64) -> bool {
        mu > 0.0 && mu.is_finite()
    }

    fn has_fixed_dispersion(&self) -> bool {
        true
    }
}
