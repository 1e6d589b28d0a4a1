//! The F distribution.

use super::{ParameterError, Parts, positive};
use crate::DoubleDouble;
use crate::special::{IncompleteBeta, Tails};

/// Products below this have lost digits, or might.
const SMALL: f64 = 1e-270;

/// The distribution of the ratio of two mean squares of standard normal numbers.
///
/// ```
/// use rustsci_stats::distributions::{Distribution, F};
/// let f = F::new(2.0, 10.0)?;
/// assert!((f.sf(4.0) - (1.0f64 + 0.8).powi(-5)).abs() < 1e-15);
/// # Ok::<(), rustsci_stats::distributions::ParameterError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct F {
    numerator: f64,
    denominator: f64,
    incomplete: IncompleteBeta,
}

impl F {
    /// The distribution of the degrees of freedom of numerator and denominator.
    ///
    /// # Errors
    /// If either is not positive and finite.
    pub fn new(numerator: f64, denominator: f64) -> Result<Self, ParameterError> {
        let numerator = positive("F", "degrees of freedom of the numerator", numerator)?;
        let denominator = positive("F", "degrees of freedom of the denominator", denominator)?;
        let incomplete = IncompleteBeta::new(0.5 * numerator, 0.5 * denominator);
        Ok(Self {
            numerator,
            denominator,
            incomplete,
        })
    }

    /// The share of the numerator in the sum of squares, and the rest of it.
    fn shares(&self, x: f64) -> (DoubleDouble, DoubleDouble) {
        let (above, below) = if self.numerator * x < SMALL {
            // The product may underflow where its share does not.
            let ratio = DoubleDouble::quotient(self.numerator, self.denominator) * x;
            (ratio, DoubleDouble::ONE)
        } else {
            let product = DoubleDouble::product(self.numerator, x);
            (product, self.denominator.into())
        };
        let sum = above + below;
        (above / sum, below / sum)
    }

    fn quantile(&self, lower: f64, upper: f64) -> f64 {
        let (x, y) = self.incomplete.quantile(lower, upper);
        // One after the other: the ratio of the degrees may be out of range.
        x / y * self.denominator / self.numerator
    }
}

impl Parts for F {
    fn interior(&self, x: f64) -> Result<DoubleDouble, f64> {
        if x == 0.0 {
            return Err(match self.numerator {
                degrees if degrees < 2.0 => f64::INFINITY,
                2.0 => 1.0,
                _ => 0.0,
            });
        }
        if x.is_nan() {
            return Err(x);
        }
        if x < 0.0 || self.numerator * x == f64::INFINITY {
            return Err(0.0);
        }
        let (share, rest) = self.shares(x);
        Ok(self.incomplete.ln_weight(share, rest) - DoubleDouble::from(x).ln())
    }

    fn tails(&self, x: f64) -> Tails {
        if x.is_nan() {
            return Tails { lower: x, upper: x };
        }
        if x <= 0.0 {
            return Tails {
                lower: 0.0,
                upper: 1.0,
            };
        }
        if self.numerator * x == f64::INFINITY {
            // y is what it tends to.
            let y = DoubleDouble::quotient(self.denominator, self.numerator) / x;
            return self.incomplete.tails(DoubleDouble::ONE, y);
        }
        let (x, y) = self.shares(x);
        self.incomplete.tails(x, y)
    }

    fn lower_quantile(&self, p: f64) -> f64 {
        self.quantile(p, 1.0 - p)
    }

    fn upper_quantile(&self, q: f64) -> f64 {
        self.quantile(1.0 - q, q)
    }
}
