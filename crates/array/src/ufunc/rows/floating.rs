//! The parts and the neighbourhood of floating-point numbers, and rounding.

use rustsci_buffer::fpstatus::{Status, raise};
use rustsci_buffer::{Bool, Complex, f16};

use super::families::*;
use crate::ufunc::{Identity, Ufunc};

/// Adds loops from every type to truth values: one for numbers that are always finite, others for floats, and those of
/// complex numbers, which join what their parts tell.
macro_rules! classify {
    ($name:literal, $doc:literal, $whole:literal, $method:ident, $join:tt) => {{
        let u = Ufunc::new($name, 1, 1, $doc)
            .silent()
            .unary(|_: Bool| Bool::from($whole));
        let u = integers!(u, unary, |_x| Bool::from($whole));
        let u = each!(u, property, [f16, f32, f64], |x| x.$method());
        complexes!(u, property, |z| z.re.$method() $join z.im.$method())
    }};
}

pub(super) fn isnan() -> Ufunc {
    classify!("isnan", "Whether a value is not a number.", false, is_nan, |)
}

pub(super) fn isinf() -> Ufunc {
    classify!("isinf", "Whether a value is infinite.", false, is_infinite, |)
}

pub(super) fn isfinite() -> Ufunc {
    classify!("isfinite", "Whether a value is neither infinite nor NaN.", true, is_finite, &)
}

pub(super) fn signbit() -> Ufunc {
    let u = Ufunc::new("signbit", 1, 1, "Whether the sign bit is set.").silent();
    each!(u, property, [f16, f32, f64], |x| x.is_sign_negative())
}

pub(super) fn copysign() -> Ufunc {
    let u = Ufunc::new(
        "copysign",
        2,
        1,
        "The first argument with the sign of the second.",
    )
    .silent();
    u.closed(|x: f16, y: f16| f16::from_bits(x.to_bits() & 0x7fff | y.to_bits() & 0x8000))
        .closed(|x: f32, y: f32| x.copysign(y))
        .closed(|x: f64, y: f64| x.copysign(y))
}

/// The next number after `x` towards `y`, by stepping through the bit patterns.
macro_rules! next_after {
    ($T:ty, $Bits:ty, |$x:ident, $y:ident| $equal:expr) => {
        |$x: $T, $y: $T| {
            if $x.is_nan() || $y.is_nan() {
                return <$T>::NAN;
            }
            if $x == $y {
                return $equal;
            }
            let magnitude = <$Bits>::MAX >> 1;
            if $x.to_bits() & magnitude == 0 {
                return <$T>::from_bits(($y.to_bits() & !magnitude) | 1);
            }
            // Numbers of one sign are ordered as their bits are.
            let grows = $x.is_sign_negative() == $y.is_sign_negative()
                && $y.to_bits() & magnitude > $x.to_bits() & magnitude;
            let next = <$T>::from_bits(if grows {
                $x.to_bits() + 1
            } else {
                $x.to_bits() - 1
            });
            if next.is_infinite() {
                raise(Status::OVER);
            }
            next
        }
    };
}

pub(super) fn nextafter() -> Ufunc {
    Ufunc::new(
        "nextafter",
        2,
        1,
        "The next representable value after x1 in the direction of x2.",
    )
    .closed(next_after!(f16, u16, |x, y| x))
    .closed(next_after!(f32, u32, |x, y| y))
    .closed(next_after!(f64, u64, |x, y| y))
}

/// The distance from `x` to the next number away from zero, by its bits: floating-point operations on what is not a number
/// would be reported, also where the result is not asked for.
macro_rules! spacing_of {
    ($T:ty, $Bits:ty) => {
        |x: $T| {
            const MANTISSA: u32 = <$T>::MANTISSA_DIGITS - 1;
            const HIGHEST: $Bits = (-0.0 as $T).to_bits();
            // With half of its distance added, the largest number overflows, as it should, and no other one.
            const HALF: $T = (<$T>::MAX - <$T>::from_bits(<$T>::MAX.to_bits() - 1)) / 2.0;
            let size = x.to_bits() & !HIGHEST;
            let exponent = size >> MANTISSA;
            let distance = if exponent > MANTISSA as $Bits {
                (exponent - MANTISSA as $Bits) << MANTISSA
            } else {
                1 << (exponent.max(1) - 1)
            };
            let beyond = <$T>::from_bits(size) + HALF;
            let infinite = beyond.to_bits() == <$T>::INFINITY.to_bits();
            let distance = if infinite { beyond.to_bits() } else { distance };
            let negative = <$Bits>::from(x.to_bits() > HIGHEST) << (<$Bits>::BITS - 1);
            if size < <$T>::INFINITY.to_bits() {
                <$T>::from_bits(distance ^ negative)
            } else {
                <$T>::NAN
            }
        }
    };
}

/// The distance from a half-precision number to the next one above it.
fn spacing_above(x: f16) -> f16 {
    if !x.is_finite() {
        raise(Status::INVALID);
        return f16::NAN;
    }
    let bits = x.to_bits();
    let above = match bits {
        0x8000 => 1,
        bits if bits > 0x8000 => bits - 1,
        bits => bits + 1,
    };
    let above = f16::from_bits(above);
    if above.is_infinite() {
        raise(Status::OVER);
    }
    f16::from_f32(above.to_f32() - x.to_f32())
}

pub(super) fn spacing() -> Ufunc {
    Ufunc::new(
        "spacing",
        1,
        1,
        "The distance between x and the nearest adjacent number away from zero.",
    )
    .unary(spacing_above)
    .unary(spacing_of!(f32, u32))
    .unary(spacing_of!(f64, u64))
}

pub(super) fn modf() -> Ufunc {
    let parts32 = |x: f32| {
        // An infinity is kept out of the difference, which would be reported.
        let finite = if x.is_infinite() { 0.0_f32 } else { x };
        ((finite - finite.trunc()).copysign(x), x.trunc())
    };
    let parts64 = |x: f64| {
        // An infinity is kept out of the difference, which would be reported.
        let finite = if x.is_infinite() { 0.0_f64 } else { x };
        ((finite - finite.trunc()).copysign(x), x.trunc())
    };
    Ufunc::new(
        "modf",
        1,
        2,
        "Fractional and integral parts, both with the sign of x.",
    )
    .unary_pair(move |x: f16| {
        let (fraction, whole) = parts32(x.to_f32());
        (narrow(fraction), narrow(whole))
    })
    .unary_pair(parts32)
    .unary_pair(parts64)
}

/// Mantissa in [0.5, 1) and binary exponent.
fn split(x: f64) -> (f64, i32) {
    if x == 0.0 || !x.is_finite() {
        return (x, 0);
    }
    // Subnormal numbers are scaled into the normal range first; others by one, so that no product overflows unseen.
    let (factor, shift) = if x.abs() < f64::MIN_POSITIVE {
        (18_014_398_509_481_984.0, 54)
    } else {
        (1.0, 0)
    };
    let x = x * factor;
    let exponent = (x.to_bits() >> 52 & 0x7ff) as i32 - 1022;
    (
        f64::from_bits(x.to_bits() & !(0x7ff << 52) | 1022 << 52),
        exponent - shift,
    )
}

pub(super) fn frexp() -> Ufunc {
    Ufunc::new("frexp", 1, 2, "Mantissa in [0.5, 1) and exponent of two.")
        .unary_pair(|x: f16| {
            let (mantissa, exponent) = split(x.to_f64());
            (f16::from_f64(mantissa), exponent)
        })
        .unary_pair(|x: f32| {
            let (mantissa, exponent) = split(f64::from(x));
            (mantissa as f32, exponent)
        })
        .unary_pair(split)
}

/// `x * 2**n`, rounded once. All steps are always taken, as by one: what a compiler computes for a step that it then does
/// not need would be reported.
fn scaled(x: f64, n: i64) -> f64 {
    // Beyond, every number becomes zero or infinite.
    let mut n = n.clamp(-2200, 2200) as i32;
    let mut x = x;
    for _ in 0..3 {
        // Downwards, what is left is so small a power that only the last step can round.
        let step = if n < -1022 { -969 } else { n.min(1023) };
        x *= f64::from_bits(((step + 1023) as u64) << 52);
        n -= step;
    }
    x
}

pub(super) fn ldexp() -> Ufunc {
    Ufunc::new("ldexp", 2, 1, "x1 * 2**x2, element-wise.")
        .binary(|x: f16, n: i32| narrow(scaled(x.to_f64(), i64::from(n)) as f32))
        .binary(|x: f32, n: i32| scaled(f64::from(x), i64::from(n)) as f32)
        .binary(|x: f16, n: i64| narrow(scaled(x.to_f64(), n) as f32))
        .binary(|x: f32, n: i64| scaled(f64::from(x), n) as f32)
        .binary(|x: f64, n: i32| scaled(x, i64::from(n)))
        .binary(scaled)
}

/// Adds the loops of a rounding: whole numbers stay as they are.
macro_rules! rounding {
    ($name:literal, $doc:literal, |$x:ident| $body:expr) => {{
        let u = Ufunc::new($name, 1, 1, $doc).silent().unary(|x: Bool| x);
        floats1!(integers!(u, unary, |x| x), |$x| $body)
    }};
}

pub(super) fn floor() -> Ufunc {
    rounding!("floor", "The largest integer not greater than x.", |x| x
        .floor())
}

pub(super) fn ceil() -> Ufunc {
    rounding!("ceil", "The smallest integer not less than x.", |x| x
        .ceil())
}

pub(super) fn trunc() -> Ufunc {
    rounding!(
        "trunc",
        "The nearest integer that is not farther from zero than x.",
        |x| x.trunc()
    )
}

pub(super) fn rint() -> Ufunc {
    let u = Ufunc::new(
        "rint",
        1,
        1,
        "The nearest integer; halves go to the even one.",
    )
    .silent();
    let u = floats1!(u, |x| x.round_ties_even());
    u.unary(|z: Complex<f32>| Complex::new(z.re.round_ties_even(), z.im.round_ties_even()))
        .unary(|z: Complex<f64>| Complex::new(z.re.round_ties_even(), z.im.round_ties_even()))
}

pub(super) fn hypot() -> Ufunc {
    let u = Ufunc::new(
        "hypot",
        2,
        1,
        "The hypotenuse of a right triangle with the given legs.",
    )
    .identity(Identity::Zero);
    floats2!(u, |x, y| x.hypot(y))
}
