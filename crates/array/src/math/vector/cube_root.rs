//! The cube root.

use super::elementary;
use crate::math::real::Real;

/// The inverse cube root of a positive number, to three quarters of its digits.
#[inline(always)]
fn inverse<T: Real>(x: T) -> T {
    let z = x.inverse_cube_root();
    // What is off, as 1 - x z^3, gives the series of its inverse cube root.
    let off = (x * z * z).mul_add(-z, T::ONE);
    let series = off.series([1.0 / 3.0, 2.0 / 9.0, 14.0 / 81.0], 2);
    let z = (z * off).mul_add(series, z);
    let off = (x * z * z).mul_add(-z, T::ONE);
    let series = off.series([1.0 / 3.0, 2.0 / 9.0], 1);
    (z * off).mul_add(series, z)
}

#[inline(always)]
fn cbrt<T: Real>(x: T) -> T {
    let size = x.abs();
    let z = inverse(size);
    let root = size * z * z;
    let square = root * root;
    let off = square.mul_add(root, -size) + root.mul_add(root, -square) * root;
    (off * z * z).mul_add(T::of(-1.0 / 3.0), root).copysign(x)
}

elementary! {
    /// The cube root.
    Cbrt(1.0, |x| x.cbrt()) = cbrt(x),
    f64: x.is_moderate(1e250),
    f32: x.is_moderate(1e30),
}
