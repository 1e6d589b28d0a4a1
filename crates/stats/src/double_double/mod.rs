//! Numbers of twice the working precision: unevaluated sums of two.
//!
//! Tail probabilities are exponentials of large numbers, and an exponent of 700 that is known to 16 digits gives a
//! result of 13. So exponents are computed here, and nothing else has to be.
//!
//! The algorithms are Dekker's and Knuth's; see Hida, Li and Bailey, *Library for double-double and quad-double
//! arithmetic* (2007).

mod ln;

use std::ops::{Add, Div, Mul, Neg, Sub};

/// The sum of two numbers, of which the second is smaller than the rounding error of the first.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DoubleDouble {
    /// The number, rounded.
    pub high: f64,
    /// What rounding lost.
    pub low: f64,
}

/// a + b and its rounding error (Knuth).
#[inline]
pub(crate) fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let bb = sum - a;
    (sum, (a - (sum - bb)) + (b - bb))
}

/// As [`two_sum`], for |a| ≥ |b| (Dekker).
#[inline]
fn quick_two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    (sum, b - (sum - a))
}

/// a·b and its rounding error.
#[inline]
pub(crate) fn two_product(a: f64, b: f64) -> (f64, f64) {
    let product = a * b;
    (product, a.mul_add(b, -product))
}

impl DoubleDouble {
    /// The number 1.
    pub const ONE: Self = Self::new(1.0, 0.0);

    /// The number `high + low`; the second must be below the precision of the first.
    #[must_use]
    pub const fn new(high: f64, low: f64) -> Self {
        Self { high, low }
    }

    /// The exact sum of two numbers.
    ///
    /// ```
    /// use rustsci_stats::DoubleDouble;
    /// let sum = DoubleDouble::sum(1.0, 1e-20);
    /// assert_eq!((sum.high, sum.low), (1.0, 1e-20));
    /// ```
    #[must_use]
    pub fn sum(a: f64, b: f64) -> Self {
        let (high, low) = two_sum(a, b);
        Self { high, low }
    }

    /// The exact product of two numbers, unless it leaves the range of exponents.
    #[must_use]
    pub fn product(a: f64, b: f64) -> Self {
        let (high, low) = two_product(a, b);
        Self { high, low }
    }

    /// The quotient of two numbers.
    #[must_use]
    pub fn quotient(a: f64, b: f64) -> Self {
        Self::from(a) / Self::from(b)
    }

    /// The number times a power of two.
    #[must_use]
    pub fn scaled(self, power: f64) -> Self {
        Self::new(self.high * power, self.low * power)
    }

    /// The square root of a number that is not negative.
    #[must_use]
    pub fn sqrt(self) -> Self {
        let root = self.high.sqrt();
        if root == 0.0 || !root.is_finite() {
            return Self::from(root);
        }
        // One step of Heron's method doubles the precision.
        let rest = self - Self::product(root, root);
        let (high, low) = quick_two_sum(root, rest.high / (2.0 * root));
        Self { high, low }
    }

    /// e to this power, rounded to working precision.
    #[must_use]
    pub fn exp(self) -> f64 {
        let high = self.high.exp();
        if high.is_finite() {
            high + high * self.low
        } else {
            high
        }
    }

    /// e to this power less one, rounded to working precision.
    #[must_use]
    pub fn exp_m1(self) -> f64 {
        self.high.exp_m1() + self.high.exp() * self.low
    }

    /// The number, rounded to working precision.
    #[must_use]
    pub fn value(self) -> f64 {
        self.high
    }
}

impl From<f64> for DoubleDouble {
    fn from(value: f64) -> Self {
        Self::new(value, 0.0)
    }
}

impl Neg for DoubleDouble {
    type Output = Self;

    fn neg(self) -> Self {
        Self::new(-self.high, -self.low)
    }
}

impl Add for DoubleDouble {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let (high, low) = two_sum(self.high, other.high);
        if !high.is_finite() {
            return Self::from(high);
        }
        let (low_sum, rest) = two_sum(self.low, other.low);
        let (high, low) = quick_two_sum(high, low + low_sum);
        let (high, low) = quick_two_sum(high, low + rest);
        Self { high, low }
    }
}

impl Sub for DoubleDouble {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for DoubleDouble {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        let (high, low) = two_product(self.high, other.high);
        if !high.is_finite() {
            return Self::from(high);
        }
        let low = low + (self.high * other.low + self.low * other.high);
        let (high, low) = quick_two_sum(high, low);
        Self { high, low }
    }
}

impl Div for DoubleDouble {
    type Output = Self;

    fn div(self, other: Self) -> Self {
        let first = self.high / other.high;
        if !first.is_finite() || other.high.is_infinite() {
            return Self::from(first);
        }
        let rest = self - other * first;
        let second = rest.high / other.high;
        let rest = rest - other * second;
        let (high, low) = quick_two_sum(first, second);
        Self { high, low } + rest.high / other.high
    }
}

macro_rules! with_plain_numbers {
    ($($operation:ident $method:ident),*) => {$(
        impl $operation<f64> for DoubleDouble {
            type Output = Self;

            fn $method(self, other: f64) -> Self {
                $operation::$method(self, Self::from(other))
            }
        }
    )*};
}

with_plain_numbers!(Add add, Sub sub, Mul mul, Div div);

#[cfg(test)]
mod tests {
    use super::DoubleDouble as DD;

    #[test]
    fn quotients_and_roots_multiply_back() {
        for (a, b) in [(1.0, 3.0), (2.0, 7e-200), (1e300, 9.7), (5.5, 1e17)] {
            let back = DD::quotient(a, b) * b - a;
            assert!((back.high / a).abs() < 1e-31, "{a} / {b}");
            let root = DD::quotient(a, b).sqrt();
            let back = (root * root * b - a).high / a;
            assert!(back.abs() < 1e-30, "sqrt({a} / {b})");
        }
    }

    #[test]
    fn logarithms_agree_with_many_digits() {
        // ln 3, ln 10 and ln(1 + 2⁻⁵²), rounded, and what rounding leaves (mpmath, 50 digits).
        let known = [
            (3.0, 1.0986122886681098, -9.07129723500153e-17),
            (10.0, std::f64::consts::LN_10, -2.1707562233822494e-16),
            (1.0 + f64::EPSILON, 2.2204460492503128e-16, 3.649e-48),
        ];
        for (x, high, low) in known {
            let difference = (DD::from(x).ln() - DD::new(high, low)).high;
            assert!(difference.abs() < 1e-31, "ln {x}: {difference:e}");
        }
        // A number and its reciprocal, far apart.
        for x in [1e-290, 3e-300, 0.999_999, 7e5, 1e260] {
            let pair = DD::from(x).ln() + (DD::ONE / DD::from(x).scaled(2f64.powi(40))).ln();
            let expected = DD::from(2f64.powi(-40)).ln();
            assert!((pair - expected).high.abs() < 1e-28, "{x}");
        }
    }
}
