//! Sums, differences and products.

use rustsci_buffer::{Bool, Complex};

use super::families::*;
use crate::ufunc::conditions::out_of_numbers;
use crate::ufunc::{Identity, Reorder, Ufunc};

pub(super) fn add() -> Ufunc {
    let u = Ufunc::new("add", 2, 1, "Add arguments element-wise.").identity(Identity::Zero);
    let u = u.closed(|a: Bool, b: Bool| Bool::from(a.get() | b.get()));
    let u = integers!(u, closed, |a, b| a.wrapping_add(b)).reorder(Reorder::Pairwise);
    let u = u.closed_half(|a, b| a + b);
    let u = each!(u, closed, [f32, f64], |a, b| a + b);
    complexes!(u, closed, |a, b| a + b)
}

pub(super) fn subtract() -> Ufunc {
    let u = Ufunc::new(
        "subtract",
        2,
        1,
        "Subtract the second argument from the first, element-wise.",
    )
    .not_for_bool();
    let u = integers!(u, closed, |a, b| a.wrapping_sub(b));
    let u = u.closed_half(|a, b| a - b);
    let u = each!(u, closed, [f32, f64], |a, b| a - b);
    complexes!(u, closed, |a, b| a - b)
}

pub(super) fn multiply() -> Ufunc {
    let u =
        Ufunc::new("multiply", 2, 1, "Multiply arguments element-wise.").identity(Identity::One);
    let u = u.closed(|a: Bool, b: Bool| Bool::from(a.get() & b.get()));
    let u = integers!(u, closed, |a, b| a.wrapping_mul(b));
    let u = u.closed_half(|a, b| a * b);
    each!(u, closed, [f32, f64], |a, b| a * b)
        .closed_witnessed(|a: Complex<f32>, b: Complex<f32>| a * b, out_of_numbers)
        .closed_witnessed(|a: Complex<f64>, b: Complex<f64>| a * b, out_of_numbers)
}
