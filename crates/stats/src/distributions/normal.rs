//! The normal distribution.

use std::f64::consts::PI;

use super::{Distribution, ParameterError, check, is_probability, positive};
use crate::DoubleDouble;
use crate::special::precise_erfc;

/// √½, and what rounding it lost.
const SQRT_HALF: DoubleDouble =
    DoubleDouble::new(std::f64::consts::FRAC_1_SQRT_2, -4.833646656726457e-17);
/// ½ ln 2π.
const HALF_LN_TAU: f64 = 0.9189385332046728;

/// The normal distribution of a mean and a standard deviation.
///
/// ```
/// use rustsci_stats::distributions::{Distribution, Normal};
/// let normal = Normal::new(0.0, 1.0)?;
/// assert!((normal.ppf(0.975) - 1.959963984540054).abs() < 1e-15);
/// assert!((normal.sf(37.0) / 5.7255712225245769e-300 - 1.0).abs() < 1e-13);
/// # Ok::<(), rustsci_stats::distributions::ParameterError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Normal {
    mean: f64,
    deviation: f64,
}

impl Normal {
    /// The distribution of mean 0 and standard deviation 1.
    pub const STANDARD: Self = Self {
        mean: 0.0,
        deviation: 1.0,
    };

    /// The distribution of a mean and a standard deviation.
    ///
    /// # Errors
    /// If the mean is not finite, or the standard deviation not positive and finite.
    pub fn new(mean: f64, deviation: f64) -> Result<Self, ParameterError> {
        check(mean.is_finite(), "normal", "mean", "finite", mean)?;
        let deviation = positive("normal", "standard deviation", deviation)?;
        Ok(Self { mean, deviation })
    }

    /// The mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// The standard deviation.
    #[must_use]
    pub fn deviation(&self) -> f64 {
        self.deviation
    }

    /// How many standard deviations from the mean.
    fn standardized(&self, x: f64) -> DoubleDouble {
        let distance = DoubleDouble::sum(x, -self.mean);
        if self.deviation == 1.0 {
            distance
        } else {
            distance / self.deviation
        }
    }
}

impl Distribution for Normal {
    fn ln_density(&self, x: f64) -> f64 {
        let z = self.standardized(x);
        (z * z).scaled(-0.5).value() - HALF_LN_TAU - self.deviation.ln()
    }

    fn density(&self, x: f64) -> f64 {
        let z = self.standardized(x);
        (z * z).scaled(-0.5).exp() / (self.deviation * (2.0 * PI).sqrt())
    }

    fn cdf(&self, x: f64) -> f64 {
        0.5 * precise_erfc(-self.standardized(x) * SQRT_HALF)
    }

    fn sf(&self, x: f64) -> f64 {
        0.5 * precise_erfc(self.standardized(x) * SQRT_HALF)
    }

    fn ppf(&self, p: f64) -> f64 {
        if !is_probability(p) {
            return f64::NAN;
        }
        self.mean + self.deviation * standard_quantile(p)
    }

    fn isf(&self, q: f64) -> f64 {
        if !is_probability(q) {
            return f64::NAN;
        }
        self.mean - self.deviation * standard_quantile(q)
    }
}

/// The quantile of the standard normal distribution.
pub(super) fn standard_quantile(p: f64) -> f64 {
    if p > 0.5 {
        // Exact: 1 - p has no more digits than p.
        return -lower_quantile(1.0 - p);
    }
    lower_quantile(p)
}

/// The quantile of a probability up to ½: an approximation, then Halley's method on what is left.
fn lower_quantile(p: f64) -> f64 {
    if p == 0.0 {
        return f64::NEG_INFINITY;
    }
    let mut z = approximate_quantile(p);
    for _ in 0..4 {
        let point = DoubleDouble::from(-z) * SQRT_HALF;
        // The error in units of the density: near the middle from the error function, which vanishes there.
        let density = (-0.5 * z * z).exp() / (2.0 * PI).sqrt();
        let newton = if p > 0.25 {
            (0.5 * libm::erf(-point.high) + (0.5 - p)) / density
        } else {
            // In the tail, of the logarithm.
            let tail = 0.5 * precise_erfc(point);
            let log = ((tail - p) / p).ln_1p();
            log * (tail / density)
        };
        let halley = if p > 0.25 {
            newton / (1.0 + 0.5 * z * newton)
        } else {
            newton
        };
        z -= halley;
        if halley.abs() < 1e-9 * z.abs() || halley == 0.0 {
            break;
        }
    }
    z
}

/// Abramowitz and Stegun, 26.2.23: three digits.
fn approximate_quantile(p: f64) -> f64 {
    let t = (-2.0 * p.ln()).sqrt();
    let numerator = 2.515517 + t * (0.802853 + t * 0.010328);
    let denominator = 1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308));
    if p > 0.25 {
        (p - 0.5) * (2.0 * PI).sqrt()
    } else {
        numerator / denominator - t
    }
}
