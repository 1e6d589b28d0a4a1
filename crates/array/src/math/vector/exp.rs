//! Exponentials.

use std::f64::consts::{LN_2, LOG2_E};

use super::elementary;
use crate::math::pair::Pair;
use crate::math::real::Real;

/// What ln 2 has beyond a double.
pub(super) const LN_2_REST: f64 = 2.319_046_813_846_299_6e-17;

/// (e^r - 1 - r) / r^2 for r no larger than ln(2)/2: Taylor's series.
#[inline(always)]
fn rest<T: Real>(r: T) -> T {
    r.series(
        [
            1.0 / 2.0,
            1.0 / 6.0,
            1.0 / 24.0,
            1.0 / 120.0,
            1.0 / 720.0,
            1.0 / 5040.0,
            1.0 / 40_320.0,
            1.0 / 362_880.0,
            1.0 / 3_628_800.0,
            1.0 / 39_916_800.0,
            1.0 / 479_001_600.0,
            1.0 / 6_227_020_800.0,
        ],
        7,
    )
}

/// e^x = 2^k e^r.
#[inline(always)]
fn exp<T: Real>(x: T) -> T {
    let ln_2 = T::pair(LN_2, LN_2_REST);
    let shifted = x.mul_add(T::of(LOG2_E), T::ROUNDING);
    let k = shifted - T::ROUNDING;
    let r = k.mul_add(-ln_2.hi, x);
    let r = k.mul_add(-ln_2.lo, r);
    ((r * r).mul_add(rest(r), r) + T::ONE).scaled(shifted)
}

/// 2^x = 2^k e^(r ln 2), where r is exact.
#[inline(always)]
pub(super) fn exp2<T: Real>(x: Pair<T>) -> T {
    let ln_2 = T::pair(LN_2, LN_2_REST);
    let shifted = x.hi + T::ROUNDING;
    let r = x.hi - (shifted - T::ROUNDING);
    let t = Pair::product(r, ln_2.hi);
    let lo = x.lo.mul_add(ln_2.hi, r.mul_add(ln_2.lo, t.lo));
    let small = (t.hi * t.hi) * rest(t.hi);
    let power = T::ONE + (t.hi + small);
    let sum = Pair::sum(T::ONE, t.hi);
    sum.with(lo.mul_add(power, small)).value().scaled(shifted)
}

/// A number as k ln 2 + r, with k in the lower bits of `shifted`.
pub(super) struct Reduced<T> {
    pub(super) shifted: T,
    pub(super) r: Pair<T>,
}

#[inline(always)]
pub(super) fn reduced<T: Real>(x: T) -> Reduced<T> {
    let ln_2 = T::pair(LN_2, LN_2_REST);
    let shifted = x.mul_add(T::of(LOG2_E), T::ROUNDING);
    let k = shifted - T::ROUNDING;
    let product = Pair::product(k, ln_2.hi);
    // The difference is exact, as its operands are close or the second is zero.
    let r = Pair::sum(x - product.hi, -k.mul_add(ln_2.lo, product.lo));
    Reduced { shifted, r }
}

/// e^x - 1 = (2^k - 1) + 2^k (e^r - 1), to a few digits more than a number has.
#[inline(always)]
pub(super) fn less_one<T: Real>(x: T) -> Pair<T> {
    let Reduced { shifted, r } = reduced(x);
    let small = (r.hi * r.hi).mul_add(rest(r.hi), r.hi.mul_add(r.lo, r.lo));
    let part = Pair::sum(r.hi, small);
    let power = T::ONE.scaled(shifted);
    let less = power - T::ONE;
    let sum = Pair::sum(less, power * part.hi);
    sum.with(power.mul_add(part.lo, (power - less) - T::ONE))
}

elementary! {
    /// e^x.
    Exp(1.0, |x| x.exp()) = exp(x),
    f64: x.is_moderate(708.0),
    f32: x.is_moderate(87.0),
}

elementary! {
    /// 2^x.
    Exp2(1.0, |x| x.exp2()) = exp2(Pair::exact(x)),
    f64: x.is_moderate(1021.0),
    f32: x.is_moderate(125.0),
}

elementary! {
    /// e^x - 1.
    Expm1(1.0, |x| x.exp_m1()) = less_one(x).value().copysign(x),
    f64: x.is_moderate(600.0),
    f32: x.is_moderate(70.0),
}
