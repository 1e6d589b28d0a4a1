//! Signs, moduli and conjugates.

use rustsci_buffer::{Bool, Complex, f16};

use super::families::*;
use crate::ufunc::Ufunc;

pub(super) fn negative() -> Ufunc {
    let u = Ufunc::new("negative", 1, 1, "Numerical negative, element-wise.").not_for_bool();
    let u = integers!(u, unary, |a| a.wrapping_neg());
    let u = u.unary(|a: f16| -a).unary(|a: f32| -a).unary(|a: f64| -a);
    complexes!(u, unary, |a| -a)
}

pub(super) fn positive() -> Ufunc {
    let u = Ufunc::new(
        "positive",
        1,
        1,
        "Numerical positive, element-wise: a copy.",
    )
    .not_for_bool();
    let u = integers!(u, unary, |a| a);
    complexes!(floats1!(u, |a| a), unary, |a| a)
}

pub(super) fn absolute() -> Ufunc {
    let u = Ufunc::new(
        "absolute",
        1,
        1,
        "The absolute value, element-wise; of complex numbers the modulus.",
    );
    let u = u.unary(|a: Bool| a);
    let u = signed_and_unsigned!(u, unary, |a| a.wrapping_abs(), a);
    let u = floats1!(u, |a| a.abs());
    u.unary(|a: Complex<f32>| a.re.hypot(a.im))
        .unary(|a: Complex<f64>| a.re.hypot(a.im))
}

pub(super) fn fabs() -> Ufunc {
    floats1!(
        Ufunc::new(
            "fabs",
            1,
            1,
            "The absolute value of real numbers, as floats."
        ),
        |a| a.abs()
    )
}

pub(super) fn sign() -> Ufunc {
    let u = Ufunc::new(
        "sign",
        1,
        1,
        "-1, 0 or 1 by the sign of a number; of complex numbers z / |z|.",
    )
    .silent()
    .not_for_bool();
    let u = signed_and_unsigned!(u, unary, |a| a.signum(), a.min(1));
    let u = floats1!(u, |a| if a == 0.0 || a.is_nan() {
        a.abs()
    } else {
        a.signum()
    });
    u.unary(|a: Complex<f32>| unit(a))
        .unary(|a: Complex<f64>| unit(a))
}

/// A complex number of modulus one in the same direction.
fn unit<T: num_traits::Float>(a: Complex<T>) -> Complex<T> {
    let modulus = a.re.hypot(a.im);
    if modulus.is_nan() {
        return Complex::new(T::nan(), T::nan());
    }
    if modulus.is_infinite() {
        return match (a.re.is_infinite(), a.im.is_infinite()) {
            (true, true) => Complex::new(T::nan(), T::nan()),
            (true, false) => Complex::new(a.re.signum(), T::zero()),
            _ => Complex::new(T::zero(), a.im.signum()),
        };
    }
    if modulus == T::zero() {
        Complex::new(T::zero(), T::zero())
    } else {
        Complex::new(a.re / modulus, a.im / modulus)
    }
}

pub(super) fn conjugate() -> Ufunc {
    let u = Ufunc::new("conjugate", 1, 1, "The complex conjugate, element-wise.");
    let u = integers!(u, unary, |a| a);
    complexes!(floats1!(u, |a| a), unary, |a| a.conj())
}

pub(super) fn heaviside() -> Ufunc {
    let u = Ufunc::new(
        "heaviside",
        2,
        1,
        "0 for negative x1, x2 at zero, 1 for positive x1.",
    )
    .silent();
    floats2!(u, |a, b| if a.is_nan() {
        a
    } else if a == 0.0 {
        b
    } else if a < 0.0 {
        0.0
    } else {
        1.0
    })
}
