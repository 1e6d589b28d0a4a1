//! A fit is a fold: one pass over the rows gives all that an iteration needs to know of them.

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use crate::design_matrix::{Design, Gram, Layout, RawCoefficients, TILE, Tile};
use crate::families::Family;
use crate::links::Link;
use crate::observations::Observations;
use crate::sums::Sums;

/// The sums besides those of the layout: the deviance and Pearson's χ².
pub(crate) const EXTRA: usize = 2;

/// A family with a link.
#[derive(Debug)]
pub struct Model {
    /// The distribution of the response.
    pub family: Box<dyn Family>,
    /// How its mean depends on the linear predictor.
    pub link: Box<dyn Link>,
}

/// Where a pass takes the means from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Start {
    /// The responses, moved towards this average: before there are coefficients.
    Response(f64),
    /// The responses, moved towards what the offset and this number say: where offsets say much.
    Shift(f64),
    /// This mean in every row, whatever the responses: what is left to explain is the mean only.
    Constant(f64),
    /// Coefficients, one for each column.
    Coefficients(Vec<f64>),
}

/// What a pass over rows adds up. Partial sums may be merged in any grouping, and give the same bits.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Totals {
    /// Those of the layout, then the deviance, then Pearson's χ².
    sums: Sums,
    /// Whether all means were in the family's range.
    pub(crate) valid: bool,
}

/// What a pass says of the model at its coefficients.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Moments {
    /// The deviance.
    pub deviance: f64,
    /// Pearson's χ².
    pub pearson: f64,
    /// Whether all means were in the family's range.
    pub valid: bool,
    /// The normal equations.
    pub gram: Gram,
}

impl Totals {
    /// Sums of no rows.
    pub(crate) fn new(layout: &Layout) -> Self {
        Self {
            sums: Sums::new(layout.len + EXTRA),
            valid: true,
        }
    }

    /// Adds the sums of other rows.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.sums.merge(&other.sums);
        self.valid &= other.valid;
    }

    /// What the sums say of the model.
    pub(crate) fn moments(&self, design: &Design<'_>, layout: &Layout) -> Moments {
        let values = self.sums.values();
        Moments {
            deviance: values[layout.len],
            pearson: values[layout.len + 1],
            valid: self.valid,
            gram: Gram::new(design, layout, &values),
        }
    }

    /// All of it as numbers.
    pub(crate) fn to_flat(&self) -> Vec<f64> {
        let mut flat = self.sums.to_flat();
        flat.push(f64::from(u8::from(self.valid)));
        flat
    }

    /// Sums from [`Totals::to_flat`]; `None` if they do not belong to such a layout.
    pub(crate) fn from_flat(flat: &[f64], layout: &Layout) -> Option<Self> {
        let (valid, parts) = flat.split_last()?;
        Some(Self {
            sums: Sums::from_flat(parts, layout.len + EXTRA)?,
            valid: *valid != 0.0,
        })
    }
}

/// Passes over all rows.
pub(crate) fn fold(
    design: &Design<'_>,
    observations: &Observations<'_>,
    model: &Model,
    start: &Start,
) -> Moments {
    let layout = Layout::new(design);
    let mut totals = Totals::new(&layout);
    add_rows(design, observations, model, start, &layout, &mut totals);
    totals.moments(design, &layout)
}

/// Adds the sums of some rows.
///
/// Each partition is summed up by itself, so the result does not depend on the number of threads.
pub(crate) fn add_rows(
    design: &Design<'_>,
    observations: &Observations<'_>,
    model: &Model,
    start: &Start,
    layout: &Layout,
    totals: &mut Totals,
) {
    let origin = Origin::new(design, start);
    let partitions = design.rows().div_ceil(Layout::PARTITION);
    let totals = Mutex::new(totals);
    let spare: Mutex<Vec<Vec<f64>>> = Mutex::new(Vec::new());
    rustsci_par::for_each_block(partitions, &|partition| {
        let kept = locked(&spare).pop();
        let mut sums = kept.unwrap_or_else(|| vec![0.0; layout.len + EXTRA]);
        let from = partition * Layout::PARTITION;
        let to = (from + Layout::PARTITION).min(design.rows());
        let mut pass = Pass::new(design, observations, model);
        let mut products = Tile::new(layout);
        let mut valid = true;
        for tile in (from..to).step_by(TILE) {
            let count = TILE.min(to - tile);
            valid &= pass.work(tile, count, &origin, &mut sums[layout.len..]);
            let (weights, scores) = pass.working(count);
            products.accumulate(design, layout, tile, weights, scores, &mut sums);
        }
        {
            let mut totals = locked(&totals);
            totals.sums.add(&sums);
            totals.valid &= valid;
        }
        sums.fill(0.0);
        locked(&spare).push(sums);
    });
}

pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A [`Start`], its coefficients spread over the levels of factors.
pub(crate) enum Origin {
    Response(f64),
    Shift(f64),
    Constant(f64),
    Raw(RawCoefficients),
}

impl Origin {
    pub(crate) fn new(design: &Design<'_>, start: &Start) -> Self {
        match start {
            Start::Response(average) => Self::Response(*average),
            Start::Shift(shift) => Self::Shift(*shift),
            Start::Constant(mean) => Self::Constant(*mean),
            Start::Coefficients(beta) => Self::Raw(RawCoefficients::new(design, beta)),
        }
    }
}

/// The scratch memory of a pass.
pub(crate) struct Pass<'a> {
    design: &'a Design<'a>,
    observations: &'a Observations<'a>,
    model: &'a Model,
    eta: [f64; TILE],
    mu: [f64; TILE],
    slope: [f64; TILE],
    variance: [f64; TILE],
    prior: [f64; TILE],
    offset: [f64; TILE],
}

impl<'a> Pass<'a> {
    pub(crate) fn new(
        design: &'a Design<'a>,
        observations: &'a Observations<'a>,
        model: &'a Model,
    ) -> Self {
        Self {
            design,
            observations,
            model,
            eta: [0.0; TILE],
            mu: [0.0; TILE],
            slope: [0.0; TILE],
            variance: [0.0; TILE],
            prior: [0.0; TILE],
            offset: [0.0; TILE],
        }
    }

    /// Works out the weights and the scores of some rows: η → μ → weights and scores. Adds their deviance and
    /// Pearson's χ² to `sums`, and says whether all means were valid.
    pub(crate) fn work(
        &mut self,
        from: usize,
        count: usize,
        origin: &Origin,
        sums: &mut [f64],
    ) -> bool {
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
        let valid = self.model.family.are_valid_means(mu);
        self.model.family.variances(mu, variance);
        sums[0] += self.model.family.deviance(y, mu, prior);
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
        sums[1] += pearson;
        valid
    }

    /// The weights and the scores of the rows that were worked out.
    pub(crate) fn working(&self, count: usize) -> (&[f64], &[f64]) {
        (&self.prior[..count], &self.variance[..count])
    }
}

/// X′MX for a diagonal of row weights, and X′u.
pub(crate) fn weighted_gram(design: &Design<'_>, weights: &[f64], scores: &[f64]) -> Gram {
    let layout = Layout::new(design);
    let totals = Mutex::new(Sums::new(layout.len));
    let partitions = weights.len().div_ceil(Layout::PARTITION);
    rustsci_par::for_each_block(partitions, &|partition| {
        let from = partition * Layout::PARTITION;
        let to = (from + Layout::PARTITION).min(weights.len());
        let mut tile = Tile::new(&layout);
        let mut sums = vec![0.0; layout.len];
        let pieces = weights[from..to]
            .chunks(TILE)
            .zip(scores[from..to].chunks(TILE));
        for (index, (weights, scores)) in pieces.enumerate() {
            let start = from + index * TILE;
            tile.accumulate(design, &layout, start, weights, scores, &mut sums);
        }
        locked(&totals).add(&sums);
    });
    let totals = totals.into_inner().unwrap_or_else(PoisonError::into_inner);
    Gram::new(design, &layout, &totals.values())
}
