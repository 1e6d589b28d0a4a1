//! Covariances that do not trust the model's variance: B M B, where the bread B is the inverse of the information
//! and the meat M is made of squared scores.

use crate::error::{Error, Result};
use crate::fold::weighted_gram;
use crate::formula::Column;
use crate::rows::Rows;
use crate::solvers::Cholesky;

use super::matrix::product;

/// Which information the bread is the inverse of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Bread {
    /// The observed one, as statsmodels and glum have it.
    #[default]
    Observed,
    /// The expected one, as R's sandwich has it.
    Expected,
}

/// The group of each row; scores within a group may depend on each other.
#[derive(Clone, Debug)]
pub struct Groups {
    /// A number below `count` for each row.
    pub codes: Vec<u32>,
    /// How many groups there are.
    pub count: usize,
}

impl Groups {
    /// Groups of equal values of a column.
    pub fn of(column: &Column<'_>) -> Self {
        match column {
            Column::Numeric(values) => {
                // Zeros of both signs are one group.
                let bits: Vec<u64> = values.iter().map(|x| (x + 0.0).to_bits()).collect();
                Self::numbered(&bits)
            }
            Column::Categorical { codes, .. } => {
                let codes: Vec<u64> = codes.iter().map(|code| u64::from(*code)).collect();
                Self::numbered(&codes)
            }
        }
    }

    fn numbered(values: &[u64]) -> Self {
        let mut seen = values.to_vec();
        seen.sort_unstable();
        seen.dedup();
        let place = |value: &u64| seen.binary_search(value).unwrap_or(0) as u32;
        Self {
            codes: values.iter().map(place).collect(),
            count: seen.len(),
        }
    }

    /// The groups of rows that are together in both.
    fn intersection(&self, other: &Self) -> Self {
        let both = self.codes.iter().zip(&other.codes);
        let pairs: Vec<u64> = both
            .map(|(a, b)| (u64::from(*a) << 32) | u64::from(*b))
            .collect();
        Self::numbered(&pairs)
    }
}

impl Rows<'_> {
    /// White's covariance by rows and its corrections for degrees of freedom and leverage (MacKinnon & White 1985).
    ///
    /// # Errors
    /// If the kind is none of HC0, HC1, HC2 and HC3, or the bread has no inverse.
    pub fn robust_covariance(&self, kind: &str, bread: Bread) -> Result<Vec<f64>> {
        let exponent = match kind {
            "HC0" | "HC1" => 0,
            "HC2" => 1,
            "HC3" => 2,
            _ => {
                return Err(Error::unsupported(format!(
                    "cov_type '{kind}' is not supported; it is nonrobust, HC0, HC1, HC2, HC3 or cluster"
                )));
            }
        };
        let leverage = if exponent > 0 {
            self.leverage()?
        } else {
            Vec::new()
        };
        let meat: Vec<f64> = (0..self.mu.len())
            .map(|row| {
                let frequency = self.observations.frequency(row);
                if frequency == 0.0 {
                    return 0.0;
                }
                let score = self.score_factor(row) / frequency;
                let keep = leverage.get(row).map_or(1.0, |h| 1.0 - h / frequency);
                frequency * score * score / keep.powi(exponent)
            })
            .collect();
        let meat = weighted_gram(&self.design, &meat, &vec![0.0; meat.len()]).matrix;
        let n = self.fitted.nobs;
        let factor = if kind == "HC1" {
            n / (n - self.fitted.rank as f64)
        } else {
            1.0
        };
        self.sandwich(&meat, factor, bread)
    }

    /// The covariance for scores that depend on each other within groups (Liang & Zeger 1986), or within the groups
    /// of either of two divisions (Cameron, Gelbach & Miller 2011), by rows.
    ///
    /// With `correct` each part is multiplied with G/(G − 1) · (N − 1)/(N − k).
    ///
    /// # Errors
    /// If there are no groups, or more than two divisions, or one has not as many rows as the data, or a single group.
    pub fn cluster_covariance(
        &self,
        divisions: &[Groups],
        correct: bool,
        bread: Bread,
    ) -> Result<Vec<f64>> {
        for groups in divisions {
            if groups.codes.len() != self.mu.len() {
                return Err(Error::value(format!(
                    "groups has {} elements, but the model was fitted to {} rows",
                    groups.codes.len(),
                    self.mu.len()
                )));
            }
            if groups.count < 2 {
                return Err(Error::value(
                    "all rows are in one group; a cluster-robust covariance needs at least two",
                ));
            }
        }
        let (n, k) = (self.mu.len() as f64, self.fitted.rank as f64);
        let part = |groups: &Groups| {
            let g = groups.count as f64;
            let factor = if correct {
                g / (g - 1.0) * (n - 1.0) / (n - k)
            } else {
                1.0
            };
            self.sandwich(&self.meat_of_groups(groups), factor, bread)
        };
        match divisions {
            [groups] => part(groups),
            [first, second] => {
                let both = part(&first.intersection(second))?;
                let (first, second) = (part(first)?, part(second)?);
                let sums = first.iter().zip(&second).zip(&both);
                Ok(sums.map(|((a, b), c)| a + b - c).collect())
            }
            _ => Err(Error::value(format!(
                "groups must be one division of the rows or two, not {}",
                divisions.len()
            ))),
        }
    }

    /// Σ ss′ over groups, s being the sum of a group's scores.
    fn meat_of_groups(&self, groups: &Groups) -> Vec<f64> {
        let k = self.design.columns();
        let mut order: Vec<usize> = (0..self.mu.len()).collect();
        order.sort_by_key(|row| groups.codes[*row]);
        let mut meat = vec![0.0; k * k];
        let mut sum = vec![0.0; k];
        for rows in order.chunk_by(|a, b| groups.codes[*a] == groups.codes[*b]) {
            sum.fill(0.0);
            for &row in rows {
                let factor = self.score_factor(row);
                for (sum, x) in sum.iter_mut().zip(self.design.row(row)) {
                    *sum += factor * x;
                }
            }
            for (meat, a) in meat.chunks_exact_mut(k).zip(&sum) {
                if *a != 0.0 {
                    for (meat, b) in meat.iter_mut().zip(&sum) {
                        *meat += a * b;
                    }
                }
            }
        }
        meat
    }

    fn sandwich(&self, meat: &[f64], factor: f64, bread: Bread) -> Result<Vec<f64>> {
        let k = self.design.columns();
        let bread = self.inverse_information(bread)?;
        let mut out = product(&product(&bread, meat, k, k), &bread, k, k);
        for value in &mut out {
            *value *= factor;
        }
        self.undefine_aliased(&mut out);
        Ok(out)
    }

    /// The inverse of the information times φ, with NaN for aliased columns.
    ///
    /// # Errors
    /// As [`Rows::inverse_information`].
    pub fn covariance_by_information(&self, bread: Bread) -> Result<Vec<f64>> {
        let mut inverse = self.inverse_information(bread)?;
        self.undefine_aliased(&mut inverse);
        for value in &mut inverse {
            *value *= self.fitted.scale;
        }
        Ok(inverse)
    }

    /// Makes entries of aliased columns NaN.
    fn undefine_aliased(&self, matrix: &mut [f64]) {
        let k = self.design.columns();
        for (at, value) in matrix.iter_mut().enumerate() {
            if self.fitted.aliased[at / k] || self.fitted.aliased[at % k] {
                *value = f64::NAN;
            }
        }
    }

    /// The inverse of the information for φ = 1, with zeros for aliased columns.
    ///
    /// # Errors
    /// If what was observed is not positive definite: the coefficients are not at a maximum.
    pub fn inverse_information(&self, bread: Bread) -> Result<Vec<f64>> {
        let k = self.design.columns();
        let zero = |value: f64| if value.is_nan() { 0.0 } else { value };
        let matrix = self.information_matrix(bread == Bread::Observed);
        let factor = Cholesky::new(&matrix, k);
        if bread == Bread::Observed && factor.rank() < self.fitted.rank {
            return Err(Error::value(
                "the observed information has no inverse at these coefficients; the expected one has \
                 (information='expected')",
            ));
        }
        Ok(factor.inverse().into_iter().map(zero).collect())
    }
}
