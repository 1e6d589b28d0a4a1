//! Hyperbolic functions, and the circular ones as their reflections.

use super::exponential::{LIMIT, exp_times};
use super::{C, NAN, invalid, swapped};

/// sin(z) = -i sinh(i z).
pub(crate) fn sin(z: C) -> C {
    swapped(sinh(swapped(z)))
}

/// cos(z) = cosh(i z).
pub(crate) fn cos(z: C) -> C {
    cosh(C::new(-z.im, z.re))
}

/// tan(z) = -i tanh(i z).
pub(crate) fn tan(z: C) -> C {
    swapped(tanh(swapped(z)))
}

/// sinh(x + i y) = sinh(x) cos(y) + i cosh(x) sin(y).
pub(crate) fn sinh(z: C) -> C {
    let (x, y) = (z.re, z.im);
    if y == 0.0 {
        return C::new(x.sinh(), y);
    }
    if !y.is_finite() {
        if y.is_infinite() && !x.is_nan() || x.is_finite() && x != 0.0 {
            invalid();
        }
        let kept = x == 0.0 || x.is_infinite();
        return C::new(if kept { x } else { f64::NAN }, f64::NAN);
    }
    if x.is_nan() {
        return NAN;
    }
    let (sin, cos) = y.sin_cos();
    if x.is_infinite() {
        return C::new(x * cos.signum(), x.abs() * sin.signum());
    }
    if x.abs() > LIMIT {
        let (re, im) = (exp_times(x.abs(), 0.5 * cos), exp_times(x.abs(), 0.5 * sin));
        return C::new(re * x.signum(), im);
    }
    C::new(x.sinh() * cos, x.cosh() * sin)
}

/// cosh(x + i y) = cosh(x) cos(y) + i sinh(x) sin(y).
pub(crate) fn cosh(z: C) -> C {
    let (x, y) = (z.re, z.im);
    if y == 0.0 {
        return C::new(
            x.cosh(),
            if x.is_nan() {
                y
            } else {
                y * 1.0_f64.copysign(x)
            },
        );
    }
    if !y.is_finite() {
        if y.is_infinite() && !x.is_nan() {
            invalid();
        }
        let re = if x.is_infinite() {
            f64::INFINITY
        } else {
            f64::NAN
        };
        return C::new(re, if x == 0.0 { 0.0 } else { f64::NAN });
    }
    if x.is_nan() {
        return NAN;
    }
    let (sin, cos) = y.sin_cos();
    if x.is_infinite() {
        return C::new(x.abs() * cos.signum(), x * sin.signum());
    }
    if x.abs() > LIMIT {
        let (re, im) = (exp_times(x.abs(), 0.5 * cos), exp_times(x.abs(), 0.5 * sin));
        return C::new(re, im * x.signum());
    }
    C::new(x.cosh() * cos, x.sinh() * sin)
}

/// Beyond this, tanh(x) is one to the last bit.
const SATURATED: f64 = 22.0;

/// tanh(x + i y) = (sinh(x) cosh(x) + i sin(y) cos(y)) / (sinh(x)^2 + cos(y)^2).
pub(crate) fn tanh(z: C) -> C {
    let (x, y) = (z.re, z.im);
    if y == 0.0 {
        return C::new(x.tanh(), y);
    }
    if x.is_infinite() {
        let sign = if y.is_finite() { y.sin() * y.cos() } else { y };
        return C::new(1.0_f64.copysign(x), 0.0_f64.copysign(sign));
    }
    if !y.is_finite() {
        if y.is_infinite() {
            invalid();
        }
        return C::new(if x == 0.0 { x } else { f64::NAN }, f64::NAN);
    }
    if x.is_nan() {
        return NAN;
    }
    let (sin, cos) = y.sin_cos();
    if x.abs() > SATURATED {
        let im = 4.0 * sin * cos * (-2.0 * x.abs()).exp();
        return C::new(1.0_f64.copysign(x), im);
    }
    let (sinh, cosh) = (x.sinh(), x.cosh());
    let scale = sinh * sinh + cos * cos;
    C::new(sinh * cosh / scale, sin * cos / scale)
}
