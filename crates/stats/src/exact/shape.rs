//! Skewness and kurtosis, from exact sums of powers.

use super::moments::Moments;
use super::natural::Natural;
use super::rounding;
use super::totals::{SignedSum, natural};

impl Moments {
    /// The third central moment over the variance to the power of 3/2; NaN if all numbers are the same, or higher powers
    /// were not counted.
    #[must_use]
    pub fn skewness(&self) -> f64 {
        let (Some(higher), None) = (&self.higher, self.special) else {
            return f64::NAN;
        };
        let totals = self.totals();
        let n = Natural::from(u128::from(self.count));
        let spread = totals.spread(self.count);
        if spread.is_zero() {
            return f64::NAN;
        }
        // n²·Σx³ - 3n·Σx·Σx² + 2(Σx)³ is n³ times the moment.
        let (cubes_negative, cubes) = higher.cubes(totals.base);
        let mut sum = SignedSum::default();
        sum.add(cubes_negative, &n.times(&n).times(&cubes));
        sum.add(
            !totals.negative,
            &natural(3)
                .times(&n)
                .times(&totals.sum)
                .times(&totals.squares),
        );
        let cube = totals.sum.times(&totals.sum).times(&totals.sum);
        sum.add(totals.negative, &natural(2).times(&cube));
        let (negative, third) = sum.value();
        // The root of the exact square of the ratio.
        let denominator = spread.times(&spread).times(&spread);
        let size = rounding::root(&third.times(&third), &denominator, 0).unwrap_or(f64::NAN);
        if negative { -size } else { size }
    }

    /// The fourth central moment over the squared variance, less 3; NaN if all numbers are the same, or higher powers
    /// were not counted.
    #[must_use]
    pub fn excess_kurtosis(&self) -> f64 {
        let (Some(higher), None) = (&self.higher, self.special) else {
            return f64::NAN;
        };
        let totals = self.totals();
        let n = Natural::from(u128::from(self.count));
        let spread = totals.spread(self.count);
        if spread.is_zero() {
            return f64::NAN;
        }
        // n³·Σx⁴ - 4n²·Σx·Σx³ + 6n·(Σx)²·Σx² - 3(Σx)⁴ is n⁴ times the moment, and 3·spread² has to be taken away.
        let (cubes_negative, cubes) = higher.cubes(totals.base);
        let squared_sum = totals.sum.times(&totals.sum);
        let mut sum = SignedSum::default();
        sum.add(
            false,
            &n.times(&n).times(&n).times(&higher.fourths(totals.base)),
        );
        let mixed = natural(4)
            .times(&n)
            .times(&n)
            .times(&totals.sum)
            .times(&cubes);
        sum.add(cubes_negative == totals.negative, &mixed);
        sum.add(
            false,
            &natural(6)
                .times(&n)
                .times(&squared_sum)
                .times(&totals.squares),
        );
        sum.add(true, &natural(3).times(&squared_sum).times(&squared_sum));
        let denominator = spread.times(&spread);
        sum.add(true, &natural(3).times(&denominator));
        let (negative, excess) = sum.value();
        let size = rounding::quotient(&excess, &denominator, 0).unwrap_or(f64::NAN);
        if negative { -size } else { size }
    }
}
