//! The square root.

use super::C;

/// The square root with a non-negative real part, and the sign of the imaginary part kept.
pub(crate) fn sqrt(z: C) -> C {
    let (x, y) = (z.re, z.im);
    if y.is_infinite() {
        return C::new(f64::INFINITY, y);
    }
    if x.is_infinite() {
        let (re, im) = if x > 0.0 { (x, 0.0) } else { (0.0, -x) };
        return if y.is_nan() {
            C::new(if x > 0.0 { x } else { y }, if x > 0.0 { y } else { -x })
        } else {
            C::new(re, im.copysign(y))
        };
    }
    if x.is_nan() || y.is_nan() {
        return super::NAN;
    }
    if x == 0.0 && y == 0.0 {
        return C::new(0.0, y);
    }
    // By powers of four away from the ends of the range, where the modulus would overflow or lose digits.
    let largest = x.abs().max(y.abs());
    if largest > 2.0_f64.powi(1021) {
        return scaled(0.25 * x, 0.25 * y) * 2.0;
    }
    if largest < 2.0_f64.powi(-960) {
        return scaled(2.0_f64.powi(108) * x, 2.0_f64.powi(108) * y) * 2.0_f64.powi(-54);
    }
    scaled(x, y)
}

/// The root of a number whose modulus is safe to compute.
fn scaled(x: f64, y: f64) -> C {
    let larger = (0.5 * (x.abs() + x.hypot(y))).sqrt();
    let smaller = y.abs() / (2.0 * larger);
    if x >= 0.0 {
        C::new(larger, smaller.copysign(y))
    } else {
        C::new(smaller, larger.copysign(y))
    }
}
