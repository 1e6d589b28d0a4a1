//! The cube root.

use super::{elementary, is_moderate, is_moderate_single};

/// The inverse cube root of a positive number, to one percent: a third of its logarithm, as which its bits are taken.
#[inline(always)]
fn first_guess(x: f64) -> f64 {
    const TWO_52: f64 = 4_503_599_627_370_496.0;
    /// The bits of a number, less the lowest 20, as a number: what they are to be for one, and a third more.
    const ONE: f64 = 4_393_751_543_808.0;
    const LEAST_ERROR: f64 = SEED * 4_294_967_296.0;
    let bits = f64::from_bits(x.to_bits() >> 20 | TWO_52.to_bits()) - TWO_52;
    let guess = bits.mul_add(-1.0 / 3.0, ONE * 4.0 / 3.0 - LEAST_ERROR);
    f64::from_bits((guess + TWO_52).to_bits() << 20)
}
const SEED: f64 = 0.068;

/// The inverse cube root, to some thirteen digits.
#[inline(always)]
fn inverse(x: f64) -> f64 {
    let z = first_guess(x);
    // What is off, as 1 - x z^3, gives the series of its inverse cube root.
    let off = (x * z * z).mul_add(-z, 1.0);
    let series = off.mul_add(off.mul_add(14.0 / 81.0, 2.0 / 9.0), 1.0 / 3.0);
    let z = (z * off).mul_add(series, z);
    let off = (x * z * z).mul_add(-z, 1.0);
    (z * off).mul_add(off.mul_add(2.0 / 9.0, 1.0 / 3.0), z)
}

#[inline(always)]
fn cbrt(x: f64) -> f64 {
    let size = x.abs();
    let z = inverse(size);
    let root = size * z * z;
    let square = root * root;
    let off = square.mul_add(root, -size) + root.mul_add(root, -square) * root;
    (off * z * z).mul_add(-1.0 / 3.0, root).copysign(x)
}

#[inline(always)]
fn single_cbrt(x: f64) -> f64 {
    let size = x.abs();
    let z = inverse(size);
    (size * z * z).copysign(x)
}

elementary! {
    /// The cube root.
    Cbrt(1.0, |x| x.cbrt()),
    f64: is_moderate(x, 1e250) => cbrt(x),
    f32: is_moderate_single(x, 1e38) => single_cbrt(x),
}
