//! The negative binomial distribution.

use super::discrete::{is_count, normal_guess, quantile, upper_quantile};
use super::normal::standard_quantile;
use super::{ParameterError, Parts, check, positive};
use crate::DoubleDouble;
use crate::special::{IncompleteBeta, LARGE, Tails, ln_share, precise_ln_gamma};

/// The distribution of the number of failures before so many successes; a Poisson distribution whose mean varies.
///
/// ```
/// use rustsci_stats::distributions::{Distribution, NegativeBinomial};
/// let geometric = NegativeBinomial::new(1.0, 0.25)?;
/// assert!((geometric.density(2.0) - 0.25 * 0.75 * 0.75).abs() < 1e-16);
/// # Ok::<(), rustsci_stats::distributions::ParameterError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct NegativeBinomial {
    size: f64,
    /// The probability of success, and that of failure.
    p: DoubleDouble,
    q: DoubleDouble,
    /// ln Γ(size).
    ln_gamma: DoubleDouble,
}

impl NegativeBinomial {
    /// The distribution of a number of successes, which need not be whole, and the probability of each.
    ///
    /// # Errors
    /// If the number is not positive and finite, or the probability not above 0 and at most 1.
    pub fn new(size: f64, p: f64) -> Result<Self, ParameterError> {
        check(
            p > 0.0 && p <= 1.0,
            "negative binomial",
            "probability",
            "above 0 and at most 1",
            p,
        )?;
        Self::build(size, p.into(), DoubleDouble::sum(1.0, -p))
    }

    /// The distribution of a mean, which may be zero, and a size: its variance is mean + mean² / size.
    ///
    /// ```
    /// use rustsci_stats::distributions::{Distribution, NegativeBinomial};
    /// let counts = NegativeBinomial::from_mean(3.0, 1.0)?;
    /// assert!((counts.density(0.0) - 0.25).abs() < 1e-16);
    /// # Ok::<(), rustsci_stats::distributions::ParameterError>(())
    /// ```
    ///
    /// # Errors
    /// If the mean is negative, the size not positive, or either not finite.
    pub fn from_mean(mean: f64, size: f64) -> Result<Self, ParameterError> {
        let valid = mean >= 0.0 && mean.is_finite();
        check(
            valid,
            "negative binomial",
            "mean",
            "finite and not negative",
            mean,
        )?;
        let sum = DoubleDouble::sum(mean, size);
        Self::build(
            size,
            DoubleDouble::from(size) / sum,
            DoubleDouble::from(mean) / sum,
        )
    }

    fn build(size: f64, p: DoubleDouble, q: DoubleDouble) -> Result<Self, ParameterError> {
        let size = positive("negative binomial", "size", size)?;
        Ok(Self {
            size,
            p,
            q,
            ln_gamma: precise_ln_gamma(size.into()),
        })
    }

    /// Where no success is ever missed, nothing but zero occurs.
    fn most(&self) -> f64 {
        if self.q.high == 0.0 {
            0.0
        } else {
            f64::INFINITY
        }
    }

    fn guess(&self, z: f64) -> f64 {
        let mean = self.size * self.q.high / self.p.high;
        normal_guess(mean, mean / self.p.high, z)
    }
}

impl Parts for NegativeBinomial {
    fn interior(&self, k: f64) -> Result<DoubleDouble, f64> {
        if k.is_nan() {
            return Err(k);
        }
        if !is_count(k) {
            return Err(0.0);
        }
        let all_successes = ln_share(self.p, self.q) * self.size;
        if k == 0.0 {
            return Ok(all_successes);
        }
        if self.q.high == 0.0 {
            return Err(0.0);
        }
        if k.max(self.size) >= LARGE {
            // As for the binomial distribution.
            let weight = IncompleteBeta::new(self.size, k).ln_weight(self.p, self.q);
            return Ok(weight - DoubleDouble::from(k).ln());
        }
        let ways = precise_ln_gamma(DoubleDouble::sum(k, self.size))
            - precise_ln_gamma(DoubleDouble::sum(k, 1.0))
            - self.ln_gamma;
        Ok(ways + all_successes + ln_share(self.q, self.p) * k)
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
        IncompleteBeta::new(self.size, x.floor() + 1.0).tails(self.p, self.q)
    }

    fn lower_quantile(&self, p: f64) -> f64 {
        quantile(self, p, self.guess(standard_quantile(p)), self.most())
    }

    fn upper_quantile(&self, q: f64) -> f64 {
        upper_quantile(self, q, self.guess(-standard_quantile(q)), self.most())
    }
}
