//! Logarithms.

use super::C;

/// The natural logarithm.
pub(crate) fn ln(z: C) -> C {
    C::new(ln_modulus(z.re, z.im), z.im.atan2(z.re))
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

/// a^2 + b^2 - 1 with the rounding errors of squares and sums made up for (T. J. Dekker, "A floating-point technique for
/// extending the available precision", 1971).
fn squares_less_one(a: f64, b: f64) -> f64 {
    let (p, q) = (a * a, b * b);
    let (p_rest, q_rest) = (a.mul_add(a, -p), b.mul_add(b, -q));
    let (first, first_rest) = two_sum(p, -1.0);
    let (sum, sum_rest) = two_sum(first, q);
    sum + (sum_rest + first_rest + p_rest + q_rest)
}

/// A sum and its rounding error.
fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let other = sum - a;
    (sum, (a - (sum - other)) + (b - other))
}
