//! The negative binomial distribution of a given shape.

use super::{Family, Weight, y_log_ratio};
use crate::links::LinkSpec;
use crate::special::ln_gamma;

/// V(μ) = μ + μ² / θ.
#[derive(Clone, Copy, Debug)]
pub struct NegativeBinomial {
    /// θ, the shape of the gamma distribution that mixes the Poisson rates; 1/θ is what others call α.
    pub theta: f64,
}

impl Family for NegativeBinomial {
    fn name(&self) -> &'static str {
        "NegativeBinomial"
    }

    fn default_link(&self) -> LinkSpec {
        LinkSpec::Log
    }

    fn variance(&self, mu: f64) -> f64 {
        mu + mu * mu / self.theta
    }

    fn variance_derivative(&self, mu: f64) -> f64 {
        1.0 + 2.0 * mu / self.theta
    }

    fn unit_deviance(&self, y: f64, mu: f64) -> f64 {
        let theta = self.theta;
        2.0 * (y_log_ratio(y, mu) - (y + theta) * ((y - mu) / (mu + theta)).ln_1p())
    }

    fn log_likelihood(&self, y: f64, mu: f64, weight: Weight, scale: f64) -> f64 {
        let theta = self.theta;
        let success = if y == 0.0 {
            0.0
        } else {
            y * (mu / (mu + theta)).ln()
        };
        let constant = ln_gamma(y + theta) - ln_gamma(theta) - ln_gamma(y + 1.0);
        weight.prior / scale * (constant + success - theta * (mu / theta).ln_1p())
    }

    /// With t = s^(3/2) the integrand of the definition is 1.5 (1 + s^(3/2) / θ)^(-1/3), which is smooth enough for
    /// Simpson's rule.
    fn anscombe(&self, y: f64, mu: f64) -> f64 {
        const PANELS: u32 = 200;
        let (low, high) = (mu.cbrt().powi(2), y.cbrt().powi(2));
        let step = (high - low) / f64::from(PANELS);
        let integrand = |s: f64| 1.5 / (1.0 + s * s.sqrt() / self.theta).cbrt();
        let inner = (1..PANELS).map(|i| {
            let weight = if i % 2 == 1 { 4.0 } else { 2.0 };
            weight * integrand(low + step * f64::from(i))
        });
        let integral = step / 3.0 * (integrand(low) + inner.sum::<f64>() + integrand(high));
        integral / self.variance(mu).powf(1.0 / 6.0)
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
