//! Dot products in NumPy's older forms.

use rustsci_buffer::Shape;

use super::{common, matmul, multiply, new};
use crate::array::shape_text;
use crate::contraction;
use crate::ufunc::{self, Input, Options};
use crate::{Array, Error, Order, Result};

/// The sum of products over the last axis of `a` and the second to last of `b` (or its only one).
///
/// # Errors
/// If the axes do not have the same length.
pub fn dot(a: &Array, b: &Array) -> Result<Array> {
    if a.ndim() == 0 || b.ndim() == 0 {
        return scaled(a, b);
    }
    let last = a.ndim() - 1;
    let over = b.ndim().saturating_sub(2);
    let (n, m) = (a.shape()[last], b.shape()[over]);
    if n != m {
        let text = |shape: &[usize]| shape_text(shape).replace(", ", ",");
        return Err(Error::value(format!(
            "shapes {} and {} not aligned: {n} (dim {last}) != {m} (dim {over})",
            text(a.shape()),
            text(b.shape())
        )));
    }
    if a.ndim() == 1 && b.ndim() == 1 && n == 1 {
        return product(a, b);
    }
    if a.ndim() <= 2 && b.ndim() <= 2 {
        return matmul(a, b);
    }
    sum_over(a, &b.moved_axis(over, 0))
}

/// The sum of products over the last axes of both.
///
/// # Errors
/// If the axes do not have the same length.
pub fn inner(a: &Array, b: &Array) -> Result<Array> {
    if a.ndim() == 0 || b.ndim() == 0 {
        return scaled(a, b);
    }
    let (last, other) = (a.ndim() - 1, b.ndim() - 1);
    let (n, m) = (a.shape()[last], b.shape()[other]);
    if n != m {
        let text = |shape: &[usize]| shape_text(shape).replace(", ", ",");
        return Err(Error::value(format!(
            "shapes {} and {} not aligned: {n} (dim {last}) != {m} (dim {other})",
            text(a.shape()),
            text(b.shape())
        )));
    }
    if a.ndim() == 1 && b.ndim() == 1 && n == 1 {
        return product(a, b);
    }
    sum_over(a, &b.moved_axis(other, 0))
}

/// The product of two single elements: nothing is added to it, not even a zero that would change a negative one.
fn product(a: &Array, b: &Array) -> Result<Array> {
    scaled(&a.reshaped(&[], Order::C)?, &b.reshaped(&[], Order::C)?)
}

/// The dot product of all elements in C order, those of `a` conjugated.
///
/// # Errors
/// If there are not as many elements in both.
pub fn vdot(a: &Array, b: &Array) -> Result<Array> {
    if a.size() != b.size() {
        return Err(Error::value(
            "cannot reshape array for vdot: vectors have different lengths",
        ));
    }
    let (a, b, dtype) = common(a, b)?;
    dispatch!(&dtype, T => {
        let (mut a, mut b) = (a.reader::<T>(), b.reader::<T>());
        let conjugated: Vec<T> = a.all()?.iter().map(|x| contraction::Semiring::conjugate(*x)).collect();
        Array::from_scalar(&contraction::dot(&conjugated, b.all()?).into())
    })
}

fn scaled(a: &Array, b: &Array) -> Result<Array> {
    let multiply = ufunc::get("multiply").ok_or_else(|| Error::runtime("no multiply"))?;
    Ok(multiply
        .call(&[Input::Array(a), Input::Array(b)], &Options::default())?
        .swap_remove(0))
}

/// The sum of products over the last axis of `a` and the first of `b`, as one product of matrices.
fn sum_over(a: &Array, b: &Array) -> Result<Array> {
    let (a, b, dtype) = common(a, b)?;
    let n = b.shape()[0];
    let (left, right): (Shape, Shape) = (a.shape()[..a.ndim() - 1].into(), b.shape()[1..].into());
    let (rows, columns): (usize, usize) = (left.iter().product(), right.iter().product());
    let result = new(&[rows, columns], &dtype)?;
    if n == 0 {
        result.fill(&crate::Scalar::zero(&dtype))?;
    } else if result.size() > 0 {
        multiply(
            &a.reshaped(&[rows, n], Order::C)?,
            &b.reshaped(&[n, columns], Order::C)?,
            &result,
        )?;
    }
    let shape: Shape = left.iter().chain(&right).copied().collect();
    result.reshaped(&shape, Order::C)
}
