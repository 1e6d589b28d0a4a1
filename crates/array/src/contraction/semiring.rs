//! What it takes to multiply matrices of a type.

use rustsci_buffer::{Bool, Complex, f16};

use crate::dtype::Number;

/// A type with sums and products, in the form in which long sums are computed.
pub trait Semiring: Number {
    /// The type of running sums.
    type Sum: Copy + Send + Sync + Default;

    /// The running sum with one product added.
    fn add_product(sum: Self::Sum, a: Self, b: Self) -> Self::Sum;

    /// Two running sums together.
    fn join(a: Self::Sum, b: Self::Sum) -> Self::Sum;

    /// A running sum as an element.
    fn finish(sum: Self::Sum) -> Self;

    /// The complex conjugate; of a real number the number.
    #[must_use]
    fn conjugate(self) -> Self {
        self
    }
}

macro_rules! integers {
    ($($T:ty),*) => {$(impl Semiring for $T {
        type Sum = $T;

        #[inline(always)]
        fn add_product(sum: $T, a: $T, b: $T) -> $T {
            sum.wrapping_add(a.wrapping_mul(b))
        }

        #[inline(always)]
        fn join(a: $T, b: $T) -> $T {
            a.wrapping_add(b)
        }

        #[inline(always)]
        fn finish(sum: $T) -> $T {
            sum
        }
    })*};
}

macro_rules! floats {
    ($($T:ty),*) => {$(impl Semiring for $T {
        type Sum = $T;

        #[inline(always)]
        fn add_product(sum: $T, a: $T, b: $T) -> $T {
            sum + a * b
        }

        #[inline(always)]
        fn join(a: $T, b: $T) -> $T {
            a + b
        }

        #[inline(always)]
        fn finish(sum: $T) -> $T {
            sum
        }
    })*};
}

macro_rules! complex {
    ($($T:ty),*) => {$(impl Semiring for Complex<$T> {
        type Sum = Self;

        #[inline(always)]
        fn add_product(sum: Self, a: Self, b: Self) -> Self {
            sum + a * b
        }

        #[inline(always)]
        fn join(a: Self, b: Self) -> Self {
            a + b
        }

        #[inline(always)]
        fn finish(sum: Self) -> Self {
            sum
        }

        #[inline(always)]
        fn conjugate(self) -> Self {
            self.conj()
        }
    })*};
}

integers!(i8, u8, i16, u16, i32, u32, i64, u64);
floats!(f32, f64);
complex!(f32, f64);

/// Half-precision products are summed in single precision.
impl Semiring for f16 {
    type Sum = f32;

    #[inline(always)]
    fn add_product(sum: f32, a: Self, b: Self) -> f32 {
        sum + a.to_f32() * b.to_f32()
    }

    #[inline(always)]
    fn join(a: f32, b: f32) -> f32 {
        a + b
    }

    #[inline(always)]
    fn finish(sum: f32) -> Self {
        Self::from_f32(sum)
    }
}

/// Truth values: the sum is "or", the product "and".
impl Semiring for Bool {
    type Sum = bool;

    #[inline(always)]
    fn add_product(sum: bool, a: Self, b: Self) -> bool {
        sum | (a.get() & b.get())
    }

    #[inline(always)]
    fn join(a: bool, b: bool) -> bool {
        a | b
    }

    #[inline(always)]
    fn finish(sum: bool) -> Self {
        Self::from(sum)
    }
}
