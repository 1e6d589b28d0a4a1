//! A pass that gives the gradient and the diagonal of X′WX only, for designs that are too wide for the rest.

use std::sync::Mutex;

use crate::design_matrix::{Block, Dense, Design, Layout, TILE};
use crate::fold::{EXTRA, Model, Origin, Pass, Start, locked};
use crate::observations::Observations;
use crate::sums::Sums;

/// What the pass says of the model at its coefficients.
#[derive(Clone, Debug)]
pub(crate) struct Slope {
    pub(crate) deviance: f64,
    pub(crate) pearson: f64,
    /// Whether all means were in the family's range.
    pub(crate) valid: bool,
    /// X′u, minus the gradient of half the deviance.
    pub(crate) score: Vec<f64>,
    /// The diagonal of X′WX.
    pub(crate) diagonal: Vec<f64>,
}

/// Passes over all rows. The result does not depend on the number of threads.
pub(crate) fn slope(
    design: &Design<'_>,
    observations: &Observations<'_>,
    model: &Model,
    start: &Start,
) -> Slope {
    let origin = Origin::new(design, start);
    let levels = design.blocks().iter().map(|block| match block {
        Block::Dense(_) => 1,
        Block::Factor(factor) => factor.levels,
    });
    let len = 2 * levels.sum::<usize>();
    let totals = Mutex::new((Sums::new(len + EXTRA), true));
    let partitions = design.rows().div_ceil(Layout::PARTITION);
    rustsci_par::for_each_block(partitions, &|partition| {
        let from = partition * Layout::PARTITION;
        let to = (from + Layout::PARTITION).min(design.rows());
        let mut pass = Pass::new(design, observations, model);
        let mut sums = vec![0.0; len + EXTRA];
        let mut valid = true;
        for start in (from..to).step_by(TILE) {
            let count = TILE.min(to - start);
            let (products, extra) = sums.split_at_mut(len);
            valid &= pass.work(start, count, &origin, extra);
            let (weights, scores) = pass.working(count);
            add(design, start, weights, scores, products);
        }
        let mut totals = locked(&totals);
        totals.0.add(&sums);
        totals.1 &= valid;
    });
    let (values, valid) = {
        let totals = locked(&totals);
        (totals.0.values(), totals.1)
    };
    let (score, diagonal) = columns(design, &values);
    Slope {
        deviance: values[len],
        pearson: values[len + 1],
        valid,
        score,
        diagonal,
    }
}

/// Adds the products of some rows: a pair for each dense column and each level, of scores and of weights.
fn add(design: &Design<'_>, start: usize, weights: &[f64], scores: &[f64], sums: &mut [f64]) {
    let count = weights.len();
    let mut place = 0;
    for block in design.blocks() {
        match block {
            Block::Dense(Dense::Constant(value)) => {
                sums[place] += value * scores.iter().sum::<f64>();
                sums[place + 1] += value * value * weights.iter().sum::<f64>();
                place += 2;
            }
            Block::Dense(Dense::Values(values)) => {
                let (mut score, mut curvature) = (0.0, 0.0);
                for (row, x) in values[start..start + count].iter().enumerate() {
                    score += x * scores[row];
                    curvature += x * x * weights[row];
                }
                sums[place] += score;
                sums[place + 1] += curvature;
                place += 2;
            }
            Block::Factor(factor) => {
                let table = &mut sums[place..place + 2 * factor.levels];
                for (row, &code) in factor.codes[start..start + count].iter().enumerate() {
                    let scale = factor
                        .scale
                        .as_ref()
                        .map_or(1.0, |scale| scale[start + row]);
                    table[2 * code as usize] += scale * scores[row];
                    table[2 * code as usize + 1] += scale * scale * weights[row];
                }
                place += 2 * factor.levels;
            }
        }
    }
}

/// The sums of columns from those of levels; no row has two levels of one factor.
fn columns(design: &Design<'_>, sums: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let (mut score, mut diagonal) = (vec![0.0; design.columns()], vec![0.0; design.columns()]);
    let (mut place, mut column) = (0, 0);
    for block in design.blocks() {
        match block {
            Block::Dense(_) => {
                score[column] = sums[place];
                diagonal[column] = sums[place + 1];
                place += 2;
            }
            Block::Factor(factor) => {
                for level in 0..factor.levels {
                    let (of_score, of_weight) =
                        (sums[place + 2 * level], sums[place + 2 * level + 1]);
                    factor.coding.for_row(level, |offset, value| {
                        score[column + offset] += value * of_score;
                        diagonal[column + offset] += value * value * of_weight;
                    });
                }
                place += 2 * factor.levels;
            }
        }
        column += block.width();
    }
    (score, diagonal)
}
