//! Whole numbers between their two representations, in instructions that every vector unit has.

/// 2⁵², whose neighbours are one apart: adding it leaves a small whole number in the low bits.
const TWO_52: f64 = 4_503_599_627_370_496.0;

/// A whole number below 2⁵², as the integer that it is.
#[inline(always)]
pub(crate) fn integer(whole: f64) -> u64 {
    (whole + TWO_52).to_bits() & ((1 << 52) - 1)
}

/// An integer below 2⁵² as a number.
#[inline(always)]
pub(crate) fn float(integer: u64) -> f64 {
    f64::from_bits(integer | TWO_52.to_bits()) - TWO_52
}

/// The product of two integers below 2³².
#[inline(always)]
pub(crate) fn product(a: u64, b: u64) -> u64 {
    (a & 0xFFFF_FFFF) * (b & 0xFFFF_FFFF)
}
