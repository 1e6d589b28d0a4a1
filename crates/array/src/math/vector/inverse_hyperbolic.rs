//! Inverse hyperbolic functions, by the logarithm of one and more.

use super::elementary;
use super::log::ln_1p;
use crate::math::complex;
use crate::math::pair::Pair;
use crate::math::real::Real;

/// ln(x + root(x^2 + 1)).
#[inline(always)]
fn asinh<T: Real>(x: T) -> T {
    let size = x.abs();
    let square = Pair::product(size, size);
    let root = Pair::sum_of_any(T::ONE, square.hi).with(square.lo).root();
    let less_one = Pair::sum(root.hi, -T::ONE).with(root.lo);
    let sum = Pair::sum_of_any(size, less_one.hi).with(less_one.lo);
    ln_1p(sum).copysign(x)
}

/// ln(x + root(x^2 - 1)).
#[inline(always)]
fn acosh<T: Real>(x: T) -> T {
    let square = Pair::product(x, x);
    let root = Pair::sum(square.hi, -T::ONE).with(square.lo);
    let root = Pair::sum(root.hi, root.lo).root();
    let less_one = Pair::sum(x, -T::ONE);
    ln_1p(Pair::sum_of_any(less_one.hi, root.hi).with(less_one.lo + root.lo))
}

/// ln((1 + x) / (1 - x)) / 2.
#[inline(always)]
fn atanh<T: Real>(x: T) -> T {
    let size = x.abs();
    let twice = Pair::exact(T::of(2.0) * size);
    (T::of(0.5) * ln_1p(twice.over(Pair::sum(T::ONE, -size)))).copysign(x)
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
    Asinh(1.0, |x| complex::real_asinh(x)) = asinh(x),
    f64: x.is_moderate(1e100),
    f32: x.is_moderate(1e15),
}

elementary! {
    /// The inverse hyperbolic cosine.
    Acosh(1.0, |x| any_acosh(x)) = acosh(x),
    f64: (1.0_f64.to_bits()..1e100_f64.to_bits()).contains(&x.to_bits()),
    f32: (1.0_f32.to_bits()..1e15_f32.to_bits()).contains(&x.to_bits()),
}

elementary! {
    /// The inverse hyperbolic tangent.
    Atanh(0.5, |x| any_atanh(x)) = atanh(x),
    f64: x.is_moderate(1.0),
    f32: x.is_moderate(1.0),
}
