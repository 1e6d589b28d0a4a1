//! Sums of powers of floating-point numbers, without rounding.
//!
//! A floating-point number is m·2ᵉ, with a whole m below 2⁵³. So is its p-th power with mᵖ and 2ᵖᵉ. Numbers of the same
//! e are added up as whole numbers, in a bin of their own, and the bins are only put together when the sum is asked for:
//! the large superaccumulator of Neal, *Fast exact summation using small and large superaccumulators* (2015).

use super::natural::Natural;

/// Values of a number's exponent field; the last is that of infinities and NaN.
pub(super) const FIELDS: usize = 2048;
/// Of a number with exponent field `f`, the last bit of the mantissa counts 2 to the power of `f` less this.
pub(super) const BIAS: i64 = 1075;

/// The exponent field of a number and its mantissa; the fields 0 and 1 mean the same exponent.
#[inline(always)]
pub(super) fn parts(x: f64) -> (usize, u64) {
    let bits = x.to_bits();
    let field = (bits >> 52) as usize & (FIELDS - 1);
    let mantissa = bits & ((1 << 52) - 1) | u64::from(field != 0) << 52;
    (field, mantissa)
}

/// Σ m·2^(f·p) over bins, given as digits, as one number times 2^(base·p): what a common
/// `base` leaves of each exponent.
pub(super) fn assemble<D: AsRef<[u64]>>(
    bins: impl Iterator<Item = (usize, D)>,
    base: usize,
    power: u64,
) -> Natural {
    let mut sum = Natural::default();
    for (field, digits) in bins {
        sum.add_shifted(digits.as_ref(), (field.max(1) - base) as u64 * power);
    }
    sum
}

/// The digits of a bin of 128 bits.
pub(super) fn digits(bin: u128) -> [u64; 2] {
    [bin as u64, (bin >> 64) as u64]
}

/// Sums of the third and fourth powers.
#[derive(Clone, Debug)]
pub(super) struct HigherPowers {
    /// Of numbers above zero and below it.
    pub(super) cubes: [Box<[[u64; 4]; FIELDS]>; 2],
    pub(super) fourths: Box<[[u64; 5]; FIELDS]>,
}

impl HigherPowers {
    pub(super) fn new() -> Self {
        Self {
            cubes: [(); 2].map(|()| boxed([0; 4])),
            fourths: boxed([0; 5]),
        }
    }

    /// Adds the powers of a finite number. The bins have room for 2³² of them and more.
    pub(super) fn add(&mut self, x: f64) {
        let (field, mantissa) = parts(x);
        let square = u128::from(mantissa) * u128::from(mantissa);
        let (low, high) = (square as u64, (square >> 64) as u64);
        let (a, b) = (
            u128::from(low) * u128::from(mantissa),
            u128::from(high) * u128::from(mantissa),
        );
        let middle = (a >> 64) + b;
        let cube = [a as u64, middle as u64, (middle >> 64) as u64];
        add(&mut self.cubes[usize::from(x < 0.0)][field], &cube);

        let (ll, lh, hh) = (
            u128::from(low) * u128::from(low),
            u128::from(low) * u128::from(high),
            u128::from(high) * u128::from(high),
        );
        // high is below 2⁴², so twice the mixed product fits.
        let second = (ll >> 64) + ((lh << 1) & u128::from(u64::MAX));
        let third = (second >> 64) + (lh >> 63) + (hh & u128::from(u64::MAX));
        let last = (third >> 64) + (hh >> 64);
        add(
            &mut self.fourths[field],
            &[ll as u64, second as u64, third as u64, last as u64],
        );
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (own, others) in self.cubes.iter_mut().zip(&other.cubes) {
            own.iter_mut()
                .zip(others.iter())
                .for_each(|(own, others)| add(own, others));
        }
        self.fourths
            .iter_mut()
            .zip(other.fourths.iter())
            .for_each(|(own, others)| add(own, others));
    }

    /// The sum of cubes: whether it is negative, and its size in units of 2^(3 base).
    pub(super) fn cubes(&self, base: usize) -> (bool, Natural) {
        let [above, below] = self
            .cubes
            .each_ref()
            .map(|bins| assemble(used(&bins[..]), base, 3));
        above.difference(&below)
    }

    /// The sum of fourth powers in units of 2^(4 base).
    pub(super) fn fourths(&self, base: usize) -> Natural {
        assemble(used(&self.fourths[..]), base, 4)
    }
}

fn boxed<const N: usize>(zero: [u64; N]) -> Box<[[u64; N]; FIELDS]> {
    vec![zero; FIELDS]
        .try_into()
        .unwrap_or_else(|_| Box::new([zero; FIELDS]))
}

/// The bins that are not empty, with their exponent fields.
fn used<const N: usize>(bins: &[[u64; N]]) -> impl Iterator<Item = (usize, &[u64; N])> {
    bins.iter()
        .enumerate()
        .filter(|(_, bin)| bin.iter().any(|&digit| digit > 0))
}

/// Adds digits to a bin that has room for the sum.
fn add(bin: &mut [u64], digits: &[u64]) {
    let mut carry = false;
    for (index, own) in bin.iter_mut().enumerate() {
        let (sum, first) = own.overflowing_add(digits.get(index).copied().unwrap_or(0));
        let (sum, second) = sum.overflowing_add(u64::from(carry));
        *own = sum;
        carry = first || second;
    }
}
