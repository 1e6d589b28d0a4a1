//! The error function and its complement.

use crate::DoubleDouble;

/// The error function, 2/√π ∫₀ˣ exp(-t²) dt.
///
/// ```
/// assert_eq!(rustsci_stats::special::erf(0.5), 0.5204998778130465);
/// ```
#[must_use]
pub fn erf(x: f64) -> f64 {
    libm::erf(x)
}

/// What the error function leaves of one: 1 - erf(x), accurate where that is tiny.
///
/// ```
/// assert_eq!(rustsci_stats::special::erfc(10.0), 2.088487583762545e-45);
/// ```
#[must_use]
pub fn erfc(x: f64) -> f64 {
    libm::erfc(x)
}

/// [`erfc`] of an argument of twice the precision: far out, the last digit of the argument is worth three of the result.
pub(crate) fn precise_erfc(x: DoubleDouble) -> f64 {
    let derivative = -std::f64::consts::FRAC_2_SQRT_PI * (-x.high * x.high).exp();
    libm::erfc(x.high) + derivative * x.low
}
