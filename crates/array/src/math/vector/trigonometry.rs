//! Sine and cosine.

use std::f64::consts::{FRAC_2_PI, FRAC_PI_2};

use super::{Elementary, ROUNDING, is_moderate, polynomial, size_single};

/// The sine of an angle in radians.
pub(crate) struct Sin;

/// The cosine of an angle in radians.
pub(crate) struct Cos;

/// What pi/2 has beyond a double, and beyond two.
const REST: [f64; 2] = [6.123_233_995_736_766e-17, -1.497_384_904_859_183_4e-33];

/// Angles up to here are reduced by plain multiples of pi/2, which is known to three doubles.
const MOST: f64 = 1e5;
/// The same in single precision, and the size from which on nothing underflows, by their bits.
const MOST_SINGLE: u32 = 1e5_f32.to_bits();
const LEAST_SINGLE: u32 = 1e-30_f32.to_bits();

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
    let (product, lost) = exact_product(k, FRAC_PI_2);
    let (small, lost_small) = exact_product(k, REST[0]);
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

/// A product, and what it loses by rounding.
#[inline(always)]
fn exact_product(a: f64, b: f64) -> (f64, f64) {
    let product = a * b;
    (product, a.mul_add(b, -product))
}

/// The sine of an angle that is `turned` by so many quarters.
#[inline(always)]
fn sine(x: f64, turned: u64) -> f64 {
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
    let sine = r + (r * square).mul_add(sine, more);
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
    let cosine = most + (((1.0 - most) - half) + (square * square).mul_add(cosine, -r * more));
    // Zero keeps its sign.
    let sine = if r == 0.0 { r } else { sine };
    chosen(quarters.wrapping_add(turned), sine, cosine)
}

/// The same in single precision, where the angle is exact and the series are shorter.
#[inline(always)]
fn single_sine(x: f64, turned: u64) -> f64 {
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
    let cosine = square.mul_add(cosine, 1.0);
    let sine = if r == 0.0 { r } else { sine };
    chosen(shifted.to_bits().wrapping_add(turned), sine, cosine)
}

/// The sine after a number of quarter turns.
#[inline(always)]
fn chosen(quarters: u64, sine: f64, cosine: f64) -> f64 {
    let value = if quarters & 1 == 0 { sine } else { cosine };
    f64::from_bits(value.to_bits() ^ ((quarters & 2) << 62))
}

macro_rules! elementary {
    ($name:ident, $turned:literal, $library:ident) => {
        impl Elementary<f64> for $name {
            const EXAMPLE: f64 = 1.0;

            #[inline(always)]
            fn is_plain(x: f64) -> bool {
                is_moderate(x, MOST)
            }

            #[inline(always)]
            fn plain(x: f64) -> f64 {
                sine(x, $turned)
            }

            #[inline(always)]
            fn any(x: f64) -> f64 {
                x.$library()
            }
        }

        impl Elementary<f32> for $name {
            const EXAMPLE: f32 = 1.0;

            #[inline(always)]
            fn is_plain(x: f32) -> bool {
                let size = size_single(x);
                (size < MOST_SINGLE) & ((size > LEAST_SINGLE) | (size == 0))
            }

            #[inline(always)]
            fn plain(x: f32) -> f32 {
                single_sine(x.into(), $turned) as f32
            }

            #[inline(always)]
            fn any(x: f32) -> f32 {
                x.$library()
            }
        }
    };
}

elementary!(Sin, 0, sin);
elementary!(Cos, 1, cos);
