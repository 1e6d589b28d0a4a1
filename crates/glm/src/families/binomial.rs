//! The binomial distribution of a proportion.

use super::{Family, Weight, y_log_ratio};
use crate::links::LinkSpec;
use crate::special::{ln_choose, ln_gamma, regularized_beta};

/// V(μ) = μ (1 − μ), of the proportion of successes.
#[derive(Clone, Copy, Debug)]
pub struct Binomial;

impl Family for Binomial {
    fn name(&self) -> &'static str {
        "Binomial"
    }

    fn default_link(&self) -> LinkSpec {
        LinkSpec::Logit
    }

    fn variance(&self, mu: f64) -> f64 {
        mu * (1.0 - mu)
    }

    fn variance_derivative(&self, mu: f64) -> f64 {
        1.0 - 2.0 * mu
    }

    #[inline]
    fn unit_deviance(&self, y: f64, mu: f64) -> f64 {
        2.0 * (y_log_ratio(y, mu) + y_log_ratio(1.0 - y, 1.0 - mu))
    }

    fn log_likelihood(&self, y: f64, mu: f64, weight: Weight, scale: f64) -> f64 {
        let n = weight.trials;
        let success = if y == 0.0 { 0.0 } else { y * mu.ln() };
        let failure = if y == 1.0 {
            0.0
        } else {
            (1.0 - y) * (-mu).ln_1p()
        };
        weight.prior / scale * (ln_choose(n, n * y) + n * (success + failure))
    }

    fn anscombe(&self, y: f64, mu: f64) -> f64 {
        let third = 2.0 / 3.0;
        let beta = (2.0 * ln_gamma(third) - ln_gamma(2.0 * third)).exp();
        let integral = regularized_beta(third, third, y) - regularized_beta(third, third, mu);
        beta * integral / self.variance(mu).powf(1.0 / 6.0)
    }

    fn starting_mean(&self, y: f64, _average: f64) -> f64 {
        0.5 * (y + 0.5)
    }

    fn is_valid_response(&self, y: f64) -> bool {
        (0.0..=1.0).contains(&y)
    }

    fn response_range(&self) -> &'static str {
        "proportions: between 0 and 1 (or two columns of successes and failures)"
    }

    fn is_valid_mean(&self, mu: f64) -> bool {
        mu > 0.0 && mu < 1.0
    }

    fn has_fixed_dispersion(&self) -> bool {
        true
    }
}
