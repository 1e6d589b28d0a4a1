//! Sine, cosine and tangent.

use std::f64::consts::{FRAC_2_PI, FRAC_PI_2};

use super::elementary;
use crate::math::pair::Pair;
use crate::math::real::Real;

/// What pi/2 has beyond a double, and beyond two.
pub(super) const FRAC_PI_2_REST: f64 = 6.123_233_995_736_766e-17;
const FRAC_PI_2_LAST: f64 = -1.497_384_904_859_183_4e-33;

/// An angle as quarters of a turn, in the lower bits of `shifted`, and what is left, with what that is off by.
struct Angle<T> {
    shifted: T,
    rest: T,
    more: T,
}

/// Reduced by plain multiples of pi/2, which is known to three numbers.
#[inline(always)]
fn reduced<T: Real>(x: T) -> Angle<T> {
    let quarter = T::triple([FRAC_PI_2, FRAC_PI_2_REST, FRAC_PI_2_LAST]);
    let shifted = x.mul_add(T::of(FRAC_2_PI), T::ROUNDING);
    let k = shifted - T::ROUNDING;
    let large = Pair::product(k, quarter[0]);
    let small = Pair::product(k, quarter[1]);
    // The first difference is exact, as its operands are close; what the others lose is kept.
    let first = x - large.hi;
    let second = first - large.lo;
    let rest = second - small.hi;
    let more = ((first - second) - large.lo) + (((second - rest) - small.hi) - small.lo);
    Angle {
        shifted,
        rest,
        more: k.mul_add(-quarter[2], more),
    }
}

/// The sine and the cosine of what is left of an angle beyond whole quarters, as sums that are not evaluated yet.
struct Parts<T> {
    shifted: T,
    sine: Pair<T>,
    cosine: Pair<T>,
}

#[inline(always)]
fn parts<T: Real>(x: T) -> Parts<T> {
    let Angle {
        shifted,
        rest: r,
        more,
    } = reduced(x);
    let square = r * r;
    let sine = square.series(
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
        4,
    );
    let cosine = square.series(
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
        4,
    );
    let half = T::of(0.5) * square;
    let most = T::ONE - half;
    Parts {
        shifted,
        sine: Pair {
            hi: r,
            lo: (r * square).mul_add(sine, more),
        },
        cosine: Pair {
            hi: most,
            lo: ((T::ONE - most) - half) + (square * square).mul_add(cosine, -r * more),
        },
    }
}

/// The sine of an angle after so many quarters more.
#[inline(always)]
fn sine<T: Real>(x: T, more: u8) -> T {
    let parts = parts(x);
    let quarter = parts.shifted.quarter(more);
    // Zero keeps its sign.
    let sine = if x == T::ZERO { x } else { parts.sine.value() };
    let value = if quarter & 1 == 0 {
        sine
    } else {
        parts.cosine.value()
    };
    value.negated_if(quarter & 2 != 0)
}

/// The quotient of sine and cosine, or after an odd number of quarters that of -cosine and sine.
#[inline(always)]
fn tangent<T: Real>(x: T) -> T {
    let parts = parts(x);
    let odd = parts.shifted.quarter(0) & 1 != 0;
    let (above, below) = if odd {
        (parts.cosine, parts.sine)
    } else {
        (parts.sine, parts.cosine)
    };
    let quotient = Pair::sum(above.hi, above.lo).over(Pair::sum(below.hi, below.lo));
    let value = if x == T::ZERO { x } else { quotient.value() };
    value.negated_if(odd)
}

elementary! {
    /// The sine of an angle in radians.
    Sin(1.0, |x| x.sin()) = sine(x, 0),
    f64: x.is_moderate(1e5),
    f32: x.is_moderate(1e5),
}

elementary! {
    /// The cosine of an angle in radians.
    Cos(1.0, |x| x.cos()) = sine(x, 1),
    f64: x.is_moderate(1e5),
    f32: x.is_moderate(1e5),
}

elementary! {
    /// The tangent of an angle in radians.
    Tan(1.0, |x| x.tan()) = tangent(x),
    f64: x.is_moderate(1e5),
    f32: x.is_moderate(1e5),
}
