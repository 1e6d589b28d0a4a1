//! The design as blocks: numeric columns as they are, factors as codes that are never expanded to dummies.
//!
//! Sums over rows are taken in the *raw* basis, in which a factor has one coefficient a level; its [`Coding`] turns
//! them into those of its contrasts afterwards, which is exact and costs nothing that grows with the rows.

mod coding;
mod gram;
mod layout;
mod tile;

use std::borrow::Cow;

pub use coding::Coding;
pub use gram::Gram;
pub(crate) use layout::Layout;
pub(crate) use tile::{TILE, Tile};

/// A numeric column.
#[derive(Clone, Debug)]
pub enum Dense<'a> {
    /// The same value in every row.
    Constant(f64),
    /// A value a row.
    Values(Cow<'a, [f64]>),
}

/// A factor, or the product of a factor with a numeric column.
#[derive(Clone, Debug)]
pub struct Factor<'a> {
    /// The level of each row.
    pub codes: Cow<'a, [u32]>,
    /// What the row's indicator is multiplied with.
    pub scale: Option<Cow<'a, [f64]>>,
    /// How many levels there are; codes are below.
    pub levels: usize,
    /// How coefficients of levels follow from those of the model.
    pub coding: Coding,
    /// Factors of the same group have the same codes, so that different levels of them never meet in a row.
    pub group: usize,
}

/// A block of columns, in the order of coefficients.
#[derive(Clone, Debug)]
pub enum Block<'a> {
    /// One numeric column.
    Dense(Dense<'a>),
    /// A factor's columns.
    Factor(Factor<'a>),
}

impl Block<'_> {
    /// How many coefficients the block has.
    pub fn width(&self) -> usize {
        match self {
            Self::Dense(_) => 1,
            Self::Factor(factor) => factor.coding.columns(),
        }
    }
}

/// A design matrix of so many rows.
///
/// ```
/// use rustsci_glm::design_matrix::{Block, Coding, Dense, Design, Factor};
/// let factor = Factor {
///     codes: vec![0, 1, 2].into(),
///     scale: None,
///     levels: 3,
///     coding: Coding::dropping(3, Some(0)),
///     group: 0,
/// };
/// let design = Design::new(3, vec![Block::Dense(Dense::Constant(1.0)), Block::Factor(factor)]);
/// assert_eq!(design.columns(), 3);
/// assert_eq!(design.row(2), [1.0, 0.0, 1.0]);
/// ```
#[derive(Clone, Debug)]
pub struct Design<'a> {
    rows: usize,
    columns: usize,
    blocks: Vec<Block<'a>>,
}

impl<'a> Design<'a> {
    /// A design of blocks, each of as many rows.
    pub fn new(rows: usize, blocks: Vec<Block<'a>>) -> Self {
        let columns = blocks.iter().map(Block::width).sum();
        Self {
            rows,
            columns,
            blocks,
        }
    }

    /// A constant column and nothing else.
    pub fn intercept(rows: usize) -> Self {
        Self::new(rows, vec![Block::Dense(Dense::Constant(1.0))])
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// How many coefficients there are.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// The blocks.
    pub fn blocks(&self) -> &[Block<'a>] {
        &self.blocks
    }

    /// The numeric columns.
    pub(crate) fn dense(&self) -> impl Iterator<Item = &Dense<'a>> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Dense(dense) => Some(dense),
            Block::Factor(_) => None,
        })
    }

    /// The factors.
    pub(crate) fn factors(&self) -> impl Iterator<Item = &Factor<'a>> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Dense(_) => None,
            Block::Factor(factor) => Some(factor),
        })
    }

    /// One row, expanded.
    pub fn row(&self, row: usize) -> Vec<f64> {
        let mut out = Vec::with_capacity(self.columns);
        for block in &self.blocks {
            match block {
                Block::Dense(Dense::Constant(value)) => out.push(*value),
                Block::Dense(Dense::Values(values)) => out.push(values[row]),
                Block::Factor(factor) => {
                    let start = out.len();
                    out.resize(start + factor.coding.columns(), 0.0);
                    let scale = factor.scale.as_ref().map_or(1.0, |scale| scale[row]);
                    let level = factor.codes[row] as usize;
                    factor
                        .coding
                        .for_row(level, |column, value| out[start + column] = scale * value);
                }
            }
        }
        out
    }

    /// Xβ, one element a row, added to what is in `out`.
    pub fn add_matvec(&self, beta: &[f64], out: &mut [f64]) {
        let raw = RawCoefficients::new(self, beta);
        let mut pieces: Vec<(usize, &mut [f64])> = Vec::new();
        for (index, piece) in out.chunks_mut(Layout::PARTITION).enumerate() {
            pieces.push((index * Layout::PARTITION, piece));
        }
        rustsci_par::for_each(pieces, &|(start, piece): (usize, &mut [f64])| {
            for (index, out) in piece.chunks_mut(TILE).enumerate() {
                raw.add_tile(self, start + index * TILE, out);
            }
        });
    }

    /// xᵢ′ M xᵢ of each row, for a symmetric matrix: what leverages and standard errors of predictions are made of.
    pub fn quadratic_forms(&self, matrix: &[f64]) -> Vec<f64> {
        let mut out = vec![0.0; self.rows];
        let pieces: Vec<_> = out.chunks_mut(TILE).enumerate().collect();
        rustsci_par::for_each(pieces, &|(index, out): (usize, &mut [f64])| {
            for (offset, out) in out.iter_mut().enumerate() {
                let row = self.row(index * TILE + offset);
                let present: Vec<(usize, f64)> = row
                    .iter()
                    .copied()
                    .enumerate()
                    .filter(|(_, value)| *value != 0.0)
                    .collect();
                for &(i, a) in &present {
                    for &(j, b) in &present {
                        *out += a * b * matrix[i * self.columns + j];
                    }
                }
            }
        });
        out
    }
}

/// Coefficients with one a level for each factor.
#[derive(Clone, Debug)]
pub(crate) struct RawCoefficients {
    dense: Vec<f64>,
    factors: Vec<Vec<f64>>,
}

impl RawCoefficients {
    pub(crate) fn new(design: &Design<'_>, beta: &[f64]) -> Self {
        let (mut dense, mut factors, mut start) = (Vec::new(), Vec::new(), 0);
        for block in &design.blocks {
            let own = &beta[start..start + block.width()];
            match block {
                Block::Dense(_) => dense.push(own[0]),
                Block::Factor(factor) => factors.push(factor.coding.expand(own)),
            }
            start += block.width();
        }
        Self { dense, factors }
    }

    /// Adds Xβ of the rows from `start` on to `out`.
    pub(crate) fn add_tile(&self, design: &Design<'_>, start: usize, out: &mut [f64]) {
        let range = start..start + out.len();
        for (dense, &beta) in design.dense().zip(&self.dense) {
            match dense {
                Dense::Constant(value) => {
                    let shift = value * beta;
                    out.iter_mut().for_each(|out| *out += shift);
                }
                Dense::Values(values) => {
                    for (out, value) in out.iter_mut().zip(&values[range.clone()]) {
                        *out += value * beta;
                    }
                }
            }
        }
        for (factor, beta) in design.factors().zip(&self.factors) {
            let codes = &factor.codes[range.clone()];
            match &factor.scale {
                None => {
                    for (out, &code) in out.iter_mut().zip(codes) {
                        *out += beta[code as usize];
                    }
                }
                Some(scale) => {
                    let scaled = codes.iter().zip(&scale[range.clone()]);
                    for (out, (&code, scale)) in out.iter_mut().zip(scaled) {
                        *out += scale * beta[code as usize];
                    }
                }
            }
        }
    }
}
