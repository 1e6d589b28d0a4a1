//! Inverse of the incomplete beta function.

use super::IncompleteBeta;
use super::gamma_quantile::{ln_of_lower, ln_ratio};
use super::invert::{Standing, solve};
use crate::DoubleDouble;

impl IncompleteBeta {
    /// The point x, with 1 - x, at which the function is `lower` and its complement `upper`, which must add up to one:
    /// the smaller decides. Both parts of the point are accurate.
    ///
    /// ```
    /// use rustsci_stats::special::IncompleteBeta;
    /// let (x, y) = IncompleteBeta::new(2.0, 2.0).quantile(0.5, 0.5);
    /// assert_eq!((x, y), (0.5, 0.5));
    /// ```
    #[must_use]
    pub fn quantile(&self, lower: f64, upper: f64) -> (f64, f64) {
        if lower <= 0.0 {
            return (0.0, 1.0);
        }
        if upper <= 0.0 {
            return (1.0, 0.0);
        }
        let half = DoubleDouble::from(0.5);
        let middle = self.tails(half, half);
        let is_left = if lower <= upper {
            lower <= middle.lower
        } else {
            upper >= middle.upper
        };
        if is_left {
            let x = self.left_quantile(lower, upper);
            (x, 1.0 - x)
        } else {
            let y = self.swapped().left_quantile(upper, lower);
            (1.0 - y, y)
        }
    }

    /// The quantile where it is at most ½.
    fn left_quantile(&self, lower: f64, upper: f64) -> f64 {
        let (a, b) = self.parameters();
        let by_lower = lower <= upper;
        let ln_lower = ln_of_lower(lower, upper);
        let standing = |x: f64| {
            let (x, y) = (DoubleDouble::from(x), DoubleDouble::sum(1.0, -x));
            let weight = self.ln_weight(x, y).exp() / y.high;
            let tails = self.tails(x, y);
            if self.is_near_zero(x) {
                // The power of x amplifies the last digit of the probability.
                let excess = (self.ln_lower_near_zero(x) - ln_lower).value();
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
        let mean = (a / (a + b)).min(0.5);
        let start = if a <= 1.0 {
            // I is about xᵃ / (a B); where that underflows, so does the quantile.
            let ln_start = (ln_lower - self.ln_power(DoubleDouble::ONE)) / a;
            ln_start.exp().min(mean)
        } else {
            mean
        };
        if start == 0.0 {
            0.0
        } else {
            solve(start, 0.5 + f64::EPSILON, standing)
        }
    }
}
