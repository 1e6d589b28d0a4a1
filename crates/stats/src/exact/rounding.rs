//! From exact values to the nearest floating-point number.

use super::natural::Natural;

/// The result is beyond the range of floating-point numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the result is too large for a float")]
pub struct Overflow;

/// Bits that an intermediate result keeps: enough to round, with one that says whether anything followed.
const QUOTIENT_BITS: u32 = 64;
/// Twice as many and more, so that the root has enough.
const RADICAND_BITS: u32 = 126;

/// The number nearest to (m + θ)·2ᵉ, ties to even, where 0 ≤ θ < 1 is zero unless there is a rest.
fn nearest(mantissa: u128, exponent: i64, rest: bool) -> Result<f64, Overflow> {
    if mantissa == 0 {
        return Ok(0.0);
    }
    let bits = i64::from(128 - mantissa.leading_zeros());
    // The exponent of the last bit kept: of 53, or of fewer where numbers are subnormal.
    let last = (exponent + bits - 53).max(-1074);
    let drop = last - exponent;
    let rounded = if drop <= 0 {
        debug_assert!(!rest, "bits that are missing cannot be rounded");
        mantissa << -drop
    } else if drop > 127 {
        0
    } else {
        let kept = mantissa >> drop;
        let below = mantissa & ((1 << drop) - 1);
        let half = 1 << (drop - 1);
        let up = below > half || (below == half && (rest || kept & 1 == 1));
        kept + u128::from(up)
    };
    // Exact: at most 53 bits, or 2⁵³.
    let value = rounded as f64;
    let top = last + i64::from(128 - rounded.leading_zeros());
    if top > 1024 {
        return Err(Overflow);
    }
    // In two steps, for 2⁻¹⁰⁷⁴ is no normal number; both are exact.
    let half = (last / 2) as i32;
    Ok(value * 2f64.powi(half) * 2f64.powi(last as i32 - half))
}

/// The number nearest to `numerator / denominator · 2ᵉ`.
pub(crate) fn quotient(
    numerator: &Natural,
    denominator: &Natural,
    exponent: i64,
) -> Result<f64, Overflow> {
    if numerator.is_zero() {
        return Ok(0.0);
    }
    let (quotient, own, rest) = numerator.leading_quotient(denominator, QUOTIENT_BITS);
    nearest(quotient, own + exponent, rest)
}

/// The number nearest to the square root of `numerator / denominator · 2ᵉ`.
pub(crate) fn root(
    numerator: &Natural,
    denominator: &Natural,
    exponent: i64,
) -> Result<f64, Overflow> {
    if numerator.is_zero() {
        return Ok(0.0);
    }
    let (quotient, own, rest) = numerator.leading_quotient(denominator, RADICAND_BITS);
    let exponent = own + exponent;
    let (radicand, exponent) = if exponent % 2 == 0 {
        (quotient, exponent)
    } else {
        (quotient << 1, exponent - 1)
    };
    let root = radicand.isqrt();
    nearest(root, exponent / 2, rest || root * root != radicand)
}

/// The number nearest to a quotient of whole numbers, as Python's `/` gives it.
///
/// ```
/// use rustsci_stats::exact::true_quotient;
/// assert_eq!(true_quotient(-9_007_199_254_740_993, 2), -4503599627370496.5);
/// ```
///
/// # Panics
/// If the denominator is zero.
#[must_use]
pub fn true_quotient(numerator: i128, denominator: u64) -> f64 {
    assert!(denominator > 0, "division by zero");
    let size = numerator.unsigned_abs();
    let value = if size < 1 << 53 && denominator < 1 << 53 {
        // Both are floating-point numbers, whose division rounds once.
        size as f64 / denominator as f64
    } else {
        // No quotient of such numbers is out of range.
        quotient(&size.into(), &u128::from(denominator).into(), 0).unwrap_or(f64::INFINITY)
    };
    if numerator < 0 { -value } else { value }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn natural(value: u128) -> Natural {
        Natural::from(value)
    }

    #[test]
    fn rounding_is_to_even_at_every_scale() {
        let one_and_half_units = (1 << 54) + 3;
        assert_eq!(
            nearest(one_and_half_units, 0, false),
            Ok(((1_u64 << 54) + 4) as f64)
        );
        assert_eq!(nearest((1 << 54) + 2, 0, false), Ok((1_u64 << 54) as f64));
        assert_eq!(
            nearest((1 << 54) + 2, 0, true),
            Ok(((1_u64 << 54) + 4) as f64)
        );
        assert_eq!(nearest(3, -1075, false), Ok(f64::from_bits(2)));
        assert_eq!(nearest(1, -1075, false), Ok(0.0));
        assert_eq!(nearest(1, -1075, true), Ok(f64::from_bits(1)));
        assert_eq!(nearest(1, 1024, false), Err(Overflow));
        assert_eq!(nearest((1 << 53) - 1, 971, false), Ok(f64::MAX));
        assert_eq!(nearest((1 << 54) - 1, 970, false), Err(Overflow));
    }

    proptest! {
        #[test]
        fn quotients_of_small_numbers_are_those_of_floats(a in 0_u64..1 << 53, b in 1_u64..1 << 53) {
            let found = quotient(&natural(a.into()), &natural(b.into()), 0);
            prop_assert_eq!(found, Ok(a as f64 / b as f64));
        }

        #[test]
        fn roots_of_small_numbers_are_those_of_floats(a in 0_u64..1 << 53, exponent in -500_i64..400) {
            let expected = (a as f64 * 2f64.powi(exponent as i32)).sqrt();
            prop_assert_eq!(root(&natural(a.into()), &natural(1), exponent), Ok(expected));
        }
    }
}
