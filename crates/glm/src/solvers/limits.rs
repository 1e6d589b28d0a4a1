//! Where coefficients may be: bounds, signs, and linear inequalities.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::active_set::Row;
use crate::error::{Error, Result};
use crate::formula::Recipe;

/// Bounds of each coefficient, and inequalities a′β ≤ b.
///
/// ```
/// use rustsci_glm::solvers::Limits;
/// let mut limits = Limits::new(2);
/// limits.lower[1] = 0.0;
/// assert!(limits.obeyed(&[-3.0, 0.5]) && !limits.obeyed(&[0.0, -0.5]));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Limits {
    /// The least value of each; minus infinity if there is none.
    pub lower: Vec<f64>,
    /// The largest value of each; infinity if there is none.
    pub upper: Vec<f64>,
    /// a, one element a coefficient, and b.
    pub inequalities: Vec<(Vec<f64>, f64)>,
}

/// How limits are written down. What is not limited is left out: JSON has no number for infinity.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LimitsSpec {
    /// The least values.
    pub lower: Option<Bounds>,
    /// The largest values.
    pub upper: Option<Bounds>,
    /// The rows a.
    pub rows: Vec<Vec<f64>>,
    /// The numbers b.
    pub right: Vec<f64>,
}

/// Bounds of one side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Bounds {
    /// The same for all coefficients but the constant.
    All(f64),
    /// One for each, or for each but the constant.
    Each(Vec<Option<f64>>),
    /// By names of terms or of coefficients.
    Named(BTreeMap<String, Option<f64>>),
}

impl Bounds {
    fn fill(&self, out: &mut [f64], what: &str, recipe: &Recipe) -> Result<()> {
        match self {
            Self::All(bound) => {
                let start = usize::from(recipe.intercept);
                out[start..].fill(*bound);
            }
            Self::Each(bounds) => {
                let start = recipe.left_out(bounds.len(), what)?;
                for (out, bound) in out[start..].iter_mut().zip(bounds) {
                    *out = bound.unwrap_or(*out);
                }
            }
            Self::Named(bounds) => {
                for (name, bound) in bounds {
                    for column in recipe.columns_named(name, what)? {
                        out[column] = bound.unwrap_or(out[column]);
                    }
                }
            }
        }
        Ok(())
    }
}

impl Limits {
    /// No limits for so many coefficients.
    pub fn new(columns: usize) -> Self {
        Self {
            lower: vec![f64::NEG_INFINITY; columns],
            upper: vec![f64::INFINITY; columns],
            inequalities: Vec::new(),
        }
    }

    /// Limits as they were written down, for the coefficients of a recipe.
    ///
    /// # Errors
    /// If lengths are not the number of coefficients, a lower bound is above the upper one, or a number is NaN.
    pub fn from_spec(spec: &LimitsSpec, recipe: &Recipe) -> Result<Self> {
        let names = &recipe.names;
        let mut limits = Self::new(names.len());
        if let Some(bounds) = &spec.lower {
            bounds.fill(&mut limits.lower, "lower_bounds", recipe)?;
        }
        if let Some(bounds) = &spec.upper {
            bounds.fill(&mut limits.upper, "upper_bounds", recipe)?;
        }
        for (index, name) in names.iter().enumerate() {
            let (lower, upper) = (limits.lower[index], limits.upper[index]);
            if lower.is_nan() || upper.is_nan() || lower > upper {
                return Err(Error::value(format!(
                    "the bounds of '{name}' are {lower} and {upper}: the lower one must not be above the upper one"
                )));
            }
        }
        if spec.rows.len() != spec.right.len() {
            return Err(Error::value(format!(
                "A_ineq has {} rows, but b_ineq {} elements",
                spec.rows.len(),
                spec.right.len()
            )));
        }
        for (row, bound) in spec.rows.iter().zip(&spec.right) {
            let missing = recipe.left_out(row.len(), "a row of A_ineq")?;
            let finite = bound.is_finite() && row.iter().all(|a| a.is_finite());
            if !finite || row.iter().all(|a| *a == 0.0) {
                return Err(Error::value(
                    "each row of A_ineq must have finite elements of which one is not zero, and b_ineq be finite",
                ));
            }
            let row = [&vec![0.0; missing], row.as_slice()].concat();
            limits.inequalities.push((row, *bound));
        }
        Ok(limits)
    }

    /// Whether there is nothing that limits.
    pub fn is_empty(&self) -> bool {
        self.inequalities.is_empty() && !self.has_bounds()
    }

    /// Whether a coefficient has a bound.
    pub fn has_bounds(&self) -> bool {
        let finite = |bound: &f64| bound.is_finite();
        self.lower.iter().any(finite) || self.upper.iter().any(finite)
    }

    /// Whether coefficients obey all limits, but for rounding.
    pub fn obeyed(&self, beta: &[f64]) -> bool {
        self.rows().iter().all(|row| {
            let sum: f64 = row
                .entries
                .iter()
                .map(|(column, a)| a * beta[*column])
                .sum();
            sum >= row.bound - 1e-9 * (1.0 + row.bound.abs())
        })
    }

    /// All limits in one form.
    pub(super) fn rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        for (column, (&lower, &upper)) in self.lower.iter().zip(&self.upper).enumerate() {
            for (a, bound) in [(1.0, lower), (-1.0, -upper)] {
                if bound.is_finite() {
                    let entries = vec![(column, a)];
                    rows.push(Row { entries, bound });
                }
            }
        }
        for (row, bound) in &self.inequalities {
            let present = row.iter().enumerate().filter(|(_, a)| **a != 0.0);
            rows.push(Row {
                entries: present.map(|(column, a)| (column, -a)).collect(),
                bound: -bound,
            });
        }
        rows
    }

    /// A coefficient moved inside its bounds.
    pub(super) fn clamp(&self, column: usize, value: f64) -> f64 {
        value.clamp(self.lower[column], self.upper[column])
    }
}
