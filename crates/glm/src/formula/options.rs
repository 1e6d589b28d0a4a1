//! The options of a function in a formula.

use super::expression::{Argument, Expression};
use crate::error::{Error, Result};

/// The options of a call, taken one by one.
pub(super) struct Options<'a> {
    whole: &'a Expression,
    rest: Vec<&'a Argument>,
}

impl<'a> Options<'a> {
    /// The arguments of a call that follow the data.
    pub(super) fn new(whole: &'a Expression, arguments: &'a [Argument]) -> Self {
        Self {
            whole,
            rest: arguments.iter().collect(),
        }
    }

    /// An error about an option's value.
    pub(super) fn wrong(&self, message: impl std::fmt::Display) -> Error {
        Error::value(format!("'{}': {message}", self.whole))
    }

    /// A name or a text.
    pub(super) fn word(&mut self, name: &str) -> Result<Option<String>> {
        match self.take(name, false) {
            None => Ok(None),
            Some(Expression::Name(word) | Expression::Text(word)) => Ok(Some(word.clone())),
            Some(other) => Err(self.wrong(format!("{name}={other} is not a word"))),
        }
    }

    /// The option of a name, or the next one without a name.
    pub(super) fn take(&mut self, name: &str, by_position: bool) -> Option<&'a Expression> {
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

    pub(super) fn number(&mut self, name: &str, by_position: bool) -> Result<Option<f64>> {
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

    pub(super) fn count(&mut self, name: &str, by_position: bool) -> Result<Option<usize>> {
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

    pub(super) fn flag(&mut self, name: &str) -> Result<Option<bool>> {
        match self.take(name, false) {
            None => Ok(None),
            Some(Expression::Name(value)) if matches!(value.as_str(), "True" | "TRUE") => {
                Ok(Some(true))
            }
            Some(Expression::Name(value)) if matches!(value.as_str(), "False" | "FALSE") => {
                Ok(Some(false))
            }
            Some(other) => Err(Error::value(format!(
                "{name}={other} in '{}' is neither True nor False",
                self.whole
            ))),
        }
    }

    pub(super) fn numbers(&mut self, name: &str) -> Result<Option<Vec<f64>>> {
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

    pub(super) fn finish(self) -> Result<()> {
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

pub(super) fn number(expression: &Expression) -> Option<f64> {
    match expression {
        Expression::Number(number) => Some(*number),
        Expression::Negative(inner) => number(inner).map(|number| -number),
        Expression::Group(inner) => number(inner),
        _ => None,
    }
}
