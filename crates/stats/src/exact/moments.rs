//! Mean, variance and higher moments of floating-point numbers, each rounded once.

use super::bins::{Bin, LOWER, LOWER_BITS, Partial, Reach, add_to};
use super::power_sum::{HigherPowers, assemble, digits, parts};
use super::rounding::Overflow;
use super::totals::Totals;

/// Squares that a bin of 128 bits has room for: each has up to 106.
const ROOM: u64 = 1 << 22;
/// Numbers that are added up in 64 bits before sums are put away: of mantissas, below 2⁵³, that many may be added.
const BLOCK: usize = 1024;
/// Exact sums of floating-point numbers and of their squares, and of their third and fourth powers if they are wanted.
///
/// Two of them merge into what one would hold that had met all numbers: in whatever order and in whatever pieces
/// numbers come, results have the same bits. Results are NaN or infinite if some number was.
///
/// ```
/// use rustsci_stats::exact::Moments;
/// let mut moments = Moments::new();
/// moments.extend(&[1e100, 1.0, -1e100]);
/// assert_eq!(moments.mean(), 1.0 / 3.0);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Moments {
    pub(super) count: u64,
    /// The exponent field of the first bin.
    pub(super) first: usize,
    /// By exponent field, as far as these occurred.
    pub(super) bins: Vec<Bin>,
    /// Room for those of one block.
    partials: Vec<[Partial; 2]>,
    /// How many squares a bin may hold by now.
    pub(super) added: u64,
    pub(super) higher: Option<HigherPowers>,
    /// The sum of infinities and NaNs, if there were any.
    pub(super) special: Option<f64>,
}

impl Moments {
    /// No numbers yet; sums and squares.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// No numbers yet; sums, squares, third and fourth powers.
    #[must_use]
    pub fn with_higher_powers() -> Self {
        Self {
            higher: Some(HigherPowers::new()),
            ..Self::default()
        }
    }

    /// How many numbers there were.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Whether all numbers were finite.
    #[must_use]
    pub fn is_finite(&self) -> bool {
        self.special.is_none()
    }

    /// Adds numbers.
    pub fn extend(&mut self, numbers: &[f64]) {
        for block in numbers.chunks(BLOCK) {
            self.count += block.len() as u64;
            match Reach::of(block) {
                Reach::Nothing => {}
                Reach::Fields(least, most, has_small) => {
                    self.add_block(block, least, most, has_small)
                }
                Reach::Specials => self.extend_around_specials(block),
            }
        }
        if let Some(higher) = &mut self.higher {
            numbers
                .iter()
                .filter(|x| x.is_finite())
                .for_each(|&x| higher.add(x));
        }
    }

    fn add_block(&mut self, block: &[f64], least: usize, most: usize, has_small: bool) {
        self.cover(least, most);
        self.make_room(block.len() as u64);
        // Two of each, for numbers in turn: neighbours often have the same exponent, and would wait for each other.
        self.partials.clear();
        self.partials
            .resize(most + 1 - least, [Partial::default(); 2]);
        if has_small {
            add_to(&mut self.partials, block, |x| {
                let (field, mantissa) = parts(x);
                (field.saturating_sub(least), mantissa)
            });
        } else {
            let offset = (least as u64) << 52;
            add_to(&mut self.partials, block, |x| {
                let size = x.to_bits() & !(1 << 63);
                let mantissa = size & ((1 << 52) - 1) | 1 << 52;
                (((size - offset) >> 52) as usize, mantissa)
            });
        }
        for (bin, halves) in self.bins[least - self.first..]
            .iter_mut()
            .zip(&self.partials)
        {
            for half in halves {
                bin.sum += i128::from(half.sum);
                bin.squares += u128::from(half.upper_squares) << LOWER_BITS;
                bin.squares += u128::from(half.lower_squares);
            }
        }
    }

    /// Infinities and NaNs are added up as they are, and the others without them.
    #[cold]
    fn extend_around_specials(&mut self, block: &[f64]) {
        let finite: Vec<f64> = block.iter().copied().filter(|x| x.is_finite()).collect();
        let specials: f64 = block.iter().filter(|x| !x.is_finite()).sum();
        self.add_special(specials);
        if let Reach::Fields(least, most, has_small) = Reach::of(&finite) {
            self.add_block(&finite, least, most, has_small);
        }
    }

    fn add_special(&mut self, special: f64) {
        self.special = Some(self.special.unwrap_or(0.0) + special);
    }

    /// Sees to it that there are bins for these exponent fields.
    pub(super) fn cover(&mut self, least: usize, most: usize) {
        if self.bins.is_empty() {
            self.first = least;
        } else if least < self.first {
            let missing = self.first - least;
            self.bins
                .splice(..0, std::iter::repeat_n(Bin::default(), missing));
            self.first = least;
        }
        let length = self.bins.len().max(most + 1 - self.first);
        self.bins.resize(length, Bin::default());
    }

    /// Sees to it that bins have room for so many squares more.
    fn make_room(&mut self, count: u64) {
        if self.added + count > ROOM {
            self.bins.iter_mut().for_each(Bin::carry);
            self.added = 1;
        }
        self.added += count;
    }

    /// Adds the numbers that another one has met. Higher powers stay known if they are known of both.
    pub fn merge(&mut self, other: &Self) {
        if !other.bins.is_empty() {
            self.cover(other.first, other.first + other.bins.len() - 1);
            self.make_room(1);
        }
        for (bin, others) in self.bins[other.first.saturating_sub(self.first)..]
            .iter_mut()
            .zip(&other.bins)
        {
            bin.sum += others.sum;
            bin.squares += others.squares & LOWER;
            bin.carried += (others.squares >> 64) + others.carried;
        }
        self.count += other.count;
        self.higher = self
            .higher
            .take()
            .zip(other.higher.as_ref())
            .map(|(mut own, others)| {
                own.merge(others);
                own
            });
        if let Some(special) = other.special {
            self.add_special(special);
        }
    }

    /// The sums as whole numbers with a common exponent.
    pub(super) fn totals(&self) -> Totals {
        let base = self.first.max(1);
        let used = || {
            self.bins
                .iter()
                .enumerate()
                .map(|(index, bin)| (self.first + index, bin))
        };
        let signed = |negative: bool| {
            let bins = used().filter(|(_, bin)| bin.sum != 0 && (bin.sum < 0) == negative);
            assemble(
                bins.map(|(field, bin)| (field, digits(bin.sum.unsigned_abs()))),
                base,
                1,
            )
        };
        let (negative, sum) = signed(false).difference(&signed(true));
        let squares = used().filter(|(_, bin)| bin.squares > 0 || bin.carried > 0);
        // What was carried counts for 2⁶⁴ as much.
        let squares = squares.map(|(field, bin)| {
            let ([low, high], [next, last]) = (digits(bin.squares), digits(bin.carried));
            let (middle, carry) = high.overflowing_add(next);
            (field, [low, middle, last + u64::from(carry)])
        });
        Totals {
            negative,
            sum,
            squares: assemble(squares, base, 2),
            base,
        }
    }

    /// The sum, rounded once.
    ///
    /// # Errors
    /// If it is out of range.
    pub fn sum(&self) -> Result<f64, Overflow> {
        self.special.map_or_else(|| self.totals().sum_over(1), Ok)
    }

    /// The mean, rounded once; NaN of no numbers.
    #[must_use]
    pub fn mean(&self) -> f64 {
        if let Some(special) = self.special {
            return special;
        }
        if self.count == 0 {
            return f64::NAN;
        }
        // No mean is beyond the numbers it is of.
        self.totals().sum_over(self.count).unwrap_or(f64::NAN)
    }

    /// The count over the sum, rounded once: of reciprocals, this is the harmonic mean. NaN if the sum is zero.
    #[must_use]
    pub fn inverse_mean(&self) -> f64 {
        if let Some(special) = self.special {
            return 1.0 / special;
        }
        self.totals().inverse(self.count).unwrap_or(f64::NAN)
    }

    /// The sum of squared distances from the mean over the count less `correction`, rounded once; NaN of no more
    /// numbers than that.
    ///
    /// # Errors
    /// If it is out of range.
    pub fn variance(&self, correction: u64) -> Result<f64, Overflow> {
        if let Some(value) = self.degenerate(correction) {
            return Ok(value);
        }
        self.totals().variance(self.count, correction)
    }

    /// The square root of [`Moments::variance`], before that is rounded.
    ///
    /// # Errors
    /// If it is out of range.
    pub fn deviation(&self, correction: u64) -> Result<f64, Overflow> {
        if let Some(value) = self.degenerate(correction) {
            return Ok(value);
        }
        self.totals().deviation(self.count, correction)
    }

    fn degenerate(&self, correction: u64) -> Option<f64> {
        if self.special.is_some() || self.count <= correction {
            return Some(f64::NAN);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn moments(numbers: &[f64]) -> Moments {
        let mut moments = Moments::with_higher_powers();
        moments.extend(numbers);
        moments
    }

    #[test]
    fn nothing_cancels() {
        let exact = moments(&[1e300, 3.0, -1e300, 1e-300]);
        assert_eq!(exact.sum(), Ok(3.0));
        assert_eq!(exact.mean(), 0.75);
        assert_eq!(
            moments(&[1e9 + 1.0, 1e9 + 2.0, 1e9 + 3.0]).variance(1),
            Ok(1.0)
        );
        assert_eq!(moments(&[5e-324, -5e-324, 5e-324]).sum(), Ok(5e-324));
    }

    #[test]
    fn results_out_of_range_are_errors() {
        let large = moments(&[f64::MAX, -f64::MAX]);
        assert_eq!(large.mean(), 0.0);
        assert_eq!(large.variance(0), Err(Overflow));
        assert_eq!(large.deviation(0), Ok(f64::MAX));
        assert_eq!(large.deviation(1), Err(Overflow));
        assert_eq!(moments(&[f64::MAX, f64::MAX]).sum(), Err(Overflow));
    }

    #[test]
    fn infinities_and_nan_are_contagious() {
        assert_eq!(moments(&[1.0, f64::INFINITY]).mean(), f64::INFINITY);
        assert!(
            moments(&[f64::NEG_INFINITY, 2.0, f64::INFINITY])
                .mean()
                .is_nan()
        );
        let mut merged = moments(&[1.0]);
        merged.merge(&moments(&[f64::NAN]));
        assert!(merged.mean().is_nan());
        assert!(merged.variance(0).is_ok_and(f64::is_nan));
    }

    #[test]
    fn moments_of_known_shape() {
        let numbers = moments(&[2.0, 8.0, 0.0, 4.0, 1.0, 9.0, 9.0, 0.0]);
        assert_eq!(numbers.skewness(), 0.2650554122698573);
        assert_eq!(numbers.excess_kurtosis(), -1.6660010752838508);
        assert!(moments(&[3.0, 3.0]).skewness().is_nan());
    }

    #[test]
    fn bins_of_squares_do_not_overflow() {
        let numbers = vec![f64::MAX.sqrt(); 1 << 20];
        let mut many = Moments::new();
        for _ in 0..40 {
            many.extend(&numbers);
        }
        assert_eq!(many.variance(0), Ok(0.0));
        many.merge(&many.clone());
        assert_eq!(many.variance(0), Ok(0.0));
        assert_eq!(many.mean(), f64::MAX.sqrt());
    }

    proptest! {
        #[test]
        fn order_and_pieces_do_not_matter(numbers in prop::collection::vec(any::<f64>(), 2..40), cut in 0_usize..40) {
            let numbers: Vec<f64> = numbers.into_iter().filter(|x| x.is_finite()).collect();
            let whole = moments(&numbers);
            let (first, second) = numbers.split_at(cut.min(numbers.len()));
            let mut merged = moments(second);
            merged.merge(&moments(first));
            let results = |moments: &Moments| {
                [moments.sum(), Ok(moments.mean()), moments.deviation(0), Ok(moments.skewness()), Ok(moments.excess_kurtosis())]
                    .map(|result| result.map(f64::to_bits))
            };
            prop_assert_eq!(results(&whole), results(&merged));
        }

        #[test]
        fn small_whole_numbers_give_what_integers_give(numbers in prop::collection::vec(-1000_i64..1000, 2..50)) {
            let floats: Vec<f64> = numbers.iter().map(|&x| x as f64).collect();
            let (n, sum) = (numbers.len() as i64, numbers.iter().sum::<i64>());
            let squares: i64 = numbers.iter().map(|x| x * x).sum();
            let exact = moments(&floats);
            prop_assert_eq!(exact.mean(), sum as f64 / n as f64);
            prop_assert_eq!(exact.variance(1), Ok((n * squares - sum * sum) as f64 / (n * (n - 1)) as f64));
        }
    }
}
