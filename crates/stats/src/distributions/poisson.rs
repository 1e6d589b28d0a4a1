//! The Poisson distribution.

use super::discrete::{is_count, normal_guess, quantile, upper_quantile};
use super::normal::standard_quantile;
use super::{Distribution, ParameterError, check, is_probability};
use crate::DoubleDouble;
use crate::special::IncompleteGamma;

/// The distribution of the number of independent events.
///
/// ```
/// use rustsci_stats::distributions::{Distribution, Poisson};
/// let poisson = Poisson::new(2.0)?;
/// assert_eq!(poisson.density(0.0), (-2f64).exp());
/// # Ok::<(), rustsci_stats::distributions::ParameterError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Poisson {
    mean: f64,
}

impl Poisson {
    /// The distribution of a mean, which may be zero.
    ///
    /// # Errors
    /// If it is negative or not finite.
    pub fn new(mean: f64) -> Result<Self, ParameterError> {
        let valid = mean >= 0.0 && mean.is_finite();
        check(valid, "Poisson", "mean", "finite and not negative", mean)?;
        Ok(Self { mean })
    }

    /// The mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// The logarithm of the probability, unless that is 0 or 1.
    fn interior(&self, k: f64) -> Result<DoubleDouble, f64> {
        if k.is_nan() {
            return Err(k);
        }
        if !is_count(k) {
            return Err(0.0);
        }
        if self.mean == 0.0 {
            return Err(if k == 0.0 { 1.0 } else { 0.0 });
        }
        if k == 0.0 {
            return Ok(DoubleDouble::from(-self.mean));
        }
        let weight = IncompleteGamma::new(k).ln_weight(self.mean.into());
        Ok(weight - DoubleDouble::from(k).ln())
    }
}

impl Distribution for Poisson {
    fn ln_density(&self, x: f64) -> f64 {
        self.interior(x).map_or_else(f64::ln, DoubleDouble::value)
    }

    fn density(&self, x: f64) -> f64 {
        self.interior(x)
            .map_or_else(|density| density, DoubleDouble::exp)
    }

    fn cdf(&self, x: f64) -> f64 {
        match x {
            x if x < 0.0 => 0.0,
            f64::INFINITY => 1.0,
            x if x.is_nan() => x,
            x => {
                IncompleteGamma::new(x.floor() + 1.0)
                    .tails(self.mean.into())
                    .upper
            }
        }
    }

    fn sf(&self, x: f64) -> f64 {
        match x {
            x if x < 0.0 => 1.0,
            f64::INFINITY => 0.0,
            x if x.is_nan() => x,
            x => {
                IncompleteGamma::new(x.floor() + 1.0)
                    .tails(self.mean.into())
                    .lower
            }
        }
    }

    fn ppf(&self, p: f64) -> f64 {
        if !is_probability(p) {
            return f64::NAN;
        }
        let guess = normal_guess(self.mean, self.mean, standard_quantile(p));
        quantile(self, p, guess, f64::INFINITY)
    }

    fn isf(&self, q: f64) -> f64 {
        if !is_probability(q) {
            return f64::NAN;
        }
        let guess = normal_guess(self.mean, self.mean, -standard_quantile(q));
        upper_quantile(self, q, guess, f64::INFINITY)
    }
}
