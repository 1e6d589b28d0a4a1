//! A fit is a fold: one pass over the rows gives all that an iteration needs to know of them.

use std::sync::{Mutex, PoisonError};

use crate::design_matrix::{Design, Gram, Layout, RawCoefficients, TILE, Tile};
use crate::families::Family;
use crate::links::Link;
use crate::observations::Observations;

/// A family with a link.
#[derive(Debug)]
pub struct Model {
    /// The distribution of the response.
    pub family: Box<dyn Family>,
    /// How its mean depends on the linear predictor.
    pub link: Box<dyn Link>,
}

/// Where a pass takes the means from.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Start<'a> {
    /// The responses, moved towards this average: before there are coefficients.
    Response(f64),
    /// The responses, moved towards what the offset and this number say: where offsets say much.
    Shift(f64),
    /// This mean in every row, whatever the responses: what is left to explain is the mean only.
    Constant(f64),
    /// Coefficients, one for each column.
    Coefficients(&'a [f64]),
}

/// The sums over rows. They may be merged, and are the same bits if merged in the same order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Accumulator {
    /// The deviance.
    pub(crate) deviance: f64,
    /// Pearson's χ².
    pub(crate) pearson: f64,
    /// Whether all means were in the family's range.
    pub(crate) valid: bool,
    sums: Vec<f64>,
}

impl Accumulator {
    fn new(layout: &Layout) -> Self {
        Self {
            deviance: 0.0,
            pearson: 0.0,
            valid: true,
            sums: vec![0.0; layout.len],
        }
    }

    /// Adds the sums of the rows that come after these.
    fn merge(&mut self, next: &Self) {
        self.deviance += next.deviance;
        self.pearson += next.pearson;
        self.valid &= next.valid;
        for (sum, next) in self.sums.iter_mut().zip(&next.sums) {
            *sum += next;
        }
    }

    /// The normal equations.
    pub(crate) fn gram(&self, design: &Design<'_>) -> Gram {
        Gram::new(design, &Layout::new(design), &self.sums)
    }
}

/// Passes over all rows.
///
/// Each partition is summed up by itself and partitions are merged in their order, so the result does not depend on
/// the number of threads.
pub(crate) fn fold(
    design: &Design<'_>,
    observations: &Observations<'_>,
    model: &Model,
    start: Start<'_>,
) -> Accumulator {
    let layout = Layout::new(design);
    let origin = match start {
        Start::Response(average) => Origin::Response(average),
        Start::Shift(shift) => Origin::Shift(shift),
        Start::Constant(mean) => Origin::Constant(mean),
        Start::Coefficients(beta) => Origin::Raw(RawCoefficients::new(design, beta)),
    };
    let partitions = design.rows().div_ceil(Layout::PARTITION);
    let mut total = Accumulator::new(&layout);
    let wave = rustsci_par::num_threads().clamp(1, partitions.max(1));
    let slots: Vec<_> = (0..wave)
        .map(|_| Mutex::new(Accumulator::new(&layout)))
        .collect();
    for first in (0..partitions).step_by(wave) {
        let count = wave.min(partitions - first);
        rustsci_par::for_each_block(count, &|index| {
            let mut slot = slots[index].lock().unwrap_or_else(PoisonError::into_inner);
            slot.deviance = 0.0;
            slot.pearson = 0.0;
            slot.valid = true;
            slot.sums.fill(0.0);
            let from = (first + index) * Layout::PARTITION;
            let to = (from + Layout::PARTITION).min(design.rows());
            let mut pass = Pass::new(design, observations, model, &layout);
            for tile in (from..to).step_by(TILE) {
                pass.tile(tile, TILE.min(to - tile), &origin, &mut slot);
            }
        });
        for slot in &slots[..count] {
            total.merge(&slot.lock().unwrap_or_else(PoisonError::into_inner));
        }
    }
    total
}

/// A [`Start`], its coefficients spread over the levels of factors.
enum Origin {
    Response(f64),
    Shift(f64),
    Constant(f64),
    Raw(RawCoefficients),
}

/// The scratch memory of a pass.
struct Pass<'a> {
    design: &'a Design<'a>,
    observations: &'a Observations<'a>,
    model: &'a Model,
    layout: &'a Layout,
    tile: Tile,
    eta: [f64; TILE],
    mu: [f64; TILE],
    slope: [f64; TILE],
    variance: [f64; TILE],
    prior: [f64; TILE],
    offset: [f64; TILE],
}

impl<'a> Pass<'a> {
    fn new(
        design: &'a Design<'a>,
        observations: &'a Observations<'a>,
        model: &'a Model,
        layout: &'a Layout,
    ) -> Self {
        Self {
            design,
            observations,
            model,
            layout,
            tile: Tile::new(layout),
            eta: [0.0; TILE],
            mu: [0.0; TILE],
            slope: [0.0; TILE],
            variance: [0.0; TILE],
            prior: [0.0; TILE],
            offset: [0.0; TILE],
        }
    }

    /// Adds some rows to the sums: η → μ → weights and scores → deviance, X′WX and X′u.
    fn tile(&mut self, from: usize, count: usize, origin: &Origin, out: &mut Accumulator) {
        let y = &self.observations.response[from..from + count];
        let (eta, mu) = (&mut self.eta[..count], &mut self.mu[..count]);
        let (slope, variance) = (&mut self.slope[..count], &mut self.variance[..count]);
        let (prior, offset) = (&mut self.prior[..count], &mut self.offset[..count]);
        self.observations.fill_weights(from, prior);
        self.observations.fill_offset(from, offset);
        match origin {
            Origin::Raw(raw) => {
                eta.copy_from_slice(offset);
                raw.add_tile(self.design, from, eta);
            }
            Origin::Shift(shift) => {
                for ((eta, offset), &y) in eta.iter_mut().zip(&*offset).zip(y) {
                    let average = self.model.link.inverse(offset + shift);
                    let mean = self.model.family.starting_mean(y, average);
                    *eta = self.model.link.link(mean);
                }
            }
            Origin::Constant(mean) => eta.fill(self.model.link.link(*mean)),
            Origin::Response(average) => {
                for (eta, &y) in eta.iter_mut().zip(y) {
                    let mean = self.model.family.starting_mean(y, *average);
                    *eta = self.model.link.link(mean);
                }
            }
        }
        self.model.link.inverses(eta, mu, slope);
        out.valid &= self.model.family.are_valid_means(mu);
        self.model.family.variances(mu, variance);
        out.deviance += self.model.family.deviance(y, mu, prior);
        let mut pearson = 0.0;
        for row in 0..count {
            let residual = y[row] - mu[row];
            let information = prior[row] * slope[row] / variance[row];
            pearson += prior[row] * residual * residual / variance[row];
            // Before there are coefficients they are zero, and the whole working response is left to explain.
            let lead = (eta[row] - offset[row]) * slope[row];
            variance[row] = information
                * match origin {
                    Origin::Response(_) | Origin::Shift(_) => residual + lead,
                    Origin::Constant(_) => lead,
                    Origin::Raw(_) => residual,
                };
            prior[row] = information * slope[row];
        }
        out.pearson += pearson;
        self.tile.accumulate(
            self.design,
            self.layout,
            from,
            prior,
            variance,
            &mut out.sums,
        );
    }
}

/// X′MX for a diagonal of row weights, and X′u.
pub(crate) fn weighted_gram(design: &Design<'_>, weights: &[f64], scores: &[f64]) -> Gram {
    let layout = Layout::new(design);
    let mut total = Accumulator::new(&layout);
    let mut tile = Tile::new(&layout);
    let pieces = weights.chunks(TILE).zip(scores.chunks(TILE)).enumerate();
    for (index, (weights, scores)) in pieces {
        tile.accumulate(
            design,
            &layout,
            index * TILE,
            weights,
            scores,
            &mut total.sums,
        );
    }
    total.gram(design)
}
