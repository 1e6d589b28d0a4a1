//! Powers.

use super::exp::exp2;
use super::log::log2_exactly;
use super::{
    elementary_of_two, is_moderate, is_moderate_single, is_normal, is_normal_single, size,
    size_single,
};
use crate::math::pair::Pair;
use crate::math::real::Real;

/// x^y = 2^(y log2 x), for a positive x. The commonest power is rounded once.
#[inline(always)]
fn power<T: Real>(x: T, y: T) -> T {
    let log = log2_exactly(x);
    let power = exp2(Pair::product(y, log.hi).with(y * log.lo));
    if y == T::of(2.0) { x.square() } else { power }
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

/// Whether the logarithm of x^y to base two is smaller in size than `most`. Its own exponent tells enough of that of x.
macro_rules! is_within {
    ($x:ident, $y:ident, $size:ident, $T:ident, $most:literal) => {{
        let size = $T::from_bits($size($y).min($T::to_bits($most)));
        (size * ($x.split().0.abs() + 1.0)).to_bits() < $T::to_bits($most)
    }};
}

elementary_of_two! {
    /// x^y.
    Power(1.0, |x, y| any_power(x, y)),
    f64: is_normal(x) & is_moderate(y, 1021.0) & is_within!(x, y, size, f64, 1021.0) => power(x, y),
    f32: is_normal_single(x) & is_moderate_single(y, 125.0) & is_within!(x, y, size_single, f32, 125.0) => power(x, y),
}
