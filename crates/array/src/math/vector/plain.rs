//! Which arguments are plain.

/// The size of a double by its bits, which are in order. Numbers are told apart by them, since vector instructions that
/// compare report a NaN.
#[inline(always)]
pub(super) fn size(x: f64) -> u64 {
    x.to_bits() & (u64::MAX >> 1)
}

/// As [`size`], in single precision.
#[inline(always)]
pub(super) fn size_single(x: f32) -> u32 {
    x.to_bits() & (u32::MAX >> 1)
}

/// Whether a number is zero, or of a size between two.
#[inline(always)]
pub(super) fn is_between(x: f64, least: f64, most: f64) -> bool {
    let size = size(x);
    (size < most.to_bits()) & ((size > least.to_bits()) | (size == 0))
}

/// Whether a number is zero, or of a size whose powers are in the range of doubles.
#[inline(always)]
pub(super) fn is_moderate(x: f64, most: f64) -> bool {
    is_between(x, 1e-60, most)
}

/// As [`is_between`], in single precision.
#[inline(always)]
pub(super) fn is_between_single(x: f32, least: f32, most: f32) -> bool {
    let size = size_single(x);
    (size < most.to_bits()) & ((size > least.to_bits()) | (size == 0))
}

/// As [`is_moderate`], in single precision.
#[inline(always)]
pub(super) fn is_moderate_single(x: f32, most: f32) -> bool {
    is_between_single(x, 1e-10, most)
}

/// Whether a number is positive, finite and as exact as can be. Negative numbers have the highest bit, and are above.
#[inline(always)]
pub(super) fn is_normal(x: f64) -> bool {
    (f64::MIN_POSITIVE.to_bits()..f64::INFINITY.to_bits()).contains(&x.to_bits())
}

/// As [`is_normal`], in single precision.
#[inline(always)]
pub(super) fn is_normal_single(x: f32) -> bool {
    (f32::MIN_POSITIVE.to_bits()..f32::INFINITY.to_bits()).contains(&x.to_bits())
}
