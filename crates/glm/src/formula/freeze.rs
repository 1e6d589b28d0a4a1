//! Expressions in which what is learned from the data is written out as numbers.
//!
//! `x / np.mean(x)` and `I(center(x)**2)` are about the mean of the data that a model is fitted to, not of those that it
//! predicts from later.

use super::encoding::is_encoding;
use super::evaluate::evaluate;
use super::expression::{Argument, Expression};
use super::frame::Frame;
use super::transforms::{Transform, is_scalar, is_transform};
use crate::error::{Error, Result};
use crate::splines::quantile;

/// Functions that make one number of a column.
fn reduction(function: &str, values: &[f64], argument: Option<f64>) -> Option<f64> {
    let n = values.len() as f64;
    let mean = || values.iter().sum::<f64>() / n;
    let spread = |ddof: f64| {
        let mean = mean();
        values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - ddof)
    };
    let at = |probability: f64| {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        quantile(&sorted, probability)
    };
    Some(match (function, argument) {
        ("mean" | "nanmean" | "average", None) => mean(),
        ("median" | "nanmedian", None) => at(0.5),
        ("sum" | "nansum", None) => values.iter().sum(),
        ("min" | "amin" | "nanmin", None) => values.iter().copied().fold(f64::INFINITY, f64::min),
        ("max" | "amax" | "nanmax", None) => {
            values.iter().copied().fold(f64::NEG_INFINITY, f64::max)
        }
        // R's have one degree of freedom less.
        ("std" | "nanstd", None) => spread(0.0).sqrt(),
        ("sd", None) => spread(1.0).sqrt(),
        ("var" | "nanvar", None) => spread(0.0),
        ("quantile" | "nanquantile", Some(q)) if (0.0..=1.0).contains(&q) => at(q),
        ("percentile" | "nanpercentile", Some(q)) if (0.0..=100.0).contains(&q) => at(q / 100.0),
        _ => return None,
    })
}

/// Whether what an expression says of a row depends on other rows.
pub(super) fn depends_on_rows(expression: &Expression) -> bool {
    match expression {
        Expression::Group(e) | Expression::Negative(e) | Expression::Not(e) => depends_on_rows(e),
        Expression::Binary(_, a, b) => depends_on_rows(a) || depends_on_rows(b),
        Expression::Call {
            function,
            arguments,
            ..
        } => {
            let number = match arguments.as_slice() {
                [
                    _,
                    Argument {
                        value: Expression::Number(number),
                        ..
                    },
                ] => Some(*number),
                _ => None,
            };
            function == "s"
                || is_encoding(function)
                || is_transform(function)
                || reduction(function, &[0.0, 1.0], number).is_some()
                || arguments
                    .iter()
                    .any(|a| a.name.is_none() && depends_on_rows(&a.value))
        }
        _ => false,
    }
}

/// The expression with what it learns from the data written out; `top` says that it stands for itself, so that it may
/// have several columns.
pub(super) fn freeze(expression: &Expression, frame: &Frame<'_>, top: bool) -> Result<Expression> {
    let inner = |e: &Expression| freeze(e, frame, false);
    Ok(match expression {
        Expression::Group(e) => Expression::Group(Box::new(inner(e)?)),
        Expression::Negative(e) => Expression::Negative(Box::new(inner(e)?)),
        Expression::Not(e) => Expression::Not(Box::new(inner(e)?)),
        Expression::Binary(operator, a, b) => {
            Expression::Binary(*operator, Box::new(inner(a)?), Box::new(inner(b)?))
        }
        Expression::Call {
            function,
            written,
            arguments,
        } => {
            let arguments = arguments
                .iter()
                .map(|argument| {
                    Ok(Argument {
                        name: argument.name.clone(),
                        value: match argument.name {
                            None => inner(&argument.value)?,
                            Some(_) => argument.value.clone(),
                        },
                    })
                })
                .collect::<Result<Vec<_>>>()?;
            if let Some(number) = reduced(function, &arguments, frame) {
                return Ok(Expression::Number(number));
            }
            if !top && is_transform(function) {
                return arithmetic(function, &arguments, expression, frame);
            }
            Expression::Call {
                function: function.clone(),
                written: written.clone(),
                arguments,
            }
        }
        other => other.clone(),
    })
}

fn reduced(function: &str, arguments: &[Argument], frame: &Frame<'_>) -> Option<f64> {
    let (first, rest) = arguments.split_first()?;
    let argument = match rest {
        [] => None,
        [
            Argument {
                value: Expression::Number(number),
                ..
            },
        ] => Some(*number),
        _ => return None,
    };
    // Whether the function is one at all is known without looking at the data.
    reduction(function, &[0.0, 1.0], argument)?;
    let values = evaluate(&first.value, frame)
        .ok()?
        .into_column(frame.rows());
    reduction(function, &values, argument)
}

/// A transform within arithmetic.
fn arithmetic(
    function: &str,
    arguments: &[Argument],
    whole: &Expression,
    frame: &Frame<'_>,
) -> Result<Expression> {
    let Some((first, options)) = arguments.split_first().filter(|_| is_scalar(function)) else {
        return Err(Error::value(format!(
            "'{whole}' is a term of its own: it cannot stand within arithmetic or another function"
        )));
    };
    let x = evaluate(&first.value, frame)?.into_column(frame.rows());
    let transform = Transform::learn(function, options, whole, &x)?;
    Ok(transform
        .as_arithmetic(first.value.clone())
        .unwrap_or_else(|| whole.clone()))
}
