//! The regularised incomplete beta function.

use super::Tails;
use super::ln_gamma::precise_ln_gamma;
use crate::DoubleDouble;

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
}

impl IncompleteBeta {
    /// For two parameters, which must be positive and finite.
    #[must_use]
    pub fn new(a: f64, b: f64) -> Self {
        let ln_beta = precise_ln_gamma(a.into()) + precise_ln_gamma(b.into())
            - precise_ln_gamma(DoubleDouble::sum(a, b));
        Self { a, b, ln_beta }
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
        x.ln() * self.a + y.ln() * self.b - self.ln_beta
    }

    /// I(x; a, b) and its complement I(y; b, a), where y is 1 - x: given apart, since either may be tiny.
    #[must_use]
    pub fn tails(&self, x: DoubleDouble, y: DoubleDouble) -> Tails {
        if x.high <= 0.0 {
            Tails::from_lower(0.0)
        } else if y.high <= 0.0 {
            Tails::from_upper(0.0)
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
    fn ln_power(&self, x: DoubleDouble) -> DoubleDouble {
        x.ln() * self.a - self.ln_beta - DoubleDouble::from(self.a).ln()
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

    fn below_mean(&self, x: DoubleDouble, y: DoubleDouble) -> f64 {
        self.ln_weight(x, y).exp() / self.continued_fraction(x, y)
    }

    /// The continued fraction of Didonato and Morris, *Significant digit computation of the incomplete beta function
    /// ratios*, ACM TOMS 18 (1992), equation 9, by Lentz's algorithm.
    fn continued_fraction(&self, x: DoubleDouble, y: DoubleDouble) -> f64 {
        let (a, b) = (self.a, self.b);
        // Near the mean this is a small difference of large numbers.
        let excess = (y * a - x * b).high + 1.0;
        let x = x.high;
        let denominator = |m: f64| {
            m + m * (b - m) * x / (a + 2.0 * m - 1.0)
                + (a + m) * (excess + m * (2.0 - x)) / (a + 2.0 * m + 1.0)
        };
        let mut value = a * excess / (a + 1.0);
        let (mut c, mut d, mut m) = (value, 0.0, 0.0);
        loop {
            m += 1.0;
            let step = a + 2.0 * m - 1.0;
            let numerator =
                ((a + m - 1.0) / step) * ((a + b + m - 1.0) / step) * m * (b - m) * x * x;
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
