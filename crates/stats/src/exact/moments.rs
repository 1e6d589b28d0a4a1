//! Mean, variance and higher moments of floating-point numbers, each rounded once.

use super::natural::Natural;
use super::power_sum::{HigherPowers, assemble, digits, parts};
use super::rounding::{self, Overflow};
use super::totals::{SignedSum, Totals, natural};

/// Squares that a bin of 128 bits has room for: each has up to 106.
const ROOM: u64 = 1 << 22;
/// Numbers that are added up in 64 bits before sums are put away: of mantissas, below 2⁵³, that many may be added.
const BLOCK: usize = 1024;
/// Squares of mantissas are added up in two parts, of which the lower has so many bits.
const LOWER_BITS: u32 = 52;
/// The lower half of a bin.
const LOWER: u128 = u64::MAX as u128;

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

/// Sums of numbers of one exponent.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Bin {
    /// Of mantissas with their number's sign. There is room for 2⁷⁴ of them.
    pub(super) sum: i128,
    /// Of their squares.
    pub(super) squares: u128,
    /// What was taken from the squares before they might have overflown, in units of 2⁶⁴.
    pub(super) carried: u128,
}

impl Bin {
    /// Makes room for further squares.
    pub(super) fn carry(&mut self) {
        self.carried += self.squares >> 64;
        self.squares &= LOWER;
    }
}

/// Sums of numbers of one exponent in one block.
#[derive(Clone, Copy, Debug, Default)]
struct Partial {
    sum: i64,
    lower_squares: u64,
    upper_squares: u64,
    /// Makes the size a power of two, which is quicker to find a place for.
    _rest: u64,
}

impl Partial {
    #[inline(always)]
    fn add(&mut self, mantissa: u64, sign: i64) {
        let square = u128::from(mantissa) * u128::from(mantissa);
        self.sum += (mantissa as i64 ^ sign) - sign;
        self.lower_squares += square as u64 & ((1 << LOWER_BITS) - 1);
        self.upper_squares += (square >> LOWER_BITS) as u64;
    }
}

/// Adds numbers to the sums of their exponents; `split` finds the place of these, and the mantissa.
#[inline(always)]
fn add_to(partials: &mut [[Partial; 2]], block: &[f64], split: impl Fn(f64) -> (usize, u64)) {
    let mut add = |half: usize, x: f64| {
        let (place, mantissa) = split(x);
        partials[place][half].add(mantissa, x.to_bits() as i64 >> 63);
    };
    let mut pairs = block.chunks_exact(2);
    for pair in &mut pairs {
        add(0, pair[0]);
        add(1, pair[1]);
    }
    for &x in pairs.remainder() {
        add(0, x);
    }
}

/// Which exponents occur in a block of numbers.
enum Reach {
    /// All numbers are zero.
    Nothing,
    /// Those from one exponent field to another; and whether there are zeros or subnormal numbers. Zeros, whose field
    /// is the least of all, do not count: they add nothing.
    Fields(usize, usize, bool),
    /// There are infinities or NaNs.
    Specials,
}

impl Reach {
    fn of(block: &[f64]) -> Self {
        // Side by side, for processors compare several at a time.
        const LANES: usize = 8;
        let (mut least, mut most) = ([f64::INFINITY; LANES], [0.0_f64; LANES]);
        // Nothing times infinity or NaN is NaN.
        let mut nothing = [0.0_f64; LANES];
        let mut look = |lane: usize, x: f64| {
            let size = x.abs();
            least[lane] = if size < least[lane] {
                size
            } else {
                least[lane]
            };
            most[lane] = if size > most[lane] { size } else { most[lane] };
            nothing[lane] += size * 0.0;
        };
        let mut chunks = block.chunks_exact(LANES);
        for chunk in &mut chunks {
            for (lane, &x) in chunk.iter().enumerate() {
                look(lane, x);
            }
        }
        for &x in chunks.remainder() {
            look(0, x);
        }
        let most = most.into_iter().fold(0.0, f64::max);
        let least = least.into_iter().fold(f64::INFINITY, f64::min);
        if nothing.into_iter().any(f64::is_nan) {
            Self::Specials
        } else if most == 0.0 {
            Self::Nothing
        } else if least >= f64::MIN_POSITIVE {
            Self::Fields(parts(least).0, parts(most).0, false)
        } else {
            let sizes = block.iter().map(|x| x.abs()).filter(|&size| size > 0.0);
            Self::Fields(parts(sizes.fold(most, f64::min)).0, parts(most).0, true)
        }
    }
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
    fn totals(&self) -> Totals {
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
