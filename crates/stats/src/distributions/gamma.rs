//! The gamma distribution.

use super::{ParameterError, Parts, positive};
use crate::DoubleDouble;
use crate::special::{IncompleteGamma, Tails};

/// The gamma distribution of a shape and a scale, whose mean is their product.
///
/// ```
/// use rustsci_stats::distributions::{Distribution, Gamma};
/// let gamma = Gamma::new(1.0, 2.0)?;
/// assert!((gamma.sf(100.0) / (-50f64).exp() - 1.0).abs() < 1e-15);
/// # Ok::<(), rustsci_stats::distributions::ParameterError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Gamma {
    incomplete: IncompleteGamma,
    scale: f64,
}

impl Gamma {
    /// The distribution of a shape and a scale.
    ///
    /// # Errors
    /// If either is not positive and finite.
    pub fn new(shape: f64, scale: f64) -> Result<Self, ParameterError> {
        let shape = positive("gamma", "shape", shape)?;
        let scale = positive("gamma", "scale", scale)?;
        Ok(Self {
            incomplete: IncompleteGamma::new(shape),
            scale,
        })
    }

    /// The shape.
    #[must_use]
    pub fn shape(&self) -> f64 {
        self.incomplete.parameter()
    }

    /// The scale.
    #[must_use]
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// The density at zero, where the general formula has a logarithm of zero.
    fn density_at_zero(&self) -> f64 {
        match self.shape() {
            shape if shape < 1.0 => f64::INFINITY,
            1.0 => 1.0 / self.scale,
            _ => 0.0,
        }
    }
}

impl Parts for Gamma {
    fn interior(&self, x: f64) -> Result<DoubleDouble, f64> {
        if x == 0.0 {
            return Err(self.density_at_zero());
        }
        if x < 0.0 || x == f64::INFINITY {
            return Err(0.0);
        }
        let weight = self
            .incomplete
            .ln_weight(DoubleDouble::quotient(x, self.scale));
        Ok(weight - DoubleDouble::from(x).ln())
    }

    fn tails(&self, x: f64) -> Tails {
        if x.is_nan() {
            return Tails { lower: x, upper: x };
        }
        self.incomplete
            .tails(DoubleDouble::quotient(x.max(0.0), self.scale))
    }

    fn lower_quantile(&self, p: f64) -> f64 {
        self.scale * self.incomplete.quantile(p, 1.0 - p)
    }

    fn upper_quantile(&self, q: f64) -> f64 {
        self.scale * self.incomplete.quantile(1.0 - q, q)
    }
}
