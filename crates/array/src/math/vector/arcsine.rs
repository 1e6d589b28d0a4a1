//! The inverse sine and cosine.

use std::f64::consts::FRAC_PI_2;

use super::elementary;
use super::trigonometry::FRAC_PI_2_REST;
use crate::math::pair::Pair;
use crate::math::real::Real;

/// (arcsin(s) / s - 1) / s^2 in terms of the square of s, for s no larger than one half.
#[inline(always)]
fn rest<T: Real>(square: T) -> T {
    square.polynomial(
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
        [
            0.166_666_663_374_309_08,
            0.075_000_945_434_974_24,
            0.044_599_401_528_512_18,
            0.031_100_662_735_494_57,
            0.017_149_238_357_677_253,
            0.033_690_847_202_830_12,
        ],
    )
}

/// The inverse sine of a number of at most one half; for others, that of root((1 - |x|) / 2), of which twice is missing
/// from a quarter of a turn.
struct Halved<T> {
    large: bool,
    arcsine: Pair<T>,
}

#[inline(always)]
fn halved<T: Real>(x: T) -> Halved<T> {
    let half = T::of(0.5);
    let size = x.abs();
    let large = size > half;
    let square = if large {
        half - half * size
    } else {
        size * size
    };
    let root = Pair::exact(square).root();
    let sine = if large { root } else { Pair::exact(size) };
    Halved {
        large,
        arcsine: sine.with(sine.hi * square * rest(square)),
    }
}

#[inline(always)]
fn asin<T: Real>(x: T) -> T {
    let quarter = T::pair(FRAC_PI_2, FRAC_PI_2_REST);
    let Halved { large, arcsine } = halved(x);
    let twice = T::of(-2.0);
    let others =
        Pair::sum(quarter.hi, twice * arcsine.hi).with(twice.mul_add(arcsine.lo, quarter.lo));
    let angle = if large { others } else { arcsine };
    angle.value().copysign(x)
}

/// So many quarters of a turn, and so often the inverse sine.
#[inline(always)]
fn acos<T: Real>(x: T) -> T {
    let quarter = T::pair(FRAC_PI_2, FRAC_PI_2_REST);
    let Halved { large, arcsine } = halved(x);
    let negative = x.is_negative();
    let quarters = if large {
        T::of(if negative { 2.0 } else { 0.0 })
    } else {
        T::ONE
    };
    let times = T::of(if large { 2.0 } else { 1.0 }).negated_if(large == negative);
    let sum = Pair::sum(quarters * quarter.hi, times * arcsine.hi);
    sum.with(quarters.mul_add(quarter.lo, times * arcsine.lo))
        .value()
}

elementary! {
    /// The inverse sine.
    Asin(0.5, |x| x.asin()) = asin(x),
    f64: x.is_moderate(1.0 + f64::EPSILON),
    f32: x.is_moderate(1.0 + f32::EPSILON),
}

elementary! {
    /// The inverse cosine.
    Acos(0.5, |x| x.acos()) = acos(x),
    f64: x.is_moderate(1.0 + f64::EPSILON),
    f32: x.is_moderate(1.0 + f32::EPSILON),
}
