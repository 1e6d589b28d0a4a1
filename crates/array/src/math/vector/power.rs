//! Powers.

use super::elementary_of_two;
use super::exp::exp2;
use super::log::log2_exactly;
use crate::math::pair::Pair;
use crate::math::real::Real;

/// x^y = 2^(y log2 x), for a positive x. The commonest power is rounded once.
#[inline(always)]
fn power<T: Real>(x: T, y: T) -> T {
    let log = log2_exactly(x);
    let power = exp2(Pair::product(y, log.hi).with(y * log.lo));
    if y == T::of(2.0) { square(x) } else { power }
}

/// The square of a positive number, if that is in range; if not, no condition tells of it.
#[inline(always)]
fn square<T: Real>(x: T) -> T {
    let (k, f) = x.split();
    let part = T::ONE + f;
    (part * part).scaled(T::ROUNDING + (k + k))
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
#[inline(always)]
fn is_plain<T: Real>(x: T, y: T, most: T) -> bool {
    let (k, _) = x.split();
    let size = y.limited(most) * (k.abs() + T::ONE);
    x.is_plain_positive() & y.is_moderate(most) & size.is_between(T::ZERO, most)
}

elementary_of_two! {
    /// x^y.
    Power(1.0, |x, y| any_power(x, y)),
    f64: is_plain(x, y, 1021.0) => power(x, y),
    f32: is_plain(x, y, 125.0) => power(x, y),
}
