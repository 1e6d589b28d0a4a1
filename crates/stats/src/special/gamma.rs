//! The logarithm of the gamma function in working precision.

use std::f64::consts::PI;

use super::ln_gamma::precise_ln_gamma;

/// From here on, the terms of Stirling's series cancel so little that working precision will do.
const LARGE: f64 = 16.0;

/// ln |Γ(x)|: infinite at zero and the negative integers.
///
/// Between its zeros on the negative axis, whose neighbourhood costs digits, the result is accurate to a few units in
/// the last place, near the zeros at 1 and 2 as well.
///
/// ```
/// use rustsci_stats::special::ln_gamma;
/// assert_eq!(ln_gamma(2.0), 0.0);
/// assert!((ln_gamma(0.5) - std::f64::consts::PI.sqrt().ln()).abs() < 1e-15);
/// ```
#[must_use]
pub fn ln_gamma(x: f64) -> f64 {
    if x.is_nan() {
        x
    } else if x.is_infinite() || (x <= 0.0 && x == x.floor()) {
        f64::INFINITY
    } else if x < 0.0 {
        // Reflection, DLMF 5.5.3.
        (PI / sine_of_pi_times(x).abs()).ln() - ln_gamma(1.0 - x)
    } else if x == 1.0 || x == 2.0 {
        0.0
    } else if x >= LARGE {
        stirling(x)
    } else {
        precise_ln_gamma(x.into()).value()
    }
}

/// Stirling's series, DLMF 5.11.1.
fn stirling(x: f64) -> f64 {
    let reciprocal = 1.0 / x;
    let square = reciprocal * reciprocal;
    let correction = COEFFICIENTS
        .iter()
        .rev()
        .fold(0.0, |sum, coefficient| coefficient + sum * square);
    // In halves, so that the largest arguments do not overflow before they must.
    0.5 * (x - 0.5) * x.ln() - x
        + 0.5 * (x - 0.5) * x.ln()
        + (0.5 * (2.0 * PI).ln() + correction * reciprocal)
}

/// B₂ₖ / (2k (2k-1)).
const COEFFICIENTS: [f64; 8] = [
    1.0 / 12.0,
    -1.0 / 360.0,
    1.0 / 1260.0,
    -1.0 / 1680.0,
    1.0 / 1188.0,
    -691.0 / 360_360.0,
    1.0 / 156.0,
    -3617.0 / 122_400.0,
];

/// sin πx, exact about its zeros.
pub(super) fn sine_of_pi_times(x: f64) -> f64 {
    let remainder = x - 2.0 * (x / 2.0).round();
    let reduced = if remainder.abs() > 0.5 {
        remainder.signum() - remainder
    } else {
        remainder
    };
    (PI * reduced).sin()
}
