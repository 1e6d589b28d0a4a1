//! Logarithms.

use std::f64::consts::{LN_2, LOG2_E, LOG10_2, LOG10_E};

use super::{elementary, is_moderate, is_moderate_single, is_normal, is_positive, polynomial};
use crate::math::pair::Pair;

/// What these have beyond a double.
const LN_2_REST: f64 = 2.319_046_813_846_299_6e-17;
const LOG2_E_REST: f64 = 2.035_527_374_093_103_3e-17;
const LOG10_E_REST: f64 = 1.098_319_650_216_765e-17;
const LOG10_2_REST: f64 = -2.803_728_127_785_170_4e-18;

/// The bits of the square root of one half.
const ROOT: u64 = 0x3fe6_a09e_667f_3bcd;
const ONE: u64 = 1.0_f64.to_bits();

/// (2 artanh(s) / s - 2) / s^2 in terms of the square of s, for s no larger than 0.172: Taylor's series.
#[inline(always)]
fn rest(square: f64) -> f64 {
    polynomial(
        square,
        [
            2.0 / 3.0,
            2.0 / 5.0,
            2.0 / 7.0,
            2.0 / 9.0,
            2.0 / 11.0,
            2.0 / 13.0,
            2.0 / 15.0,
            2.0 / 17.0,
            2.0 / 19.0,
            2.0 / 21.0,
            2.0 / 23.0,
        ],
    )
}

/// As [`rest`], with the digits that single precision needs.
#[inline(always)]
fn single_rest(square: f64) -> f64 {
    polynomial(
        square,
        [2.0 / 3.0, 2.0 / 5.0, 2.0 / 7.0, 2.0 / 9.0, 2.0 / 11.0],
    )
}

/// x = 2^k (1 + f) with 1 + f between the roots of 1/2 and of 2.
struct Reduced {
    k: f64,
    f: f64,
}

#[inline(always)]
fn reduced(x: f64) -> Reduced {
    const TWO_52: f64 = 4_503_599_627_370_496.0;
    let bits = x.to_bits().wrapping_add(ONE - ROOT);
    Reduced {
        // The exponent, made a double by way of the lower bits of 2^52.
        k: f64::from_bits(bits >> 52 | TWO_52.to_bits()) - (TWO_52 + 1023.0),
        f: f64::from_bits((bits & 0x000f_ffff_ffff_ffff) + ROOT) - 1.0,
    }
}

/// With s = f / (2 + f), ln(1 + f) = 2 artanh(s) = f - f^2/2 + s (f^2/2 + s^2 (2/3 + 2/5 s^2 + …)).
#[inline(always)]
fn of_fraction(f: f64, rest: impl Fn(f64) -> f64) -> f64 {
    let s = f / (2.0 + f);
    let square = s * s;
    let half = 0.5 * f * f;
    f - (half - s * square.mul_add(rest(square), half))
}

/// As [`of_fraction`], to some eighteen digits.
#[inline(always)]
fn of_fraction_exactly(f: f64) -> Pair {
    let s = f / (2.0 + f);
    let square = s * s;
    let half = Pair::product(0.5 * f, f);
    Pair::sum(f, -half.hi).with(s.mul_add(square.mul_add(rest(square), half.hi), -half.lo))
}

#[inline(always)]
fn ln(x: f64) -> f64 {
    let Reduced { k, f } = reduced(x);
    let s = f / (2.0 + f);
    let square = s * s;
    let half = 0.5 * f * f;
    let small = k.mul_add(LN_2_REST, s * square.mul_add(rest(square), half));
    k.mul_add(LN_2, f - (half - small))
}

#[inline(always)]
fn single_ln(x: f64) -> f64 {
    let Reduced { k, f } = reduced(x);
    k.mul_add(LN_2, of_fraction(f, single_rest))
}

/// The logarithm to another base than e: `unit` is that of e, `two` that of two, both with what they have beyond a double.
#[inline(always)]
fn to_base(x: f64, unit: Pair, two: Pair) -> f64 {
    let Reduced { k, f } = reduced(x);
    let natural = of_fraction_exactly(f);
    let fraction = Pair::product(natural.hi, unit.hi);
    let whole = Pair::product(k, two.hi);
    let sum = Pair::sum(whole.hi, fraction.hi);
    let small = natural.hi.mul_add(unit.lo, natural.lo * unit.hi) + fraction.lo;
    sum.with(k.mul_add(two.lo, whole.lo) + small).value()
}

#[inline(always)]
fn single_to_base(x: f64, unit: f64, two: f64) -> f64 {
    let Reduced { k, f } = reduced(x);
    k.mul_add(two, of_fraction(f, single_rest) * unit)
}

/// The exponent of a positive number, such that what is left is between the roots of 1/2 and of 2.
#[inline(always)]
pub(super) fn exponent(x: f64) -> f64 {
    reduced(x).k
}

/// The square of a positive number, if that is in range; if not, no condition tells of it.
#[inline(always)]
pub(super) fn square(x: f64) -> f64 {
    let Reduced { f, .. } = reduced(x);
    let exponent = (x.to_bits().wrapping_add(ONE - ROOT) >> 52).wrapping_sub(1023);
    let part = f + 1.0;
    f64::from_bits((part * part).to_bits().wrapping_add(exponent << 53))
}

/// The logarithm to base two, to some twenty digits, by the series of [`of_fraction`] with its first terms as pairs.
#[inline(always)]
pub(super) fn log2_exactly(x: f64) -> Pair {
    const THIRD: Pair = Pair {
        hi: 1.0 / 3.0,
        lo: 1.850_371_707_708_594e-17,
    };
    const TWICE: Pair = Pair {
        hi: 2.0 * LOG2_E,
        lo: 2.0 * LOG2_E_REST,
    };
    let Reduced { k, f } = reduced(x);
    let s = Pair { hi: f, lo: 0.0 }.over(Pair::sum(2.0, f));
    let square = s.times(s);
    let others = polynomial(
        square.hi,
        [
            1.0 / 5.0,
            1.0 / 7.0,
            1.0 / 9.0,
            1.0 / 11.0,
            1.0 / 13.0,
            1.0 / 15.0,
            1.0 / 17.0,
            1.0 / 19.0,
            1.0 / 21.0,
            1.0 / 23.0,
        ],
    );
    let second = square.times(THIRD);
    let sum = Pair::sum(second.hi, square.hi * square.hi * others);
    let series = Pair::sum(1.0, sum.hi).with(sum.lo + second.lo);
    let log = s.times(TWICE).times(series);
    let sum = Pair::sum(k, log.hi);
    Pair::sum(sum.hi, sum.lo + log.lo)
}

#[inline(always)]
pub(super) fn single_log2(x: f64) -> f64 {
    let Reduced { k, f } = reduced(x);
    of_fraction(f, rest).mul_add(LOG2_E, k)
}

/// 1 + x as 2^k (1 + f), where f is a sum of two numbers.
#[inline(always)]
fn more_than_one(x: f64, more: f64) -> (f64, Pair) {
    let u = 1.0 + x;
    // What the sum has lost: its larger operand is taken away first.
    let lost = if size_at_most_one(x) {
        x - (u - 1.0)
    } else {
        1.0 - (u - x)
    };
    let Reduced { k, f } = reduced(u);
    // 2^-k, by the bits of k in the lower ones of a sum.
    let scale = f64::from_bits(ONE.wrapping_sub((k + super::ROUNDING).to_bits() << 52));
    (k, Pair::sum(f, (lost + more) * scale))
}

#[inline(always)]
fn size_at_most_one(x: f64) -> bool {
    super::size(x) <= ONE
}

/// ln(1 + x).
#[inline(always)]
pub(super) fn ln_1p(x: Pair) -> f64 {
    let (k, f) = more_than_one(x.hi, x.lo);
    let fraction = of_fraction_exactly(f.hi);
    let whole = Pair::product(k, LN_2);
    let sum = Pair::sum(whole.hi, fraction.hi);
    let small = f.lo + fraction.lo;
    sum.with(k.mul_add(LN_2_REST, whole.lo) + small).value()
}

#[inline(always)]
pub(super) fn single_ln_1p(x: f64) -> f64 {
    let (k, f) = more_than_one(x, 0.0);
    k.mul_add(LN_2, of_fraction(f.value(), single_rest))
}

elementary! {
    /// ln x.
    Log(1.0, |x| x.ln()),
    f64: is_normal(x) => ln(x),
    f32: is_positive(x) => single_ln(x),
}

elementary! {
    /// The logarithm to base two.
    Log2(1.0, |x| x.log2()),
    f64: is_normal(x) => to_base(
        x,
        Pair { hi: LOG2_E, lo: LOG2_E_REST },
        Pair { hi: 1.0, lo: 0.0 },
    ),
    f32: is_positive(x) => single_to_base(x, LOG2_E, 1.0),
}

elementary! {
    /// The logarithm to base ten.
    Log10(1.0, |x| x.log10()),
    f64: is_normal(x) => to_base(
        x,
        Pair { hi: LOG10_E, lo: LOG10_E_REST },
        Pair { hi: LOG10_2, lo: LOG10_2_REST },
    ),
    f32: is_positive(x) => single_to_base(x, LOG10_E, LOG10_2),
}

elementary! {
    /// ln(1 + x).
    Log1p(1.0, |x| x.ln_1p()),
    f64: is_moderate(x, 1e300) & (x.to_bits() < (-1.0_f64).to_bits()) => ln_1p(Pair { hi: x, lo: 0.0 }).copysign(x),
    f32: is_moderate_single(x, 1e37) & (x.to_bits() < (-1.0_f32).to_bits()) => single_ln_1p(x).copysign(x),
}
