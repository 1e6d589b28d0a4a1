//! Where each sum over rows is kept.

use super::{Coding, Design};

/// The largest lane count that rows of sums are padded to.
const LANES: usize = 4;

/// The places of all sums of a design in one vector.
///
/// Rows of `width` numbers hold the sums with each dense column, then with the score's part of the row and with the
/// weight itself: one row for each dense column, then one for each level of each factor. Tables of pairs of factors
/// follow.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Layout {
    /// How many dense columns there are.
    pub(crate) dense: usize,
    /// The length of rows of sums: the dense columns, the score, the weight, and padding.
    pub(crate) width: usize,
    /// Where each factor's rows begin.
    pub(crate) rows_of: Vec<usize>,
    /// How many levels each factor has.
    pub(crate) levels: Vec<usize>,
    /// The tables of pairs of factors.
    pub(crate) pairs: Vec<Pair>,
    /// The length of the vector.
    pub(crate) len: usize,
}

/// The sums over pairs of levels of two factors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) first: usize,
    pub(crate) second: usize,
    /// Where the table begins.
    pub(crate) start: usize,
    /// Whether both factors have the same codes: then there is only a diagonal.
    pub(crate) diagonal: bool,
}

impl Layout {
    /// The rows that are summed up by themselves before sums are merged, in order. It is a constant of the results:
    /// with another one their last bits are others.
    pub(crate) const PARTITION: usize = 1 << 16;

    pub(crate) fn new(design: &Design<'_>) -> Self {
        let dense = design.dense().count();
        let width = (dense + 2).next_multiple_of(LANES);
        let levels: Vec<usize> = design.factors().map(|factor| factor.levels).collect();
        let groups: Vec<usize> = design.factors().map(|factor| factor.group).collect();
        let mut len = dense * width;
        let mut take = |count: usize| {
            len += count;
            len - count
        };
        let rows_of = levels.iter().map(|levels| take(levels * width)).collect();
        let mut pairs = Vec::new();
        for first in 0..levels.len() {
            for second in first + 1..levels.len() {
                let diagonal = groups[first] == groups[second];
                let count = if diagonal {
                    levels[first]
                } else {
                    levels[first] * levels[second]
                };
                pairs.push(Pair {
                    first,
                    second,
                    start: take(count),
                    diagonal,
                });
            }
        }
        Self {
            dense,
            width,
            rows_of,
            levels,
            pairs,
            len,
        }
    }

    /// The bytes that sums and normal equations of so many columns take, with the copies that solvers make.
    pub(crate) fn bytes(&self, columns: usize) -> u64 {
        let (len, columns) = (self.len as u64, columns as u64);
        let numbers = len
            .saturating_mul(4)
            .saturating_add(columns.saturating_mul(columns).saturating_mul(5));
        numbers.saturating_mul(size_of::<f64>() as u64)
    }

    /// The position of the score's part in a row of sums.
    pub(crate) fn score(&self) -> usize {
        self.dense
    }

    /// The position of the weight in a row of sums.
    pub(crate) fn weight(&self) -> usize {
        self.dense + 1
    }
}

/// Calls `entry(raw level, column, value)` for each entry of a coding.
pub(crate) fn for_entries(coding: &Coding, mut entry: impl FnMut(usize, usize, f64)) {
    for level in 0..coding.levels() {
        coding.for_row(level, |column, value| entry(level, column, value));
    }
}
