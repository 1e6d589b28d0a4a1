//! The Poisson distribution.

use super::discrete::{is_count, normal_guess, quantile, upper_quantile};
use super::normal::standard_quantile;
use super::{ParameterError, Parts, check};
use crate::DoubleDouble;
use crate::special::{IncompleteGamma, Tails};

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

    fn guess(&self, z: f64) -> f64 {
        normal_guess(self.mean, self.mean, z)
    }
}

impl Parts for Poisson {
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

    fn tails(&self, x: f64) -> Tails {
        if x.is_nan() {
            return Tails { lower: x, upper: x };
        }
        if x < 0.0 {
            return Tails {
                lower: 0.0,
                upper: 1.0,
            };
        }
        if x == f64::INFINITY {
            return Tails {
                lower: 1.0,
                upper: 0.0,
            };
        }
        IncompleteGamma::new(x.floor() + 1.0)
            .tails(self.mean.into())
            .swapped()
    }

    fn lower_quantile(&self, p: f64) -> f64 {
        quantile(self, p, self.guess(standard_quantile(p)), f64::INFINITY)
    }

    fn upper_quantile(&self, q: f64) -> f64 {
        upper_quantile(self, q, self.guess(-standard_quantile(q)), f64::INFINITY)
    }
}
