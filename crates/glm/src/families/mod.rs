//! What a response is distributed as: one file a family, and one row of [`FamilySpec`].

mod binomial;
mod dispersion;
mod gamma;
mod gaussian;
mod inverse_gaussian;
mod negative_binomial;
mod poisson;
mod quasi;
mod theta;
mod tweedie;
mod tweedie_density;
mod tweedie_estimates;

use std::fmt::Debug;

use serde::{Deserialize, Serialize};

pub use binomial::Binomial;
pub use dispersion::dispersion;
pub use gamma::Gamma;
pub use gaussian::Gaussian;
pub use inverse_gaussian::InverseGaussian;
pub use negative_binomial::NegativeBinomial;
pub use poisson::Poisson;
pub use quasi::{Quasi, VarianceFunction};
pub use theta::{Theta, estimate_theta};
pub use tweedie::Tweedie;
pub use tweedie_estimates::tweedie_power;

use crate::error::{Error, Result};
use crate::links::LinkSpec;

/// The weight of one observation in the likelihood.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weight {
    /// The prior weight: the variance is φ V(μ) / weight.
    pub prior: f64,
    /// The number of trials of which the response is the proportion of successes; 1 elsewhere.
    pub trials: f64,
}

/// A distribution of the response, an exponential dispersion model or one by its variance alone.
///
/// Sources: McCullagh & Nelder, *Generalized Linear Models* (1989), table 2.1 and chapter 9 for quasi-likelihood.
pub trait Family: Debug + Send + Sync {
    /// The family's name, as messages give it.
    fn name(&self) -> &'static str;

    /// The link used if none is asked for.
    fn default_link(&self) -> LinkSpec;

    /// V(μ): the variance is φ V(μ).
    fn variance(&self, mu: f64) -> f64;

    /// V′(μ).
    fn variance_derivative(&self, mu: f64) -> f64;

    /// d(y, μ), twice the log-likelihood ratio to the saturated model, for φ = 1.
    fn unit_deviance(&self, y: f64, mu: f64) -> f64;

    /// The log-likelihood of one observation with all constants; NaN where there is only a quasi-likelihood.
    fn log_likelihood(&self, y: f64, mu: f64, weight: Weight, scale: f64) -> f64;

    /// The residual on the scale that makes it nearly normal: the integral of V^(-1/3) from μ to y, over V(μ)^(1/6)
    /// (McCullagh & Nelder, section 2.4.2).
    fn anscombe(&self, y: f64, mu: f64) -> f64;

    /// A mean to start from, inside the valid range whatever the response is.
    fn starting_mean(&self, y: f64, average: f64) -> f64 {
        0.5 * (y + average)
    }

    /// Whether a response may take this value.
    fn is_valid_response(&self, y: f64) -> bool;

    /// The values that [`Family::is_valid_response`] accepts, in words.
    fn response_range(&self) -> &'static str;

    /// Whether a mean may take this value.
    fn is_valid_mean(&self, mu: f64) -> bool;

    /// Whether φ is 1 rather than estimated.
    fn has_fixed_dispersion(&self) -> bool {
        false
    }

    /// [`Family::variance`] of each element.
    fn variances(&self, mu: &[f64], out: &mut [f64]) {
        for (out, &mu) in out.iter_mut().zip(mu) {
            *out = self.variance(mu);
        }
    }

    /// The sum of the unit deviances, weighted.
    fn deviance(&self, y: &[f64], mu: &[f64], weights: &[f64]) -> f64 {
        let rows = y.iter().zip(mu).zip(weights);
        rows.map(|((&y, &mu), &weight)| weight * self.unit_deviance(y, mu))
            .sum()
    }

    /// Whether all elements are valid means.
    fn are_valid_means(&self, mu: &[f64]) -> bool {
        mu.iter().all(|&mu| self.is_valid_mean(mu))
    }
}

/// A family by name and parameters, as models keep it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
#[allow(
    missing_docs,
    reason = "each variant is named after the family it makes"
)]
pub enum FamilySpec {
    Gaussian,
    Poisson,
    Binomial,
    Gamma,
    InverseGaussian,
    Tweedie { power: f64 },
    NegativeBinomial { theta: f64 },
    Quasipoisson,
    Quasibinomial,
    Quasi { variance: VarianceFunction },
}

impl FamilySpec {
    /// The family.
    ///
    /// ```
    /// use rustsci_glm::families::{Family, FamilySpec};
    /// let poisson = FamilySpec::Poisson.build().unwrap();
    /// assert_eq!(poisson.variance(3.0), 3.0);
    /// ```
    ///
    /// # Errors
    /// If a parameter is outside its range.
    pub fn build(&self) -> Result<Box<dyn Family>> {
        Ok(match *self {
            Self::Gaussian => Box::new(Gaussian),
            Self::Poisson => Box::new(Poisson),
            Self::Binomial => Box::new(Binomial),
            Self::Gamma => Box::new(Gamma),
            Self::InverseGaussian => Box::new(InverseGaussian),
            Self::Tweedie { power } => return tweedie(power),
            Self::NegativeBinomial { theta } => {
                if !(theta > 0.0 && theta.is_finite()) {
                    return Err(Error::value(format!(
                        "the negative binomial family's theta must be positive and finite, not {theta}"
                    )));
                }
                Box::new(NegativeBinomial { theta })
            }
            Self::Quasipoisson => Box::new(Quasi::new(VarianceFunction::Mu, "quasipoisson")),
            Self::Quasibinomial => {
                Box::new(Quasi::new(VarianceFunction::MuOneMinusMu, "quasibinomial"))
            }
            Self::Quasi { variance } => Box::new(Quasi::new(variance, "quasi")),
        })
    }
}

/// The Tweedie family of a variance power; the powers with a name of their own are those families.
fn tweedie(power: f64) -> Result<Box<dyn Family>> {
    if !power.is_finite() || (power > 0.0 && power < 1.0) {
        return Err(Error::value(format!(
            "there is no Tweedie distribution of variance power {power}: it must be 0, 1 or more, or negative"
        )));
    }
    Ok(Box::new(Tweedie { power }))
}

/// y log(y / μ), which is 0 at y = 0.
#[inline]
pub(crate) fn y_log_ratio(y: f64, mu: f64) -> f64 {
    if y == 0.0 { 0.0 } else { y * (y / mu).ln() }
}
