//! What is kept of some columns when all their rows cannot be: the rows that differ, and how often each occurs.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::learner::Lexicon;
use crate::error::{Error, Result};
use crate::formula::{Column, Frame};

/// The most different rows that are kept: some hundred megabytes.
const MOST: usize = 1 << 21;
/// The most rows that are laid out at a time to learn from them.
const ROWS: u64 = 1 << 23;

/// The different rows of some columns. A number is its bits, a level its place in the column's list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Samples {
    /// The columns' names.
    pub(super) names: Vec<String>,
    /// The rows, and how often each occurred.
    rows: BTreeMap<Vec<u64>, u64>,
}

impl Samples {
    pub(super) fn new(names: Vec<String>) -> Self {
        Self {
            names,
            rows: BTreeMap::new(),
        }
    }

    /// Adds the rows of a frame; `places` says for each categorical column where its levels are in the list.
    pub(super) fn add(
        &mut self,
        frame: &Frame<'_>,
        places: &HashMap<String, Vec<u64>>,
    ) -> Result<()> {
        let columns = self
            .names
            .iter()
            .map(|name| Ok((frame.column(name)?, places.get(name))))
            .collect::<Result<Vec<_>>>()?;
        let mut key = vec![0; columns.len()];
        for row in 0..frame.rows() {
            for (key, (column, places)) in key.iter_mut().zip(&columns) {
                *key = match (column, places) {
                    (Column::Numeric(values), _) => (values[row] + 0.0).to_bits(),
                    (Column::Categorical { codes, .. }, Some(places)) => {
                        places[codes[row] as usize]
                    }
                    (Column::Categorical { codes, .. }, None) => u64::from(codes[row]),
                };
            }
            self.count(&key, 1)?;
        }
        Ok(())
    }

    fn count(&mut self, key: &[u64], times: u64) -> Result<()> {
        if let Some(count) = self.rows.get_mut(key) {
            *count += times;
            return Ok(());
        }
        if self.rows.len() >= MOST {
            return Err(Error::value(format!(
                "{} has more than {MOST} different values, which are too many to learn knots or levels from in a fit \
                 that streams; give knots and bounds in the formula, or fit in memory",
                self.names.join(", ")
            )));
        }
        self.rows.insert(key.to_vec(), times);
        Ok(())
    }

    /// Adds other rows; `places` as for [`Samples::add`], from the other's lists to these.
    pub(super) fn merge(&mut self, other: &Self, places: &HashMap<String, Vec<u64>>) -> Result<()> {
        let maps: Vec<_> = self.names.iter().map(|name| places.get(name)).collect();
        let mut key = vec![0; maps.len()];
        for (row, times) in &other.rows {
            for ((key, value), map) in key.iter_mut().zip(row).zip(&maps) {
                *key = map.map_or(*value, |map| map[*value as usize]);
            }
            self.count(&key, *times)?;
        }
        Ok(())
    }

    /// The rows as a frame, in order; each once, or as often as it occurred.
    pub(super) fn frame(&self, lexicon: &Lexicon, repeated: bool) -> Result<Frame<'static>> {
        let total: u64 = self.rows.values().sum();
        if repeated && total > ROWS {
            return Err(Error::value(format!(
                "{} of {total} rows are too many to learn a spline's knots or a scale from in a fit that streams; give \
                 knots and bounds in the formula, or compute the column before the fit",
                self.names.join(", ")
            )));
        }
        let mut order: Vec<(&Vec<u64>, u64)> = self.rows.iter().map(|(row, n)| (row, *n)).collect();
        let number = |bits: u64| f64::from_bits(bits);
        let categorical: Vec<bool> = self.names.iter().map(|name| lexicon.has(name)).collect();
        order.sort_by(|(a, _), (b, _)| {
            let mut each = a
                .iter()
                .zip(b.iter())
                .zip(&categorical)
                .map(|((a, b), categorical)| {
                    if *categorical {
                        a.cmp(b)
                    } else {
                        number(*a).total_cmp(&number(*b))
                    }
                });
            each.find(|order| order.is_ne())
                .unwrap_or(std::cmp::Ordering::Equal)
        });
        let mut columns = Vec::new();
        for (index, name) in self.names.iter().enumerate() {
            let values = order.iter().flat_map(|(row, times)| {
                let times = if repeated { *times } else { 1 };
                std::iter::repeat_n(row[index], times as usize)
            });
            let column = if categorical[index] {
                let (levels, places) = lexicon.sorted(name);
                Column::Categorical {
                    codes: values.map(|place| places[place as usize]).collect(),
                    levels: levels.into(),
                }
            } else {
                Column::Numeric(values.map(number).collect())
            };
            columns.push((name.clone(), column));
        }
        Frame::new(columns)
    }
}
