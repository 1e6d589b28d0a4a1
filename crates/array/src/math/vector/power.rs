//! Powers.

use super::exp::{exp2_of_pair, single_exp2};
use super::log::{exponent, log2_exactly, single_log2, square};
use super::{elementary_of_two, is_between, is_moderate_single, is_normal, is_positive, size};
use crate::math::pair::Pair;

/// x^y = 2^(y log2 x), for a positive x.
#[inline(always)]
fn power(x: f64, y: f64) -> f64 {
    let log = log2_exactly(x);
    let product = Pair::product(y, log.hi).with(y * log.lo);
    squared(x, y, exp2_of_pair(product))
}

#[inline(always)]
fn single_power(x: f64, y: f64) -> f64 {
    squared(x, y, single_exp2(y * single_log2(x)))
}

/// The commonest power is rounded once.
#[inline(always)]
fn squared(x: f64, y: f64, power: f64) -> f64 {
    if y == 2.0 { square(x) } else { power }
}

/// Whether the logarithm of x^y to base two is smaller in size than `most`. Its own exponent tells enough of that of x.
#[inline(always)]
fn is_within(x: f64, y: f64, most: f64) -> bool {
    let y = f64::from_bits(size(y).min(most.to_bits()));
    (y * (exponent(x).abs() + 1.0)).to_bits() < most.to_bits()
}

/// The square is taken of what the optimiser cannot know: it would take it of every base, and report its conditions.
fn any_power<T: num_traits::Float>(x: T, y: T) -> T {
    if y == T::one() + T::one() {
        let x = std::hint::black_box(x);
        x * x
    } else {
        x.powf(y)
    }
}

elementary_of_two! {
    /// x^y.
    Power(1.0, |x, y| any_power(x, y)),
    f64: is_normal(x) & is_between(y, 1e-60, 1021.0) & is_within(x, y, 1021.0) => power(x, y),
    f32: is_positive(x) & is_moderate_single(y, 125.0) & is_within(x.into(), y.into(), 125.0) => single_power(x, y),
}
