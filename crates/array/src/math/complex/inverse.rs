//! Inverse circular and hyperbolic functions (W. Kahan, "Branch cuts for complex elementary functions, or much ado about
//! nothing's sign bit", 1987).

use std::f64::consts::{FRAC_PI_2, FRAC_PI_4, LN_2, PI};

use rustsci_buffer::fpstatus::{Status, raise};

use super::logarithm::ln_modulus;
use super::{C, NAN, sqrt, swapped};

/// Beyond this modulus one makes no difference beside the number.
const LARGE: f64 = 1e150;

/// arcsin(z) = -i arcsinh(i z).
pub(crate) fn asin(z: C) -> C {
    swapped(asinh(swapped(z)))
}

/// arctan(z) = -i arctanh(i z).
pub(crate) fn atan(z: C) -> C {
    swapped(atanh(swapped(z)))
}

/// arccosh(z), which is i arccos(z) or -i arccos(z).
pub(crate) fn acosh(z: C) -> C {
    let w = acos(z);
    if w.re.is_nan() && z.re == 0.0 {
        return C::new(w.im, FRAC_PI_2);
    }
    C::new(w.im.abs(), w.re.copysign(z.im))
}

fn is_large(z: C) -> bool {
    z.re.abs() > LARGE || z.im.abs() > LARGE
}

/// ln|2 z| of a large number.
fn ln_of_double(x: f64, y: f64) -> f64 {
    ln_modulus(0.5 * x, 0.5 * y) + 2.0 * LN_2
}

/// The inverse hyperbolic sine of a real number, over the whole range: a small number is its own.
pub(crate) fn real_asinh<T: num_traits::Float + num_traits::FloatConst>(x: T) -> T {
    if x.abs() < T::epsilon() {
        x
    } else if x.abs() > T::max_value().sqrt() {
        (x.abs().ln() + T::LN_2()).copysign(x)
    } else {
        x.asinh()
    }
}

/// arcsinh(z).
pub(crate) fn asinh(z: C) -> C {
    let (x, y) = (z.re, z.im);
    if !x.is_finite() || !y.is_finite() {
        return if x.is_infinite() {
            let angle = if y.is_infinite() { FRAC_PI_4 } else { 0.0 };
            C::new(x, if y.is_nan() { y } else { angle.copysign(y) })
        } else if y.is_infinite() {
            if x.is_nan() {
                C::new(f64::INFINITY, f64::NAN)
            } else {
                C::new(f64::INFINITY.copysign(x), FRAC_PI_2.copysign(y))
            }
        } else if y == 0.0 {
            C::new(x, y)
        } else {
            NAN
        };
    }
    if is_large(z) {
        return C::new(ln_of_double(x, y).copysign(x), y.atan2(x.abs()));
    }
    let (a, b) = (sqrt(C::new(1.0 + y, -x)), sqrt(C::new(1.0 - y, x)));
    C::new(
        real_asinh(a.re * b.im - b.re * a.im),
        y.atan2(a.re * b.re - a.im * b.im),
    )
}

/// arccos(z).
pub(crate) fn acos(z: C) -> C {
    let (x, y) = (z.re, z.im);
    if !x.is_finite() || !y.is_finite() {
        return if y.is_infinite() {
            let angle = if x.is_finite() {
                FRAC_PI_2
            } else if x.is_nan() {
                x
            } else if x > 0.0 {
                FRAC_PI_4
            } else {
                3.0 * FRAC_PI_4
            };
            C::new(angle, -y)
        } else if x.is_infinite() {
            if y.is_nan() {
                C::new(y, f64::NEG_INFINITY)
            } else {
                C::new(
                    if x > 0.0 { 0.0 } else { PI },
                    f64::NEG_INFINITY.copysign(-y),
                )
            }
        } else if x == 0.0 {
            C::new(FRAC_PI_2, f64::NAN)
        } else {
            NAN
        };
    }
    if is_large(z) {
        return C::new(y.abs().atan2(x), -ln_of_double(x, y).copysign(y));
    }
    let (a, b) = (sqrt(C::new(1.0 - x, -y)), sqrt(C::new(1.0 + x, y)));
    C::new(
        2.0 * a.re.atan2(b.re),
        real_asinh(b.re * a.im - b.im * a.re),
    )
}

/// arctanh(z).
pub(crate) fn atanh(z: C) -> C {
    // By symmetry in the right half plane.
    let (x, y) = (z.re.abs(), z.im);
    let w = right_atanh(x, y);
    C::new(w.re.copysign(z.re), w.im)
}

fn right_atanh(x: f64, y: f64) -> C {
    if !x.is_finite() || !y.is_finite() {
        return if y.is_infinite() || x.is_infinite() && !y.is_nan() {
            C::new(0.0, FRAC_PI_2.copysign(y))
        } else if x.is_infinite() || x == 0.0 {
            C::new(0.0, y)
        } else {
            NAN
        };
    }
    if x > LARGE || y.abs() > LARGE {
        let modulus = x.hypot(y);
        return C::new(x / modulus / modulus, FRAC_PI_2.copysign(y));
    }
    if x == 1.0 {
        if y == 0.0 {
            raise(Status::DIVIDE);
            return C::new(f64::INFINITY, y);
        }
        let re = (4.0 + y * y).sqrt().sqrt().ln() - 0.5 * y.abs().ln();
        return C::new(re, 0.5 * (FRAC_PI_2 + (0.5 * y.abs()).atan()).copysign(y));
    }
    let distance = (1.0 - x) * (1.0 - x) + y * y;
    C::new(
        0.25 * (4.0 * x / distance).ln_1p(),
        0.5 * (2.0 * y).atan2((1.0 - x) * (1.0 + x) - y * y),
    )
}
