//! Sums of numbers of one exponent, and which exponents there are.

use super::power_sum::parts;

/// Squares of mantissas are added up in two parts, of which the lower has so many bits.
pub(super) const LOWER_BITS: u32 = 52;
/// The lower half of a bin.
pub(super) const LOWER: u128 = u64::MAX as u128;

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
pub(super) struct Partial {
    pub(super) sum: i64,
    pub(super) lower_squares: u64,
    pub(super) upper_squares: u64,
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
pub(super) fn add_to(
    partials: &mut [[Partial; 2]],
    block: &[f64],
    split: impl Fn(f64) -> (usize, u64),
) {
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
pub(super) enum Reach {
    /// All numbers are zero.
    Nothing,
    /// Those from one exponent field to another; and whether there are zeros or subnormal numbers. Zeros, whose field
    /// is the least of all, do not count: they add nothing.
    Fields(usize, usize, bool),
    /// There are infinities or NaNs.
    Specials,
}

impl Reach {
    pub(super) fn of(block: &[f64]) -> Self {
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
