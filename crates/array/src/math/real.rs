//! What elementary functions need of numbers of either precision, and of their bits.

use std::ops::{Add, Div, Mul, Neg, Sub};

use rustsci_buffer::Element;

use super::pair::Pair;

/// A floating-point number.
pub(crate) trait Real:
    Element
    + PartialOrd
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
{
    /// Added to a number of less than half its size, it leaves the nearest integer in the lower bits: 1.5 times the power of
    /// two at which numbers are whole.
    const ROUNDING: Self;
    const ONE: Self;
    const ZERO: Self;
    const LEAST: Self;

    /// The nearest number to a double.
    fn of(x: f64) -> Self;

    /// The nearest pair to one of doubles.
    fn pair(hi: f64, lo: f64) -> Pair<Self>;

    /// The nearest three numbers to three doubles.
    fn triple(parts: [f64; 3]) -> [Self; 3];

    fn mul_add(self, a: Self, b: Self) -> Self;
    fn sqrt(self) -> Self;
    fn abs(self) -> Self;
    fn larger(self, other: Self) -> Self;
    fn copysign(self, sign: Self) -> Self;
    fn is_negative(self) -> bool;

    /// Whether this is zero, or of a size between two. Numbers are told apart by their bits, which are in order, since vector
    /// instructions that compare report a NaN.
    fn is_between(self, least: Self, most: Self) -> bool;

    /// Whether this is zero, or of a size whose powers are in range.
    fn is_moderate(self, most: Self) -> bool;

    /// Whether this is positive, finite and as exact as can be. (`is_normal` is of negative numbers, too.)
    fn is_plain_positive(self) -> bool;

    /// The size, or `most` if that is smaller.
    fn limited(self, most: Self) -> Self;

    /// With the other sign, if that is so.
    fn negated_if(self, negative: bool) -> Self;

    /// A polynomial with coefficients for either precision.
    fn polynomial<const N: usize, const M: usize>(self, double: [f64; N], single: [f64; M])
    -> Self;

    /// The beginning of a power series: all of the coefficients, or as many as single precision needs.
    fn series<const N: usize>(self, coefficients: [f64; N], single: usize) -> Self;

    /// The polynomial `c[0] + c[1] x + c[2] x^2 + …` by Horner's rule.
    fn horner(self, coefficients: &[f64]) -> Self;

    /// Times the power of two whose exponent is in the lower bits of `shifted`, which has been rounded by
    /// [`Real::ROUNDING`].
    fn scaled(self, shifted: Self) -> Self;

    /// The integer in the lower bits of what has been rounded, modulo four, after so many more.
    fn quarter(self, more: u8) -> u8;

    /// A positive number as 2^k (1 + f), with 1 + f between the roots of 1/2 and of 2.
    fn split(self) -> (Self, Self);

    /// The inverse cube root of a positive number, to some percent: minus a third of its logarithm, as which its bits are
    /// taken.
    fn inverse_cube_root(self) -> Self;
}

macro_rules! real {
    ($T:ident, $Bits:ident, rounding: $rounding:literal, mantissa: $mantissa:literal, bias: $bias:literal, moderate: $moderate:literal,
     whole: $whole:literal, root: $root:literal, dropped: $dropped:literal, of: ($double:ident, $single:ident) = $which:ident) => {
        impl Real for $T {
            const ROUNDING: Self = $rounding;
            const ONE: Self = 1.0;
            const ZERO: Self = 0.0;
            const LEAST: Self = $T::MIN_POSITIVE;

            #[inline(always)]
            fn of(x: f64) -> Self {
                x as $T
            }

            #[inline(always)]
            fn pair(hi: f64, lo: f64) -> Pair<Self> {
                let first = hi as $T;
                Pair {
                    hi: first,
                    lo: ((hi - f64::from(first)) + lo) as $T,
                }
            }

            #[inline(always)]
            fn triple([hi, lo, last]: [f64; 3]) -> [Self; 3] {
                let first = hi as $T;
                let left = hi - f64::from(first);
                let second = (left + lo) as $T;
                let third = ((left - f64::from(second)) + lo) + last;
                [first, second, third as $T]
            }

            #[inline(always)]
            fn mul_add(self, a: Self, b: Self) -> Self {
                $T::mul_add(self, a, b)
            }

            #[inline(always)]
            fn sqrt(self) -> Self {
                $T::sqrt(self)
            }

            #[inline(always)]
            fn abs(self) -> Self {
                $T::abs(self)
            }

            #[inline(always)]
            fn larger(self, other: Self) -> Self {
                $T::max(self, other)
            }

            #[inline(always)]
            fn copysign(self, sign: Self) -> Self {
                $T::copysign(self, sign)
            }

            #[inline(always)]
            fn is_negative(self) -> bool {
                $T::is_sign_negative(self)
            }

            #[inline(always)]
            fn is_between(self, least: Self, most: Self) -> bool {
                let size = self.abs().to_bits();
                (size < most.to_bits()) & ((size > least.to_bits()) | (size == 0))
            }

            #[inline(always)]
            fn is_moderate(self, most: Self) -> bool {
                self.is_between($moderate, most)
            }

            #[inline(always)]
            fn is_plain_positive(self) -> bool {
                // Negative numbers have the highest bit, and are above.
                ($T::MIN_POSITIVE.to_bits()..$T::INFINITY.to_bits()).contains(&self.to_bits())
            }

            #[inline(always)]
            fn limited(self, most: Self) -> Self {
                $T::from_bits(self.abs().to_bits().min(most.to_bits()))
            }

            #[inline(always)]
            fn negated_if(self, negative: bool) -> Self {
                $T::from_bits(self.to_bits() ^ ($Bits::from(negative) << ($Bits::BITS - 1)))
            }

            #[inline(always)]
            fn polynomial<const N: usize, const M: usize>(
                self,
                $double: [f64; N],
                $single: [f64; M],
            ) -> Self {
                let _ = ($double, $single);
                self.horner(&$which)
            }

            #[inline(always)]
            fn series<const N: usize>(self, coefficients: [f64; N], single: usize) -> Self {
                let count = if $T::DIGITS < f64::DIGITS { single } else { N };
                self.horner(&coefficients[..count])
            }

            #[inline(always)]
            fn horner(self, coefficients: &[f64]) -> Self {
                let last = coefficients.len() - 1;
                let mut sum = coefficients[last] as $T;
                for i in (0..last).rev() {
                    sum = sum.mul_add(self, coefficients[i] as $T);
                }
                sum
            }

            #[inline(always)]
            fn scaled(self, shifted: Self) -> Self {
                $T::from_bits(self.to_bits().wrapping_add(shifted.to_bits() << $mantissa))
            }

            #[inline(always)]
            fn quarter(self, more: u8) -> u8 {
                (self.to_bits().wrapping_add($Bits::from(more)) & 3) as u8
            }

            #[inline(always)]
            fn split(self) -> (Self, Self) {
                let bits = self.to_bits().wrapping_add(Self::ONE.to_bits() - $root);
                // The exponent, made a number by way of the lower bits of a whole one.
                let whole: $T = $whole;
                let k = $T::from_bits(bits >> $mantissa | whole.to_bits()) - (whole + $bias);
                let f = $T::from_bits((bits & ((1 << $mantissa) - 1)) + $root) - 1.0;
                (k, f)
            }

            #[inline(always)]
            fn inverse_cube_root(self) -> Self {
                // The bits less the lowest as a number: what they are for one and a third more, less what makes the
                // largest error least.
                let whole: $T = $whole;
                let bits = $T::from_bits(self.to_bits() >> $dropped | whole.to_bits()) - whole;
                let one = (Self::ONE.to_bits() >> $dropped) as $T;
                let unit = one / $bias;
                let guess = bits.mul_add(-1.0 / 3.0, one * 4.0 / 3.0 - 0.068 * unit);
                $T::from_bits((guess + whole).to_bits() << $dropped)
            }
        }
    };
}

real!(
    f64, u64, rounding: 6_755_399_441_055_744.0, mantissa: 52, bias: 1023.0, moderate: 1e-60,
    whole: 4_503_599_627_370_496.0, root: 0x3fe6_a09e_667f_3bcd, dropped: 20, of: (double, single) = double
);
real!(
    f32, u32, rounding: 12_582_912.0, mantissa: 23, bias: 127.0, moderate: 1e-10,
    whole: 8_388_608.0, root: 0x3f35_04f3, dropped: 8, of: (double, single) = single
);
