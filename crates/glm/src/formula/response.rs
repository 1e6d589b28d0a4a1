//! What stands left of the tilde.

use std::borrow::Cow;

use super::evaluate::evaluate;
use super::expression::Expression;
use super::frame::{Column, Frame};
use crate::error::{Error, Result};

/// A response, with the number of trials if it is a proportion.
#[derive(Clone, Debug)]
pub struct Response<'a> {
    /// The values.
    pub values: Cow<'a, [f64]>,
    /// The trials of which they are the proportion of successes.
    pub trials: Option<Vec<f64>>,
}

/// The response that an expression stands for: numbers, a factor whose first level is failure, or
/// `cbind(successes, failures)`.
///
/// # Errors
/// If it is none of these.
pub fn response<'a>(expression: &Expression, frame: &'a Frame<'_>) -> Result<Response<'a>> {
    match expression {
        Expression::Name(name) => {
            if let Column::Categorical { codes, levels } = frame.column(name)? {
                return two_levels(name, codes, levels);
            }
        }
        Expression::Call {
            function,
            arguments,
            ..
        } if function == "cbind" => {
            let [successes, failures] = arguments.as_slice() else {
                return Err(Error::value(format!(
                    "cbind() takes successes and failures, not {} arguments",
                    arguments.len()
                )));
            };
            let successes = evaluate(&successes.value, frame)?.into_column(frame.rows());
            let failures = evaluate(&failures.value, frame)?.into_column(frame.rows());
            return proportion(&successes, &failures);
        }
        _ => {}
    }
    Ok(Response {
        values: evaluate(expression, frame)?.into_column(frame.rows()),
        trials: None,
    })
}

fn proportion(successes: &[f64], failures: &[f64]) -> Result<Response<'static>> {
    let rows = || successes.iter().zip(failures);
    if let Some(row) = rows().position(|(s, f)| !(*s >= 0.0 && *f >= 0.0)) {
        return Err(Error::value(format!(
            "successes and failures must not be negative, but row {row} has {} and {}",
            successes[row], failures[row]
        )));
    }
    let trials: Vec<f64> = rows().map(|(s, f)| s + f).collect();
    // Without a trial there is no proportion, and no weight either.
    let share = |(s, n): (&f64, &f64)| if *n > 0.0 { s / n } else { 0.0 };
    let values: Vec<f64> = successes.iter().zip(&trials).map(share).collect();
    Ok(Response {
        values: values.into(),
        trials: Some(trials),
    })
}

fn two_levels(name: &str, codes: &[u32], levels: &[String]) -> Result<Response<'static>> {
    if levels.len() > 2 {
        return Err(Error::value(format!(
            "the response '{name}' has {} levels; a categorical response has two, the first of which is failure",
            levels.len()
        )));
    }
    Ok(Response {
        values: codes
            .iter()
            .map(|code| f64::from(u8::from(*code != 0)))
            .collect(),
        trials: None,
    })
}
