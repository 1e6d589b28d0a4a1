//! Products of matrices and stacks of matrices.

use rustsci_buffer::Shape;
use rustsci_buffer::layout::broadcast_shapes;

use super::{common, multiply, new};
use crate::array::shape_text;
use crate::contraction::dot;
use crate::{Array, Error, Result};

/// Elements of vectors up to which one thread multiplies them.
const SHORT: usize = 1 << 14;

/// The signature of matmul.
pub(super) const SIGNATURE: &str = "(n?,k),(k,m?)->(n?,m?)";

/// The matrix product over the last two axes; the others are broadcast. A one-dimensional argument is a row on the left, a
/// column on the right, and its axis is absent in the result.
///
/// # Errors
/// If an argument has no axis, or the sizes do not agree.
pub fn matmul(a: &Array, b: &Array) -> Result<Array> {
    for (i, operand) in [a, b].into_iter().enumerate() {
        if operand.ndim() == 0 {
            return Err(Error::value(format!(
                "matmul: Input operand {i} does not have enough dimensions (has 0, gufunc core with signature {SIGNATURE} \
                 requires 1)"
            )));
        }
    }
    if let Some(result) = of_short_vectors(a, b) {
        return result;
    }
    let (a, b, dtype) = common(a, b)?;
    let (row, column) = (a.ndim() == 1, b.ndim() == 1);
    let a = if row { a.expanded(&[0]) } else { a };
    let b = if column { b.expanded(&[1]) } else { b };
    let (inner, other) = (a.shape()[a.ndim() - 1], b.shape()[b.ndim() - 2]);
    if inner != other {
        return Err(Error::value(format!(
            "matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature {SIGNATURE} (size \
             {other} is different from {inner})"
        )));
    }
    let outer = |array: &Array| -> Shape { array.shape()[..array.ndim() - 2].into() };
    let (stack_a, stack_b) = (outer(&a), outer(&b));
    let Some(stack) = broadcast_shapes([&stack_a[..], &stack_b[..]]) else {
        return Err(Error::value(format!(
            "operands could not be broadcast together with remapped shapes [original->remapped]: {}->{} {}->{} ",
            shape_text(a.shape()).replace(", ", ","),
            shape_text(&stack_a).replace(", ", ","),
            shape_text(b.shape()).replace(", ", ","),
            shape_text(&stack_b).replace(", ", ",")
        )));
    };
    let (n, m) = (a.shape()[a.ndim() - 2], b.shape()[b.ndim() - 1]);
    let full = |tail: [usize; 2]| -> Shape { stack.iter().copied().chain(tail).collect() };
    let result = new(&full([n, m]), &dtype)?;
    if inner == 0 {
        result.fill(&crate::Scalar::zero(&dtype))?;
    } else if result.size() > 0 {
        let (a, b) = (
            a.broadcast_to(&full([n, inner]))?,
            b.broadcast_to(&full([inner, m]))?,
        );
        let count: usize = stack.iter().product();
        for i in 0..count {
            multiply(
                &nth_matrix(&a, i),
                &nth_matrix(&b, i),
                &nth_matrix(&result, i),
            )?;
        }
    }
    let dims = result.ndim();
    Ok(result.squeezed(|axis| (row && axis + 2 == dims) || (column && axis + 1 == dims)))
}

/// The product of two vectors that need no arrangements: packed, of one type and length, and not worth several threads.
fn of_short_vectors(a: &Array, b: &Array) -> Option<Result<Array>> {
    let is_plain = |array: &Array| array.is_c_contiguous() && array.is_aligned();
    let fits = a.ndim() == 1
        && a.shape() == b.shape()
        && (1..SHORT).contains(&a.size())
        && a.dtype() == b.dtype()
        && is_plain(a)
        && is_plain(b);
    fits.then(|| {
        dispatch!(a.dtype(), T => {
            let (mut a, mut b) = (a.reader::<T>(), b.reader::<T>());
            Array::from_scalar(&dot(a.all()?, b.all()?).into())
        })
    })
}

/// The matrix at a position (in C order) of a stack.
pub(super) fn nth_matrix(stack: &Array, position: usize) -> Array {
    let mut layout = stack.layout().clone();
    let mut rest = position;
    while layout.ndim() > 2 {
        let axis = layout.ndim() - 3;
        let n = layout.shape[axis];
        layout = layout.at(axis, rest % n);
        rest /= n;
    }
    stack.with_layout(layout)
}
