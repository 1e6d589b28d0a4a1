//! How sums of products of each element type are computed.

use rustsci_buffer::{Bool, Complex, f16};

use super::accumulator::Accumulator;
use crate::dtype::Number;

/// A type with sums and products, and the type in which long sums of them are computed.
pub trait Semiring: Number {
    /// The type of running sums.
    type Sum: Accumulator;

    /// Whether sums of sums are those of the whole, so that a long sum may be cut and its parts be added as
    /// elements.
    const DIVISIBLE: bool = true;

    /// The element as a sum.
    fn widen(self) -> Self::Sum;

    /// A sum as an element.
    fn narrow(sum: Self::Sum) -> Self;

    /// Whether nothing that is added can change the element any more.
    #[inline(always)]
    fn is_settled(_sum: Self::Sum) -> bool {
        false
    }

    /// The complex conjugate; of a real number the number.
    #[must_use]
    fn conjugate(self) -> Self {
        self
    }
}

/// Sums wrap around, which narrower types are free to do at the end.
macro_rules! integers {
    ($($type:ty => $sum:ty),*) => {$(impl Semiring for $type {
        type Sum = $sum;

        #[inline(always)]
        fn widen(self) -> $sum {
            self as $sum
        }

        #[inline(always)]
        fn narrow(sum: $sum) -> Self {
            sum as Self
        }
    })*};
}

integers! {
    i8 => i32, u8 => i32, i16 => i32, u16 => i32, i32 => i32, u32 => i32, i64 => i64, u64 => i64
}

macro_rules! floats {
    ($($type:ty),*) => {$(impl Semiring for $type {
        type Sum = Self;

        #[inline(always)]
        fn widen(self) -> Self {
            self
        }

        #[inline(always)]
        fn narrow(sum: Self) -> Self {
            sum
        }
    })*};
}

floats!(f32, f64);

macro_rules! complexes {
    ($($type:ty),*) => {$(impl Semiring for Complex<$type> {
        type Sum = Self;

        #[inline(always)]
        fn widen(self) -> Self {
            self
        }

        #[inline(always)]
        fn narrow(sum: Self) -> Self {
            sum
        }

        #[inline(always)]
        fn conjugate(self) -> Self {
            self.conj()
        }
    })*};
}

complexes!(f32, f64);

/// Half-precision products are summed in single precision.
impl Semiring for f16 {
    type Sum = f32;

    const DIVISIBLE: bool = false;

    #[inline(always)]
    fn widen(self) -> f32 {
        self.to_f32()
    }

    #[inline(always)]
    fn narrow(sum: f32) -> Self {
        Self::from_f32(sum)
    }
}

/// Truth values: the sum is "or", the product "and". Counts of them in floats saturate, but never become zero.
impl Semiring for Bool {
    type Sum = f32;

    const DIVISIBLE: bool = false;

    #[inline(always)]
    fn widen(self) -> f32 {
        f32::from(self.get())
    }

    #[inline(always)]
    fn narrow(sum: f32) -> Self {
        Self::from(sum != 0.0)
    }

    #[inline(always)]
    fn is_settled(sum: f32) -> bool {
        sum != 0.0
    }
}
