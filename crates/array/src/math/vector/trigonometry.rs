//! Sine and cosine.

use std::f64::consts::{FRAC_2_PI, FRAC_PI_2};

use super::{ROUNDING, elementary, is_moderate, is_moderate_single, polynomial};
use crate::math::pair::Pair;

/// What pi/2 has beyond a double, and beyond two.
const REST: [f64; 2] = [6.123_233_995_736_766e-17, -1.497_384_904_859_183_4e-33];

/// Angles up to here are reduced by plain multiples of pi/2, which is known to three doubles.
const MOST: f64 = 1e5;
/// An angle as `quarters` of a turn and what is left, as a double and what that is off by.
struct Angle {
    quarters: u64,
    rest: f64,
    more: f64,
}

#[inline(always)]
fn reduced(x: f64) -> Angle {
    let shifted = x.mul_add(FRAC_2_PI, ROUNDING);
    let k = shifted - ROUNDING;
    let Pair {
        hi: product,
        lo: lost,
    } = Pair::product(k, FRAC_PI_2);
    let Pair {
        hi: small,
        lo: lost_small,
    } = Pair::product(k, REST[0]);
    // The first difference is exact, as its operands are close; what the others lose is kept.
    let first = x - product;
    let second = first - lost;
    let rest = second - small;
    let more = ((first - second) - lost) + (((second - rest) - small) - lost_small);
    Angle {
        quarters: shifted.to_bits(),
        rest,
        more: k.mul_add(-REST[1], more),
    }
}

/// What is left of an angle beyond whole quarter turns, with its sine and cosine as sums that are not evaluated yet.
struct Parts {
    quarters: u64,
    rest: f64,
    sine: Pair,
    cosine: Pair,
}

#[inline(always)]
fn parts(x: f64) -> Parts {
    let Angle {
        quarters,
        rest: r,
        more,
    } = reduced(x);
    let square = r * r;
    let sine = polynomial(
        square,
        [
            -1.0 / 6.0,
            1.0 / 120.0,
            -1.0 / 5040.0,
            1.0 / 362_880.0,
            -1.0 / 39_916_800.0,
            1.0 / 6_227_020_800.0,
            -1.0 / 1_307_674_368_000.0,
            1.0 / 355_687_428_096_000.0,
        ],
    );
    let cosine = polynomial(
        square,
        [
            1.0 / 24.0,
            -1.0 / 720.0,
            1.0 / 40_320.0,
            -1.0 / 3_628_800.0,
            1.0 / 479_001_600.0,
            -1.0 / 87_178_291_200.0,
            1.0 / 20_922_789_888_000.0,
            -1.0 / 6_402_373_705_728_000.0,
        ],
    );
    let half = 0.5 * square;
    let most = 1.0 - half;
    Parts {
        quarters,
        rest: r,
        sine: Pair {
            hi: r,
            lo: (r * square).mul_add(sine, more),
        },
        cosine: Pair {
            hi: most,
            lo: ((1.0 - most) - half) + (square * square).mul_add(cosine, -r * more),
        },
    }
}

/// The sine of an angle that is `turned` by so many quarters.
#[inline(always)]
fn sine(x: f64, turned: u64) -> f64 {
    let Parts {
        quarters,
        rest,
        sine,
        cosine,
    } = parts(x);
    // Zero keeps its sign.
    let sine = if rest == 0.0 { rest } else { sine.value() };
    chosen(quarters.wrapping_add(turned), sine, cosine.value())
}

/// The tangent: the quotient of sine and cosine, or after an odd number of quarters that of -cosine and sine.
#[inline(always)]
fn tangent(x: f64) -> f64 {
    let Parts {
        quarters,
        rest,
        sine,
        cosine,
    } = parts(x);
    let odd = quarters & 1 == 1;
    let (above, below) = if odd { (cosine, sine) } else { (sine, cosine) };
    let quotient = Pair::sum(above.hi, above.lo).over(Pair::sum(below.hi, below.lo));
    let value = if rest == 0.0 { rest } else { quotient.value() };
    negated(value, odd)
}

/// A number with the other sign, if that is so.
#[inline(always)]
fn negated(x: f64, negative: bool) -> f64 {
    f64::from_bits(x.to_bits() ^ (u64::from(negative) << 63))
}

/// As [`Parts`], with the digits that single precision needs: the angle is exact, and the series are shorter.
struct SingleParts {
    quarters: u64,
    sine: f64,
    cosine: f64,
}

#[inline(always)]
fn single_parts(x: f64) -> SingleParts {
    let shifted = x.mul_add(FRAC_2_PI, ROUNDING);
    let k = shifted - ROUNDING;
    let r = k.mul_add(-FRAC_PI_2, x);
    let r = k.mul_add(-REST[0], r);
    let square = r * r;
    let sine = polynomial(
        square,
        [
            -1.0 / 6.0,
            1.0 / 120.0,
            -1.0 / 5040.0,
            1.0 / 362_880.0,
            -1.0 / 39_916_800.0,
        ],
    );
    let sine = (r * square).mul_add(sine, r);
    let cosine = polynomial(
        square,
        [
            -1.0 / 2.0,
            1.0 / 24.0,
            -1.0 / 720.0,
            1.0 / 40_320.0,
            -1.0 / 3_628_800.0,
        ],
    );
    SingleParts {
        quarters: shifted.to_bits(),
        sine: if r == 0.0 { r } else { sine },
        cosine: square.mul_add(cosine, 1.0),
    }
}

#[inline(always)]
fn single_sine(x: f64, turned: u64) -> f64 {
    let SingleParts {
        quarters,
        sine,
        cosine,
    } = single_parts(x);
    chosen(quarters.wrapping_add(turned), sine, cosine)
}

#[inline(always)]
fn single_tangent(x: f64) -> f64 {
    let SingleParts {
        quarters,
        sine,
        cosine,
    } = single_parts(x);
    let odd = quarters & 1 == 1;
    let (above, below) = if odd { (cosine, sine) } else { (sine, cosine) };
    negated(above / below, odd)
}

/// The sine after a number of quarter turns.
#[inline(always)]
fn chosen(quarters: u64, sine: f64, cosine: f64) -> f64 {
    let value = if quarters & 1 == 0 { sine } else { cosine };
    f64::from_bits(value.to_bits() ^ ((quarters & 2) << 62))
}

elementary! {
    /// The sine of an angle in radians.
    Sin(1.0, |x| x.sin()),
    f64: is_moderate(x, MOST) => sine(x, 0),
    f32: is_moderate_single(x, 1e5) => single_sine(x, 0),
}

elementary! {
    /// The cosine of an angle in radians.
    Cos(1.0, |x| x.cos()),
    f64: is_moderate(x, MOST) => sine(x, 1),
    f32: is_moderate_single(x, 1e5) => single_sine(x, 1),
}

elementary! {
    /// The tangent of an angle in radians.
    Tan(1.0, |x| x.tan()),
    f64: is_moderate(x, MOST) => tangent(x),
    f32: is_moderate_single(x, 1e5) => single_tangent(x),
}
