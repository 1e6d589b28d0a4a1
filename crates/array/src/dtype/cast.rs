//! Casting: what is allowed, and how values are converted.

use rustsci_buffer::{Block, Bool, Complex, Element, Kernel, Truncate, f16, simd};

use super::{DType, promote};
use crate::Scalar;
use crate::exec::with_status;
use crate::warning::warn_discarded;

/// How much a cast may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Casting {
    /// Nothing at all, not even the byte order.
    No,
    /// Only the byte order.
    Equiv,
    /// Only what keeps every value.
    Safe,
    /// Safe casts, and casts within a class (float64 to float32) or up the classes.
    SameKind,
    /// Anything.
    Unsafe,
}

impl Casting {
    /// NumPy's name for the rule.
    pub const fn name(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Equiv => "equiv",
            Self::Safe => "safe",
            Self::SameKind => "same_kind",
            Self::Unsafe => "unsafe",
        }
    }

    /// The rule with NumPy's name.
    pub fn parse(name: &str) -> Option<Self> {
        [
            Self::No,
            Self::Equiv,
            Self::Safe,
            Self::SameKind,
            Self::Unsafe,
        ]
        .into_iter()
        .find(|rule| rule.name() == name)
    }
}

/// Whether `from` may become `to` under the rule.
pub fn can_cast(from: &DType, to: &DType, casting: Casting) -> bool {
    match casting {
        Casting::No | Casting::Equiv => from == to,
        Casting::Safe => promote(from, to) == *to,
        Casting::SameKind => promote(from, to) == *to || from.class() <= to.class(),
        Casting::Unsafe => true,
    }
}

/// Conversion of one element: integers wrap, a float out of an integer's range gives what x86 processors give,
/// a complex number loses its imaginary part.
pub trait Cast<To> {
    /// The converted value.
    fn cast(self) -> To;
}

macro_rules! from_integer {
    ($($from:ty),*) => {$(
        from_integer!(@to $from => i8, u8, i16, u16, i32, u32, i64, u64, f32, f64);
        impl Cast<Bool> for $from {
            #[inline(always)]
            fn cast(self) -> Bool { Bool::from(self != 0) }
        }
        impl Cast<f16> for $from {
            #[inline(always)]
            fn cast(self) -> f16 { half(self as f64) }
        }
    )*};
    (@to $from:ty => $($to:ty),*) => {$(
        impl Cast<$to> for $from {
            #[inline(always)]
            fn cast(self) -> $to { self as $to }
        }
    )*};
}

from_integer!(i8, u8, i16, u16, i32, u32, i64, u64);

macro_rules! from_float {
    ($from:ty) => {
        from_float!(@small $from => i8, u8, i16, u16);
        impl Cast<i32> for $from {
            #[inline(always)]
            fn cast(self) -> i32 { self.to_i32() }
        }
        impl Cast<u32> for $from {
            #[inline(always)]
            fn cast(self) -> u32 { self.to_i64() as u32 }
        }
        impl Cast<i64> for $from {
            #[inline(always)]
            fn cast(self) -> i64 { self.to_i64() }
        }
        impl Cast<u64> for $from {
            #[inline(always)]
            fn cast(self) -> u64 { self.to_u64() }
        }
        impl Cast<Bool> for $from {
            #[inline(always)]
            fn cast(self) -> Bool { Bool::from(self != 0.0) }
        }
        impl Cast<f16> for $from {
            #[inline(always)]
            fn cast(self) -> f16 { half(f64::from(self)) }
        }
        impl Cast<f32> for $from {
            #[inline(always)]
            fn cast(self) -> f32 { self as f32 }
        }
        impl Cast<f64> for $from {
            #[inline(always)]
            fn cast(self) -> f64 { self as f64 }
        }
    };
    (@small $from:ty => $($to:ty),*) => {$(
        impl Cast<$to> for $from {
            #[inline(always)]
            fn cast(self) -> $to { self.to_i32() as $to }
        }
    )*};
}

from_float!(f32);
from_float!(f64);

/// Rounds to half precision once, and reports a finite number that becomes infinite or loses digits below the normal
/// numbers (IEEE 754, 7.4 and 7.5).
#[inline(always)]
fn half(value: f64) -> f16 {
    // In integer arithmetic: the conversion instructions leave conditions of lanes that nobody asked for.
    // That conversion looks at the upper half of the bits only, in which the lower half leaves a trace.
    let bits = value.to_bits();
    let lower = u64::from(bits as u32 != 0) << 32;
    let result = f16::from_f64_const(f64::from_bits(bits | lower));
    let magnitude = result.to_bits() & 0x7fff;
    let small = magnitude < f16::MIN_POSITIVE.to_bits() && value != 0.0;
    if small || magnitude == f16::INFINITY.to_bits() {
        report_extreme(value, result);
    }
    result
}

/// Reports a value that is too large or too small for half precision.
#[cold]
#[inline(never)]
fn report_extreme(value: f64, result: f16) {
    use rustsci_buffer::fpstatus::{Status, raise};
    if result.is_infinite() {
        if value.is_finite() {
            raise(Status::OVER);
        }
    } else if result.to_f64() != value {
        raise(Status::UNDER);
    }
}

impl Cast<f16> for f16 {
    #[inline(always)]
    fn cast(self) -> f16 {
        self
    }
}

impl Cast<Bool> for Bool {
    #[inline(always)]
    fn cast(self) -> Bool {
        Bool::from(self.get())
    }
}

macro_rules! through {
    ($from:ty, $middle:expr => $($to:ty),*) => {$(
        impl Cast<$to> for $from {
            #[inline(always)]
            fn cast(self) -> $to { Cast::cast($middle(self)) }
        }
    )*};
}

through!(f16, f16::to_f32 => Bool, i8, u8, i16, u16, i32, u32, i64, u64, f32, f64);
through!(Bool, |b: Bool| u8::from(b.get()) => i8, u8, i16, u16, i32, u32, i64, u64, f16, f32, f64);

macro_rules! complex {
    ($part:ty => $($real:ty),*) => {
        $(impl Cast<Complex<$part>> for $real {
            #[inline(always)]
            fn cast(self) -> Complex<$part> { Complex::new(self.cast(), 0.0) }
        }
        impl Cast<$real> for Complex<$part> {
            #[inline(always)]
            fn cast(self) -> $real { self.re.cast() }
        })*
        impl Cast<Bool> for Complex<$part> {
            #[inline(always)]
            fn cast(self) -> Bool { Bool::from(self.re != 0.0 || self.im != 0.0) }
        }
        impl Cast<Complex<$part>> for Bool {
            #[inline(always)]
            fn cast(self) -> Complex<$part> { Complex::new(self.cast(), 0.0) }
        }
        impl Cast<Complex<f32>> for Complex<$part> {
            #[inline(always)]
            fn cast(self) -> Complex<f32> { Complex::new(self.re.cast(), self.im.cast()) }
        }
        impl Cast<Complex<f64>> for Complex<$part> {
            #[inline(always)]
            fn cast(self) -> Complex<f64> { Complex::new(self.re.cast(), self.im.cast()) }
        }
    };
}

complex!(f32 => i8, u8, i16, u16, i32, u32, i64, u64, f16, f32, f64);
complex!(f64 => i8, u8, i16, u16, i32, u32, i64, u64, f16, f32, f64);

/// The slice kernel of one cast.
fn cast_block<A: Element + Cast<B>, B: Element>(block: &mut Block<'_>) {
    let (from, to) = block.unary::<A, B>();
    if let [value] = *from {
        to.fill(value.cast());
        return;
    }
    simd::vectorized(
        #[inline(always)]
        || {
            from.iter()
                .zip(to)
                .for_each(|(&from, to)| *to = from.cast())
        },
    );
}

/// The kernel that converts blocks of `from` to blocks of `to`. To ask for one that discards imaginary parts warns.
pub fn cast_kernel(from: &DType, to: &DType) -> &'static Kernel<'static> {
    if discards(from, to) {
        warn_discarded();
    }
    dispatch!(from, A => dispatch!(to, B => const { &(cast_block::<A, B> as fn(&mut Block<'_>)) }))
}

/// Whether a conversion loses imaginary parts.
fn discards(from: &DType, to: &DType) -> bool {
    from.is_complex() && !to.is_complex() && *to != DType::Bool
}

/// A value converted to another dtype, with the warnings that this deserves.
pub fn convert(value: &Scalar, dtype: &DType) -> Scalar {
    if discards(&value.dtype(), dtype) {
        warn_discarded();
    }
    with_status(|| value.cast(dtype))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cast<A: Cast<B>, B>(value: A) -> B {
        value.cast()
    }

    #[test]
    fn half_precision_is_rounded_once() {
        assert_eq!(cast::<f64, f16>(128.0 / 65504.0).to_bits(), 0x1801);
        assert_eq!(cast::<f64, f16>(1.0 + 2.0_f64.powi(-11)).to_bits(), 0x3c00);
    }

    #[test]
    fn integers_wrap_and_floats_truncate() {
        assert_eq!(cast::<i32, i8>(300), 44);
        assert_eq!(cast::<f64, i8>(300.7), 44);
        assert_eq!(cast::<f64, u8>(-1.5), 255);
        assert_eq!(cast::<f64, i64>(f64::NAN), i64::MIN);
        assert_eq!(cast::<f64, u64>(1e19), 10_000_000_000_000_000_000);
        assert_eq!(cast::<f32, i32>(-3e9), i32::MIN);
        assert_eq!(cast::<f64, Bool>(f64::NAN), Bool::TRUE);
    }

    #[test]
    fn rules_of_casting() {
        assert!(can_cast(&DType::Int64, &DType::Float64, Casting::Safe));
        assert!(!can_cast(&DType::Int64, &DType::Float32, Casting::Safe));
        assert!(can_cast(
            &DType::Float64,
            &DType::Float32,
            Casting::SameKind
        ));
        assert!(!can_cast(&DType::Int8, &DType::UInt64, Casting::SameKind));
        assert!(!can_cast(
            &DType::Complex64,
            &DType::Float64,
            Casting::SameKind
        ));
    }
}
