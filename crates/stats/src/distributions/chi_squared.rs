//! The chi-squared distribution.

use super::{Distribution, Gamma, ParameterError, positive};

/// The distribution of the sum of squares of so many standard normal numbers.
///
/// ```
/// use rustsci_stats::distributions::{ChiSquared, Distribution};
/// let chi_squared = ChiSquared::new(1.0)?;
/// assert!((chi_squared.ppf(0.95) - 3.841458820694124).abs() < 1e-14);
/// # Ok::<(), rustsci_stats::distributions::ParameterError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ChiSquared {
    gamma: Gamma,
}

impl ChiSquared {
    /// The distribution of a number of degrees of freedom, which need not be whole.
    ///
    /// # Errors
    /// If it is not positive and finite.
    pub fn new(degrees: f64) -> Result<Self, ParameterError> {
        let degrees = positive("chi-squared", "degrees of freedom", degrees)?;
        Ok(Self {
            gamma: Gamma::new(0.5 * degrees, 2.0)?,
        })
    }

    /// The degrees of freedom.
    #[must_use]
    pub fn degrees(&self) -> f64 {
        2.0 * self.gamma.shape()
    }
}

impl Distribution for ChiSquared {
    fn ln_density(&self, x: f64) -> f64 {
        self.gamma.ln_density(x)
    }

    fn density(&self, x: f64) -> f64 {
        self.gamma.density(x)
    }

    fn cdf(&self, x: f64) -> f64 {
        self.gamma.cdf(x)
    }

    fn sf(&self, x: f64) -> f64 {
        self.gamma.sf(x)
    }

    fn ppf(&self, p: f64) -> f64 {
        self.gamma.ppf(p)
    }

    fn isf(&self, q: f64) -> f64 {
        self.gamma.isf(q)
    }
}
