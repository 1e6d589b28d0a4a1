//! The columns of data that a formula is about.

use std::borrow::Cow;

use crate::error::{Error, Result};

/// A column of data.
#[derive(Clone, Debug)]
pub enum Column<'a> {
    /// Numbers; missing ones are NaN.
    Numeric(Cow<'a, [f64]>),
    /// Positions among levels; missing ones are [`Column::MISSING`].
    Categorical {
        /// The positions.
        codes: Cow<'a, [u32]>,
        /// The levels' names.
        levels: Cow<'a, [String]>,
    },
}

impl Column<'_> {
    /// The code of a missing value.
    pub const MISSING: u32 = u32::MAX;

    /// How many rows there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Numeric(values) => values.len(),
            Self::Categorical { codes, .. } => codes.len(),
        }
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn mark_missing(&self, complete: &mut [bool]) {
        match self {
            Self::Numeric(values) => {
                for (complete, value) in complete.iter_mut().zip(values.iter()) {
                    *complete &= !value.is_nan();
                }
            }
            Self::Categorical { codes, .. } => {
                for (complete, code) in complete.iter_mut().zip(codes.iter()) {
                    *complete &= *code != Self::MISSING;
                }
            }
        }
    }

    fn take(&mut self, rows: &[usize]) {
        match self {
            Self::Numeric(values) => {
                *values = rows.iter().map(|&row| values[row]).collect();
            }
            Self::Categorical { codes, .. } => {
                *codes = rows.iter().map(|&row| codes[row]).collect();
            }
        }
    }
}

/// Columns by name, all of as many rows.
#[derive(Clone, Debug, Default)]
pub struct Frame<'a> {
    rows: usize,
    columns: Vec<(String, Column<'a>)>,
}

impl<'a> Frame<'a> {
    /// A frame of columns.
    ///
    /// # Errors
    /// If the columns differ in length, or a code has no level.
    pub fn new(columns: Vec<(String, Column<'a>)>) -> Result<Self> {
        let rows = columns.first().map_or(0, |(_, column)| column.len());
        for (name, column) in &columns {
            if column.len() != rows {
                return Err(Error::value(format!(
                    "column '{name}' has {} rows, column '{}' has {rows}",
                    column.len(),
                    columns[0].0
                )));
            }
            if let Column::Categorical { codes, levels } = column {
                let known = |code: u32| (code as usize) < levels.len() || code == Column::MISSING;
                if let Some(code) = codes.iter().find(|code| !known(**code)) {
                    return Err(Error::value(format!(
                        "column '{name}' has the code {code}, but only {} levels",
                        levels.len()
                    )));
                }
            }
        }
        Ok(Self { rows, columns })
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// A column by its name.
    ///
    /// # Errors
    /// If there is none; the message names those that are spelled nearly the same.
    pub fn column(&self, name: &str) -> Result<&Column<'a>> {
        let found = self.columns.iter().find(|(known, _)| known == name);
        found.map(|(_, column)| column).ok_or_else(|| {
            let names: Vec<&str> = self.columns.iter().map(|(name, _)| name.as_str()).collect();
            unknown_column(name, &names)
        })
    }

    /// The columns with their names.
    pub fn columns(&self) -> &[(String, Column<'a>)] {
        &self.columns
    }

    /// Some rows, one after the other.
    pub fn slice(&self, from: usize, count: usize) -> Frame<'_> {
        let rows = from..from + count;
        let columns = self.columns.iter().map(|(name, column)| {
            let part = match column {
                Column::Numeric(values) => Column::Numeric(values[rows.clone()].into()),
                Column::Categorical { codes, levels } => Column::Categorical {
                    codes: codes[rows.clone()].into(),
                    levels: Cow::Borrowed(levels),
                },
            };
            (name.clone(), part)
        });
        Frame {
            rows: count,
            columns: columns.collect(),
        }
    }

    /// Leaves out the rows in which a column is missing, and says how many these are; `None` if there are none.
    pub fn drop_missing(&mut self) -> Option<Vec<usize>> {
        let mut complete = vec![true; self.rows];
        for (_, column) in &self.columns {
            column.mark_missing(&mut complete);
        }
        let kept: Vec<usize> = (0..self.rows).filter(|row| complete[*row]).collect();
        if kept.len() == self.rows {
            return None;
        }
        for (_, column) in &mut self.columns {
            column.take(&kept);
        }
        self.rows = kept.len();
        Some(kept)
    }
}

/// The error for a column that is not in the data.
#[cold]
pub(crate) fn unknown_column(name: &str, known: &[&str]) -> Error {
    let near: Vec<String> = known
        .iter()
        .filter(|other| distance(name, other) <= 1 + name.chars().count() / 4)
        .map(|other| format!("'{other}'"))
        .collect();
    let hint = if near.is_empty() {
        format!("the columns are {}", known.join(", "))
    } else {
        format!("did you mean {}?", near.join(" or "))
    };
    Error::value(format!("the data have no column '{name}'; {hint}"))
}

/// The number of letters to insert, delete or exchange, without regard to case (Levenshtein's distance).
pub(super) fn distance(a: &str, b: &str) -> usize {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.chars().enumerate() {
            let exchanged = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = exchanged.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[row.len() - 1]
}
