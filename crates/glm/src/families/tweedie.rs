//! The Tweedie distributions: the variance is a power of the mean.

use super::tweedie_density::ln_density;
use super::{Family, Gamma, Gaussian, InverseGaussian, Poisson, Weight};
use crate::links::LinkSpec;

/// V(μ) = μᵖ; between 1 and 2 a compound Poisson-gamma distribution, with a probability of zero.
#[derive(Clone, Copy, Debug)]
pub struct Tweedie {
    /// p.
    pub power: f64,
}

impl Tweedie {
    /// The family with a name of its own that has this power.
    fn named(&self) -> Option<&'static dyn Family> {
        Some(match self.power {
            0.0 => &Gaussian,
            1.0 => &Poisson,
            2.0 => &Gamma,
            3.0 => &InverseGaussian,
            _ => return None,
        })
    }
}

impl Family for Tweedie {
    fn name(&self) -> &'static str {
        "Tweedie"
    }

    fn default_link(&self) -> LinkSpec {
        LinkSpec::Log
    }

    fn variance(&self, mu: f64) -> f64 {
        mu.powf(self.power)
    }

    fn variance_derivative(&self, mu: f64) -> f64 {
        self.power * mu.powf(self.power - 1.0)
    }

    /// Dunn & Smyth (2005), equation 2.
    fn unit_deviance(&self, y: f64, mu: f64) -> f64 {
        if let Some(named) = self.named() {
            return named.unit_deviance(y, mu);
        }
        let p = self.power;
        let saturated = if y > 0.0 {
            y.powf(2.0 - p) / ((1.0 - p) * (2.0 - p))
        } else {
            0.0
        };
        2.0 * (saturated - y * mu.powf(1.0 - p) / (1.0 - p) + mu.powf(2.0 - p) / (2.0 - p))
    }

    fn log_likelihood(&self, y: f64, mu: f64, weight: Weight, scale: f64) -> f64 {
        match self.named() {
            Some(named) => named.log_likelihood(y, mu, weight, scale),
            None => ln_density(y, mu, self.power, scale / weight.prior),
        }
    }

    fn anscombe(&self, y: f64, mu: f64) -> f64 {
        let p = self.power;
        if p == 3.0 {
            return InverseGaussian.anscombe(y, mu);
        }
        let a = 1.0 - p / 3.0;
        (y.powf(a) - mu.powf(a)) / (a * mu.powf(p / 6.0))
    }

    fn is_valid_response(&self, y: f64) -> bool {
        match self.named() {
            Some(named) => named.is_valid_response(y),
            None if self.power > 2.0 => y > 0.0 && y.is_finite(),
            None if self.power > 1.0 => y >= 0.0 && y.is_finite(),
            None => y.is_finite(),
        }
    }

    fn response_range(&self) -> &'static str {
        match self.power {
            p if p >= 2.0 => "positive",
            p if p >= 1.0 => "zero or more",
            _ => "finite",
        }
    }

    fn is_valid_mean(&self, mu: f64) -> bool {
        (mu > 0.0 || self.power == 0.0) && mu.is_finite()
    }
}
