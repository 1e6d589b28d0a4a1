//! Penalties on coefficients: how large, of which kind, and for whom.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::groups::Groups;
use crate::error::{Error, Result};
use crate::formula::Recipe;
use crate::solvers::{Absolute, Irls};

/// An elastic net: α (ρ Σ fⱼ |βⱼ| + (1 − ρ)/2 β′Pβ) is added to half the mean deviance
/// (Friedman, Hastie & Tibshirani 2010, equation 2); the constant is never penalised.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Penalty {
    /// α.
    pub alpha: f64,
    /// ρ, the share of the absolute values.
    pub l1_ratio: f64,
    /// What each coefficient's penalty of either kind is multiplied with; 1 if left out.
    #[serde(default)]
    pub factors: Option<Factors>,
    /// f, what absolute values are multiplied with besides; 1 if left out.
    #[serde(default)]
    pub p1: Option<Factors>,
    /// P: its diagonal.
    #[serde(default)]
    pub p2: Option<Factors>,
    /// P, by rows, if it is more than a diagonal.
    #[serde(default)]
    pub p2_matrix: Option<Vec<Vec<f64>>>,
    /// Coefficients that are zero or not together: of a group, √p times the length takes the place of the sum of
    /// absolute values (Yuan & Lin 2006, *Model selection and estimation in regression with grouped variables*).
    #[serde(default)]
    pub groups: Option<Groups>,
    /// Whether α is added to half the deviance itself, not to its mean.
    #[serde(default)]
    pub of_sum: bool,
}

/// A number for each coefficient.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Factors {
    /// The same for all.
    All(f64),
    /// One for each, or for each but the constant.
    Each(Vec<f64>),
    /// By names of terms or of coefficients; 1 for all others.
    Named(BTreeMap<String, f64>),
}

impl Factors {
    /// The numbers of all coefficients, that of the constant being zero.
    fn expand(&self, what: &str, recipe: &Recipe) -> Result<Vec<f64>> {
        let names = &recipe.names;
        let mut out = match self {
            Self::All(value) => vec![*value; names.len()],
            Self::Each(values) => {
                let missing = recipe.left_out(values.len(), what)?;
                [&vec![0.0; missing], values.as_slice()].concat()
            }
            Self::Named(given) => {
                let mut out = vec![1.0; names.len()];
                for (name, value) in given {
                    for column in recipe.columns_named(name, what)? {
                        out[column] = *value;
                    }
                }
                out
            }
        };
        for (value, name) in out.iter_mut().zip(names) {
            if !value.is_finite() || *value < 0.0 {
                return Err(Error::value(format!(
                    "{what} must be finite and not negative, but that of '{name}' is {value}"
                )));
            }
            if name == Recipe::CONSTANT {
                *value = 0.0;
            }
        }
        Ok(out)
    }
}

impl Penalty {
    /// The same penalty of another size.
    pub(super) fn with_alpha(&self, alpha: f64) -> Self {
        Self {
            alpha,
            ..self.clone()
        }
    }

    /// Whether it is a sum of squares, each with a weight of its own.
    pub(crate) fn is_diagonal(&self) -> bool {
        !self.selects() && self.p2_matrix.is_none() && self.groups.is_none()
    }

    /// The diagonal of P for a penalty that has no more, in units of half the deviance.
    pub(crate) fn ridge(&self, recipe: &Recipe, total: f64) -> Result<Vec<f64>> {
        let size = self.size(total)?;
        let one = Factors::All(1.0);
        let factors = self
            .factors
            .as_ref()
            .unwrap_or(&one)
            .expand("penalty_factors", recipe)?;
        let own = self.p2.as_ref().unwrap_or(&one).expand("P2", recipe)?;
        let share = size * (1.0 - self.l1_ratio);
        Ok(own
            .iter()
            .zip(&factors)
            .map(|(own, f)| share * own * f)
            .collect())
    }

    /// α, in units of half the deviance.
    fn size(&self, total: f64) -> Result<f64> {
        if !self.alpha.is_finite() || self.alpha < 0.0 {
            return Err(Error::value(format!(
                "alpha must be finite and not negative, not {}",
                self.alpha
            )));
        }
        if !(0.0..=1.0).contains(&self.l1_ratio) {
            return Err(Error::value(format!(
                "l1_ratio must be between 0 and 1, not {}",
                self.l1_ratio
            )));
        }
        Ok(if self.of_sum {
            self.alpha
        } else {
            self.alpha * total
        })
    }

    /// Whether coefficients may become zero by it.
    pub(crate) fn selects(&self) -> bool {
        self.l1_ratio > 0.0 && self.alpha > 0.0
    }

    /// Puts the penalty among a solver's options, in units of half the deviance; `total` is the sum of all weights.
    ///
    /// # Errors
    /// If a number is outside its range, or there are not as many as coefficients.
    pub(crate) fn apply(&self, recipe: &Recipe, total: f64, irls: &mut Irls) -> Result<()> {
        let size = self.size(total)?;
        let one = Factors::All(1.0);
        let factors = self.factors.as_ref().unwrap_or(&one);
        let factors = factors.expand("penalty_factors", recipe)?;
        if self.l1_ratio < 1.0 {
            self.add_squares(recipe, size * (1.0 - self.l1_ratio), &factors, irls)?;
        }
        irls.absolute = None;
        if self.selects() {
            let own = self.p1.as_ref().unwrap_or(&one).expand("P1", recipe)?;
            let share = size * self.l1_ratio;
            let each = own.iter().zip(&factors).map(|(own, f)| own * f * share);
            let mut absolute = Absolute {
                each: each.collect(),
                groups: Vec::new(),
            };
            if let Some(groups) = &self.groups {
                absolute.groups = groups.among(recipe, &absolute.each)?;
                for group in &absolute.groups {
                    group.columns.iter().for_each(|&c| absolute.each[c] = 0.0);
                }
            }
            irls.absolute = Some(absolute);
        } else if self.groups.is_some() {
            return Err(Error::value(
                "groups need a share of the penalty: give l1_ratio > 0",
            ));
        }
        Ok(())
    }

    /// Adds a share of β′Pβ to the solver's matrix.
    fn add_squares(
        &self,
        recipe: &Recipe,
        share: f64,
        factors: &[f64],
        irls: &mut Irls,
    ) -> Result<()> {
        let k = recipe.names.len();
        let matrix = irls.penalty.get_or_insert_with(|| vec![0.0; k * k]);
        let Some(rows) = &self.p2_matrix else {
            let one = Factors::All(1.0);
            let diagonal = self.p2.as_ref().unwrap_or(&one).expand("P2", recipe)?;
            for (index, (own, factor)) in diagonal.iter().zip(factors).enumerate() {
                matrix[index * (k + 1)] += share * own * factor;
            }
            return Ok(());
        };
        let missing = recipe.left_out(rows.len(), "P2")?;
        if let Some(row) = rows.iter().find(|row| row.len() != rows.len()) {
            return Err(Error::value(format!(
                "P2 must be a square matrix, but it has {} rows and a row of {} elements",
                rows.len(),
                row.len()
            )));
        }
        for (i, row) in rows.iter().enumerate() {
            for (j, &value) in row.iter().enumerate() {
                let mirrored = rows[j][i];
                if !value.is_finite()
                    || (value - mirrored).abs() > 1e-8 * value.abs().max(mirrored.abs())
                {
                    return Err(Error::value(format!(
                        "P2 must be symmetric and finite, but elements ({i}, {j}) and ({j}, {i}) are {value} and {mirrored}"
                    )));
                }
                let (row, column) = (i + missing, j + missing);
                let factor = (factors[row] * factors[column]).sqrt();
                matrix[row * k + column] += share * factor * 0.5 * (value + mirrored);
            }
        }
        Ok(())
    }
}
