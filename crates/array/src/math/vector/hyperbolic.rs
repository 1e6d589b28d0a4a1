//! Hyperbolic functions, by the exponential less one, which has its digits for small numbers too.

use super::exp::{less_one, single_less_one};
use super::{elementary, is_moderate, is_moderate_single};
use crate::math::pair::Pair;

#[inline(always)]
fn sinh(x: f64) -> f64 {
    let less = less_one(x.abs());
    let e = Pair::sum_of_any(1.0, less.hi).with(less.lo);
    let other = less.over(e);
    let sum = Pair::sum(less.hi, other.hi);
    let twice = sum.with(less.lo + other.lo).value();
    (0.5 * twice).copysign(x)
}

#[inline(always)]
fn cosh(x: f64) -> f64 {
    let less = less_one(x.abs());
    let e = Pair::sum_of_any(1.0, less.hi).with(less.lo);
    let other = Pair { hi: 1.0, lo: 0.0 }.over(e);
    let sum = Pair::sum(e.hi, other.hi);
    0.5 * sum.with(e.lo + other.lo).value()
}

#[inline(always)]
fn tanh(x: f64) -> f64 {
    let less = less_one(2.0 * x.abs());
    let more = Pair::sum_of_any(2.0, less.hi).with(less.lo);
    less.over(more).value().copysign(x)
}

#[inline(always)]
fn single_sinh(x: f64) -> f64 {
    let less = single_less_one(x.abs());
    (0.5 * (less + less / (1.0 + less))).copysign(x)
}

#[inline(always)]
fn single_cosh(x: f64) -> f64 {
    let e = single_less_one(x.abs()) + 1.0;
    0.5 * (e + 1.0 / e)
}

#[inline(always)]
fn single_tanh(x: f64) -> f64 {
    let less = single_less_one(2.0 * x.abs());
    (less / (less + 2.0)).copysign(x)
}

elementary! {
    /// The hyperbolic sine.
    Sinh(1.0, |x| x.sinh()),
    f64: is_moderate(x, 600.0) => sinh(x),
    f32: is_moderate_single(x, 87.0) => single_sinh(x),
}

elementary! {
    /// The hyperbolic cosine.
    Cosh(1.0, |x| x.cosh()),
    f64: is_moderate(x, 600.0) => cosh(x),
    f32: is_moderate_single(x, 87.0) => single_cosh(x),
}

elementary! {
    /// The hyperbolic tangent.
    Tanh(1.0, |x| x.tanh()),
    f64: is_moderate(x, 300.0) => tanh(x),
    f32: is_moderate_single(x, 300.0) => single_tanh(x),
}
