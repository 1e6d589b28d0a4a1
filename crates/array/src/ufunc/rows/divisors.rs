//! Common divisors and multiples of integers.

use super::families::*;
use crate::ufunc::{Identity, Reorder, Ufunc};

pub(super) fn gcd() -> Ufunc {
    let u = Ufunc::new(
        "gcd",
        2,
        1,
        "The greatest common divisor of the absolute values.",
    )
    .identity(Identity::Zero)
    .not_for_bool();
    signed_and_unsigned!(
        u,
        closed,
        |a, b| common_divisor(a.unsigned_abs(), b.unsigned_abs()) as _,
        common_divisor(a, b)
    )
}

pub(super) fn lcm() -> Ufunc {
    let u = Ufunc::new(
        "lcm",
        2,
        1,
        "The least common multiple of the absolute values.",
    )
    .reorder(Reorder::Sequential)
    .not_for_bool();
    signed_and_unsigned!(
        u,
        closed,
        |a, b| common_multiple(a.unsigned_abs(), b.unsigned_abs()) as _,
        common_multiple(a, b)
    )
}

/// Euclid's algorithm.
fn common_divisor<T: num_traits::PrimInt>(mut a: T, mut b: T) -> T {
    while b != T::zero() {
        (a, b) = (b, a % b);
    }
    a
}

fn common_multiple<T: num_traits::PrimInt + num_traits::WrappingMul>(a: T, b: T) -> T {
    let divisor = common_divisor(a, b);
    if divisor == T::zero() {
        T::zero()
    } else {
        (a / divisor).wrapping_mul(&b)
    }
}
