//! Numbers as unevaluated sums of two, of which the second is what the first has lost by rounding
//! (T. J. Dekker, "A floating-point technique for extending the available precision", 1971).

use super::real::Real;

/// `hi + lo`, where `lo` is small against `hi`.
#[derive(Clone, Copy)]
pub(crate) struct Pair<T> {
    pub(crate) hi: T,
    pub(crate) lo: T,
}

impl<T: Real> Pair<T> {
    /// One number.
    #[inline(always)]
    pub(crate) fn exact(hi: T) -> Self {
        Self { hi, lo: T::ZERO }
    }

    /// The sum of two numbers of which the first is the larger in size, or zero.
    #[inline(always)]
    pub(crate) fn sum(large: T, small: T) -> Self {
        let hi = large + small;
        let lo = (large - hi) + small;
        Self { hi, lo }
    }

    /// The sum of any two numbers.
    #[inline(always)]
    pub(crate) fn sum_of_any(a: T, b: T) -> Self {
        let hi = a + b;
        let of_b = hi - a;
        let lo = (a - (hi - of_b)) + (b - of_b);
        Self { hi, lo }
    }

    #[inline(always)]
    pub(crate) fn product(a: T, b: T) -> Self {
        let hi = a * b;
        let lo = a.mul_add(b, -hi);
        Self { hi, lo }
    }

    #[inline(always)]
    pub(crate) fn times(self, other: Self) -> Self {
        let Self { hi, lo } = Self::product(self.hi, other.hi);
        let small = self.hi.mul_add(other.lo, self.lo * other.hi);
        Self { hi, lo: lo + small }
    }

    /// With something small added.
    #[inline(always)]
    pub(crate) fn with(self, more: T) -> Self {
        Self {
            hi: self.hi,
            lo: self.lo + more,
        }
    }

    #[inline(always)]
    pub(crate) fn over(self, divisor: Self) -> Self {
        let inverse = T::ONE / divisor.hi;
        let hi = self.hi * inverse;
        let left = hi.mul_add(-divisor.hi, self.hi);
        let lo = (left + hi.mul_add(-divisor.lo, self.lo)) * inverse;
        Self { hi, lo }
    }

    /// The square root; that of zero is zero.
    #[inline(always)]
    pub(crate) fn root(self) -> Self {
        let hi = self.hi.sqrt();
        // Nothing is divided by zero. By a condition, a compiler would divide first and choose then.
        let half_inverse = T::of(0.5) / hi.larger(T::LEAST);
        let lo = (hi.mul_add(-hi, self.hi) + self.lo) * half_inverse;
        Self { hi, lo }
    }

    #[inline(always)]
    pub(crate) fn value(self) -> T {
        self.hi + self.lo
    }
}
