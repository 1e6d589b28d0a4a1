//! What is known of each row besides its predictors.

use std::borrow::Cow;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::design_matrix::Layout;
use crate::error::{Error, Result};
use crate::families::{Family, Weight};
use crate::sums::Sums;

/// The response, with its weights and offsets. What is left out is 1, or 0 for the offset.
#[derive(Clone, Debug, Default)]
pub struct Observations<'a> {
    /// The response: for the binomial family, the proportion of successes.
    pub response: Cow<'a, [f64]>,
    /// What is added to the linear predictor.
    pub offset: Option<Cow<'a, [f64]>>,
    /// Prior weights: the variance is divided by them.
    pub prior: Option<Cow<'a, [f64]>>,
    /// Numbers of trials, for proportions.
    pub trials: Option<Cow<'a, [f64]>>,
    /// How often each row was observed.
    pub frequency: Option<Cow<'a, [f64]>>,
}

impl<'a> Observations<'a> {
    /// Observations of a response and nothing else.
    pub fn new(response: impl Into<Cow<'a, [f64]>>) -> Self {
        Self {
            response: response.into(),
            ..Self::default()
        }
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.response.len()
    }

    /// Refuses what no model can be fitted to.
    ///
    /// # Errors
    /// If there are no rows, lengths differ, a value is outside its range, or all responses are the same; the message
    /// names the first such row.
    pub fn validate(&self, family: &dyn Family) -> Result<()> {
        self.validate_rows(family)?;
        self.validate_whole()
    }

    /// What [`Observations::validate`] looks at in each row.
    pub(crate) fn validate_rows(&self, family: &dyn Family) -> Result<()> {
        let rows = self.rows();
        if rows == 0 {
            return Err(Error::value("there are no rows to fit a model to"));
        }
        let columns = [
            ("offset", &self.offset),
            ("weights", &self.prior),
            ("trials", &self.trials),
            ("freq_weights", &self.frequency),
        ];
        for (name, column) in columns {
            let Some(column) = column else { continue };
            if column.len() != rows {
                return Err(Error::value(format!(
                    "{name} has {} elements, the response {rows}",
                    column.len()
                )));
            }
            let valid = |value: f64| {
                let in_range = match name {
                    "offset" => true,
                    "weights" => value > 0.0,
                    _ => value >= 0.0,
                };
                value.is_finite() && in_range
            };
            if let Some(row) = column.iter().position(|value| !valid(*value)) {
                let range = match name {
                    "offset" => "finite",
                    "weights" => "positive and finite",
                    _ => "finite and not negative",
                };
                return Err(Error::value(format!(
                    "{name} must be {range}, but row {row} has {}",
                    column[row]
                )));
            }
        }
        let invalid = |&y: &f64| !family.is_valid_response(y);
        if let Some(row) = self.response.iter().position(invalid) {
            return Err(Error::value(format!(
                "the response of the {} family must be {}, but row {row} has {}",
                family.name(),
                family.response_range(),
                self.response[row]
            )));
        }
        Ok(())
    }

    /// What [`Observations::validate`] looks at in all rows together.
    pub(crate) fn validate_whole(&self) -> Result<()> {
        for (name, column) in [("trials", &self.trials), ("freq_weights", &self.frequency)] {
            if let Some(column) = column
                && column.iter().all(|value| *value == 0.0)
            {
                return Err(Error::value(format!("{name} are all zero")));
            }
        }
        if self.response.iter().all(|y| *y == self.response[0]) {
            return Err(Error::value(format!(
                "the response is {} in every row: there is nothing to explain",
                self.response[0]
            )));
        }
        Ok(())
    }

    /// The weight of a row in sums: how much information it holds.
    #[inline]
    pub fn weight(&self, row: usize) -> f64 {
        at(&self.prior, row) * at(&self.trials, row) * at(&self.frequency, row)
    }

    /// The weight of a row in its own likelihood.
    pub fn likelihood_weight(&self, row: usize) -> Weight {
        Weight {
            prior: at(&self.prior, row),
            trials: at(&self.trials, row),
        }
    }

    /// How often a row was observed.
    pub fn frequency(&self, row: usize) -> f64 {
        at(&self.frequency, row)
    }

    /// The number of observations: rows, or the sum of their frequencies.
    pub fn count(&self) -> f64 {
        self.frequency
            .as_ref()
            .map_or(self.rows() as f64, |frequency| frequency.iter().sum())
    }

    /// The weights of the rows from `start` on.
    pub(crate) fn fill_weights(&self, start: usize, out: &mut [f64]) {
        out.fill(1.0);
        for column in [&self.prior, &self.trials, &self.frequency]
            .into_iter()
            .flatten()
        {
            for (out, value) in out.iter_mut().zip(&column[start..]) {
                *out *= value;
            }
        }
    }

    /// The offsets of the rows from `start` on.
    pub(crate) fn fill_offset(&self, start: usize, out: &mut [f64]) {
        match &self.offset {
            Some(offset) => out.copy_from_slice(&offset[start..start + out.len()]),
            None => out.fill(0.0),
        }
    }
}

/// What all rows together say, before there is a model. Overviews of parts may be merged in any grouping.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    /// The weights, the weighted responses, the weighted exponentials of offsets, and the numbers of observations.
    sums: Sums,
}

impl Overview {
    const SUMS: usize = 4;

    /// That of some rows.
    pub fn new(observations: &Observations<'_>) -> Self {
        let total = Mutex::new(Sums::new(Self::SUMS));
        let rows = observations.rows();
        rustsci_par::for_each_block(rows.div_ceil(Layout::PARTITION), &|partition| {
            let from = partition * Layout::PARTITION;
            let to = (from + Layout::PARTITION).min(rows);
            let mut sums = [0.0; Self::SUMS];
            for row in from..to {
                let weight = observations.weight(row);
                let offset = observations.offset.as_ref().map_or(1.0, |o| o[row].exp());
                sums[0] += weight;
                sums[1] += weight * observations.response[row];
                sums[2] += weight * offset;
                sums[3] += observations.frequency(row);
            }
            total
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .add(&sums);
        });
        Self {
            sums: total.into_inner().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// Adds that of other rows.
    pub fn merge(&mut self, other: &Self) {
        self.sums.merge(&other.sums);
    }

    /// The sum of the weights.
    pub fn weight(&self) -> f64 {
        self.sums.values()[0]
    }

    /// The number of observations: rows, or the sum of their frequencies.
    pub fn count(&self) -> f64 {
        self.sums.values()[3]
    }

    /// The weighted mean of the response.
    pub fn mean(&self) -> f64 {
        let sums = self.sums.values();
        sums[1] / sums[0]
    }

    /// The logarithm of the mean of all rows together, if offsets are logarithms of exposures.
    pub(crate) fn log_rate(&self) -> f64 {
        let sums = self.sums.values();
        (sums[1] / sums[2]).ln()
    }
}

#[inline]
fn at(column: &Option<Cow<'_, [f64]>>, row: usize) -> f64 {
    column.as_ref().map_or(1.0, |column| column[row])
}
