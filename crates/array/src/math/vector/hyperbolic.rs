//! Hyperbolic functions, by the exponential less one, which has its digits for small numbers too.

use super::elementary;
use super::exp::less_one;
use crate::math::pair::Pair;
use crate::math::real::Real;

#[inline(always)]
fn sinh<T: Real>(x: T) -> T {
    let less = less_one(x.abs());
    let e = Pair::sum_of_any(T::ONE, less.hi).with(less.lo);
    let other = less.over(e);
    let sum = Pair::sum(less.hi, other.hi);
    let twice = sum.with(less.lo + other.lo).value();
    (T::of(0.5) * twice).copysign(x)
}

#[inline(always)]
fn cosh<T: Real>(x: T) -> T {
    let less = less_one(x.abs());
    let e = Pair::sum_of_any(T::ONE, less.hi).with(less.lo);
    let other = Pair::exact(T::ONE).over(e);
    let sum = Pair::sum(e.hi, other.hi);
    T::of(0.5) * sum.with(e.lo + other.lo).value()
}

#[inline(always)]
fn tanh<T: Real>(x: T) -> T {
    let less = less_one(T::of(2.0) * x.abs());
    let more = Pair::sum_of_any(T::of(2.0), less.hi).with(less.lo);
    less.over(more).value().copysign(x)
}

elementary! {
    /// The hyperbolic sine.
    Sinh(1.0, |x| x.sinh()) = sinh(x),
    f64: x.is_moderate(600.0),
    f32: x.is_moderate(60.0),
}

elementary! {
    /// The hyperbolic cosine.
    Cosh(1.0, |x| x.cosh()) = cosh(x),
    f64: x.is_moderate(600.0),
    f32: x.is_moderate(60.0),
}

elementary! {
    /// The hyperbolic tangent.
    Tanh(1.0, |x| x.tanh()) = tanh(x),
    f64: x.is_moderate(300.0),
    f32: x.is_moderate(30.0),
}
