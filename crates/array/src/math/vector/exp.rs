//! Exponentials.

use super::{ROUNDING, elementary, is_moderate, is_moderate_single, polynomial, size_single};
use crate::math::pair::Pair;

/// What ln 2 has beyond a double.
const LN_2_REST: f64 = 2.319_046_813_846_299_6e-17;

/// (e^r - 1 - r) / r^2 for r no larger than ln(2)/2: Taylor's series.
#[inline(always)]
fn rest(r: f64) -> f64 {
    polynomial(
        r,
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
    )
}

/// As [`rest`], with the digits that single precision needs.
#[inline(always)]
fn single_rest(r: f64) -> f64 {
    polynomial(
        r,
        [
            1.0 / 2.0,
            1.0 / 6.0,
            1.0 / 24.0,
            1.0 / 120.0,
            1.0 / 720.0,
            1.0 / 5040.0,
            1.0 / 40_320.0,
        ],
    )
}

/// A number as `k` times a unit and what is left, and 2^k as what is added to the bits of a number.
struct Reduced {
    k: f64,
    shift: u64,
}

/// The nearest whole number of units to `x`, of which there are `per_one` in one.
#[inline(always)]
fn reduced(x: f64, per_one: f64) -> Reduced {
    let shifted = x.mul_add(per_one, ROUNDING);
    Reduced {
        k: shifted - ROUNDING,
        // k is in the lower bits.
        shift: shifted.to_bits() << 52,
    }
}

impl Reduced {
    /// y 2^k.
    #[inline(always)]
    fn scaled(&self, y: f64) -> f64 {
        f64::from_bits(y.to_bits().wrapping_add(self.shift))
    }
}

/// e^x = 2^k e^r.
#[inline(always)]
fn exp(x: f64, rest: impl Fn(f64) -> f64) -> f64 {
    let whole = reduced(x, std::f64::consts::LOG2_E);
    let r = whole.k.mul_add(-std::f64::consts::LN_2, x);
    let r = whole.k.mul_add(-LN_2_REST, r);
    whole.scaled((r * r).mul_add(rest(r), r) + 1.0)
}

/// 2^x = 2^k e^(r ln 2), where r is exact.
#[inline(always)]
pub(super) fn exp2_of_pair(x: Pair) -> f64 {
    let whole = reduced(x.hi, 1.0);
    let r = x.hi - whole.k;
    let t = Pair::product(r, std::f64::consts::LN_2);
    let lo =
        x.lo.mul_add(std::f64::consts::LN_2, r.mul_add(LN_2_REST, t.lo));
    let small = (t.hi * t.hi) * rest(t.hi);
    let power = 1.0 + (t.hi + small);
    let sum = Pair::sum(1.0, t.hi);
    whole.scaled(sum.with(lo.mul_add(power, small)).value())
}

#[inline(always)]
pub(super) fn single_exp2(x: f64) -> f64 {
    let whole = reduced(x, 1.0);
    let t = (x - whole.k) * std::f64::consts::LN_2;
    whole.scaled((t * t).mul_add(single_rest(t), t) + 1.0)
}

/// e^x - 1 = (2^k - 1) + 2^k (e^r - 1), to some twenty digits.
#[inline(always)]
pub(super) fn less_one(x: f64) -> Pair {
    let whole = reduced(x, std::f64::consts::LOG2_E);
    let product = Pair::product(whole.k, std::f64::consts::LN_2);
    // The difference is exact, as its operands are close or the second is zero.
    let r = Pair::sum(x - product.hi, -whole.k.mul_add(LN_2_REST, product.lo));
    let small = (r.hi * r.hi).mul_add(rest(r.hi), r.hi.mul_add(r.lo, r.lo));
    let part = Pair::sum(r.hi, small);
    let power = whole.scaled(1.0);
    let less = power - 1.0;
    let sum = Pair::sum(less, power * part.hi);
    sum.with(power.mul_add(part.lo, (power - less) - 1.0))
}

/// As [`less_one`], with the digits that single precision needs.
#[inline(always)]
pub(super) fn single_less_one(x: f64) -> f64 {
    let whole = reduced(x, std::f64::consts::LOG2_E);
    let r = whole.k.mul_add(-std::f64::consts::LN_2, x);
    let power = whole.scaled(1.0);
    power.mul_add((r * r).mul_add(single_rest(r), r), power - 1.0)
}

elementary! {
    /// e^x.
    Exp(1.0, |x| x.exp()),
    f64: is_moderate(x, 708.0) => exp(x, rest),
    f32: size_single(x) < 87.0_f32.to_bits() => exp(x, single_rest),
}

elementary! {
    /// 2^x.
    Exp2(1.0, |x| x.exp2()),
    f64: is_moderate(x, 1021.0) => exp2_of_pair(Pair { hi: x, lo: 0.0 }),
    f32: size_single(x) < 125.0_f32.to_bits() => single_exp2(x),
}

elementary! {
    /// e^x - 1.
    Expm1(1.0, |x| x.exp_m1()),
    f64: is_moderate(x, 600.0) => less_one(x).value().copysign(x),
    f32: is_moderate_single(x, 87.0) => single_less_one(x).copysign(x),
}
