//! Sums, products, quotients and their kin.

use rustsci_buffer::fpstatus::{Status, raise};
use rustsci_buffer::{Bool, Complex, f16};

use super::families::*;
use crate::dtype::Cast;
use crate::math::complex;
use crate::ufunc::{Identity, Reorder, Ufunc};
use crate::{DType, Error};

pub(super) fn add() -> Ufunc {
    let u = Ufunc::new("add", 2, 1, "Add arguments element-wise.").identity(Identity::Zero);
    let u = u.closed(|a: Bool, b: Bool| Bool::from(a.get() | b.get()));
    let u = integers!(u, closed, |a, b| a.wrapping_add(b)).reorder(Reorder::Pairwise);
    let u = u.closed_half(|a, b| a + b);
    let u = each!(u, closed, [f32, f64], |a, b| a + b);
    complexes!(u, closed, |a, b| a + b)
}

pub(super) fn subtract() -> Ufunc {
    let u = Ufunc::new(
        "subtract",
        2,
        1,
        "Subtract the second argument from the first, element-wise.",
    )
    .not_for_bool();
    let u = integers!(u, closed, |a, b| a.wrapping_sub(b));
    let u = u.closed_half(|a, b| a - b);
    let u = each!(u, closed, [f32, f64], |a, b| a - b);
    complexes!(u, closed, |a, b| a - b)
}

pub(super) fn multiply() -> Ufunc {
    let u =
        Ufunc::new("multiply", 2, 1, "Multiply arguments element-wise.").identity(Identity::One);
    let u = u.closed(|a: Bool, b: Bool| Bool::from(a.get() & b.get()));
    let u = integers!(u, closed, |a, b| a.wrapping_mul(b));
    let u = u.closed_half(|a, b| a * b);
    each!(u, closed, [f32, f64], |a, b| a * b)
        .closed_witnessed(|a: Complex<f32>, b: Complex<f32>| a * b, out_of_numbers)
        .closed_witnessed(|a: Complex<f64>, b: Complex<f64>| a * b, out_of_numbers)
}

fn has_nan<T: num_traits::Float>(z: Complex<T>) -> bool {
    z.re.is_nan() || z.im.is_nan()
}

/// An invalid operation makes a NaN out of numbers.
fn out_of_numbers<T: num_traits::Float>(
    a: Complex<T>,
    b: Complex<T>,
    result: Complex<T>,
) -> Status {
    if has_nan(result) && !has_nan(a) && !has_nan(b) {
        Status::INVALID
    } else {
        Status::NONE
    }
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
    u.closed_witnessed(half2(float_floor), |a: f16, b: f16, result: f16| {
        of_floor(a.to_f32(), b.to_f32(), result.to_f32())
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

pub(super) fn square() -> Ufunc {
    let u = Ufunc::new("square", 1, 1, "The element-wise square.");
    let u = integers!(u, unary, |a| a.wrapping_mul(a));
    complexes!(floats1!(u, |a| a * a), unary, |a| a * a)
}

pub(super) fn reciprocal() -> Ufunc {
    let u = Ufunc::new("reciprocal", 1, 1, "One divided by each element.");
    let u = integers!(u, unary, |a| match a {
        0 => no_reciprocal(),
        a => 1 / a,
    });
    complexes!(floats1!(u, |a| 1.0 / a), unary, |a| complex::quotient(
        Complex::new(1.0, 0.0),
        a
    ))
}

pub(super) fn gcd() -> Ufunc {
    let u = Ufunc::new(
        "gcd",
        2,
        1,
        "The greatest common divisor of the absolute values.",
    )
    .identity(Identity::Zero)
    .not_for_bool();
    signed_and_unsigned!(
        u,
        closed,
        |a, b| common_divisor(a.unsigned_abs(), b.unsigned_abs()) as _,
        common_divisor(a, b)
    )
}

pub(super) fn lcm() -> Ufunc {
    let u = Ufunc::new(
        "lcm",
        2,
        1,
        "The least common multiple of the absolute values.",
    )
    .reorder(Reorder::Sequential)
    .not_for_bool();
    signed_and_unsigned!(
        u,
        closed,
        |a, b| common_multiple(a.unsigned_abs(), b.unsigned_abs()) as _,
        common_multiple(a, b)
    )
}

/// Euclid's algorithm.
fn common_divisor<T: num_traits::PrimInt>(mut a: T, mut b: T) -> T {
    while b != T::zero() {
        (a, b) = (b, a % b);
    }
    a
}

fn common_multiple<T: num_traits::PrimInt + num_traits::WrappingMul>(a: T, b: T) -> T {
    let divisor = common_divisor(a, b);
    if divisor == T::zero() {
        T::zero()
    } else {
        (a / divisor).wrapping_mul(&b)
    }
}

/// Integer powers by repeated squaring, wrapping; the exponent is not negative.
macro_rules! integer_power {
    ($base:expr, $exponent:expr) => {{
        let (mut base, mut exponent, mut result) = ($base, $exponent, 1);
        while exponent > 0 {
            if exponent & 1 == 1 {
                result = base.wrapping_mul(result);
            }
            base = base.wrapping_mul(base);
            exponent >>= 1;
        }
        result
    }};
}

pub(super) fn power() -> Ufunc {
    let u = Ufunc::new(
        "power",
        2,
        1,
        "The first argument raised to the power of the second.",
    )
    .guarded(|inputs, row| {
        let exponents = &inputs[1];
        if !matches!(
            row.inputs[1],
            DType::Int8 | DType::Int16 | DType::Int32 | DType::Int64
        ) {
            return Ok(());
        }
        let negative = exponents
            .as_dtype(&DType::Int64)?
            .to_vec::<i64>()?
            .iter()
            .any(|&exponent| exponent < 0);
        if negative {
            Err(Error::value(
                "Integers to negative integer powers are not allowed.",
            ))
        } else {
            Ok(())
        }
    });
    let u = integers!(u, closed, |a, b| integer_power!(a, b));
    let u = floats2!(u, |a, b| if b == 2.0 { a * a } else { a.powf(b) });
    u.closed(|a: Complex<f32>, b: Complex<f32>| complex::power_single(a, b))
        .closed(complex::power)
}

pub(super) fn float_power() -> Ufunc {
    Ufunc::new(
        "float_power",
        2,
        1,
        "As power, always computed in double precision.",
    )
    .closed(|a: f64, b: f64| a.powf(b))
    .closed(complex::power)
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
