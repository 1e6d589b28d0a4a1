//! What is known of each row besides its predictors.

use std::borrow::Cow;

use crate::error::{Error, Result};
use crate::families::{Family, Weight};

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
    /// If there are no rows, lengths differ, or a value is outside its range; the message names the first such row.
    pub fn validate(&self, family: &dyn Family) -> Result<()> {
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
            if name != "offset" && column.iter().all(|value| *value == 0.0) {
                return Err(Error::value(format!("{name} are all zero")));
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

    /// The weighted mean of the response.
    pub fn mean(&self) -> f64 {
        let (mut total, mut sum) = (0.0, 0.0);
        for (row, y) in self.response.iter().enumerate() {
            let weight = self.weight(row);
            total += weight;
            sum += weight * y;
        }
        sum / total
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

#[inline]
fn at(column: &Option<Cow<'_, [f64]>>, row: usize) -> f64 {
    column.as_ref().map_or(1.0, |column| column[row])
}
