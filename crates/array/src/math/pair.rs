//! Numbers as unevaluated sums of two doubles, of which the second is what the first has lost by rounding
//! (T. J. Dekker, "A floating-point technique for extending the available precision", 1971).

/// `hi + lo`, where `lo` is small against `hi`.
#[derive(Clone, Copy)]
pub(crate) struct Pair {
    pub(crate) hi: f64,
    pub(crate) lo: f64,
}

impl Pair {
    /// The sum of two numbers of which the first is the larger in size, or zero.
    #[inline(always)]
    pub(crate) fn sum(large: f64, small: f64) -> Self {
        let hi = large + small;
        let lo = (large - hi) + small;
        Self { hi, lo }
    }

    /// The sum of any two numbers.
    #[inline(always)]
    pub(crate) fn sum_of_any(a: f64, b: f64) -> Self {
        let hi = a + b;
        let of_b = hi - a;
        let lo = (a - (hi - of_b)) + (b - of_b);
        Self { hi, lo }
    }

    #[inline(always)]
    pub(crate) fn product(a: f64, b: f64) -> Self {
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
    pub(crate) fn with(self, more: f64) -> Self {
        Self {
            hi: self.hi,
            lo: self.lo + more,
        }
    }

    #[inline(always)]
    pub(crate) fn over(self, divisor: Self) -> Self {
        let inverse = 1.0 / divisor.hi;
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
        let half_inverse = 0.5 / hi.max(f64::MIN_POSITIVE);
        let lo = (hi.mul_add(-hi, self.hi) + self.lo) * half_inverse;
        Self { hi, lo }
    }

    #[inline(always)]
    pub(crate) fn value(self) -> f64 {
        self.hi + self.lo
    }
}
