//! The logarithm of the gamma function in twice the working precision.

use std::f64::consts::PI;

use super::polygamma::{digamma, trigamma};
use crate::DoubleDouble;

/// Euler's constant, and what rounding it lost.
const EULER: DoubleDouble = DoubleDouble::new(0.5772156649015329, -4.942915152430645e-18);
/// ζ(3).
const APERY: f64 = 1.2020569031595942;
/// Below this, a few terms of power series are enough.
pub(super) const TINY: f64 = 1e-10;

/// ½ ln 2π.
pub(super) const HALF_LN_TAU: DoubleDouble =
    DoubleDouble::new(0.9189385332046728, -3.8782941580672414e-17);

/// From here on Stirling's series is accurate enough.
const LARGE: f64 = 32.0;

/// ln Γ(x) for positive x, with an absolute error of about 1e-30 or, if larger, a relative one of 1e-31.
///
/// Stirling's series (DLMF 5.11.1), after Γ(x) = Γ(x + n) / (x (x+1) … (x+n-1)) for small arguments.
///
/// ```
/// use rustsci_stats::{DoubleDouble, special::precise_ln_gamma};
/// let ln_24 = precise_ln_gamma(DoubleDouble::from(5.0));
/// assert_eq!(ln_24.value(), 24f64.ln());
/// ```
#[must_use]
pub fn precise_ln_gamma(x: DoubleDouble) -> DoubleDouble {
    let mut x = x;
    let mut product = DoubleDouble::ONE;
    while x.high < LARGE {
        product = product * x;
        x = x + 1.0;
    }
    let stirling = (x - 0.5) * x.ln() - x + HALF_LN_TAU + correction(x);
    if product == DoubleDouble::ONE {
        stirling
    } else {
        stirling - product.ln()
    }
}

/// ln Γ(1 + a) for positive a, with a relative error of about 1e-20 however small a is.
pub(super) fn ln_gamma_beyond_one(a: f64) -> DoubleDouble {
    if a >= TINY {
        return precise_ln_gamma(a.into()) + DoubleDouble::from(a).ln();
    }
    // DLMF 5.7.3.
    (DoubleDouble::from(a * (PI * PI / 12.0 - a * APERY / 3.0)) - EULER) * a
}

/// ln Γ(a + b) - ln Γ(a) for tiny b, with a relative error of about 1e-16.
pub(super) fn ln_gamma_tiny_step(a: f64, b: f64) -> DoubleDouble {
    let (start, step) = if a < 1.0 {
        (a + 1.0, -DoubleDouble::quotient(b, a).ln_1p())
    } else {
        (a, DoubleDouble::default())
    };
    step + b * (digamma(start) + 0.5 * b * trigamma(start))
}

/// ln Γ(a + b) - ln Γ(a) for large a and b that is not: both logarithms would lose what they have in common.
pub(super) fn ln_gamma_difference(a: f64, b: f64) -> DoubleDouble {
    let sum = DoubleDouble::sum(a, b);
    let powers = DoubleDouble::quotient(b, a).ln_1p() * DoubleDouble::sum(a, -0.5) + sum.ln() * b;
    powers - b + correction(sum) - correction(a.into())
}

/// What Stirling's formula lacks, Σ B₂ₖ / (2k (2k-1) x²ᵏ⁻¹), for large x.
pub(super) fn correction(x: DoubleDouble) -> DoubleDouble {
    let reciprocal = DoubleDouble::ONE / x;
    let square = reciprocal * reciprocal;
    let tail = TAIL
        .iter()
        .rev()
        .fold(0.0, |sum, coefficient| coefficient + sum * square.high);
    let sum = LEADING
        .iter()
        .rev()
        .fold(DoubleDouble::from(tail), |sum, &(high, low)| {
            DoubleDouble::new(high, low) + sum * square
        });
    sum * reciprocal
}

/// The coefficients that matter beyond working precision.
#[rustfmt::skip]
static LEADING: [(f64, f64); 5] = [
    (0.08333333333333333, 4.625929269271485e-18),
    (-0.002777777777777778, 1.0601087908747154e-19),
    (0.0007936507936507937, 6.883823317368282e-22),
    (-0.0005952380952380953, 5.36938218754726e-20),
    (0.0008417508417508417, 3.6870174889237694e-20),
];

#[rustfmt::skip]
static TAIL: [f64; 10] = [
    -0.0019175269175269176,
    0.00641025641025641,
    -0.029550653594771242,
    0.17964437236883057,
    -1.3924322169059011,
    13.402864044168393,
    -156.84828462600203,
    2193.1033333333335,
    -36108.77125372499,
    691472.268851313,
];
