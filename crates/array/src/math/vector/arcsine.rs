//! The inverse sine and cosine.

use std::f64::consts::{FRAC_PI_2, PI};

use super::{elementary, is_unit, is_unit_single, polynomial};
use crate::math::pair::Pair;

/// What pi/2 has beyond a double.
const FRAC_PI_2_REST: f64 = 6.123_233_995_736_766e-17;

/// (arcsin(s) / s - 1) / s^2 in terms of the square of s, for s no larger than one half.
#[inline(always)]
fn rest(square: f64) -> f64 {
    polynomial(
        square,
        [
            0.166_666_666_666_666_69,
            0.074_999_999_999_984_33,
            0.044_642_857_146_355_43,
            0.030_381_944_138_531_247,
            0.022_372_172_942_149_89,
            0.017_352_392_720_869_973,
            0.013_971_212_973_552_933,
            0.011_479_177_415_184_906,
            0.010_322_814_350_185_78,
            0.005_457_506_718_640_358,
            0.017_400_879_442_694_02,
            -0.014_851_887_071_247_204,
            0.028_757_851_367_421_566,
        ],
    )
}

/// As [`rest`], with the digits that single precision needs.
#[inline(always)]
fn single_rest(square: f64) -> f64 {
    polynomial(
        square,
        [
            0.166_666_666_860_856_43,
            0.074_999_924_044_018_38,
            0.044_647_663_888_134_85,
            0.030_269_138_728_589_183,
            0.023_611_817_008_891_752,
            0.010_574_415_516_912_909,
            0.030_974_540_371_355_073,
        ],
    )
}

/// The inverse sine of a number of at most one half; for others, that of root((1 - |x|) / 2), of which twice is missing
/// from a quarter of a turn.
struct Halved {
    large: bool,
    arcsine: Pair,
}

#[inline(always)]
fn halved(x: f64) -> Halved {
    let size = x.abs();
    let large = size > 0.5;
    let square = if large { 0.5 - 0.5 * size } else { size * size };
    let root = Pair {
        hi: square,
        lo: 0.0,
    }
    .root();
    let sine = if large {
        root
    } else {
        Pair { hi: size, lo: 0.0 }
    };
    Halved {
        large,
        arcsine: sine.with(sine.hi * square * rest(square)),
    }
}

#[inline(always)]
fn asin(x: f64) -> f64 {
    let Halved { large, arcsine } = halved(x);
    let others = Pair::sum(FRAC_PI_2, -2.0 * arcsine.hi)
        .with((-2.0_f64).mul_add(arcsine.lo, FRAC_PI_2_REST));
    let angle = if large { others } else { arcsine };
    angle.value().copysign(x)
}

#[inline(always)]
fn acos(x: f64) -> f64 {
    let Halved { large, arcsine } = halved(x);
    let negative = x.is_sign_negative();
    let from = if large {
        if negative { 2.0 } else { 0.0 }
    } else {
        1.0
    };
    // The angle is that many quarters of a turn, and so often the inverse sine.
    let times = if large {
        if negative { -2.0 } else { 2.0 }
    } else if negative {
        1.0
    } else {
        -1.0
    };
    let sum = Pair::sum(from * FRAC_PI_2, times * arcsine.hi);
    sum.with(from.mul_add(FRAC_PI_2_REST, times * arcsine.lo))
        .value()
}

#[inline(always)]
fn single_halved(x: f64) -> (bool, f64) {
    let size = x.abs();
    let large = size > 0.5;
    let square = if large { 0.5 - 0.5 * size } else { size * size };
    let sine = if large { square.sqrt() } else { size };
    (large, (sine * square).mul_add(single_rest(square), sine))
}

#[inline(always)]
fn single_asin(x: f64) -> f64 {
    let (large, arcsine) = single_halved(x);
    let angle = if large {
        FRAC_PI_2 - 2.0 * arcsine
    } else {
        arcsine
    };
    angle.copysign(x)
}

#[inline(always)]
fn single_acos(x: f64) -> f64 {
    let (large, arcsine) = single_halved(x);
    let signed = arcsine.copysign(x);
    let others = if x.is_sign_negative() {
        PI - 2.0 * arcsine
    } else {
        2.0 * arcsine
    };
    if large { others } else { FRAC_PI_2 - signed }
}

elementary! {
    /// The inverse sine.
    Asin(0.5, |x| x.asin()),
    f64: is_unit(x) => asin(x),
    f32: is_unit_single(x) => single_asin(x),
}

elementary! {
    /// The inverse cosine.
    Acos(0.5, |x| x.acos()),
    f64: is_unit(x) => acos(x),
    f32: is_unit_single(x) => single_acos(x),
}
