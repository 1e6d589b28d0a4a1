//! How a factor's levels become columns.

use serde::{Deserialize, Serialize};

/// The matrix of so many levels by so many columns that turns indicators of levels into the model's columns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Coding {
    /// Each level has the indicator column given, or none: dummies and treatment contrasts, and products of them.
    Indicators {
        /// The column of each level.
        column_of: Vec<Option<u32>>,
        /// How many columns there are.
        columns: usize,
    },
    /// Any contrasts, in rows.
    Matrix {
        /// The entries, a row a level.
        entries: Vec<f64>,
        /// How many columns there are.
        columns: usize,
    },
}

impl Coding {
    /// Indicators of all levels but one, or of all.
    pub fn dropping(levels: usize, dropped: Option<usize>) -> Self {
        let mut columns = 0;
        let column_of = (0..levels)
            .map(|level| {
                (Some(level) != dropped).then(|| {
                    columns += 1;
                    columns - 1
                })
            })
            .collect();
        Self::Indicators {
            column_of,
            columns: columns as usize,
        }
    }

    /// How many columns there are.
    pub fn columns(&self) -> usize {
        match self {
            Self::Indicators { columns, .. } | Self::Matrix { columns, .. } => *columns,
        }
    }

    /// How many levels there are.
    pub fn levels(&self) -> usize {
        match self {
            Self::Indicators { column_of, .. } => column_of.len(),
            Self::Matrix { entries, columns } => entries.len() / (*columns).max(1),
        }
    }

    /// Calls `entry` with the columns and values of a level that are not zero.
    #[inline]
    pub fn for_row(&self, level: usize, mut entry: impl FnMut(usize, f64)) {
        match self {
            Self::Indicators { column_of, .. } => {
                if let Some(column) = column_of[level] {
                    entry(column as usize, 1.0);
                }
            }
            Self::Matrix { entries, columns } => {
                let row = &entries[level * columns..(level + 1) * columns];
                for (column, &value) in row.iter().enumerate().filter(|(_, value)| **value != 0.0) {
                    entry(column, value);
                }
            }
        }
    }

    /// The coefficients of levels that follow from those of columns.
    pub fn expand(&self, beta: &[f64]) -> Vec<f64> {
        let mut raw = vec![0.0; self.levels()];
        for (level, raw) in raw.iter_mut().enumerate() {
            self.for_row(level, |column, value| *raw += value * beta[column]);
        }
        raw
    }

    /// The coding of the product of two factors, in which this one's levels and columns vary fastest.
    pub fn product(&self, slow: &Self) -> Self {
        let (fast_levels, fast_columns) = (self.levels(), self.columns());
        let columns = fast_columns * slow.columns();
        if let (Self::Indicators { column_of: a, .. }, Self::Indicators { column_of: b, .. }) =
            (self, slow)
        {
            let pair = |(a, b): (Option<u32>, Option<u32>)| Some(a? + b? * fast_columns as u32);
            let column_of = b
                .iter()
                .flat_map(|&b| a.iter().map(move |&a| (a, b)))
                .map(pair)
                .collect();
            return Self::Indicators { column_of, columns };
        }
        let mut entries = vec![0.0; fast_levels * slow.levels() * columns];
        for slow_level in 0..slow.levels() {
            for fast_level in 0..fast_levels {
                let start = (slow_level * fast_levels + fast_level) * columns;
                slow.for_row(slow_level, |b, y| {
                    self.for_row(fast_level, |a, x| {
                        entries[start + b * fast_columns + a] = x * y;
                    });
                });
            }
        }
        Self::Matrix { entries, columns }
    }
}
