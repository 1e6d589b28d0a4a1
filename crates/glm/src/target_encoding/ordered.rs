//! Ordered target statistics.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::Permutations;

/// How rows are encoded that the encoder has seen.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ordering {
    /// How many rows the average of all rows counts for.
    pub prior_weight: f64,
    /// How many random orders are averaged.
    pub permutations: usize,
    /// What decides the orders.
    pub seed: u64,
}

impl Default for Ordering {
    fn default() -> Self {
        Self {
            prior_weight: 1.0,
            permutations: 4,
            seed: 0,
        }
    }
}

/// What is averaged: sums of responses over sums of weights. For rates, weights are exposures.
#[derive(Clone, Debug, PartialEq)]
pub struct Targets<'a> {
    /// What each row adds to the numerator.
    pub sums: Cow<'a, [f64]>,
    /// What each row adds to the denominator; 1 if left out.
    pub weights: Option<Cow<'a, [f64]>>,
}

impl Targets<'_> {
    fn weight(&self, row: usize) -> f64 {
        self.weights.as_ref().map_or(1.0, |weights| weights[row])
    }
}

/// The average response of each level, drawn towards that of all rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TargetEncoder {
    ordering: Ordering,
    /// The average of all rows.
    prior: f64,
    values: Vec<f64>,
}

impl TargetEncoder {
    /// The encoder of rows with these codes, each below the number of levels.
    ///
    /// ```
    /// use rustsci_glm::target_encoding::{Ordering, TargetEncoder, Targets};
    /// let y = [1.0, 0.0, 1.0, 1.0];
    /// let targets = Targets { sums: y.as_slice().into(), weights: None };
    /// let encoder = TargetEncoder::fit(&[0, 0, 1, 1], 2, &targets, Ordering::default());
    /// // (1 + 0 + ¾) / (2 + 1), (1 + 1 + ¾) / (2 + 1), and ¾ for a level that is unknown.
    /// assert_eq!(encoder.transform(&[0, 1, u32::MAX]), [1.75 / 3.0, 2.75 / 3.0, 0.75]);
    /// ```
    pub fn fit(codes: &[u32], levels: usize, targets: &Targets<'_>, ordering: Ordering) -> Self {
        let (mut sums, mut weights) = (vec![0.0; levels], vec![0.0; levels]);
        for (row, code) in codes.iter().enumerate() {
            sums[*code as usize] += targets.sums[row];
            weights[*code as usize] += targets.weight(row);
        }
        let total: f64 = targets.sums.iter().sum();
        let prior = total / (0..codes.len()).map(|row| targets.weight(row)).sum::<f64>();
        let value = |(sum, weight): (&f64, &f64)| {
            (sum + ordering.prior_weight * prior) / (weight + ordering.prior_weight)
        };
        let values = sums.iter().zip(&weights).map(value);
        Self {
            values: values
                .map(|value| if value.is_nan() { prior } else { value })
                .collect(),
            ordering,
            prior,
        }
    }

    /// The average of all rows, which stands for levels that are unknown.
    pub fn prior(&self) -> f64 {
        self.prior
    }

    /// The averages of levels of new rows; codes that are no level's are unknown.
    pub fn transform(&self, codes: &[u32]) -> Vec<f64> {
        let value = |code: &u32| {
            self.values
                .get(*code as usize)
                .copied()
                .unwrap_or(self.prior)
        };
        codes.iter().map(value).collect()
    }

    /// The rows that the encoder was fitted to, each encoded by the rows before it in random orders.
    pub fn transform_seen(&self, codes: &[u32], targets: &Targets<'_>) -> Vec<f64> {
        let a = self.ordering.prior_weight;
        let rounds = self.ordering.permutations;
        let mut orders = Permutations::new(self.ordering.seed);
        let mut encoded = vec![0.0; codes.len()];
        let (mut sums, mut weights) = (vec![0.0; self.values.len()], vec![0.0; self.values.len()]);
        for _ in 0..rounds {
            sums.fill(0.0);
            weights.fill(0.0);
            for row in orders.next(codes.len()) {
                let (row, code) = (row as usize, codes[row as usize] as usize);
                let before = (sums[code] + a * self.prior) / (weights[code] + a);
                encoded[row] += if before.is_nan() { self.prior } else { before };
                sums[code] += targets.sums[row];
                weights[code] += targets.weight(row);
            }
        }
        encoded.iter_mut().for_each(|value| *value /= rounds as f64);
        encoded
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rows_own_response_has_no_part_in_its_encoding() {
        let codes: Vec<u32> = (0..50).map(|row| row % 7).collect();
        let mut y: Vec<f64> = (0..50).map(|row| f64::from(row * row % 11)).collect();
        let ordering = Ordering {
            permutations: 3,
            ..Ordering::default()
        };
        let encode = |y: &[f64]| {
            let targets = Targets {
                sums: y.into(),
                weights: None,
            };
            let encoder = TargetEncoder::fit(&codes, 7, &targets, ordering);
            (encoder.prior(), encoder.transform_seen(&codes, &targets))
        };
        let (_, before) = encode(&y);
        // Two rows of another level keep the average of all.
        y[10] += 100.0;
        y[1] -= 100.0;
        let (_, after) = encode(&y);
        assert_eq!(before[10], after[10]);
        assert_eq!(before[1], after[1]);
        assert_ne!(before, after);
    }
}
