//! The normal distribution.

use std::f64::consts::PI;

use super::{Family, Weight};
use crate::links::LinkSpec;

/// V(μ) = 1.
#[derive(Clone, Copy, Debug)]
pub struct Gaussian;

impl Family for Gaussian {
    fn name(&self) -> &'static str {
        "Gaussian"
    }

    fn default_link(&self) -> LinkSpec {
        LinkSpec::Identity
    }

    fn variance(&self, _mu: f64) -> f64 {
        1.0
    }

    fn variance_derivative(&self, _mu: f64) -> f64 {
        0.0
    }

    fn unit_deviance(&self, y: f64, mu: f64) -> f64 {
        (y - mu) * (y - mu)
    }

    fn log_likelihood(&self, y: f64, mu: f64, weight: Weight, scale: f64) -> f64 {
        let variance = scale / weight.prior;
        -0.5 * ((y - mu).powi(2) / variance + (2.0 * PI * variance).ln())
    }

    fn anscombe(&self, y: f64, mu: f64) -> f64 {
        y - mu
    }

    fn is_valid_response(&self, y: f64) -> bool {
        y.is_finite()
    }

    fn response_range(&self) -> &'static str {
        "finite"
    }

    fn is_valid_mean(&self, mu: f64) -> bool {
        mu.is_finite()
    }
}
