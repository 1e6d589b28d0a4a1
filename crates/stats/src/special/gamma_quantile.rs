//! Inverse of the incomplete gamma functions.

use super::IncompleteGamma;
use super::invert::{Standing, solve};
use crate::DoubleDouble;

impl IncompleteGamma {
    /// The point z at which P(a, z) = `lower` and Q(a, z) = `upper`, which must add up to one: the smaller decides.
    ///
    /// ```
    /// use rustsci_stats::special::IncompleteGamma;
    /// let z = IncompleteGamma::new(1.0).quantile(0.5, 0.5);
    /// assert!((z - 2f64.ln()).abs() < 1e-15);
    /// ```
    #[must_use]
    pub fn quantile(&self, lower: f64, upper: f64) -> f64 {
        if lower <= 0.0 {
            return 0.0;
        }
        if upper <= 0.0 {
            return f64::INFINITY;
        }
        let a = self.parameter();
        let by_lower = lower <= upper;
        let ln_lower = ln_of_lower(lower, upper);
        let standing = |z: f64| {
            let point = DoubleDouble::from(z);
            let weight = self.ln_weight(point).exp();
            let tails = self.tails(point);
            if a <= 1.0 && z < 0.5 {
                // The power of z amplifies the last digit of P.
                let excess = (self.ln_lower_near_zero(point) - ln_lower).value();
                return Standing {
                    excess,
                    slope: weight / tails.lower,
                };
            }
            if by_lower {
                let excess = ln_ratio(tails.lower, lower);
                Standing {
                    excess,
                    slope: weight / tails.lower,
                }
            } else {
                let excess = -ln_ratio(tails.upper, upper);
                Standing {
                    excess,
                    slope: weight / tails.upper,
                }
            }
        };
        let start = if a <= 1.0 {
            // P is about zᵃ / Γ(a+1); where that underflows, so does the quantile.
            ((ln_lower - self.ln_power(DoubleDouble::ONE)) / a)
                .exp()
                .min(a)
        } else {
            a
        };
        if start == 0.0 {
            0.0
        } else {
            solve(start, f64::MAX, standing)
        }
    }
}

/// The logarithm of the lower of two probabilities that add up to one, of which the smaller is given exactly.
pub(super) fn ln_of_lower(lower: f64, upper: f64) -> DoubleDouble {
    if lower <= upper {
        DoubleDouble::from(lower).ln()
    } else {
        DoubleDouble::from(-upper).ln_1p()
    }
}

/// ln(a/b), accurate where they are close.
pub(super) fn ln_ratio(a: f64, b: f64) -> f64 {
    let relative = (a - b) / b;
    if relative.abs() < 0.5 {
        relative.ln_1p()
    } else {
        a.ln() - b.ln()
    }
}
