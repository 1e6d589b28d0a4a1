//! The beta distribution.

use super::{ParameterError, Parts, positive};
use crate::DoubleDouble;
use crate::special::{IncompleteBeta, Tails};

/// The beta distribution of two shapes, on the numbers from 0 to 1.
///
/// ```
/// use rustsci_stats::distributions::{Beta, Distribution};
/// let beta = Beta::new(2.0, 3.0)?;
/// assert!((beta.cdf(0.5) - 0.6875).abs() < 1e-15);
/// # Ok::<(), rustsci_stats::distributions::ParameterError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Beta {
    incomplete: IncompleteBeta,
}

impl Beta {
    /// The distribution of two shapes.
    ///
    /// # Errors
    /// If either is not positive and finite.
    pub fn new(a: f64, b: f64) -> Result<Self, ParameterError> {
        let (a, b) = (positive("beta", "a", a)?, positive("beta", "b", b)?);
        Ok(Self {
            incomplete: IncompleteBeta::new(a, b),
        })
    }
}

impl Parts for Beta {
    fn interior(&self, x: f64) -> Result<DoubleDouble, f64> {
        let (a, b) = self.incomplete.parameters();
        let at_end = |own: f64, other: f64| match own {
            own if own < 1.0 => f64::INFINITY,
            1.0 => other,
            _ => 0.0,
        };
        match x {
            0.0 => Err(at_end(a, b)),
            1.0 => Err(at_end(b, a)),
            x if x > 0.0 && x < 1.0 => {
                let (x, y) = (DoubleDouble::from(x), DoubleDouble::sum(1.0, -x));
                Ok(self.incomplete.ln_weight(x, y) - x.ln() - y.ln())
            }
            x if x.is_nan() => Err(x),
            _ => Err(0.0),
        }
    }

    fn tails(&self, x: f64) -> Tails {
        if x.is_nan() {
            return Tails { lower: x, upper: x };
        }
        let x = x.clamp(0.0, 1.0);
        self.incomplete.tails(x.into(), DoubleDouble::sum(1.0, -x))
    }

    fn lower_quantile(&self, p: f64) -> f64 {
        self.incomplete.quantile(p, 1.0 - p).0
    }

    fn upper_quantile(&self, q: f64) -> f64 {
        self.incomplete.quantile(1.0 - q, q).0
    }
}
