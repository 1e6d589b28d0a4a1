//! `TE(x)` and `FE(x)`: factors as one number each.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::categorical::Levels;
use super::expression::{Expression, Operator};
use super::frame::{Column, Frame};
use super::options::Options;
use super::response::response;
use crate::error::{Error, Result};
use crate::request::Roles;
use crate::target_encoding::{FrequencyEncoder, Ordering, TargetEncoder, Targets};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Encoder {
    Target(TargetEncoder),
    Frequency(FrequencyEncoder),
}

/// A factor, or the crossing of several, with the number of each level.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Encoding {
    factors: Vec<Levels>,
    /// The crossings of levels that occur, as numbers in the order of the encoder's levels.
    crossings: Vec<u64>,
    encoder: Encoder,
    /// What the response is a rate of: a column's name.
    exposure: Option<String>,
    /// Columns that say how much a row counts.
    weights: Vec<String>,
    response: Option<Expression>,
}

/// What a function that encodes factors is called in a formula.
pub(super) fn is_encoding(function: &str) -> bool {
    matches!(function, "TE" | "FE")
}

/// The factors of `a`, `a:b` or `C(a):b:c`.
fn crossed<'a>(expression: &'a Expression, found: &mut Vec<&'a Expression>) {
    match expression {
        Expression::Binary(Operator::Interact, left, right) => {
            crossed(left, found);
            crossed(right, found);
        }
        Expression::Group(inner) => crossed(inner, found),
        other => found.push(other),
    }
}

impl Encoding {
    /// The encoding that a call asks for, learned from data with a response.
    pub(super) fn learn(
        call: &Expression,
        frame: &Frame<'_>,
        left: Option<&Expression>,
        (roles, seed): (&Roles, u64),
    ) -> Result<Self> {
        let Expression::Call {
            function,
            arguments,
            ..
        } = call
        else {
            return Err(Error::value(format!("'{call}' is no call")));
        };
        let Some((first, options)) = arguments
            .split_first()
            .filter(|(first, _)| first.name.is_none())
        else {
            return Err(Error::value(format!("'{call}' names no column")));
        };
        let mut sources = Vec::new();
        crossed(&first.value, &mut sources);
        let factors = sources
            .into_iter()
            .map(|source| Levels::learn_any(source, frame))
            .collect::<Result<Vec<_>>>()?;
        let mut options = Options::new(call, options);
        let mut ordering = Ordering::default();
        if function == "TE" {
            ordering.prior_weight = options
                .number("prior_weight", false)?
                .unwrap_or(ordering.prior_weight);
            ordering.permutations = options
                .count("n_permutations", false)?
                .unwrap_or(ordering.permutations);
            ordering.seed = options
                .count("seed", false)?
                .map_or(seed, |seed| seed as u64);
            if !(ordering.prior_weight >= 0.0 && ordering.prior_weight.is_finite()) {
                return Err(options.wrong(format!(
                    "prior_weight must not be negative, but is {}",
                    ordering.prior_weight
                )));
            }
            if ordering.permutations == 0 {
                return Err(options.wrong("n_permutations must be 1 or more"));
            }
        }
        options.finish()?;
        let named = [&roles.weights, &roles.freq_weights];
        let mut encoding = Self {
            factors,
            crossings: Vec::new(),
            encoder: Encoder::Frequency(FrequencyEncoder::fit(&[], 0)),
            exposure: roles.exposure.clone(),
            weights: named.into_iter().flatten().cloned().collect(),
            response: left.cloned(),
        };
        let keys = encoding.keys(frame)?;
        let mut present = keys.clone();
        present.sort_unstable();
        present.dedup();
        encoding.crossings = present;
        let codes = encoding.codes(&keys);
        let levels = encoding.crossings.len();
        encoding.encoder = if function == "TE" {
            let targets = encoding.targets(frame)?;
            Encoder::Target(TargetEncoder::fit(&codes, levels, &targets, ordering))
        } else {
            Encoder::Frequency(FrequencyEncoder::fit(&codes, levels))
        };
        Ok(encoding)
    }

    /// A number for each row's crossing of levels; the largest for levels that are unknown.
    fn keys(&self, frame: &Frame<'_>) -> Result<Vec<u64>> {
        let mut keys = vec![0_u64; frame.rows()];
        for levels in &self.factors {
            let stride = levels.names.len() as u64;
            for (key, code) in keys.iter_mut().zip(levels.codes_if_known(frame)?.iter()) {
                *key = if *key == u64::MAX || *code == Column::MISSING {
                    u64::MAX
                } else {
                    *key * stride + u64::from(*code)
                };
            }
        }
        Ok(keys)
    }

    fn codes(&self, keys: &[u64]) -> Vec<u32> {
        let places: HashMap<u64, u32> = self.crossings.iter().copied().zip(0..).collect();
        let place = |key: &u64| places.get(key).copied().unwrap_or(Column::MISSING);
        keys.iter().map(place).collect()
    }

    /// What is averaged: the response, a rate where there is an exposure.
    fn targets<'a>(&self, frame: &'a Frame<'_>) -> Result<Targets<'a>> {
        let Some(left) = &self.response else {
            return Err(Error::value("TE() needs a response left of the '~'"));
        };
        let response = response(left, frame)?;
        let mut weights: Option<Vec<f64>> = response.trials;
        for name in &self.weights {
            if let Column::Numeric(values) = frame.column(name)? {
                weights = Some(match weights {
                    None => values.to_vec(),
                    Some(weights) => weights
                        .iter()
                        .zip(values.iter())
                        .map(|(a, b)| a * b)
                        .collect(),
                });
            }
        }
        let mut sums: Cow<'a, [f64]> = response.values;
        if let Some(weights) = &weights {
            sums = sums.iter().zip(weights).map(|(y, w)| y * w).collect();
        }
        if let Some(name) = &self.exposure
            && let Column::Numeric(values) = frame.column(name)?
        {
            weights = Some(match weights {
                None => values.to_vec(),
                Some(weights) => weights
                    .iter()
                    .zip(values.iter())
                    .map(|(a, b)| a * b)
                    .collect(),
            });
        }
        Ok(Targets {
            sums,
            weights: weights.map(Cow::Owned),
        })
    }

    /// The numbers of new rows.
    pub(super) fn column(&self, frame: &Frame<'_>) -> Result<Vec<f64>> {
        let codes = self.codes(&self.keys(frame)?);
        Ok(match &self.encoder {
            Encoder::Target(encoder) => encoder.transform(&codes),
            Encoder::Frequency(encoder) => encoder.transform(&codes),
        })
    }

    /// The numbers of the rows that were learned from.
    pub(super) fn column_seen(&self, frame: &Frame<'_>) -> Result<Vec<f64>> {
        let codes = self.codes(&self.keys(frame)?);
        Ok(match &self.encoder {
            Encoder::Target(encoder) => encoder.transform_seen(&codes, &self.targets(frame)?),
            Encoder::Frequency(encoder) => encoder.transform(&codes),
        })
    }
}
