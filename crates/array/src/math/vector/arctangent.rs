//! The inverse tangent, of a number and of a quotient.

use std::f64::consts::{FRAC_PI_2, FRAC_PI_4, PI};

use super::trigonometry::FRAC_PI_2_REST;
use super::{elementary, elementary_of_two};
use crate::math::pair::Pair;
use crate::math::real::Real;

/// The tangent of an eighth of half a turn, and its inverse.
const EIGHTH: f64 = 0.414_213_562_373_095_03;
const THREE_EIGHTHS: f64 = 2.414_213_562_373_095;

/// (arctan(t) / t - 1) / t^2 in terms of the square of t, for t no larger than [`EIGHTH`].
#[inline(always)]
fn rest<T: Real>(square: T) -> T {
    square.polynomial(
        [
            -0.333_333_333_333_333_3,
            0.199_999_999_999_955_2,
            -0.142_857_142_846_665_34,
            0.111_111_110_152_557_01,
            -0.090_909_045_780_970_4,
            0.076_921_831_902_020_43,
            -0.066_645_114_386_415_92,
            0.058_581_488_364_406_17,
            -0.050_854_493_383_409_805,
            0.039_231_646_751_325_57,
            -0.019_176_872_981_101_354,
        ],
        SHORT_REST,
    )
}

/// As [`rest`], to the digits of single precision.
const SHORT_REST: [f64; 5] = [
    -0.333_333_317_611_615_2,
    0.199_995_404_820_404_07,
    -0.142_639_555_422_526_63,
    0.107_437_308_884_107_03,
    -0.064_519_262_116_693_15,
];

/// A point of the first quadrant turned back by so many eighths of half a turn, none, two or four, to where its angle is
/// small.
struct Turned<T> {
    quarters: T,
    above: Pair<T>,
    right: Pair<T>,
}

/// One number after the other, of which a compiler makes masks rather than branches.
#[inline(always)]
fn chosen<T>(low: bool, when_low: T, high: bool, when_high: T, otherwise: T) -> T {
    if low {
        when_low
    } else if high {
        when_high
    } else {
        otherwise
    }
}

#[inline(always)]
fn turned<T: Real>(y: T, x: T) -> Turned<T> {
    let low = y < T::of(EIGHTH) * x;
    let high = y >= T::of(THREE_EIGHTHS) * x;
    let difference = Pair::sum_of_any(y, -x);
    let sum = Pair::sum_of_any(y, x);
    Turned {
        quarters: chosen(low, T::ZERO, high, T::ONE, T::of(0.5)),
        above: Pair {
            hi: chosen(low, y, high, -x, difference.hi),
            lo: chosen(low, T::ZERO, high, T::ZERO, difference.lo),
        },
        right: Pair {
            hi: chosen(low, x, high, y, sum.hi),
            lo: chosen(low, T::ZERO, high, T::ZERO, sum.lo),
        },
    }
}

/// The angle of a point in the first quadrant, to a digit more than a number has.
#[inline(always)]
fn angle<T: Real>(y: T, x: T) -> Pair<T> {
    let quarter = T::pair(FRAC_PI_2, FRAC_PI_2_REST);
    let Turned {
        quarters,
        above,
        right,
    } = turned(y, x);
    let t = above.over(right);
    let square = t.hi * t.hi;
    let small = (t.hi * square).mul_add(rest(square), square.mul_add(-t.lo, t.lo));
    let sum = Pair::sum(quarters * quarter.hi, t.hi);
    sum.with(quarters.mul_add(quarter.lo, small))
}

#[inline(always)]
fn atan2<T: Real>(y: T, x: T) -> T {
    let half = T::pair(PI, 2.0 * FRAC_PI_2_REST);
    let first = angle(y.abs(), x.abs());
    let back = Pair::sum(half.hi, -first.hi).with(half.lo - first.lo);
    let angle = if x.is_negative() { back } else { first };
    angle.value().copysign(y)
}

/// The same for single precision, in double precision: the quotient of two numbers is too soon out of range in their own,
/// and this needs no pairs.
#[inline(always)]
fn atan2_single(y: f32, x: f32) -> f32 {
    let (above, right) = (f64::from(y.abs()), f64::from(x.abs()));
    let steep = above > right;
    let smaller = if steep { right } else { above };
    // By `max`, of bits, which are in order: of a condition, a compiler would make two quotients, and report the one that is
    // not wanted.
    let larger = f64::from_bits(above.to_bits().max(right.to_bits()));
    let wide = smaller >= EIGHTH * larger;
    let (numerator, denominator) = if wide {
        (smaller - larger, smaller + larger)
    } else {
        (smaller, larger)
    };
    let t = numerator / denominator;
    let square = t * t;
    let small = (t * square).mul_add(square.horner(&SHORT_REST), t);
    let first = if wide { FRAC_PI_4 + small } else { small };
    let first = if steep { FRAC_PI_2 - first } else { first };
    let angle = if x.is_negative() { PI - first } else { first };
    (angle as f32).copysign(y)
}

elementary! {
    /// The inverse tangent.
    Atan(1.0, |x| x.atan()) = angle(x.abs(), Real::ONE).value().copysign(x),
    f64: x.is_moderate(1e45),
    f32: x.is_moderate(1e9),
}

/// Whether a point is not the origin, and neither of its numbers so small or so large that their quotient is out of range.
#[inline(always)]
fn is_plain<T: Real>(y: T, x: T, least: T, most: T) -> bool {
    let is_origin = (y == T::ZERO) & (x == T::ZERO);
    y.is_between(least, most) & x.is_between(least, most) & !is_origin
}

elementary_of_two! {
    /// The angle of the point (x, y).
    Atan2(1.0, |y, x| y.atan2(x)),
    f64: is_plain(y, x, 1e-45, 1e45) => atan2(y, x),
    f32: is_plain(y, x, 1e-30, 1e37) => atan2_single(y, x),
}
