//! Quotients and remainders.

use rustsci_buffer::fpstatus::{Status, raise};
use rustsci_buffer::{Complex, f16};

use super::families::*;
use crate::dtype::Cast;
use crate::math::complex;
use crate::ufunc::Ufunc;
use crate::ufunc::conditions::{has_nan, out_of_numbers};

pub(super) fn divide() -> Ufunc {
    let u = Ufunc::new(
        "divide",
        2,
        1,
        "Divide the first argument by the second, element-wise.",
    );
    let u = integers!(u, binary, |a, b| a as f64 / b as f64);
    let u = u.closed_half(|a, b| a / b);
    each!(u, closed, [f32, f64], |a, b| a / b)
        .closed_witnessed(complex::quotient::<f32>, of_division)
        .closed_witnessed(complex::quotient::<f64>, of_division)
}

pub(super) fn reciprocal() -> Ufunc {
    let u = Ufunc::new("reciprocal", 1, 1, "One divided by each element.");
    let u = integers!(u, unary, |a| match a {
        0 => no_reciprocal(),
        a => 1 / a,
    });
    complexes!(floats1!(u, |a| 1.0 / a), unary, |a| complex::reciprocal(a))
}

/// As [`out_of_numbers`]; a zero divides each part by itself, and to compare the parts of a divisor is invalid if one is a
/// NaN.
fn of_division<T: num_traits::Float>(a: Complex<T>, b: Complex<T>, result: Complex<T>) -> Status {
    if has_nan(b) {
        return Status::INVALID;
    }
    if b.re != T::zero() || b.im != T::zero() {
        return out_of_numbers(a, b, result);
    }
    let of_part = |part: T| match part {
        part if part == T::zero() => Status::INVALID,
        part if part.is_finite() => Status::DIVIDE,
        _ => Status::NONE,
    };
    of_part(a.re).union(of_part(a.im))
}

/// Reports a division of an integer by zero, whose result is zero.
#[cold]
#[inline(never)]
fn by_zero<T: Default>() -> T {
    raise(Status::DIVIDE);
    T::default()
}

/// Reports the reciprocal of an integer zero: a division by zero, whose infinite result fits no integer and is cast as
/// any other infinity.
#[cold]
#[inline(never)]
fn no_reciprocal<T>() -> T
where
    f64: Cast<T>,
{
    raise(Status::DIVIDE.union(Status::INVALID));
    f64::INFINITY.cast()
}

/// Reports the quotient of the least integer and -1, which wraps to the least integer.
#[cold]
#[inline(never)]
fn overflow<T>(value: T) -> T {
    raise(Status::OVER);
    value
}

/// Quotient rounded down, and remainder with the sign of the divisor.
macro_rules! floor_divmod {
    ($a:expr, $b:expr) => {{
        let (a, b) = ($a, $b);
        if b == 0 {
            by_zero()
        } else {
            let (quotient, rest) = (a.wrapping_div(b), a.wrapping_rem(b));
            // Both signs in one test: a rest of the other sign than the divisor's.
            if rest != 0 && (rest ^ b) < 0 {
                (quotient - 1, rest + b)
            } else {
                (quotient, rest)
            }
        }
    }};
}

/// As `floor_divmod!`, reporting the one quotient that does not fit.
macro_rules! signed_divmod {
    ($a:expr, $b:expr, $least:expr) => {{
        if $b == -1 && $a == $least {
            overflow(($a, 0))
        } else {
            floor_divmod!($a, $b)
        }
    }};
}

macro_rules! unsigned_divmod {
    ($a:expr, $b:expr) => {{
        if $b == 0 {
            by_zero()
        } else {
            ($a / $b, $a % $b)
        }
    }};
}

/// The three forms of one division of integers.
trait Divmod: Copy {
    fn divmod(self, other: Self) -> (Self, Self);
    fn rest(self, other: Self) -> Self;
    fn truncated_rest(self, other: Self) -> Self;
}

macro_rules! signed {
    ($($T:ty),*) => {$(impl Divmod for $T {
        #[inline(always)]
        fn divmod(self, other: Self) -> (Self, Self) { signed_divmod!(self, other, <$T>::MIN) }
        #[inline(always)]
        fn rest(self, other: Self) -> Self { if other == -1 { 0 } else { floor_divmod!(self, other).1 } }
        #[inline(always)]
        fn truncated_rest(self, other: Self) -> Self {
            if other == 0 { by_zero() } else { self.wrapping_rem(other) }
        }
    })*};
}

macro_rules! unsigned {
    ($($T:ty),*) => {$(impl Divmod for $T {
        #[inline(always)]
        fn divmod(self, other: Self) -> (Self, Self) { unsigned_divmod!(self, other) }
        #[inline(always)]
        fn rest(self, other: Self) -> Self { self.divmod(other).1 }
        #[inline(always)]
        fn truncated_rest(self, other: Self) -> Self { if other == 0 { by_zero() } else { self % other } }
    })*};
}

signed!(i8, i16, i32, i64);
unsigned!(u8, u16, u32, u64);

/// Remainder of floats with the sign of the divisor.
#[inline]
fn float_rest<T: num_traits::Float>(a: T, b: T) -> T {
    let rest = a % b;
    if b == T::zero() {
        return rest;
    }
    if rest == T::zero() {
        return T::zero().copysign(b);
    }
    // Signs rather than comparisons, some of which report a NaN.
    if b.is_sign_negative() != rest.is_sign_negative() {
        rest + b
    } else {
        rest
    }
}

/// Quotient of floats rounded down.
#[inline]
fn float_floor<T: num_traits::Float>(a: T, b: T) -> T {
    if b == T::zero() {
        return a / b;
    }
    let rest = a % b;
    let mut quotient = (a - rest) / b;
    if rest != T::zero() && b.is_sign_negative() != rest.is_sign_negative() {
        quotient = quotient - T::one();
    }
    if quotient == T::zero() {
        return T::zero().copysign(a / b);
    }
    // The division may have been rounded across an integer: snap to the nearest.
    let floor = quotient.floor();
    let half = T::one() / (T::one() + T::one());
    if (half - (quotient - floor)).is_sign_negative() {
        floor + T::one()
    } else {
        floor
    }
}

pub(super) fn floor_divide() -> Ufunc {
    let u = Ufunc::new(
        "floor_divide",
        2,
        1,
        "The largest integer not greater than the quotient of the arguments.",
    );
    let u = integers!(u, closed, |a, b| a.divmod(b).0);
    // Quotients of half-precision numbers are finite in single precision, in which they are computed.
    u.closed_witnessed(half2(float_floor), |a: f16, b: f16, _| {
        of_floor(a.to_f32(), b.to_f32(), 0.0)
    })
    .closed_witnessed(float_floor::<f32>, of_floor)
    .closed_witnessed(float_floor::<f64>, of_floor)
}

/// What quotients rounded down report: a remainder of an infinity or by nothing, a quotient without a fraction to look at,
/// and a division by zero.
fn of_floor<T: num_traits::Float>(a: T, b: T, result: T) -> Status {
    if a.is_nan() || b.is_nan() {
        Status::NONE
    } else if b == T::zero() {
        match a {
            a if a == T::zero() => Status::INVALID,
            a if a.is_finite() => Status::DIVIDE,
            _ => Status::NONE,
        }
    } else if a.is_infinite() || result.is_infinite() {
        Status::INVALID
    } else {
        Status::NONE
    }
}

pub(super) fn remainder() -> Ufunc {
    let u = Ufunc::new(
        "remainder",
        2,
        1,
        "The remainder of a division, with the sign of the divisor.",
    );
    let u = integers!(u, closed, |a, b| a.rest(b));
    floats2!(u, |a, b| float_rest(a, b))
}

pub(super) fn fmod() -> Ufunc {
    let u = Ufunc::new(
        "fmod",
        2,
        1,
        "The remainder of a division, with the sign of the dividend.",
    );
    let u = integers!(u, closed, |a, b| a.truncated_rest(b));
    floats2!(u, |a, b| a % b)
}

pub(super) fn divmod() -> Ufunc {
    let u = Ufunc::new(
        "divmod",
        2,
        2,
        "Quotient rounded down, and remainder with the sign of the divisor.",
    );
    let u = integers!(u, binary_pair, |a, b| a.divmod(b));
    u.binary_pair(|a: f16, b: f16| {
        let (a, b) = (a.to_f32(), b.to_f32());
        (narrow(float_floor(a, b)), narrow(float_rest(a, b)))
    })
    .binary_pair(|a: f32, b: f32| (float_floor(a, b), float_rest(a, b)))
    .binary_pair(|a: f64, b: f64| (float_floor(a, b), float_rest(a, b)))
}
