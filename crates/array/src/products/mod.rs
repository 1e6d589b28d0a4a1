//! Products of arrays: dot, matmul and their kin, and Einstein sums.

mod dot;
mod einsum;
mod generalized;
mod matmul;

pub use dot::{dot, inner, vdot};
pub use einsum::einsum;
pub use generalized::{Generalized, all, get};
pub use matmul::matmul;

use crate::array::CopyOrder;
use crate::contraction::{Matrix, Semiring, gemm};
use crate::{Array, DType, Order, Result};

/// The operands in their common type.
pub(crate) fn common(a: &Array, b: &Array) -> Result<(Array, Array, DType)> {
    let dtype = crate::dtype::promote(a.dtype(), b.dtype());
    Ok((a.as_dtype(&dtype)?, b.as_dtype(&dtype)?, dtype))
}

/// An array with two axes whose elements lie packed, by rows or by columns: itself, or a copy.
fn packed(matrix: &Array) -> Result<(Array, bool)> {
    if matrix.is_c_contiguous() && matrix.is_aligned() {
        Ok((matrix.clone(), false))
    } else if matrix.is_f_contiguous() && matrix.is_aligned() {
        Ok((matrix.transposed(), true))
    } else {
        Ok((matrix.converted(matrix.dtype(), CopyOrder::C)?, false))
    }
}

/// The product of two matrices of one type, written to a packed matrix of that type which overlaps neither.
fn multiply(a: &Array, b: &Array, out: &Array) -> Result<()> {
    dispatch!(a.dtype(), T => multiply_typed::<T>(a, b, out))
}

fn multiply_typed<T: Semiring>(a: &Array, b: &Array, out: &Array) -> Result<()> {
    let ((left, left_columns), (right, right_columns)) = (packed(a)?, packed(b)?);
    let (mut left, mut right) = (left.reader::<T>(), right.reader::<T>());
    let left = Matrix {
        data: left.all()?,
        rows: a.shape()[0],
        columns: a.shape()[1],
        by_columns: left_columns,
    };
    let right = Matrix {
        data: right.all()?,
        rows: b.shape()[0],
        columns: b.shape()[1],
        by_columns: right_columns,
    };
    out.writer::<T>()?
        .update(0, out.size(), |out: &mut [T]| gemm(&left, &right, out))?
}

/// A new packed array.
fn new(shape: &[usize], dtype: &DType) -> Result<Array> {
    Array::empty(shape, dtype, Order::C)
}
