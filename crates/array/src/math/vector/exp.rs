//! The exponential.

use super::{Elementary, ROUNDING, is_moderate, polynomial, size_single};

/// e^x.
pub(crate) struct Exp;

/// What ln 2 has beyond a double.
const LN_2_REST: f64 = 2.319_046_813_846_299_6e-17;

/// e^x = 2^k e^r with r no larger than ln(2)/2: the terms of e^r from the third on are `rest(r)`, times r^2.
#[inline(always)]
fn by_powers_of_two(x: f64, rest: impl Fn(f64) -> f64) -> f64 {
    let shifted = x.mul_add(std::f64::consts::LOG2_E, ROUNDING);
    let k = shifted - ROUNDING;
    let r = k.mul_add(-std::f64::consts::LN_2, x);
    let r = k.mul_add(-LN_2_REST, r);
    let y = (r * r).mul_add(rest(r), r) + 1.0;
    // 2^k, which is in the lower bits of `shifted`, is added to the exponent.
    f64::from_bits(y.to_bits().wrapping_add(shifted.to_bits() << 52))
}

impl Elementary<f64> for Exp {
    const EXAMPLE: f64 = 1.0;

    #[inline(always)]
    fn is_plain(x: f64) -> bool {
        is_moderate(x, 708.0)
    }

    #[inline(always)]
    fn plain(x: f64) -> f64 {
        by_powers_of_two(
            x,
            #[inline(always)]
            |r| {
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
            },
        )
    }

    #[inline(always)]
    fn any(x: f64) -> f64 {
        x.exp()
    }
}

impl Elementary<f32> for Exp {
    const EXAMPLE: f32 = 1.0;

    #[inline(always)]
    fn is_plain(x: f32) -> bool {
        size_single(x) < 87.0_f32.to_bits()
    }

    #[inline(always)]
    fn plain(x: f32) -> f32 {
        by_powers_of_two(
            x.into(),
            #[inline(always)]
            |r| {
                polynomial(
                    r,
                    [
                        1.0 / 2.0,
                        1.0 / 6.0,
                        1.0 / 24.0,
                        1.0 / 120.0,
                        1.0 / 720.0,
                        1.0 / 5040.0,
                    ],
                )
            },
        ) as f32
    }

    #[inline(always)]
    fn any(x: f32) -> f32 {
        x.exp()
    }
}
