//! Logarithms.

use std::f64::consts::{LN_2, LOG2_E, LOG10_2, LOG10_E};

use super::elementary;
use super::exp::LN_2_REST;
use crate::math::pair::Pair;
use crate::math::real::Real;

/// What these have beyond a double.
const LOG2_E_REST: f64 = 2.035_527_374_093_103_3e-17;
const LOG10_E_REST: f64 = 1.098_319_650_216_765e-17;
const LOG10_2_REST: f64 = -2.803_728_127_785_170_4e-18;

/// (2 artanh(s) / s - 2) / s^2 in terms of the square of s, for s no larger than 0.172: Taylor's series.
#[inline(always)]
fn rest<T: Real>(square: T) -> T {
    square.series(
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
        4,
    )
}

/// With s = f / (2 + f), ln(1 + f) = 2 artanh(s) = f - f^2/2 + s (f^2/2 + s^2 (2/3 + 2/5 s^2 + …)), to a digit more than a
/// number has.
#[inline(always)]
fn of_fraction<T: Real>(f: T) -> Pair<T> {
    let s = f / (T::of(2.0) + f);
    let square = s * s;
    let half = Pair::product(T::of(0.5) * f, f);
    Pair::sum(f, -half.hi).with(s.mul_add(square.mul_add(rest(square), half.hi), -half.lo))
}

#[inline(always)]
fn ln<T: Real>(x: T) -> T {
    let ln_2 = T::pair(LN_2, LN_2_REST);
    let (k, f) = x.split();
    let s = f / (T::of(2.0) + f);
    let square = s * s;
    let half = T::of(0.5) * f * f;
    let small = k.mul_add(ln_2.lo, s * square.mul_add(rest(square), half));
    k.mul_add(ln_2.hi, f - (half - small))
}

/// The logarithm to another base than e: `unit` is that of e, `two` that of two.
#[inline(always)]
fn to_base<T: Real>(x: T, unit: Pair<T>, two: Pair<T>) -> T {
    let (k, f) = x.split();
    let natural = of_fraction(f);
    let fraction = Pair::product(natural.hi, unit.hi);
    let whole = Pair::product(k, two.hi);
    let sum = Pair::sum(whole.hi, fraction.hi);
    let small = natural.hi.mul_add(unit.lo, natural.lo * unit.hi) + fraction.lo;
    sum.with(k.mul_add(two.lo, whole.lo) + small).value()
}

/// ln(1 + x).
#[inline(always)]
pub(super) fn ln_1p<T: Real>(x: Pair<T>) -> T {
    let ln_2 = T::pair(LN_2, LN_2_REST);
    let u = T::ONE + x.hi;
    // What the sum has lost: its larger operand is taken away first.
    let small = x.hi <= T::ONE;
    let (larger, smaller) = if small {
        (T::ONE, x.hi)
    } else {
        (x.hi, T::ONE)
    };
    let lost = smaller - (u - larger);
    let (k, f) = u.split();
    // 2^-k, whose exponent is in the lower bits of a difference.
    let scale = T::ONE.scaled(T::ROUNDING - k);
    let f = Pair::sum(f, (lost + x.lo) * scale);
    let fraction = of_fraction(f.hi);
    let whole = Pair::product(k, ln_2.hi);
    let sum = Pair::sum(whole.hi, fraction.hi);
    sum.with(k.mul_add(ln_2.lo, whole.lo) + (f.lo + fraction.lo))
        .value()
}

/// The logarithm to base two, to half as many digits more as a number has, by the series of [`of_fraction`] with its first
/// terms as pairs.
#[inline(always)]
pub(super) fn log2_exactly<T: Real>(x: T) -> Pair<T> {
    const THIRD_REST: f64 = 1.850_371_707_708_594e-17;
    let (k, f) = x.split();
    let s = Pair::exact(f).over(Pair::sum(T::of(2.0), f));
    let square = s.times(s);
    let others = square.hi.series(
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
        4,
    );
    let second = square.times(T::pair(1.0 / 3.0, THIRD_REST));
    let sum = Pair::sum(second.hi, square.hi * square.hi * others);
    let series = Pair::sum(T::ONE, sum.hi).with(sum.lo + second.lo);
    let log = s
        .times(T::pair(2.0 * LOG2_E, 2.0 * LOG2_E_REST))
        .times(series);
    let sum = Pair::sum(k, log.hi);
    Pair::sum(sum.hi, sum.lo + log.lo)
}

elementary! {
    /// ln x.
    Log(1.0, |x| x.ln()) = ln(x),
    f64: x.is_plain_positive(),
    f32: x.is_plain_positive(),
}

elementary! {
    /// The logarithm to base two.
    Log2(1.0, |x| x.log2()) = {
        to_base(x, Real::pair(LOG2_E, LOG2_E_REST), Pair::exact(1.0))
    },
    f64: x.is_plain_positive(),
    f32: x.is_plain_positive(),
}

elementary! {
    /// The logarithm to base ten.
    Log10(1.0, |x| x.log10()) = {
        to_base(x, Real::pair(LOG10_E, LOG10_E_REST), Real::pair(LOG10_2, LOG10_2_REST))
    },
    f64: x.is_plain_positive(),
    f32: x.is_plain_positive(),
}

elementary! {
    /// ln(1 + x).
    Log1p(1.0, |x| x.ln_1p()) = ln_1p(Pair::exact(x)).copysign(x),
    f64: x.is_moderate(1e300) & (x.to_bits() < (-1.0_f64).to_bits()),
    f32: x.is_moderate(1e37) & (x.to_bits() < (-1.0_f32).to_bits()),
}
