//! How the levels of a factor are compared.

use serde::{Deserialize, Serialize};

use super::expression::{Argument, Expression};
use super::polynomial::Polynomial;
use crate::design_matrix::Coding;
use crate::error::{Error, Result};

/// Contrasts, as R and formulaic name them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Contrast {
    /// Each level with a base level: the first, unless another is named.
    #[default]
    Treatment,
    /// Each level but the last with the mean of all.
    Sum,
    /// Each level with the mean of those before it.
    Helmert,
    /// Orthogonal polynomials of equidistant levels.
    Poly,
    /// Each level with the one before it.
    Diff,
}

impl Contrast {
    /// The contrasts that an argument names, with the base level if it names one.
    pub(super) fn from_expression(expression: &Expression) -> Result<(Self, Option<String>)> {
        let (name, arguments): (&str, &[Argument]) = match expression {
            Expression::Name(name) | Expression::Text(name) => (name, &[]),
            Expression::Call {
                function,
                arguments,
                ..
            } => (function, arguments),
            other => {
                return Err(Error::value(format!(
                    "'{other}' is not the name of contrasts"
                )));
            }
        };
        let contrast = match name
            .trim_start_matches("contr.")
            .to_ascii_lowercase()
            .as_str()
        {
            "treatment" => Self::Treatment,
            "sum" => Self::Sum,
            "helmert" => Self::Helmert,
            "poly" => Self::Poly,
            "diff" => Self::Diff,
            _ => {
                return Err(Error::value(format!(
                    "there are no contrasts '{name}'; they are Treatment, Sum, Helmert, Poly and Diff"
                )));
            }
        };
        let base = match (arguments, &contrast) {
            ([], _) => None,
            ([argument], Self::Treatment)
                if matches!(argument.name.as_deref(), None | Some("base" | "reference")) =>
            {
                Some(level_name(&argument.value)?)
            }
            _ => {
                return Err(Error::unsupported(format!(
                    "the arguments of '{expression}' are not supported: only Treatment takes one, its base level"
                )));
            }
        };
        Ok((contrast, base))
    }

    /// The coding of so many levels.
    pub(super) fn coding(&self, levels: usize, base: usize) -> Coding {
        let n = levels as f64;
        let entry: Box<dyn Fn(usize, usize) -> f64> = match self {
            Self::Treatment => return Coding::dropping(levels, Some(base)),
            Self::Sum => Box::new(move |level, column| {
                if level + 1 == levels {
                    -1.0
                } else {
                    f64::from(u8::from(level == column))
                }
            }),
            Self::Helmert => Box::new(|level, column| match level {
                _ if level <= column => -1.0,
                _ if level == column + 1 => level as f64,
                _ => 0.0,
            }),
            Self::Diff => Box::new(move |level, column| {
                let below = (column + 1) as f64;
                if level <= column {
                    below / n - 1.0
                } else {
                    below / n
                }
            }),
            Self::Poly => {
                let points: Vec<f64> = (1..=levels).map(|level| level as f64).collect();
                let basis = Polynomial::learn(&points, levels - 1);
                let columns = basis.columns(&points);
                Box::new(move |level, column| columns[column][level])
            }
        };
        let columns = levels - 1;
        let entries = (0..levels)
            .flat_map(|level| (0..columns).map(move |column| (level, column)))
            .map(|(level, column)| entry(level, column))
            .collect();
        Coding::Matrix { entries, columns }
    }

    /// What stands in brackets after the factor's name, for each column.
    pub(super) fn labels(&self, levels: &[String], base: usize) -> Vec<String> {
        let prefixed = |prefix: &str, levels: &[String]| -> Vec<String> {
            levels
                .iter()
                .map(|level| format!("{prefix}.{level}"))
                .collect()
        };
        match self {
            Self::Treatment => {
                let mut others = levels.to_vec();
                others.remove(base);
                prefixed("T", &others)
            }
            Self::Sum => prefixed("S", &levels[..levels.len() - 1]),
            Self::Helmert => prefixed("H", &levels[1..]),
            Self::Diff => prefixed("D", &levels[1..]),
            Self::Poly => (1..levels.len())
                .map(|degree| match degree {
                    1 => ".L".to_owned(),
                    2 => ".Q".to_owned(),
                    3 => ".C".to_owned(),
                    _ => format!("^{degree}"),
                })
                .collect(),
        }
    }
}

/// A level as it is named.
pub(super) fn level_name(expression: &Expression) -> Result<String> {
    match expression {
        Expression::Text(name) | Expression::Name(name) => Ok(name.clone()),
        Expression::Number(number) => Ok(number.to_string()),
        Expression::Negative(inner) => Ok(format!("-{}", level_name(inner)?)),
        other => Err(Error::value(format!(
            "'{other}' is not the name of a level"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matrices_of_three_levels() {
        let matrix = |contrast: Contrast| match contrast.coding(3, 0) {
            Coding::Matrix { entries, .. } => entries,
            Coding::Indicators { .. } => Vec::new(),
        };
        assert_eq!(matrix(Contrast::Sum), [1.0, 0.0, 0.0, 1.0, -1.0, -1.0]);
        assert_eq!(matrix(Contrast::Helmert), [-1.0, -1.0, 1.0, -1.0, 0.0, 2.0]);
        let root = 0.5_f64.sqrt();
        let poly = [
            -root,
            6.0_f64.sqrt() / 6.0,
            0.0,
            -(2.0 / 3.0_f64).sqrt(),
            root,
            6.0_f64.sqrt() / 6.0,
        ];
        for (a, b) in matrix(Contrast::Poly).iter().zip(poly) {
            assert!((a - b).abs() < 1e-14);
        }
    }
}
