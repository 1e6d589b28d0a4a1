//! Student's t distribution.

use super::normal::standard_quantile;
use super::{Distribution, Normal, ParameterError, check, is_probability};
use crate::DoubleDouble;
use crate::special::{IncompleteBeta, ln_share};

/// Student's t distribution.
///
/// ```
/// use rustsci_stats::distributions::{Distribution, StudentT};
/// let cauchy = StudentT::new(1.0)?;
/// assert!((cauchy.sf(1.0) - 0.25).abs() < 1e-16);
/// # Ok::<(), rustsci_stats::distributions::ParameterError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct StudentT {
    degrees: f64,
    /// Nothing for infinitely many degrees of freedom: then the distribution is normal.
    incomplete: Option<IncompleteBeta>,
}

impl StudentT {
    /// The distribution of a number of degrees of freedom, which need not be whole and may be infinite.
    ///
    /// # Errors
    /// If it is not positive.
    pub fn new(degrees: f64) -> Result<Self, ParameterError> {
        check(
            degrees > 0.0,
            "t",
            "degrees of freedom",
            "positive",
            degrees,
        )?;
        let incomplete = degrees
            .is_finite()
            .then(|| IncompleteBeta::new(0.5 * degrees, 0.5));
        Ok(Self {
            degrees,
            incomplete,
        })
    }

    /// The degrees of freedom.
    #[must_use]
    pub fn degrees(&self) -> f64 {
        self.degrees
    }

    /// ν / (ν + t²) and t² / (ν + t²).
    fn shares(&self, t: f64) -> (DoubleDouble, DoubleDouble) {
        let degrees = DoubleDouble::from(self.degrees);
        if t.abs() > 1e150 {
            // The square may overflow.
            let ratio = degrees / t / t;
            return (ratio / (ratio + 1.0), DoubleDouble::ONE / (ratio + 1.0));
        }
        let square = DoubleDouble::product(t, t);
        let sum = degrees + square;
        (degrees / sum, square / sum)
    }

    /// The probability beyond |t| on one side.
    fn tail(&self, t: f64) -> f64 {
        let Some(incomplete) = &self.incomplete else {
            return Normal::STANDARD.sf(t.abs());
        };
        if t.is_infinite() {
            return 0.0;
        }
        let (x, y) = self.shares(t);
        0.5 * incomplete.tails(x, y).lower
    }

    fn precise_ln_density(&self, incomplete: &IncompleteBeta, t: f64) -> DoubleDouble {
        let degrees = DoubleDouble::from(self.degrees);
        let (share, rest) = self.shares(t);
        ln_share(share, rest) * (degrees + 1.0).scaled(0.5)
            - degrees.ln().scaled(0.5)
            - incomplete.ln_beta()
    }

    /// |t| of a tail of up to ½.
    fn upper_quantile(&self, tail: f64) -> f64 {
        let Some(incomplete) = &self.incomplete else {
            return -standard_quantile(tail);
        };
        let (x, y) = incomplete.quantile(2.0 * tail, 1.0 - 2.0 * tail);
        (y / x).sqrt() * self.degrees.sqrt()
    }
}

impl Distribution for StudentT {
    fn ln_density(&self, x: f64) -> f64 {
        match &self.incomplete {
            None => Normal::STANDARD.ln_density(x),
            Some(_) if x.is_infinite() => f64::NEG_INFINITY,
            Some(incomplete) => self.precise_ln_density(incomplete, x).value(),
        }
    }

    fn density(&self, x: f64) -> f64 {
        match &self.incomplete {
            None => Normal::STANDARD.density(x),
            Some(_) if x.is_infinite() => 0.0,
            Some(incomplete) => self.precise_ln_density(incomplete, x).exp(),
        }
    }

    fn cdf(&self, x: f64) -> f64 {
        if x > 0.0 {
            1.0 - self.tail(x)
        } else {
            self.tail(x)
        }
    }

    fn sf(&self, x: f64) -> f64 {
        self.cdf(-x)
    }

    fn ppf(&self, p: f64) -> f64 {
        if !is_probability(p) {
            f64::NAN
        } else if p > 0.5 {
            self.upper_quantile(1.0 - p)
        } else {
            -self.upper_quantile(p)
        }
    }

    fn isf(&self, q: f64) -> f64 {
        -self.ppf(q)
    }
}
