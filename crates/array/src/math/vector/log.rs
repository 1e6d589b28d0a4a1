//! The natural logarithm.

use super::{Elementary, polynomial};

/// ln x.
pub(crate) struct Log;

/// What ln 2 has beyond a double.
const LN_2_REST: f64 = 2.319_046_813_846_299_6e-17;

/// The bits of the square root of one half.
const ROOT: u64 = 0x3fe6_a09e_667f_3bcd;

/// x = 2^k (1 + f) with 1 + f between the roots of 1/2 and of 2, s = f / (2 + f), and
/// ln(1 + f) = 2 artanh(s) = f - f^2/2 + s (f^2/2 + s^2 (2/3 + 2/5 s^2 + …)), whose last factor is `rest(s^2)`.
#[inline(always)]
fn by_powers_of_two(x: f64, rest: impl Fn(f64) -> f64) -> f64 {
    const ONE: u64 = 1.0_f64.to_bits();
    const TWO_52: f64 = 4_503_599_627_370_496.0;
    let bits = x.to_bits().wrapping_add(ONE - ROOT);
    // The exponent, made a double by way of the lower bits of 2^52.
    let k = f64::from_bits(bits >> 52 | TWO_52.to_bits()) - (TWO_52 + 1023.0);
    let f = f64::from_bits((bits & 0x000f_ffff_ffff_ffff) + ROOT) - 1.0;
    let s = f / (2.0 + f);
    let square = s * s;
    let half = 0.5 * f * f;
    let small = k.mul_add(LN_2_REST, s * square.mul_add(rest(square), half));
    k.mul_add(std::f64::consts::LN_2, f - (half - small))
}

impl Elementary<f64> for Log {
    const EXAMPLE: f64 = 1.0;

    #[inline(always)]
    fn is_plain(x: f64) -> bool {
        // Negative numbers have the highest bit, and are above.
        (f64::MIN_POSITIVE.to_bits()..f64::INFINITY.to_bits()).contains(&x.to_bits())
    }

    #[inline(always)]
    fn plain(x: f64) -> f64 {
        by_powers_of_two(
            x,
            #[inline(always)]
            |square| {
                polynomial(
                    square,
                    [
                        2.0 / 3.0,
                        2.0 / 5.0,
                        2.0 / 7.0,
                        2.0 / 9.0,
                        2.0 / 11.0,
                        2.0 / 13.0,
                        2.0 / 15.0,
                        2.0 / 17.0,
                        2.0 / 19.0,
                        2.0 / 21.0,
                        2.0 / 23.0,
                    ],
                )
            },
        )
    }

    #[inline(always)]
    fn any(x: f64) -> f64 {
        x.ln()
    }
}

impl Elementary<f32> for Log {
    const EXAMPLE: f32 = 1.0;

    #[inline(always)]
    fn is_plain(x: f32) -> bool {
        (1..f32::INFINITY.to_bits()).contains(&x.to_bits())
    }

    #[inline(always)]
    fn plain(x: f32) -> f32 {
        by_powers_of_two(
            x.into(),
            #[inline(always)]
            |square| {
                polynomial(
                    square,
                    [2.0 / 3.0, 2.0 / 5.0, 2.0 / 7.0, 2.0 / 9.0, 2.0 / 11.0],
                )
            },
        ) as f32
    }

    #[inline(always)]
    fn any(x: f32) -> f32 {
        x.ln()
    }
}
