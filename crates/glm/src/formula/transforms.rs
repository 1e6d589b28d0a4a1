//! Functions of a column that learn something of it: where its knots are, or what its mean is.

use serde::{Deserialize, Serialize};

use super::expression::{Argument, Expression};
use crate::error::{Error, Result};
use crate::splines::{BSpline, NaturalSpline};

/// A function of a column, with what it learned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum Transform {
    /// Less the mean.
    Center {
        mean: f64,
    },
    /// Less the mean, in units of the standard deviation.
    Scale {
        mean: f64,
        deviation: f64,
    },
    /// Powers.
    Raw {
        degree: usize,
    },
    Polynomial(Polynomial),
    BSpline(BSpline),
    Natural(NaturalSpline),
}

/// What a transform is called in a formula.
pub(super) fn is_transform(function: &str) -> bool {
    matches!(
        function,
        "center" | "scale" | "standardize" | "poly" | "bs" | "ns"
    )
}

/// The options of a call, taken one by one.
struct Options<'a> {
    whole: &'a Expression,
    rest: Vec<&'a Argument>,
}

impl<'a> Options<'a> {
    /// The option of a name, or the next one without a name.
    fn take(&mut self, name: &str, by_position: bool) -> Option<&'a Expression> {
        let named = self
            .rest
            .iter()
            .position(|a| a.name.as_deref() == Some(name));
        let place = named.or_else(|| {
            let first = self.rest.first()?;
            (by_position && first.name.is_none()).then_some(0)
        })?;
        Some(&self.rest.remove(place).value)
    }

    fn number(&mut self, name: &str, by_position: bool) -> Result<Option<f64>> {
        let Some(value) = self.take(name, by_position) else {
            return Ok(None);
        };
        number(value).map(Some).ok_or_else(|| {
            Error::value(format!(
                "{name}={value} in '{}' is not a number",
                self.whole
            ))
        })
    }

    fn count(&mut self, name: &str, by_position: bool) -> Result<Option<usize>> {
        match self.number(name, by_position)? {
            None => Ok(None),
            Some(value) if value >= 0.0 && value.fract() == 0.0 && value < 1e6 => {
                Ok(Some(value as usize))
            }
            Some(value) => Err(Error::value(format!(
                "{name}={value} in '{}' is not a whole number",
                self.whole
            ))),
        }
    }

    fn flag(&mut self, name: &str) -> Result<bool> {
        match self.take(name, false) {
            None => Ok(false),
            Some(Expression::Name(value)) if matches!(value.as_str(), "True" | "TRUE") => Ok(true),
            Some(Expression::Name(value)) if matches!(value.as_str(), "False" | "FALSE") => {
                Ok(false)
            }
            Some(other) => Err(Error::value(format!(
                "{name}={other} in '{}' is neither True nor False",
                self.whole
            ))),
        }
    }

    fn numbers(&mut self, name: &str) -> Result<Option<Vec<f64>>> {
        let Some(value) = self.take(name, false) else {
            return Ok(None);
        };
        let items = match value {
            Expression::List(items) => items.iter().map(number).collect(),
            single => number(single).map(|number| vec![number]),
        };
        items.map(Some).ok_or_else(|| {
            Error::value(format!(
                "{name}={value} in '{}' is not a list of numbers",
                self.whole
            ))
        })
    }

    fn finish(self) -> Result<()> {
        match self.rest.first() {
            None => Ok(()),
            Some(argument) => Err(Error::unsupported(format!(
                "argument '{}' of '{}' is not supported in a formula",
                argument
                    .name
                    .clone()
                    .unwrap_or_else(|| argument.value.to_string()),
                self.whole
            ))),
        }
    }
}

fn number(expression: &Expression) -> Option<f64> {
    match expression {
        Expression::Number(number) => Some(*number),
        Expression::Negative(inner) => number(inner).map(|number| -number),
        Expression::Group(inner) => number(inner),
        _ => None,
    }
}

impl Transform {
    /// The transform that a call asks for, learned from the values of its argument.
    pub(super) fn learn(
        function: &str,
        options: &[Argument],
        whole: &Expression,
        x: &[f64],
    ) -> Result<Self> {
        let mut options = Options {
            whole,
            rest: options.iter().collect(),
        };
        let n = x.len() as f64;
        let mean = x.iter().sum::<f64>() / n;
        let transform = match function {
            "center" => Self::Center { mean },
            "scale" | "standardize" => {
                let squares: f64 = x.iter().map(|x| (x - mean) * (x - mean)).sum();
                let deviation = (squares / (n - 1.0)).sqrt();
                if deviation.is_nan() || deviation == 0.0 {
                    return Err(Error::value(format!("'{whole}' scales a constant")));
                }
                Self::Scale { mean, deviation }
            }
            "poly" => {
                let degree = options.count("degree", true)?.unwrap_or(1);
                let raw = options.flag("raw")?;
                let mut distinct = x.to_vec();
                distinct.sort_by(f64::total_cmp);
                distinct.dedup();
                if degree == 0 || (degree >= distinct.len() && !raw) {
                    return Err(Error::value(format!(
                        "the degree in '{whole}' must be between 1 and one less than the {} distinct values",
                        distinct.len()
                    )));
                }
                if raw {
                    Self::Raw { degree }
                } else {
                    Self::Polynomial(Polynomial::learn(x, degree))
                }
            }
            "bs" | "ns" => {
                let df = options.count("df", true)?;
                let knots = options.numbers("knots")?;
                let degree = options.count("degree", false)?.unwrap_or(3);
                let intercept = options.flag("intercept")? | options.flag("include_intercept")?;
                let lower = options.number("lower_bound", false)?;
                let upper = options.number("upper_bound", false)?;
                let bounds = (
                    lower.unwrap_or_else(|| x.iter().copied().fold(f64::INFINITY, f64::min)),
                    upper.unwrap_or_else(|| x.iter().copied().fold(f64::NEG_INFINITY, f64::max)),
                );
                let name = |error: String| Error::value(format!("'{whole}': {error}"));
                if function == "bs" {
                    Self::BSpline(
                        BSpline::learn(x, df, knots, degree, intercept, bounds).map_err(name)?,
                    )
                } else if degree != 3 {
                    return Err(Error::value(format!(
                        "'{whole}': natural splines have degree 3"
                    )));
                } else {
                    Self::Natural(
                        NaturalSpline::learn(x, df, knots, intercept, bounds).map_err(name)?,
                    )
                }
            }
            _ => {
                return Err(Error::unsupported(format!(
                    "'{function}' in '{whole}' is not supported"
                )));
            }
        };
        options.finish()?;
        Ok(transform)
    }

    /// The transformed columns.
    pub(super) fn columns(&self, x: &[f64], whole: &Expression) -> Result<Vec<Vec<f64>>> {
        let each = |f: &dyn Fn(f64) -> f64| vec![x.iter().map(|x| f(*x)).collect()];
        let outside = |value: f64| {
            Error::value(format!(
                "'{whole}': {value} is outside of the range that the spline was fitted on"
            ))
        };
        match self {
            Self::Center { mean } => Ok(each(&|x| x - mean)),
            Self::Scale { mean, deviation } => Ok(each(&|x| (x - mean) / deviation)),
            Self::Raw { degree } => Ok((1..=*degree as i32)
                .map(|power| x.iter().map(|x| x.powi(power)).collect())
                .collect()),
            Self::Polynomial(polynomial) => Ok(polynomial.columns(x)),
            Self::BSpline(spline) => spline.columns(x).map_err(outside),
            Self::Natural(spline) => Ok(spline.columns(x)),
        }
    }

    /// Whether columns are numbered in names.
    pub(super) fn is_numbered(&self) -> bool {
        !matches!(self, Self::Center { .. } | Self::Scale { .. })
    }
}

/// Orthonormal polynomials over the values they were learned from, by their three-term recurrence
/// (Kennedy & Gentle 1980, *Statistical Computing*, section 8.4).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Polynomial {
    shifts: Vec<f64>,
    squares: Vec<f64>,
}

impl Polynomial {
    pub(super) fn learn(x: &[f64], degree: usize) -> Self {
        let mut basis = Self {
            shifts: Vec::new(),
            squares: vec![x.len() as f64],
        };
        let mut before = vec![0.0; x.len()];
        let mut current = vec![1.0; x.len()];
        for _ in 0..degree {
            let square = basis.squares[basis.squares.len() - 1];
            let weighted: f64 = current.iter().zip(x).map(|(p, x)| x * p * p).sum();
            basis.shifts.push(weighted / square);
            let next = basis.next(x, &before, &current);
            basis.squares.push(next.iter().map(|p| p * p).sum());
            before = std::mem::replace(&mut current, next);
        }
        basis
    }

    /// The polynomial after `current`, by the last shift that is known.
    fn next(&self, x: &[f64], before: &[f64], current: &[f64]) -> Vec<f64> {
        self.step(self.shifts.len() - 1, x, before, current)
    }

    fn step(&self, degree: usize, x: &[f64], before: &[f64], current: &[f64]) -> Vec<f64> {
        let ratio = if degree == 0 {
            0.0
        } else {
            self.squares[degree] / self.squares[degree - 1]
        };
        let rows = x.iter().zip(before).zip(current);
        rows.map(|((x, before), current)| (x - self.shifts[degree]) * current - ratio * before)
            .collect()
    }

    pub(super) fn columns(&self, x: &[f64]) -> Vec<Vec<f64>> {
        let mut before = vec![0.0; x.len()];
        let mut current = vec![1.0; x.len()];
        let mut columns = Vec::new();
        for degree in 0..self.shifts.len() {
            let next = self.step(degree, x, &before, &current);
            let root = self.squares[degree + 1].sqrt();
            columns.push(next.iter().map(|p| p / root).collect());
            before = std::mem::replace(&mut current, next);
        }
        columns
    }
}
