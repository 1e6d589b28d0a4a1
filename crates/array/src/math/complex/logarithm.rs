//! Logarithms.

use super::C;
use crate::math::pair::Pair;

/// The natural logarithm.
pub(crate) fn ln(z: C) -> C {
    C::new(ln_modulus(z.re, z.im), z.im.atan2(z.re))
}

/// ln(1 + z).
pub(crate) fn ln_1p(z: C) -> C {
    let modulus = (z.re + 1.0).hypot(z.im);
    C::new(modulus.ln(), z.im.atan2(z.re + 1.0))
}

/// The logarithm to base two.
pub(crate) fn log2(z: C) -> C {
    ln(z) * std::f64::consts::LOG2_E
}

/// The logarithm to base ten.
pub(crate) fn log10(z: C) -> C {
    ln(z) * std::f64::consts::LOG10_E
}

/// ln|x + i y|, precise where the modulus is close to one too.
pub(super) fn ln_modulus(x: f64, y: f64) -> f64 {
    // Compared by their bits, which are in the order of the numbers: to compare a NaN may be reported.
    let (first, second) = (x.abs().to_bits(), y.abs().to_bits());
    let (large, small) = (first.max(second), first.min(second));
    if large > 0.5_f64.to_bits() && large < 1.5_f64.to_bits() {
        let (large, small) = (f64::from_bits(large), f64::from_bits(small));
        let distance = squares_less_one(large, small);
        if distance.abs() < 0.5 {
            return 0.5 * distance.ln_1p();
        }
    }
    x.hypot(y).ln()
}

/// a^2 + b^2 - 1 with the rounding errors of squares and sums made up for.
fn squares_less_one(a: f64, b: f64) -> f64 {
    let (p, q) = (Pair::product(a, a), Pair::product(b, b));
    let first = Pair::sum_of_any(p.hi, -1.0);
    let sum = Pair::sum_of_any(first.hi, q.hi);
    sum.hi + (sum.lo + first.lo + p.lo + q.lo)
}
