//! Sums of numbers and of their squares as whole numbers, and what follows from them.

use super::natural::Natural;
use super::power_sum::BIAS;
use super::rounding::{self, Overflow};

/// A small number.
pub(super) fn natural(value: u128) -> Natural {
    Natural::from(value)
}

/// A sum of terms of either sign.
#[derive(Default)]
pub(super) struct SignedSum {
    /// The terms above zero, and those below.
    parts: [Natural; 2],
}

impl SignedSum {
    pub(super) fn add(&mut self, negative: bool, size: &Natural) {
        let part = &mut self.parts[usize::from(negative)];
        *part = part.plus(size);
    }

    pub(super) fn value(&self) -> (bool, Natural) {
        self.parts[0].difference(&self.parts[1])
    }
}

/// The sum and the sum of squares as whole numbers: in units of 2^(base - [`BIAS`]) and of that squared.
pub(super) struct Totals {
    pub(super) negative: bool,
    pub(super) sum: Natural,
    pub(super) squares: Natural,
    pub(super) base: usize,
}

impl Totals {
    fn exponent(&self) -> i64 {
        self.base as i64 - BIAS
    }

    pub(super) fn sum_over(&self, divisor: u64) -> Result<f64, Overflow> {
        let size = rounding::quotient(&self.sum, &u128::from(divisor).into(), self.exponent())?;
        Ok(if self.negative { -size } else { size })
    }

    /// A number over the sum; nothing if that is zero, or the quotient out of range.
    pub(super) fn inverse(&self, dividend: u64) -> Option<f64> {
        if self.sum.is_zero() {
            return None;
        }
        let dividend = u128::from(dividend).into();
        let size = rounding::quotient(&dividend, &self.sum, -self.exponent()).ok()?;
        Some(if self.negative { -size } else { size })
    }

    /// count·Σx² - (Σx)²: count² times the variance.
    pub(super) fn spread(&self, count: u64) -> Natural {
        let (_, spread) = Natural::from(u128::from(count))
            .times(&self.squares)
            .difference(&self.sum.times(&self.sum));
        spread
    }

    pub(super) fn variance(&self, count: u64, correction: u64) -> Result<f64, Overflow> {
        rounding::quotient(
            &self.spread(count),
            &denominator(count, correction),
            2 * self.exponent(),
        )
    }

    pub(super) fn deviation(&self, count: u64, correction: u64) -> Result<f64, Overflow> {
        rounding::root(
            &self.spread(count),
            &denominator(count, correction),
            2 * self.exponent(),
        )
    }
}

fn denominator(count: u64, correction: u64) -> Natural {
    (u128::from(count) * u128::from(count - correction)).into()
}
