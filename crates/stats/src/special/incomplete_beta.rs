//! The regularised incomplete beta function.

use std::f64::consts::TAU;

use super::incomplete_gamma::{AROUND, LARGE};
use super::ln_gamma::{
    HALF_LN_TAU, TINY, correction, ln_gamma_beyond_one, ln_gamma_difference, ln_gamma_tiny_step,
    precise_ln_gamma,
};
use super::{Tails, precise_erfc};
use crate::DoubleDouble;

/// Where both parameters are beyond this, the function steps from 0 to 1 so fast that one term of its expansion is enough.
const SHARP: f64 = 1e13;
/// Below this, one less a number has few enough digits for its logarithm to be taken.
const SHARE: f64 = 1.0 / 128.0;

/// ln x for x = 1 - y, accurate where x is close to one.
pub(crate) fn ln_share(x: DoubleDouble, y: DoubleDouble) -> DoubleDouble {
    if y.high < SHARE { (-y).ln_1p() } else { x.ln() }
}

/// The incomplete beta function of two parameters.
///
/// ```
/// use rustsci_stats::{DoubleDouble, special::IncompleteBeta};
/// let x = DoubleDouble::from(0.25);
/// let tails = IncompleteBeta::new(1.0, 2.0).tails(x, DoubleDouble::ONE - x);
/// assert!((tails.lower - 0.4375).abs() < 1e-15);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct IncompleteBeta {
    a: f64,
    b: f64,
    ln_beta: DoubleDouble,
    /// The logarithm of the largest weight there is, if both parameters are large.
    ln_peak: Option<DoubleDouble>,
}

impl IncompleteBeta {
    /// For two parameters, which must be positive and finite.
    #[must_use]
    pub fn new(a: f64, b: f64) -> Self {
        let (small, large) = if a < b { (a, b) } else { (b, a) };
        let ln_small = precise_ln_gamma(small.into());
        let ln_beta = if large >= LARGE {
            ln_small - ln_gamma_difference(large, small)
        } else {
            ln_small + precise_ln_gamma(large.into()) - precise_ln_gamma(DoubleDouble::sum(a, b))
        };
        let ln_peak = (small >= LARGE).then(|| {
            let sum = DoubleDouble::sum(a, b);
            let [a, b] = [a, b].map(DoubleDouble::from);
            (a.ln() + (b / sum).ln()).scaled(0.5) - HALF_LN_TAU + correction(sum)
                - correction(a)
                - correction(b)
        });
        Self {
            a,
            b,
            ln_beta,
            ln_peak,
        }
    }

    /// The parameters.
    #[must_use]
    pub fn parameters(&self) -> (f64, f64) {
        (self.a, self.b)
    }

    /// The logarithm of the complete beta function.
    #[must_use]
    pub fn ln_beta(&self) -> DoubleDouble {
        self.ln_beta
    }

    /// The function of the exchanged parameters.
    #[must_use]
    pub fn swapped(&self) -> Self {
        Self {
            a: self.b,
            b: self.a,
            ..*self
        }
    }

    /// ln(xᵃ yᵇ / B(a, b)): the logarithm of the density times x y.
    #[must_use]
    pub fn ln_weight(&self, x: DoubleDouble, y: DoubleDouble) -> DoubleDouble {
        let (a, b) = (self.a, self.b);
        if let Some(ln_peak) = self.ln_peak
            && let Some(deviance) = self.deviance(x, y)
        {
            return ln_peak - deviance;
        }
        ln_share(x, y) * a + ln_share(y, x) * b - self.ln_beta
    }

    /// By how much the logarithm of the weight is below that at x = a/(a+b), near that point: as for the incomplete gamma
    /// function.
    fn deviance(&self, x: DoubleDouble, y: DoubleDouble) -> Option<DoubleDouble> {
        let (a, b) = (self.a, self.b);
        let excess = x * b - y * a;
        let (above, below) = (excess / a, -excess / b);
        let is_near = above.high.abs() < AROUND && below.high.abs() < AROUND;
        is_near.then(|| above.less_ln_1p() * a + below.less_ln_1p() * b)
    }

    /// I(x; a, b) and its complement I(y; b, a), where y is 1 - x: given apart, since either may be tiny.
    #[must_use]
    pub fn tails(&self, x: DoubleDouble, y: DoubleDouble) -> Tails {
        if x.high <= 0.0 {
            Tails::from_lower(0.0)
        } else if y.high <= 0.0 {
            Tails::from_upper(0.0)
        } else if self.a > SHARP && self.b > SHARP {
            self.tails_of_sharp_step(x, y)
        } else if self.is_near_zero(x) {
            self.tails_near_zero(x)
        } else if self.swapped().is_near_zero(y) {
            self.swapped().tails_near_zero(y).swapped()
        } else if x.high * self.b <= y.high * self.a {
            Tails::from_lower(self.below_mean(x, y))
        } else {
            Tails::from_upper(self.swapped().below_mean(y, x))
        }
    }

    /// Whether the power series at zero is the way.
    pub(super) fn is_near_zero(&self, x: DoubleDouble) -> bool {
        self.a <= 1.0 && x.high <= 0.5 && self.b * x.high <= 1.0
    }

    /// The logarithm of I(x; a, b) where the power series is the way.
    pub(super) fn ln_lower_near_zero(&self, x: DoubleDouble) -> DoubleDouble {
        let correction = self.a * self.series(x.high);
        self.ln_power(x) + DoubleDouble::sum(1.0, correction).ln()
    }

    /// ln(xᵃ / (a B(a, b))).
    pub(super) fn ln_power(&self, x: DoubleDouble) -> DoubleDouble {
        let (a, b) = (self.a, self.b);
        let ln_scale = if a < TINY {
            // All that does not cancel here is as small as a.
            ln_gamma_beyond_one(a) - ln_gamma_tiny_step(b, a)
        } else {
            self.ln_beta + DoubleDouble::from(a).ln()
        };
        x.ln() * a - ln_scale
    }

    /// With I = xᵃ / (a B) · (1 + a·S), what the power lacks of one and a·S give the complement without cancellation,
    /// as for the incomplete gamma function.
    fn tails_near_zero(&self, x: DoubleDouble) -> Tails {
        let exponent = self.ln_power(x);
        let power = exponent.exp();
        let correction = self.a * self.series(x.high);
        Tails {
            lower: power * (1.0 + correction),
            upper: -exponent.exp_m1() - power * correction,
        }
    }

    /// Σ (1-b)ₙ xⁿ / (n! (a+n)) from n = 1, DLMF 8.17.7 with 15.2.1.
    fn series(&self, x: f64) -> f64 {
        let (mut power, mut sum, mut n) = (1.0, 0.0, 0.0);
        loop {
            n += 1.0;
            power *= (n - self.b) / n * x;
            let term = power / (self.a + n);
            sum += term;
            if term.abs() <= sum.abs() * 1e-17 {
                return sum;
            }
        }
    }

    /// The first term of Temme's uniform expansion, DLMF 8.18.9, with its coefficient as a series about x = a/(a+b): for
    /// such parameters nothing is left to add.
    fn tails_of_sharp_step(&self, x: DoubleDouble, y: DoubleDouble) -> Tails {
        let (a, b) = (self.a, self.b);
        let (share, rest) = (a / (a + b), b / (a + b));
        let scale = (1.0 / a + 1.0 / b).sqrt();
        let z = (x * b - y * a).high * scale;
        let smaller = self.deviance(x, y).map_or(0.0, |deviance| {
            let slope = (1.0 - share * rest) / 12.0;
            let coefficient = scale * ((rest - share) / 3.0 - z * scale * slope);
            let correction = (-deviance).exp() / TAU.sqrt() * coefficient;
            0.5 * precise_erfc(deviance.sqrt()) - correction * z.signum()
        });
        if z > 0.0 {
            Tails::from_upper(smaller)
        } else {
            Tails::from_lower(smaller)
        }
    }

    fn below_mean(&self, x: DoubleDouble, y: DoubleDouble) -> f64 {
        self.ln_weight(x, y).exp() / self.continued_fraction(x, y)
    }

    /// The continued fraction of Didonato and Morris, *Significant digit computation of the incomplete beta function
    /// ratios*, ACM TOMS 18 (1992), equation 9, by Lentz's algorithm.
    fn continued_fraction(&self, x: DoubleDouble, y: DoubleDouble) -> f64 {
        // Products are taken in an order in which none overflows, however large a parameter is.
        let (a, b) = (self.a, self.b);
        // Near the mean this is a small difference of large numbers.
        let excess = (y * a - x * b).high + 1.0;
        let x = x.high;
        let denominator = |m: f64| {
            m + m * (b - m) * x / (a + 2.0 * m - 1.0)
                + (a + m) / (a + 2.0 * m + 1.0) * (excess + m * (2.0 - x))
        };
        let mut value = a / (a + 1.0) * excess;
        let (mut c, mut d, mut m) = (value, 0.0, 0.0);
        loop {
            m += 1.0;
            let step = a + 2.0 * m - 1.0;
            let numerator =
                ((a + m - 1.0) / step * m * ((b - m) * x)) * ((a + b + m - 1.0) * x / step);
            let next = denominator(m);
            d = 1.0 / (next + numerator * d);
            c = next + numerator / c;
            let factor = c * d;
            value *= factor;
            if (factor - 1.0).abs() <= f64::EPSILON || !value.is_finite() {
                return value;
            }
        }
    }
}
