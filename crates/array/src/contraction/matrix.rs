//! Matrices as they lie in slices.

/// A matrix as it lies in a slice: packed, by rows or (transposed) by columns.
#[derive(Clone, Copy, Debug)]
pub struct Matrix<'a, T> {
    /// The elements.
    pub data: &'a [T],
    /// Number of rows.
    pub rows: usize,
    /// Number of columns.
    pub columns: usize,
    /// Whether the elements lie column by column.
    pub by_columns: bool,
}

impl<'a, T: Copy> Matrix<'a, T> {
    /// The element in a row and a column.
    #[inline(always)]
    pub(super) fn at(&self, row: usize, column: usize) -> T {
        self.data[if self.by_columns {
            column * self.rows + row
        } else {
            row * self.columns + column
        }]
    }

    /// The same elements with rows and columns exchanged.
    pub(super) fn transposed(self) -> Self {
        Self {
            data: self.data,
            rows: self.columns,
            columns: self.rows,
            by_columns: !self.by_columns,
        }
    }

    /// Row `row` from column `start` on, `len` elements; of a matrix by rows.
    #[inline(always)]
    pub(super) fn in_row(&self, row: usize, start: usize, len: usize) -> &'a [T] {
        debug_assert!(!self.by_columns, "rows do not lie packed");
        &self.data[row * self.columns + start..][..len]
    }
}
