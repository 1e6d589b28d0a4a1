//! Indexing: integers, slices, ellipsis, new axes, and arrays of integers or truth values, in any mix.

mod get;
mod resolve;
mod set;

use rustsci_buffer::{Layout, Shape};

pub use get::get;
pub use set::set;

use crate::{Array, Result};

/// One item of an index.
#[derive(Clone, Debug)]
pub enum Index {
    /// A position, counted from the end if negative.
    Int(isize),
    /// `start:stop:step`, as Python clips it.
    Slice {
        /// Where to begin.
        start: Option<isize>,
        /// Where to end, not included.
        stop: Option<isize>,
        /// How far to step.
        step: Option<isize>,
    },
    /// As many whole axes as are missing.
    Ellipsis,
    /// An axis of length one.
    NewAxis,
    /// A truth value: an axis of length one or zero.
    Bool(bool),
    /// Positions, or truth values over as many axes as the array has.
    Array(Array),
}

/// What an index selects.
#[derive(Debug)]
pub enum Selection {
    /// Elements at regular steps: a view.
    View(Layout),
    /// Elements picked one by one.
    Picked(Picked),
}

/// Elements picked by arrays: for each pick, a block of the axes that are not indexed by arrays.
#[derive(Debug)]
pub struct Picked {
    /// The block's axes, seen from offset zero.
    pub(crate) block: Layout,
    /// Where each block begins in the array.
    pub(crate) offsets: Vec<usize>,
    /// The shape of the picks.
    pub(crate) shape: Shape,
    /// Whether the picks lie in Fortran order, as all arrays that picked them do.
    pub(crate) fortran: bool,
    /// Before which of the block's axes the picks' axes stand in the result.
    pub(crate) position: usize,
}

impl Picked {
    /// The shape of the result.
    pub fn result_shape(&self) -> Shape {
        let mut shape = self.block.shape.clone();
        shape.insert_from_slice(self.position, &self.shape);
        shape
    }
}

/// What an index selects of an array.
///
/// # Errors
/// `IndexError` if there are too many items, a position is out of range, or an array is of the wrong type or shape.
pub fn select(array: &Array, index: &[Index]) -> Result<Selection> {
    resolve::resolve(array, index, &|_| Ok(()))
}

/// The byte offsets of the selected elements, in C order of the result, with the result's shape.
///
/// # Errors
/// As for [`select`].
pub fn element_offsets(array: &Array, index: &[Index]) -> Result<(Shape, Vec<usize>)> {
    match select(array, index)? {
        Selection::View(layout) => {
            let view = array.with_layout(layout);
            Ok((
                view.shape().into(),
                (0..view.size()).map(|i| view.offset_at(i)).collect(),
            ))
        }
        Selection::Picked(picked) => {
            let (before, after) = (0..picked.position, picked.position..picked.block.ndim());
            let axes = |range: std::ops::Range<usize>| {
                let axes: Vec<usize> = range.collect();
                let part = array.with_layout(Layout {
                    offset: 0,
                    ..picked.block.permuted(&axes)
                });
                (0..part.size())
                    .map(|i| part.offset_at(i))
                    .collect::<Vec<usize>>()
            };
            let (before, after) = (axes(before), axes(after));
            let mut offsets = Vec::with_capacity(before.len() * picked.offsets.len() * after.len());
            for &outer in &before {
                for &pick in &picked.offsets {
                    offsets.extend(
                        after
                            .iter()
                            .map(|&inner| outer.wrapping_add(pick).wrapping_add(inner)),
                    );
                }
            }
            Ok((picked.result_shape(), offsets))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dtype::Bool;

    fn grid() -> Array {
        Array::from_shape(&[2, 3, 4], &(0..24).collect::<Vec<i64>>()).unwrap()
    }

    fn positions(values: &[i64]) -> Index {
        Index::Array(Array::from_slice(values).unwrap())
    }

    const ALL: Index = Index::Slice {
        start: None,
        stop: None,
        step: None,
    };

    #[test]
    fn plain_indices_give_views() {
        let a = grid();
        let view = get(&a, &[Index::Ellipsis, Index::Int(-1)]).unwrap();
        assert_eq!((view.shape(), view.shares_buffer(&a)), (&[2, 3][..], true));
        let view = get(&a, &[Index::Int(1), Index::NewAxis, ALL]).unwrap();
        assert_eq!(view.shape(), [1, 3, 4]);
    }

    #[test]
    fn arrays_pick_and_broadcast() {
        let a = grid();
        let picked = get(&a, &[positions(&[1, 0]), ALL, positions(&[3, -1])]).unwrap();
        assert_eq!(
            (picked.shape(), picked.to_vec::<i64>().unwrap()),
            (&[2, 3][..], vec![15, 19, 23, 3, 7, 11])
        );
        let picked = get(&a, &[ALL, positions(&[2, 0]), positions(&[1, 2])]).unwrap();
        assert_eq!(
            (picked.shape(), picked.to_vec::<i64>().unwrap()),
            (&[2, 2][..], vec![9, 2, 21, 14])
        );
        let mask = Array::from_slice(&[Bool::TRUE, Bool::FALSE, Bool::TRUE]).unwrap();
        let picked = get(&a, &[Index::Int(0), Index::Array(mask)]).unwrap();
        assert_eq!(
            (picked.shape(), picked.item(7)),
            (&[2, 4][..], crate::Scalar::Int64(11))
        );
    }

    #[test]
    fn values_are_written_through() {
        let a = grid();
        set(
            &a,
            &[ALL, positions(&[0, 2]), Index::Int(0)],
            &Array::from_slice(&[-1_i64, -2]).unwrap(),
        )
        .unwrap();
        assert_eq!(
            (a.item(0), a.item(20)),
            (crate::Scalar::Int64(-1), crate::Scalar::Int64(-2))
        );
    }

    #[test]
    fn wrong_indices_say_what_is_wrong() {
        let message = |index: &[Index]| get(&grid(), index).unwrap_err().to_string();
        assert_eq!(
            message(&[Index::Int(2)]),
            "index 2 is out of bounds for axis 0 with size 2"
        );
        assert_eq!(
            message(&[positions(&[0, -3])]),
            "index -3 is out of bounds for axis 0 with size 2"
        );
        assert!(message(&[ALL, ALL, ALL, ALL]).starts_with("too many indices for array"));
        assert!(message(&[Index::Ellipsis, Index::Ellipsis]).contains("single ellipsis"));
    }
}
