//! The regularised incomplete gamma functions P(a, z) and Q(a, z).

use super::ln_gamma::{HALF_LN_TAU, correction, ln_gamma_beyond_one, precise_ln_gamma};
use super::{Tails, uniform_expansion};
use crate::DoubleDouble;

/// Below this point and for parameters up to one, the upper function is computed as a small difference.
const SMALL_POINT: f64 = 1.1;
/// From here on, logarithms of powers and of the gamma function have too much in common to be taken apart.
pub(crate) const LARGE: f64 = 1e6;
/// How far, in units of the parameter, their difference is computed as one.
pub(super) const AROUND: f64 = 0.5;

/// The incomplete gamma functions of one parameter.
///
/// ```
/// use rustsci_stats::special::IncompleteGamma;
/// let tails = IncompleteGamma::new(1.0).tails(50.0.into());
/// assert!((tails.upper / (-50f64).exp() - 1.0).abs() < 1e-15);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct IncompleteGamma {
    a: f64,
    ln_gamma: DoubleDouble,
}

impl IncompleteGamma {
    /// For a parameter, which must be positive and finite.
    #[must_use]
    pub fn new(a: f64) -> Self {
        Self {
            a,
            ln_gamma: precise_ln_gamma(a.into()),
        }
    }

    /// The parameter.
    #[must_use]
    pub fn parameter(&self) -> f64 {
        self.a
    }

    /// ln(zᵃ e⁻ᶻ / Γ(a)): the logarithm of the density times the point.
    #[must_use]
    pub fn ln_weight(&self, z: DoubleDouble) -> DoubleDouble {
        let a = self.a;
        if a >= LARGE {
            let distance = (z - a) / a;
            if distance.high.abs() < AROUND {
                // The saddle point: Loader, *Fast and accurate computation of binomial probabilities* (2000).
                let ln_peak = DoubleDouble::from(a).ln().scaled(0.5) - HALF_LN_TAU;
                return ln_peak - correction(a.into()) - distance.less_ln_1p() * a;
            }
        }
        z.ln() * a - z - self.ln_gamma
    }

    /// P(a, z) and Q(a, z) for z ≥ 0.
    #[must_use]
    pub fn tails(&self, z: DoubleDouble) -> Tails {
        let a = self.a;
        if z.high <= 0.0 {
            Tails::from_lower(0.0)
        } else if z.high.is_infinite() {
            Tails::from_upper(0.0)
        } else if a <= 1.0 && z.high < SMALL_POINT {
            self.tails_near_zero(z)
        } else if let Some(tails) = uniform_expansion::tails(a, z) {
            tails
        } else if z.high < a + 1.0 {
            Tails::from_lower(self.ln_weight(z).exp() * series(a, z.high))
        } else {
            Tails::from_upper(self.ln_weight(z).exp() * continued_fraction(a, z.high))
        }
    }

    /// The logarithm of P(a, z) close to zero, for parameters up to one.
    pub(super) fn ln_lower_near_zero(&self, z: DoubleDouble) -> DoubleDouble {
        let correction = self.a * alternating_series(self.a, z.high);
        self.ln_power(z) + DoubleDouble::sum(1.0, correction).ln()
    }

    /// ln(zᵃ / Γ(a+1)).
    pub(super) fn ln_power(&self, z: DoubleDouble) -> DoubleDouble {
        z.ln() * self.a - ln_gamma_beyond_one(self.a)
    }

    /// With P = zᵃ/Γ(a+1) · (1 + a·S), what the power lacks of one and a·S give Q without cancellation (Gautschi, *A
    /// computational procedure for incomplete gamma functions*, 1979, section 4.1).
    fn tails_near_zero(&self, z: DoubleDouble) -> Tails {
        let exponent = self.ln_power(z);
        let power = exponent.exp();
        let correction = self.a * alternating_series(self.a, z.high);
        Tails {
            lower: power * (1.0 + correction),
            upper: -exponent.exp_m1() - power * correction,
        }
    }
}

/// Σ zⁿ / (a (a+1) … (a+n)), DLMF 8.11.4.
fn series(a: f64, z: f64) -> f64 {
    let (mut term, mut sum, mut n) = (1.0, 1.0, a);
    while term > sum * 1e-17 {
        n += 1.0;
        term *= z / n;
        sum += term;
    }
    sum / a
}

/// Σ (-z)ⁿ / (n! (a+n)) from n = 1, DLMF 8.7.1.
fn alternating_series(a: f64, z: f64) -> f64 {
    let (mut power, mut sum, mut n) = (1.0, 0.0, 0.0);
    loop {
        n += 1.0;
        power *= -z / n;
        let term = power / (a + n);
        sum += term;
        if term.abs() <= sum.abs() * 1e-17 {
            return sum;
        }
    }
}

/// Legendre's continued fraction, DLMF 8.9.2, by Lentz's algorithm (Thompson and Barnett 1986).
fn continued_fraction(a: f64, z: f64) -> f64 {
    let mut b = z + 1.0 - a;
    let (mut c, mut d) = (f64::INFINITY, 1.0 / b);
    let (mut value, mut n) = (d, 0.0);
    loop {
        n += 1.0;
        let numerator = n * (a - n);
        b += 2.0;
        d = 1.0 / (numerator * d + b);
        c = b + numerator / c;
        let factor = c * d;
        value *= factor;
        if (factor - 1.0).abs() <= f64::EPSILON || !value.is_finite() {
            return value;
        }
    }
}
