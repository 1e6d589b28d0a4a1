//! Probability distributions: density, both tails and their inverses, to about 1e-15 relative, far out in the tails
//! as well.
//!
//! A distribution is made from its parameters once, which is where their logarithms of gamma functions are computed,
//! and then asked for any number of values.

mod beta;
mod binomial;
mod chi_squared;
mod discrete;
mod f;
mod gamma;
mod negative_binomial;
mod normal;
mod poisson;
mod student_t;

use crate::DoubleDouble;
use crate::special::Tails;

pub use beta::Beta;
pub use binomial::Binomial;
pub use chi_squared::ChiSquared;
pub use f::F;
pub use gamma::Gamma;
pub use negative_binomial::NegativeBinomial;
pub use normal::Normal;
pub use poisson::Poisson;
pub use student_t::StudentT;

/// A parameter outside the range that its distribution is defined for.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{distribution}: {parameter} must be {expected}, not {given}")]
pub struct ParameterError {
    distribution: &'static str,
    parameter: &'static str,
    expected: &'static str,
    given: f64,
}

/// What can be asked of a distribution of numbers.
pub trait Distribution {
    /// The logarithm of [`Distribution::density`].
    fn ln_density(&self, x: f64) -> f64;

    /// The probability density, or, for a distribution of whole numbers, the probability.
    fn density(&self, x: f64) -> f64;

    /// The probability of at most `x`.
    fn cdf(&self, x: f64) -> f64;

    /// The probability of more than `x`.
    fn sf(&self, x: f64) -> f64;

    /// The least number whose [`Distribution::cdf`] is at least `p`.
    fn ppf(&self, p: f64) -> f64;

    /// The least number whose [`Distribution::sf`] is at most `q`: for tails that one less `q` cannot tell from nothing.
    fn isf(&self, q: f64) -> f64;
}

/// What most distributions are made of.
trait Parts {
    /// The logarithm of the density, or, where that is not computed by logarithms, the density itself.
    fn interior(&self, x: f64) -> Result<DoubleDouble, f64>;

    /// The probabilities of at most and of more than `x`.
    fn tails(&self, x: f64) -> Tails;

    /// [`Distribution::ppf`] of a number that is a probability.
    fn lower_quantile(&self, p: f64) -> f64;

    /// [`Distribution::isf`] of a number that is a probability.
    fn upper_quantile(&self, q: f64) -> f64;
}

impl<T: Parts> Distribution for T {
    fn ln_density(&self, x: f64) -> f64 {
        self.interior(x).map_or_else(f64::ln, DoubleDouble::value)
    }

    fn density(&self, x: f64) -> f64 {
        self.interior(x)
            .map_or_else(|density| density, DoubleDouble::exp)
    }

    fn cdf(&self, x: f64) -> f64 {
        self.tails(x).lower
    }

    fn sf(&self, x: f64) -> f64 {
        self.tails(x).upper
    }

    fn ppf(&self, p: f64) -> f64 {
        if is_probability(p) {
            self.lower_quantile(p)
        } else {
            f64::NAN
        }
    }

    fn isf(&self, q: f64) -> f64 {
        if is_probability(q) {
            self.upper_quantile(q)
        } else {
            f64::NAN
        }
    }
}

/// A parameter that must be positive and finite.
fn positive(
    distribution: &'static str,
    parameter: &'static str,
    given: f64,
) -> Result<f64, ParameterError> {
    let valid = given > 0.0 && given.is_finite();
    check(valid, distribution, parameter, "positive and finite", given)
}

fn check(
    valid: bool,
    distribution: &'static str,
    parameter: &'static str,
    expected: &'static str,
    given: f64,
) -> Result<f64, ParameterError> {
    if valid {
        return Ok(given);
    }
    Err(ParameterError {
        distribution,
        parameter,
        expected,
        given,
    })
}

/// Whether a number can be a probability; NaN cannot.
fn is_probability(p: f64) -> bool {
    (0.0..=1.0).contains(&p)
}
