//! How often levels occur.

use serde::{Deserialize, Serialize};

/// The share of rows that each level has, of the rows of the level that has most.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FrequencyEncoder {
    shares: Vec<f64>,
}

impl FrequencyEncoder {
    /// The encoder of rows with these codes, each below the number of levels.
    ///
    /// ```
    /// use rustsci_glm::target_encoding::FrequencyEncoder;
    /// let encoder = FrequencyEncoder::fit(&[0, 1, 1, 1], 2);
    /// assert_eq!(encoder.transform(&[1, 0, u32::MAX]), [1.0, 1.0 / 3.0, 0.0]);
    /// ```
    pub fn fit(codes: &[u32], levels: usize) -> Self {
        let mut counts = vec![0_u64; levels];
        for code in codes {
            counts[*code as usize] += 1;
        }
        let most = counts.iter().copied().max().unwrap_or(0).max(1) as f64;
        Self {
            shares: counts.iter().map(|count| *count as f64 / most).collect(),
        }
    }

    /// The shares of rows with these codes; zero for levels that are unknown.
    pub fn transform(&self, codes: &[u32]) -> Vec<f64> {
        let share = |code: &u32| self.shares.get(*code as usize).copied().unwrap_or(0.0);
        codes.iter().map(share).collect()
    }
}
