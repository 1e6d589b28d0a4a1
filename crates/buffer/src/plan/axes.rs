//! Putting axes in memory order and merging those that lie as one.

use std::cmp::Ordering;

use smallvec::SmallVec;

use crate::{Shape, Strides};

/// The order of axes, slowest first, that walks the operands' memory in the longest strides; earlier operands decide
/// first, and C order decides where none does.
pub(crate) fn sort_axes(shape: &[usize], operands: &[&[isize]]) -> SmallVec<[usize; 6]> {
    let mut order: SmallVec<[usize; 6]> = (0..shape.len()).collect();
    // Insertion sort: the comparison is not transitive for conflicting operands, which sort_by would not accept.
    for i in 1..order.len() {
        let mut j = i;
        while j > 0 && compare(order[j - 1], order[j], shape, operands) == Ordering::Less {
            order.swap(j - 1, j);
            j -= 1;
        }
    }
    order
}

/// Whether axis `a` has shorter (`Less`) or longer (`Greater`) steps than axis `b`.
fn compare(a: usize, b: usize, shape: &[usize], operands: &[&[isize]]) -> Ordering {
    if shape[a] == 1 || shape[b] == 1 {
        return Ordering::Equal;
    }
    for strides in operands {
        let (a, b) = (strides[a].unsigned_abs(), strides[b].unsigned_abs());
        if a != 0 && b != 0 && a != b {
            return a.cmp(&b);
        }
    }
    Ordering::Equal
}

/// Drops axes of length one and merges neighbours that every operand steps through as one; the order stays.
pub(crate) fn coalesce(shape: &[usize], operands: &[&[isize]]) -> (Shape, SmallVec<[Strides; 4]>) {
    let mut merged_shape = Shape::new();
    let mut merged: SmallVec<[Strides; 4]> = SmallVec::from_elem(Strides::new(), operands.len());
    for (axis, &n) in shape.iter().enumerate() {
        if n == 1 {
            continue;
        }
        let joins = !merged_shape.is_empty()
            && merged.iter().zip(operands).all(|(merged, strides)| {
                merged
                    .last()
                    .is_some_and(|&outer| strides[axis].checked_mul(n as isize) == Some(outer))
            });
        if joins {
            if let Some(last) = merged_shape.last_mut() {
                *last *= n;
            }
        } else {
            merged_shape.push(n);
        }
        for (merged, strides) in merged.iter_mut().zip(operands) {
            if joins {
                merged.pop();
            }
            merged.push(strides[axis]);
        }
    }
    (merged_shape, merged)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fortran_order_is_walked_backwards() {
        assert_eq!(sort_axes(&[2, 3, 4], &[&[8, 16, 48]])[..], [2, 1, 0]);
        assert_eq!(sort_axes(&[2, 3], &[&[0, 8], &[8, 16]])[..], [1, 0]);
    }

    #[test]
    fn axes_that_lie_as_one_are_merged() {
        let (shape, strides) = coalesce(&[2, 1, 3, 4], &[&[96, 7, 32, 8], &[0, 0, 0, 0]]);
        assert_eq!(shape[..], [24]);
        assert_eq!(
            (strides[0][..].to_vec(), strides[1][..].to_vec()),
            (vec![8], vec![0])
        );
        let (shape, _) = coalesce(&[2, 3], &[&[24, 8], &[8, 16]]);
        assert_eq!(shape[..], [2, 3]);
    }
}
