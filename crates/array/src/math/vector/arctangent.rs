//! The inverse tangent, of a number and of a quotient.

use std::f64::consts::{FRAC_PI_4, PI};

use super::{
    elementary, elementary_of_two, is_between, is_moderate, is_moderate_single, polynomial, size,
    size_single,
};
use crate::math::pair::Pair;

/// What pi/2 has beyond a double.
const FRAC_PI_2_REST: f64 = 6.123_233_995_736_766e-17;

/// The tangent of an eighth of half a turn, and its inverse.
const EIGHTH: f64 = 0.414_213_562_373_095_03;
const THREE_EIGHTHS: f64 = 2.414_213_562_373_095;

/// (arctan(t) / t - 1) / t^2 in terms of the square of t, for t no larger than [`EIGHTH`].
#[inline(always)]
fn rest(square: f64) -> f64 {
    polynomial(
        square,
        [
            -0.333_333_333_333_333_3,
            0.199_999_999_999_955_2,
            -0.142_857_142_846_665_34,
            0.111_111_110_152_557_01,
            -0.090_909_045_780_970_4,
            0.076_921_831_902_020_43,
            -0.066_645_114_385_916_43,
            0.058_581_488_364_406_17,
            -0.050_854_493_383_409_805,
            0.039_231_646_751_325_57,
            -0.019_176_872_981_101_354,
        ],
    )
}

/// As [`rest`], with the digits that single precision needs.
#[inline(always)]
fn single_rest(square: f64) -> f64 {
    polynomial(
        square,
        [
            -0.333_333_332_792_545_1,
            0.199_999_772_585_886_97,
            -0.142_841_511_882_515_3,
            0.110_713_649_222_267_34,
            -0.086_246_754_020_689_78,
            0.050_481_365_943_831_91,
        ],
    )
}

/// The angle of a point in the first quadrant as so many eighths of half a turn, two or none, and the angle from there, by its tangent.
struct Turned {
    eighths: f64,
    above: Pair,
    right: Pair,
}

/// Turned back by 0, pi/4 or pi/2, whichever is nearest.
#[inline(always)]
fn turned(y: f64, x: f64) -> Turned {
    let (low, high) = (y < EIGHTH * x, y >= THREE_EIGHTHS * x);
    let difference = Pair::sum_of_any(y, -x);
    let sum = Pair::sum_of_any(y, x);
    let exact = |hi| Pair { hi, lo: 0.0 };
    Turned {
        eighths: if low {
            0.0
        } else if high {
            2.0
        } else {
            1.0
        },
        above: if low {
            exact(y)
        } else if high {
            exact(-x)
        } else {
            difference
        },
        right: if low {
            exact(x)
        } else if high {
            exact(y)
        } else {
            sum
        },
    }
}

/// The angle of a point in the first quadrant, to some eighteen digits.
#[inline(always)]
fn angle(y: f64, x: f64) -> Pair {
    let Turned {
        eighths,
        above,
        right,
    } = turned(y, x);
    let t = above.over(right);
    let square = t.hi * t.hi;
    let small = (t.hi * square).mul_add(rest(square), square.mul_add(-t.lo, t.lo));
    let sum = Pair::sum(eighths * FRAC_PI_4, t.hi);
    sum.with(eighths.mul_add(0.5 * FRAC_PI_2_REST, small))
}

#[inline(always)]
fn single_angle(y: f64, x: f64) -> f64 {
    let Turned {
        eighths,
        above,
        right,
    } = turned(y, x);
    let t = above.hi / right.hi;
    let square = t * t;
    eighths.mul_add(FRAC_PI_4, (t * square).mul_add(single_rest(square), t))
}

#[inline(always)]
fn atan2(y: f64, x: f64) -> f64 {
    let first = angle(y.abs(), x.abs());
    let back = Pair::sum(PI, -first.hi).with(2.0 * FRAC_PI_2_REST - first.lo);
    let angle = if x.is_sign_negative() { back } else { first };
    angle.value().copysign(y)
}

#[inline(always)]
fn single_atan2(y: f64, x: f64) -> f64 {
    let first = single_angle(y.abs(), x.abs());
    let angle = if x.is_sign_negative() {
        PI - first
    } else {
        first
    };
    angle.copysign(y)
}

elementary! {
    /// The inverse tangent.
    Atan(1.0, |x| x.atan()),
    f64: is_moderate(x, 1e45) => angle(x.abs(), 1.0).value().copysign(x),
    f32: is_moderate_single(x, 1e37) => single_angle(x.abs(), 1.0).copysign(x),
}

elementary_of_two! {
    /// The angle of the point (x, y).
    Atan2(1.0, |y, x| y.atan2(x)),
    f64: is_between(y, 1e-45, 1e45) & is_between(x, 1e-45, 1e45) & ((size(x) | size(y)) != 0) => atan2(y, x),
    f32: is_moderate_single(y, 1e37) & is_moderate_single(x, 1e37) & ((size_single(x) | size_single(y)) != 0) => single_atan2(y, x),
}
