//! The rows that are worked on at a time, small enough to stay in the first level of cache.

use rustsci_buffer::simd;

use super::layout::Layout;
use super::{Dense, Design};

/// Rows worked on at a time.
pub(crate) const TILE: usize = 256;

/// Scratch memory for one tile.
pub(crate) struct Tile {
    /// The weighted rows, padded: w·x, then the score's part, then w.
    weighted: Vec<f64>,
    /// The unweighted dense columns, a column after another.
    columns: Vec<f64>,
}

impl Tile {
    pub(crate) fn new(layout: &Layout) -> Self {
        Self {
            weighted: vec![0.0; TILE * layout.width],
            columns: vec![0.0; TILE * layout.dense],
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
        simd::vectorized(
            #[inline(always)]
            || {
                self.load(design, layout, start, weights, scores);
                self.add_dense(layout, weights.len(), sums);
                match layout.width {
                    4 => self.add_factors::<4>(design, layout, start, weights.len(), sums),
                    8 => self.add_factors::<8>(design, layout, start, weights.len(), sums),
                    12 => self.add_factors::<12>(design, layout, start, weights.len(), sums),
                    16 => self.add_factors::<16>(design, layout, start, weights.len(), sums),
                    _ => self.add_wide_factors(design, layout, start, weights.len(), sums),
                }
                add_pairs(design, layout, start, weights, sums);
            },
        );
    }

    #[inline(always)]
    fn load(
        &mut self,
        design: &Design<'_>,
        layout: &Layout,
        start: usize,
        weights: &[f64],
        scores: &[f64],
    ) {
        let width = layout.width;
        for (index, dense) in design.dense().enumerate() {
            let column = &mut self.columns[index * TILE..index * TILE + weights.len()];
            match dense {
                Dense::Constant(value) => column.fill(*value),
                Dense::Values(values) => {
                    column.copy_from_slice(&values[start..start + weights.len()]);
                }
            }
            for ((row, value), weight) in self
                .weighted
                .chunks_exact_mut(width)
                .zip(&*column)
                .zip(weights)
            {
                row[index] = value * weight;
            }
        }
        let rows = self.weighted.chunks_exact_mut(width);
        for ((row, score), weight) in rows.zip(scores).zip(weights) {
            row[layout.score()] = *score;
            row[layout.weight()] = *weight;
        }
    }

    /// The products of dense columns with each other and with the score.
    #[inline(always)]
    fn add_dense(&self, layout: &Layout, rows: usize, sums: &mut [f64]) {
        let width = layout.width;
        for (index, sums) in sums[..layout.dense * width]
            .chunks_exact_mut(width)
            .enumerate()
        {
            let column = &self.columns[index * TILE..index * TILE + rows];
            // Four lanes at a time stay in a register through all rows of the tile.
            for (lane, sums) in sums.chunks_exact_mut(4).enumerate() {
                if lane * 4 + 3 < index {
                    continue;
                }
                let mut sum = [0.0; 4];
                for (row, x) in self.weighted.chunks_exact(width).zip(column) {
                    let row = &row[lane * 4..lane * 4 + 4];
                    for (sum, r) in sum.iter_mut().zip(row) {
                        *sum += x * r;
                    }
                }
                for (total, sum) in sums.iter_mut().zip(sum) {
                    *total += sum;
                }
            }
        }
    }

    /// The products of factors with dense columns, with the score, and with themselves.
    #[inline(always)]
    fn add_factors<const WIDTH: usize>(
        &self,
        design: &Design<'_>,
        layout: &Layout,
        start: usize,
        rows: usize,
        sums: &mut [f64],
    ) {
        let (weighted, _) = self.weighted.as_chunks::<WIDTH>();
        for (factor, (&from, &levels)) in design
            .factors()
            .zip(layout.rows_of.iter().zip(&layout.levels))
        {
            let (table, _) = sums[from..from + levels * WIDTH].as_chunks_mut::<WIDTH>();
            let codes = &factor.codes[start..start + rows];
            match &factor.scale {
                None => {
                    for (row, &code) in weighted.iter().zip(codes) {
                        let total = &mut table[code as usize];
                        for lane in 0..WIDTH {
                            total[lane] += row[lane];
                        }
                    }
                }
                Some(scale) => {
                    let scaled = codes.iter().zip(&scale[start..start + rows]);
                    for (row, (&code, &scale)) in weighted.iter().zip(scaled) {
                        let total = &mut table[code as usize];
                        for lane in 0..WIDTH {
                            total[lane] += scale * row[lane];
                        }
                        let weight = layout.weight();
                        total[weight] += scale * row[weight] * (scale - 1.0);
                    }
                }
            }
        }
    }

    /// The same for any width.
    #[inline(always)]
    fn add_wide_factors(
        &self,
        design: &Design<'_>,
        layout: &Layout,
        start: usize,
        rows: usize,
        sums: &mut [f64],
    ) {
        let (width, weight) = (layout.width, layout.weight());
        for (factor, (&from, &levels)) in design
            .factors()
            .zip(layout.rows_of.iter().zip(&layout.levels))
        {
            let table = &mut sums[from..from + levels * width];
            let codes = &factor.codes[start..start + rows];
            for (index, (row, &code)) in self.weighted.chunks_exact(width).zip(codes).enumerate() {
                let code = code as usize;
                let total = &mut table[code * width..(code + 1) * width];
                let scale = factor
                    .scale
                    .as_ref()
                    .map_or(1.0, |scale| scale[start + index]);
                for (total, row) in total.iter_mut().zip(row) {
                    *total += scale * row;
                }
                total[weight] += scale * row[weight] * (scale - 1.0);
            }
        }
    }
}

/// The products of factors with each other.
#[inline(always)]
fn add_pairs(
    design: &Design<'_>,
    layout: &Layout,
    start: usize,
    weights: &[f64],
    sums: &mut [f64],
) {
    let factors: Vec<_> = design.factors().collect();
    let range = start..start + weights.len();
    for pair in &layout.pairs {
        let (first, second) = (factors[pair.first], factors[pair.second]);
        let stride = layout.levels[pair.second];
        let table = &mut sums[pair.start..];
        let codes = first.codes[range.clone()]
            .iter()
            .zip(&second.codes[range.clone()]);
        let place = |a: u32, b: u32| {
            if pair.diagonal {
                a as usize
            } else {
                a as usize * stride + b as usize
            }
        };
        if first.scale.is_none() && second.scale.is_none() {
            for ((&a, &b), weight) in codes.zip(weights) {
                table[place(a, b)] += weight;
            }
        } else {
            let at = |scale: &Option<std::borrow::Cow<'_, [f64]>>, row: usize| {
                scale.as_ref().map_or(1.0, |scale| scale[start + row])
            };
            for (row, ((&a, &b), weight)) in codes.zip(weights).enumerate() {
                table[place(a, b)] += weight * at(&first.scale, row) * at(&second.scale, row);
            }
        }
    }
}
