//! Exponentials.

use super::{C, NAN, invalid};

/// The largest whole number whose exponential is finite.
pub(super) const LIMIT: f64 = 709.0;

/// exp(z).
pub(crate) fn exp(z: C) -> C {
    let (x, y) = (z.re, z.im);
    if y == 0.0 {
        return C::new(x.exp(), y);
    }
    if !y.is_finite() {
        if x == f64::NEG_INFINITY {
            return C::new(0.0, 0.0_f64.copysign(y));
        }
        if !(y.is_nan() && (x.is_nan() || x == f64::INFINITY)) {
            invalid();
        }
        return C::new(if x.is_infinite() { x } else { f64::NAN }, f64::NAN);
    }
    if x.is_nan() {
        invalid();
        return NAN;
    }
    let (sin, cos) = y.sin_cos();
    if x.is_infinite() {
        let size = if x > 0.0 { x } else { 0.0 };
        return C::new(size.copysign(cos), size.copysign(sin));
    }
    C::new(exp_times(x, cos), exp_times(x, sin))
}

/// exp(z) - 1 = expm1(x) cos(y) - 2 sin(y/2)^2 + i exp(x) sin(y).
pub(crate) fn exp_m1(z: C) -> C {
    let half = (z.im * 0.5).sin();
    C::new(
        z.re.exp_m1() * z.im.cos() - 2.0 * half * half,
        z.re.exp() * z.im.sin(),
    )
}

/// 2**z.
pub(crate) fn exp2(z: C) -> C {
    exp(z * std::f64::consts::LN_2)
}

/// exp(x) * factor, where the product may be finite though the exponential is not.
pub(super) fn exp_times(x: f64, factor: f64) -> f64 {
    if x <= LIMIT {
        return x.exp() * factor;
    }
    let rest = x - LIMIT;
    LIMIT.exp() * factor * rest.min(LIMIT).exp()
}
