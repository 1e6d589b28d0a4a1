//! Operations on truth values and on bits.

use rustsci_buffer::{Bool, Complex, f16};

use num_traits::ToPrimitive;

use super::families::*;
use crate::dtype::Cast;
use crate::ufunc::{Identity, Ufunc};

/// The truth of any element.
#[inline(always)]
fn truth(x: impl Cast<Bool>) -> bool {
    x.cast().get()
}

/// Adds loops from every type to truth values.
macro_rules! truths {
    ($ufunc:expr, $method:ident, |$($x:ident),*| $body:expr) => {{
        let u = integers!($ufunc, $method, |$($x),*| $body);
        each!(u, $method, [f16, f32, f64, Complex<f32>, Complex<f64>], |$($x),*| $body)
    }};
}

pub(super) fn logical_and() -> Ufunc {
    let u = Ufunc::new("logical_and", 2, 1, "Whether both values are true.")
        .identity(Identity::One)
        .silent();
    let u = u.closed(|a: Bool, b: Bool| Bool::from(a.get() & b.get()));
    truths!(u, predicate, |a, b| truth(a) & truth(b))
}

pub(super) fn logical_or() -> Ufunc {
    let u = Ufunc::new("logical_or", 2, 1, "Whether either value is true.")
        .identity(Identity::Zero)
        .silent();
    let u = u.closed(|a: Bool, b: Bool| Bool::from(a.get() | b.get()));
    truths!(u, predicate, |a, b| truth(a) | truth(b))
}

pub(super) fn logical_xor() -> Ufunc {
    let u = Ufunc::new("logical_xor", 2, 1, "Whether exactly one value is true.")
        .identity(Identity::Zero)
        .silent();
    let u = u.closed(|a: Bool, b: Bool| Bool::from(a.get() ^ b.get()));
    truths!(u, predicate, |a, b| truth(a) ^ truth(b))
}

pub(super) fn logical_not() -> Ufunc {
    let u = Ufunc::new("logical_not", 1, 1, "Whether a value is not true.").silent();
    let u = u.unary(|a: Bool| Bool::from(!a.get()));
    truths!(u, property, |a| !truth(a))
}

pub(super) fn bitwise_and() -> Ufunc {
    let u = Ufunc::new("bitwise_and", 2, 1, "The bits that both integers have.")
        .identity(Identity::MinusOne);
    let u = u.closed(|a: Bool, b: Bool| Bool::from(a.get() & b.get()));
    integers!(u, closed, |a, b| a & b)
}

pub(super) fn bitwise_or() -> Ufunc {
    let u = Ufunc::new("bitwise_or", 2, 1, "The bits that either integer has.")
        .identity(Identity::Zero);
    let u = u.closed(|a: Bool, b: Bool| Bool::from(a.get() | b.get()));
    integers!(u, closed, |a, b| a | b)
}

pub(super) fn bitwise_xor() -> Ufunc {
    let u = Ufunc::new(
        "bitwise_xor",
        2,
        1,
        "The bits that one integer has and the other has not.",
    )
    .identity(Identity::Zero);
    let u = u.closed(|a: Bool, b: Bool| Bool::from(a.get() ^ b.get()));
    integers!(u, closed, |a, b| a ^ b)
}

pub(super) fn invert() -> Ufunc {
    let u = Ufunc::new(
        "invert",
        1,
        1,
        "All bits turned over; of truth values the negation.",
    );
    let u = u.unary(|a: Bool| Bool::from(!a.get()));
    integers!(u, unary, |a| !a)
}

pub(super) fn left_shift() -> Ufunc {
    let u = Ufunc::new(
        "left_shift",
        2,
        1,
        "Bits moved to the left; zero if they are moved out altogether.",
    );
    integers!(u, closed, |a, b| b
        .to_u32()
        .and_then(|n| a.checked_shl(n))
        .unwrap_or(0))
}

pub(super) fn right_shift() -> Ufunc {
    let u = Ufunc::new(
        "right_shift",
        2,
        1,
        "Bits moved to the right; signed integers keep their sign.",
    );
    signed_and_unsigned!(
        u,
        closed,
        |a, b| b
            .to_u32()
            .and_then(|n| a.checked_shr(n))
            .unwrap_or(if a < 0 { -1 } else { 0 }),
        b.to_u32().and_then(|n| a.checked_shr(n)).unwrap_or(0)
    )
}

pub(super) fn bitwise_count() -> Ufunc {
    let u = Ufunc::new(
        "bitwise_count",
        1,
        1,
        "The number of set bits of the absolute value.",
    );
    signed_and_unsigned!(
        u,
        unary,
        |a| a.unsigned_abs().count_ones() as u8,
        a.count_ones() as u8
    )
}
