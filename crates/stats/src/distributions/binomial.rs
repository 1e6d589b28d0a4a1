//! The binomial distribution.

use super::discrete::{is_count, normal_guess, quantile, upper_quantile};
use super::normal::standard_quantile;
use super::{ParameterError, Parts, check, is_probability};
use crate::DoubleDouble;
use crate::special::{IncompleteBeta, LARGE, Tails, ln_share, precise_ln_gamma};

/// The distribution of the number of successes in so many independent trials.
///
/// ```
/// use rustsci_stats::distributions::{Binomial, Distribution};
/// let binomial = Binomial::new(4.0, 0.5)?;
/// assert!((binomial.density(2.0) - 0.375).abs() < 1e-15);
/// # Ok::<(), rustsci_stats::distributions::ParameterError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Binomial {
    trials: f64,
    p: f64,
    /// ln Γ(n + 1).
    ln_factorial: DoubleDouble,
}

impl Binomial {
    /// The distribution of a number of trials and the probability of success in each.
    ///
    /// # Errors
    /// If the number is not whole or negative, or the probability not between 0 and 1.
    pub fn new(trials: f64, p: f64) -> Result<Self, ParameterError> {
        check(
            is_count(trials),
            "binomial",
            "number of trials",
            "a whole number, not negative",
            trials,
        )?;
        check(
            is_probability(p),
            "binomial",
            "probability",
            "between 0 and 1",
            p,
        )?;
        let ln_factorial = precise_ln_gamma(DoubleDouble::sum(trials, 1.0));
        Ok(Self {
            trials,
            p,
            ln_factorial,
        })
    }

    /// The number of trials.
    #[must_use]
    pub fn trials(&self) -> f64 {
        self.trials
    }

    /// The probability of success in one of them.
    #[must_use]
    pub fn probability(&self) -> f64 {
        self.p
    }

    fn guess(&self, z: f64) -> f64 {
        normal_guess(
            self.trials * self.p,
            self.trials * self.p * (1.0 - self.p),
            z,
        )
    }
}

impl Parts for Binomial {
    fn interior(&self, k: f64) -> Result<DoubleDouble, f64> {
        if k.is_nan() {
            return Err(k);
        }
        if !is_count(k) || k > self.trials {
            return Err(0.0);
        }
        let rest = self.trials - k;
        if self.p == 0.0 || self.p == 1.0 {
            let certain = if self.p == 0.0 { k } else { rest };
            return Err(if certain == 0.0 { 1.0 } else { 0.0 });
        }
        let (p, q) = (DoubleDouble::from(self.p), DoubleDouble::sum(1.0, -self.p));
        if k == 0.0 {
            return Ok(ln_share(q, p) * rest);
        }
        if rest == 0.0 {
            return Ok(ln_share(p, q) * k);
        }
        if self.trials >= LARGE {
            // The weight of a beta distribution, without the cancellation of three factorials.
            let weight = IncompleteBeta::new(k, rest).ln_weight(p, q);
            let [k, rest] = [k, rest].map(DoubleDouble::from);
            return Ok(weight + (DoubleDouble::from(self.trials) / k).ln() - rest.ln());
        }
        let ways = self.ln_factorial
            - precise_ln_gamma(DoubleDouble::sum(k, 1.0))
            - precise_ln_gamma(DoubleDouble::sum(rest, 1.0));
        Ok(ways + ln_share(p, q) * k + ln_share(q, p) * rest)
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
        let k = x.floor();
        if k >= self.trials {
            return Tails {
                lower: 1.0,
                upper: 0.0,
            };
        }
        let incomplete = IncompleteBeta::new(k + 1.0, self.trials - k);
        incomplete
            .tails(self.p.into(), DoubleDouble::sum(1.0, -self.p))
            .swapped()
    }

    fn lower_quantile(&self, p: f64) -> f64 {
        quantile(self, p, self.guess(standard_quantile(p)), self.trials)
    }

    fn upper_quantile(&self, q: f64) -> f64 {
        upper_quantile(self, q, self.guess(-standard_quantile(q)), self.trials)
    }
}
