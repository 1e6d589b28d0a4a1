//! Mean and variance of whole numbers.

use super::natural::Natural;
use super::rounding::{self, Overflow, true_quotient};

/// A result of whole numbers: Python gives a whole number where the result is one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Exact {
    /// The result itself.
    Whole(i128),
    /// The nearest floating-point number.
    Rounded(f64),
}

/// Sums of whole numbers of up to 64 bits and of their squares; there is room for 2³² of them and more.
///
/// ```
/// use rustsci_stats::exact::{Exact, IntegerMoments};
/// let moments = IntegerMoments::of(&[1, 2, 3]);
/// assert_eq!(moments.mean(), Exact::Whole(2));
/// assert_eq!(moments.deviation(0), Ok((2f64 / 3.0).sqrt()));
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct IntegerMoments {
    count: u64,
    sum: i128,
    /// Of x = 2³²·h + l: the sums of h², h·l and l².
    high_squares: u128,
    mixed: i128,
    low_squares: u128,
}

impl IntegerMoments {
    /// The sums of some numbers.
    #[must_use]
    pub fn of(numbers: &[i64]) -> Self {
        let mut moments = Self {
            count: numbers.len() as u64,
            ..Self::default()
        };
        for &x in numbers {
            let (high, low) = (x >> 32, x & 0xffff_ffff);
            moments.sum += i128::from(x);
            moments.high_squares += (high * high) as u128;
            moments.mixed += i128::from(high * low);
            moments.low_squares += u128::from(low as u64 * low as u64);
        }
        moments
    }

    /// The sum.
    #[must_use]
    pub fn sum(&self) -> i128 {
        self.sum
    }

    /// The mean, of at least one number.
    #[must_use]
    pub fn mean(&self) -> Exact {
        let count = i128::from(self.count);
        if self.sum % count == 0 {
            return Exact::Whole(self.sum / count);
        }
        Exact::Rounded(true_quotient(self.sum, self.count))
    }

    /// The sum of squared distances from the mean over the count less `correction`, which must be below it; nothing if
    /// that is a whole number of more than 127 bits.
    #[must_use]
    pub fn variance(&self, correction: u64) -> Option<Exact> {
        let (spread, denominator) = (self.spread(), self.denominator(correction));
        if let Some(spread) = spread.to_u128()
            && let Some(denominator) = denominator.to_u128()
        {
            if spread % denominator == 0 {
                return i128::try_from(spread / denominator).ok().map(Exact::Whole);
            }
        } else {
            let (quotient, exponent, rest) = spread.leading_quotient(&denominator, 127);
            // The last bit that counts is that of the units: whatever is below says whether the result is whole.
            let below = (-exponent).clamp(0, 127);
            if !rest && quotient & ((1 << below) - 1) == 0 {
                return (exponent <= 0).then(|| Exact::Whole((quotient >> below) as i128));
            }
        }
        rounding::quotient(&spread, &denominator, 0)
            .ok()
            .map(Exact::Rounded)
    }

    /// The square root of the variance before that is rounded.
    ///
    /// # Errors
    /// Never, for numbers of 64 bits.
    pub fn deviation(&self, correction: u64) -> Result<f64, Overflow> {
        rounding::root(&self.spread(), &self.denominator(correction), 0)
    }

    /// count·Σx² - (Σx)².
    fn spread(&self) -> Natural {
        let mixed = Natural::from(self.mixed.unsigned_abs()).shifted(33);
        let rest = Natural::from(self.high_squares)
            .shifted(64)
            .plus(&self.low_squares.into());
        let squares = if self.mixed < 0 {
            rest.difference(&mixed).1
        } else {
            rest.plus(&mixed)
        };
        let sum = Natural::from(self.sum.unsigned_abs());
        Natural::from(u128::from(self.count))
            .times(&squares)
            .difference(&sum.times(&sum))
            .1
    }

    fn denominator(&self, correction: u64) -> Natural {
        (u128::from(self.count) * u128::from(self.count - correction)).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_numbers_lose_nothing() {
        let moments = IntegerMoments::of(&[i64::MAX, i64::MAX, i64::MAX - 3]);
        assert_eq!(moments.mean(), Exact::Whole(i128::from(i64::MAX) - 1));
        assert_eq!(moments.variance(1), Some(Exact::Whole(3)));
        assert_eq!(moments.deviation(0), Ok(2f64.sqrt()));
        let extremes = IntegerMoments::of(&[i64::MIN, i64::MAX]);
        assert_eq!(extremes.mean(), Exact::Rounded(-0.5));
        // (2⁶⁴ - 1)² / 4 and / 2: odd over a power of two.
        assert_eq!(extremes.variance(0), Some(Exact::Rounded(2f64.powi(126))));
        assert_eq!(extremes.deviation(0), Ok(2f64.powi(63)));
    }

    #[test]
    fn whole_results_are_whole() {
        assert_eq!(
            IntegerMoments::of(&[1, 3]).variance(1),
            Some(Exact::Whole(2))
        );
        assert_eq!(
            IntegerMoments::of(&[1, 2]).variance(1),
            Some(Exact::Rounded(0.5))
        );
        assert_eq!(IntegerMoments::of(&[7]).variance(0), Some(Exact::Whole(0)));
    }
}
