//! Inverse hyperbolic functions, by the logarithm of one and more.

use super::log::{ln_1p, single_ln_1p};
use super::{
    elementary, is_moderate, is_moderate_single, is_unit, is_unit_single, size, size_single,
};
use crate::math::complex;
use crate::math::pair::Pair;

/// ln(x + root(x^2 + 1)).
#[inline(always)]
fn asinh(x: f64) -> f64 {
    let size = x.abs();
    let square = Pair::product(size, size);
    let root = Pair::sum_of_any(1.0, square.hi).with(square.lo).root();
    let less_one = Pair::sum(root.hi, -1.0).with(root.lo);
    let sum = Pair::sum_of_any(size, less_one.hi).with(less_one.lo);
    ln_1p(sum).copysign(x)
}

#[inline(always)]
fn single_asinh(x: f64) -> f64 {
    let size = x.abs();
    let square = size * size;
    single_ln_1p(size + square / (1.0 + (1.0 + square).sqrt())).copysign(x)
}

/// ln(x + root(x^2 - 1)).
#[inline(always)]
fn acosh(x: f64) -> f64 {
    let square = Pair::product(x, x);
    let root = Pair::sum(square.hi, -1.0).with(square.lo);
    let root = Pair::sum(root.hi, root.lo).root();
    let less_one = Pair::sum(x, -1.0);
    ln_1p(Pair::sum_of_any(less_one.hi, root.hi).with(less_one.lo + root.lo))
}

#[inline(always)]
fn single_acosh(x: f64) -> f64 {
    let less_one = x - 1.0;
    single_ln_1p(less_one + (less_one * (x + 1.0)).sqrt())
}

/// ln((1 + x) / (1 - x)) / 2.
#[inline(always)]
fn atanh(x: f64) -> f64 {
    let size = x.abs();
    let twice = Pair {
        hi: 2.0 * size,
        lo: 0.0,
    };
    (0.5 * ln_1p(twice.over(Pair::sum(1.0, -size)))).copysign(x)
}

#[inline(always)]
fn single_atanh(x: f64) -> f64 {
    let size = x.abs();
    (0.5 * single_ln_1p(2.0 * size / (1.0 - size))).copysign(x)
}

/// The inverse hyperbolic cosine; below one it is not a number, which is reported.
fn any_acosh<T: num_traits::Float + num_traits::FloatConst>(x: T) -> T {
    if x < T::one() {
        (x - T::one()).sqrt()
    } else if x > T::max_value().sqrt() {
        x.ln() + T::LN_2()
    } else {
        // The standard library's loses digits near one.
        let more = x - T::one();
        (more + (more * (x + T::one())).sqrt()).ln_1p()
    }
}

/// The inverse hyperbolic tangent, with its poles at the ends and an invalid operation beyond.
fn any_atanh<T: num_traits::Float>(x: T) -> T {
    let size = x.abs();
    if size == T::one() {
        return x / T::zero();
    }
    if size > T::one() {
        return (T::one() - size).sqrt();
    }
    // The standard library's loses digits near minus one.
    let half = T::one() / (T::one() + T::one());
    (half * ((size + size) / (T::one() - size)).ln_1p()).copysign(x)
}

elementary! {
    /// The inverse hyperbolic sine.
    Asinh(1.0, |x| complex::real_asinh(x)),
    f64: is_moderate(x, 1e100) => asinh(x),
    f32: is_moderate_single(x, 1e37) => single_asinh(x),
}

elementary! {
    /// The inverse hyperbolic cosine.
    Acosh(1.0, |x| any_acosh(x)),
    f64: (1.0_f64.to_bits()..1e100_f64.to_bits()).contains(&x.to_bits()) => acosh(x),
    f32: (1.0_f32.to_bits()..1e37_f32.to_bits()).contains(&x.to_bits()) => single_acosh(x),
}

elementary! {
    /// The inverse hyperbolic tangent.
    Atanh(0.5, |x| any_atanh(x)),
    f64: is_unit(x) & (size(x) < 1.0_f64.to_bits()) => atanh(x),
    f32: is_unit_single(x) & (size_single(x) < 1.0_f32.to_bits()) => single_atanh(x),
}
