//! Elementary functions of complex numbers, with the branch cuts, the special values and the floating-point conditions of
//! ISO C (annex G of C99).
//!
//! All of them compute in double precision; [`single`] makes functions of single precision of them, which are then
//! accurate to the last bit or nearly so.

mod exponential;
mod hyperbolic;
mod inverse;
mod logarithm;
mod power;
mod root;

use rustsci_buffer::Complex;
use rustsci_buffer::fpstatus::{Status, raise};

pub(crate) use exponential::{exp, exp_m1, exp2};
pub(crate) use hyperbolic::{cos, cosh, sin, sinh, tan, tanh};
pub(crate) use inverse::{acos, acosh, asin, asinh, atan, atanh, real_asinh};
pub(crate) use logarithm::{ln, ln_1p, log2, log10};
pub(crate) use power::{power, power_single, quotient, reciprocal};
pub(crate) use root::sqrt;

/// A complex number in double precision.
type C = Complex<f64>;

const NAN: C = C::new(f64::NAN, f64::NAN);

/// A function of double precision as one of single precision.
#[inline]
pub(crate) fn single(f: impl Fn(C) -> C + Copy) -> impl Fn(Complex<f32>) -> Complex<f32> + Copy {
    move |z| {
        let result = f(C::new(f64::from(z.re), f64::from(z.im)));
        Complex::new(result.re as f32, result.im as f32)
    }
}

/// Real and imaginary part exchanged: the reflection that turns `f(z)` into `-i f(i z)` for odd functions that commute
/// with conjugation.
#[inline]
fn swapped(z: C) -> C {
    C::new(z.im, z.re)
}

/// Reports an invalid operation.
#[cold]
fn invalid() {
    raise(Status::INVALID);
}
