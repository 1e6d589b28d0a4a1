//! The rows that are worked on at a time, small enough to stay in the first level of cache.
//!
//! The loops are plain ones over indices: that is what the compiler makes vector instructions of.

use rustsci_buffer::simd;

use super::layout::Layout;
use super::{Dense, Design, Factor};

/// Rows worked on at a time.
pub(crate) const TILE: usize = 256;

/// Scratch memory for one tile.
pub(crate) struct Tile {
    /// Rows of the dense columns, padded with zeros.
    plain: Vec<f64>,
    /// The same rows weighted, then the score's part, then the weight.
    weighted: Vec<f64>,
}

/// What is added up of some rows.
struct Rows<'a> {
    design: &'a Design<'a>,
    layout: &'a Layout,
    /// The first row.
    start: usize,
    /// The rows' weights in X′WX.
    weights: &'a [f64],
}

impl Tile {
    pub(crate) fn new(layout: &Layout) -> Self {
        Self {
            plain: vec![0.0; TILE * layout.width],
            weighted: vec![0.0; TILE * layout.width],
        }
    }

    /// Adds the products of the rows from `start` on to the sums: `weights` are those of X′WX, `scores` those of
    /// X′u.
    pub(crate) fn accumulate(
        &mut self,
        design: &Design<'_>,
        layout: &Layout,
        start: usize,
        weights: &[f64],
        scores: &[f64],
        sums: &mut [f64],
    ) {
        let rows = Rows {
            design,
            layout,
            start,
            weights,
        };
        self.load(&rows, scores);
        match layout.width {
            4 => self.add::<4>(&rows, sums),
            8 => self.add::<8>(&rows, sums),
            12 => self.add::<12>(&rows, sums),
            16 => self.add::<16>(&rows, sums),
            _ => self.add_wide(&rows, sums),
        }
        rows.add_pairs(sums);
    }

    fn load(&mut self, rows: &Rows<'_>, scores: &[f64]) {
        let width = rows.layout.width;
        for (index, dense) in rows.design.dense().enumerate() {
            match dense {
                Dense::Constant(value) => {
                    for row in 0..rows.weights.len() {
                        self.plain[row * width + index] = *value;
                        self.weighted[row * width + index] = value * rows.weights[row];
                    }
                }
                Dense::Values(values) => {
                    let values = &values[rows.start..rows.start + rows.weights.len()];
                    for (row, value) in values.iter().enumerate() {
                        self.plain[row * width + index] = *value;
                        self.weighted[row * width + index] = value * rows.weights[row];
                    }
                }
            }
        }
        let (score, weight) = (rows.layout.score(), rows.layout.weight());
        for (row, value) in scores.iter().enumerate() {
            self.weighted[row * width + score] = *value;
            self.weighted[row * width + weight] = rows.weights[row];
        }
    }

    /// The products that dense columns take part in, and those of factors with themselves.
    fn add<const WIDTH: usize>(&self, rows: &Rows<'_>, sums: &mut [f64]) {
        let (plain, _) = self.plain.as_chunks::<WIDTH>();
        let (weighted, _) = self.weighted.as_chunks::<WIDTH>();
        let count = rows.weights.len();
        let dense = rows.layout.dense * WIDTH;
        add_dense(
            &plain[..count],
            &weighted[..count],
            sums[..dense].as_chunks_mut().0,
        );
        for (index, factor) in rows.design.factors().enumerate() {
            let from = rows.layout.rows_of[index];
            let table = &mut sums[from..from + rows.layout.levels[index] * WIDTH];
            let codes = &factor.codes[rows.start..rows.start + count];
            let (table, _) = table.as_chunks_mut::<WIDTH>();
            match &factor.scale {
                None => add_levels(codes, &weighted[..count], table),
                Some(scale) => {
                    let scale = &scale[rows.start..rows.start + count];
                    let weight = rows.layout.weight();
                    add_scaled_levels(codes, scale, weight, &weighted[..count], table);
                }
            }
        }
    }

    /// The same for any width.
    fn add_wide(&self, rows: &Rows<'_>, sums: &mut [f64]) {
        let (width, weight) = (rows.layout.width, rows.layout.weight());
        let count = rows.weights.len();
        simd::vectorized(
            #[inline(always)]
            || {
                for column in 0..rows.layout.dense {
                    let total = &mut sums[column * width..(column + 1) * width];
                    for row in 0..count {
                        let x = self.plain[row * width + column];
                        let from = &self.weighted[row * width..(row + 1) * width];
                        for lane in 0..width {
                            total[lane] += x * from[lane];
                        }
                    }
                }
                for (index, factor) in rows.design.factors().enumerate() {
                    let table = &mut sums[rows.layout.rows_of[index]..];
                    for row in 0..count {
                        let code = factor.codes[rows.start + row] as usize;
                        let scale = scale_at(factor, rows.start + row);
                        let from = &self.weighted[row * width..(row + 1) * width];
                        let total = &mut table[code * width..(code + 1) * width];
                        for lane in 0..width {
                            total[lane] += scale * from[lane];
                        }
                        total[weight] += scale * (scale - 1.0) * from[weight];
                    }
                }
            },
        );
    }
}

/// What a row's indicator is multiplied with.
#[inline(always)]
fn scale_at(factor: &Factor<'_>, row: usize) -> f64 {
    match &factor.scale {
        None => 1.0,
        Some(scale) => scale[row],
    }
}

/// The products of dense columns with each other and with the score.
fn add_dense<const WIDTH: usize>(
    plain: &[[f64; WIDTH]],
    weighted: &[[f64; WIDTH]],
    sums: &mut [[f64; WIDTH]],
) {
    simd::vectorized(
        #[inline(always)]
        || {
            for column in 0..sums.len() {
                let mut total = [0.0; WIDTH];
                for row in 0..plain.len() {
                    let x = plain[row][column];
                    for lane in 0..WIDTH {
                        total[lane] += x * weighted[row][lane];
                    }
                }
                for lane in 0..WIDTH {
                    sums[column][lane] += total[lane];
                }
            }
        },
    );
}

/// The rows of each level.
fn add_levels<const WIDTH: usize>(
    codes: &[u32],
    weighted: &[[f64; WIDTH]],
    table: &mut [[f64; WIDTH]],
) {
    simd::vectorized(
        #[inline(always)]
        || {
            for row in 0..codes.len() {
                let total = &mut table[codes[row] as usize];
                for lane in 0..WIDTH {
                    total[lane] += weighted[row][lane];
                }
            }
        },
    );
}

/// The same where indicators are multiplied with numbers; the weight takes the number's square.
fn add_scaled_levels<const WIDTH: usize>(
    codes: &[u32],
    scale: &[f64],
    weight: usize,
    weighted: &[[f64; WIDTH]],
    table: &mut [[f64; WIDTH]],
) {
    simd::vectorized(
        #[inline(always)]
        || {
            for row in 0..codes.len() {
                let total = &mut table[codes[row] as usize];
                for lane in 0..WIDTH {
                    total[lane] += scale[row] * weighted[row][lane];
                }
                total[weight] += scale[row] * (scale[row] - 1.0) * weighted[row][weight];
            }
        },
    );
}

impl Rows<'_> {
    /// The products of factors with each other.
    fn add_pairs(&self, sums: &mut [f64]) {
        let factors: Vec<&Factor<'_>> = self.design.factors().collect();
        let range = self.start..self.start + self.weights.len();
        let mut products = [0.0; TILE];
        for pair in &self.layout.pairs {
            let (first, second) = (factors[pair.first], factors[pair.second]);
            let weights = match (&first.scale, &second.scale) {
                (None, None) => self.weights,
                scales => {
                    let products = &mut products[..self.weights.len()];
                    products.copy_from_slice(self.weights);
                    for scale in [scales.0, scales.1].into_iter().flatten() {
                        multiply(products, &scale[range.clone()]);
                    }
                    products
                }
            };
            let a = &first.codes[range.clone()];
            let table = &mut sums[pair.start..];
            if pair.diagonal {
                for row in 0..weights.len() {
                    table[a[row] as usize] += weights[row];
                }
            } else {
                let (b, stride) = (
                    &second.codes[range.clone()],
                    self.layout.levels[pair.second],
                );
                for row in 0..weights.len() {
                    table[a[row] as usize * stride + b[row] as usize] += weights[row];
                }
            }
        }
    }
}

fn multiply(products: &mut [f64], factors: &[f64]) {
    for row in 0..products.len() {
        products[row] *= factors[row];
    }
}
