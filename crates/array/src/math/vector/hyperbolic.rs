//! Hyperbolic functions.

use super::elementary;
use super::exp::{Reduced, less_one, reduced};
use crate::math::pair::Pair;
use crate::math::real::Real;

/// e^x as 2^k e^r, with e^r = cosh r + sinh r by their series: cosh x and sinh x are then sums of these two, without a
/// division.
struct Parts<T> {
    /// 2^(k - 1) and 2^(-k - 1).
    power: T,
    inverse: T,
    r: Pair<T>,
    /// cosh r - 1.
    even: T,
    /// sinh r - r, with what r is off by.
    odd: T,
}

#[inline(always)]
fn parts<T: Real>(x: T) -> Parts<T> {
    let Reduced { shifted, r } = reduced(x);
    let half = T::of(0.5);
    let square = r.hi * r.hi;
    let even = square.series(
        [
            1.0 / 2.0,
            1.0 / 24.0,
            1.0 / 720.0,
            1.0 / 40_320.0,
            1.0 / 3_628_800.0,
            1.0 / 479_001_600.0,
            1.0 / 87_178_291_200.0,
        ],
        4,
    );
    let odd = square.series(
        [
            1.0 / 6.0,
            1.0 / 120.0,
            1.0 / 5040.0,
            1.0 / 362_880.0,
            1.0 / 39_916_800.0,
            1.0 / 6_227_020_800.0,
        ],
        3,
    );
    Parts {
        power: half.scaled(shifted),
        inverse: half.scaled(T::ROUNDING - (shifted - T::ROUNDING)),
        r,
        even: square * even,
        odd: (r.hi * square).mul_add(odd, r.lo),
    }
}

/// `large cosh r + other sinh r`, where the first is the larger, or zero.
#[inline(always)]
fn combined<T: Real>(parts: Parts<T>, large: Pair<T>, other: T) -> T {
    let Parts { r, even, odd, .. } = parts;
    let first = Pair::product(other, r.hi);
    let sum = Pair::sum(large.hi, first.hi);
    let small = large.hi.mul_add(even, other.mul_add(odd, first.lo));
    sum.with(large.lo + small).value()
}

#[inline(always)]
fn sinh<T: Real>(x: T) -> T {
    let parts = parts(x.abs());
    let other = parts.power + parts.inverse;
    let large = Pair::sum(parts.power, -parts.inverse);
    combined(parts, large, other).copysign(x)
}

#[inline(always)]
fn cosh<T: Real>(x: T) -> T {
    let parts = parts(x.abs());
    let other = parts.power - parts.inverse;
    let large = Pair::sum(parts.power, parts.inverse);
    combined(parts, large, other)
}

/// By the exponential less one, which has its digits for small numbers too.
#[inline(always)]
fn tanh<T: Real>(x: T) -> T {
    let less = less_one(T::of(2.0) * x.abs());
    let more = Pair::sum_of_any(T::of(2.0), less.hi).with(less.lo);
    less.over(more).value().copysign(x)
}

elementary! {
    /// The hyperbolic sine.
    Sinh(1.0, |x| x.sinh()) = sinh(x),
    f64: x.is_moderate(600.0),
    f32: x.is_moderate(60.0),
}

elementary! {
    /// The hyperbolic cosine.
    Cosh(1.0, |x| x.cosh()) = cosh(x),
    f64: x.is_moderate(600.0),
    f32: x.is_moderate(60.0),
}

elementary! {
    /// The hyperbolic tangent.
    Tanh(1.0, |x| x.tanh()) = tanh(x),
    f64: x.is_moderate(300.0),
    f32: x.is_moderate(30.0),
}
