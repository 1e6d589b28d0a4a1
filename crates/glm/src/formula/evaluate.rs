//! The values of arithmetic on columns.

use std::borrow::Cow;

use super::expression::{Argument, Expression, Operator};
use super::frame::{Column, Frame};
use crate::error::{Error, Result};

/// A number, or one a row.
#[derive(Clone, Debug)]
pub(super) enum Value<'a> {
    Scalar(f64),
    Column(Cow<'a, [f64]>),
}

impl<'a> Value<'a> {
    /// The values of each row.
    pub(super) fn into_column(self, rows: usize) -> Cow<'a, [f64]> {
        match self {
            Self::Scalar(value) => vec![value; rows].into(),
            Self::Column(values) => values,
        }
    }

    fn map(self, f: impl Fn(f64) -> f64) -> Self {
        match self {
            Self::Scalar(value) => Self::Scalar(f(value)),
            Self::Column(mut values) => {
                match &mut values {
                    Cow::Owned(values) => values.iter_mut().for_each(|value| *value = f(*value)),
                    Cow::Borrowed(borrowed) => {
                        values = borrowed.iter().map(|value| f(*value)).collect();
                    }
                }
                Self::Column(values)
            }
        }
    }

    fn zip(self, other: Self, f: impl Fn(f64, f64) -> f64) -> Self {
        match (self, other) {
            (a, Self::Scalar(b)) => a.map(|a| f(a, b)),
            (Self::Scalar(a), b) => b.map(|b| f(a, b)),
            (Self::Column(a), Self::Column(b)) => {
                let pairs = a.iter().zip(b.iter());
                Self::Column(pairs.map(|(a, b)| f(*a, *b)).collect())
            }
        }
    }
}

/// Functions of one argument.
const FUNCTIONS: &[(&str, fn(f64) -> f64)] = &[
    ("log", f64::ln),
    ("log2", f64::log2),
    ("log10", f64::log10),
    ("log1p", f64::ln_1p),
    ("exp", f64::exp),
    ("expm1", f64::exp_m1),
    ("sqrt", f64::sqrt),
    ("cbrt", f64::cbrt),
    ("abs", f64::abs),
    ("absolute", f64::abs),
    ("square", |x| x * x),
    ("reciprocal", |x| 1.0 / x),
    ("negative", |x| -x),
    ("sin", f64::sin),
    ("cos", f64::cos),
    ("tan", f64::tan),
    ("arcsin", f64::asin),
    ("arccos", f64::acos),
    ("arctan", f64::atan),
    ("sinh", f64::sinh),
    ("cosh", f64::cosh),
    ("tanh", f64::tanh),
    ("floor", f64::floor),
    ("ceil", f64::ceil),
    ("trunc", f64::trunc),
    ("round", f64::round_ties_even),
    ("sign", |x| if x == 0.0 { 0.0 } else { x.signum() }),
    ("I", |x| x),
    ("unclass", |x| x),
];

/// The values of an expression.
pub(super) fn evaluate<'a>(expression: &Expression, frame: &'a Frame<'_>) -> Result<Value<'a>> {
    match expression {
        Expression::Number(number) => Ok(Value::Scalar(*number)),
        Expression::Name(name) => column(name, frame, expression),
        Expression::Group(inner) => evaluate(inner, frame),
        Expression::Negative(inner) => Ok(evaluate(inner, frame)?.map(|x| -x)),
        Expression::Binary(operator, left, right) => {
            let f = arithmetic(*operator).ok_or_else(|| {
                Error::value(format!("'{expression}' is not arithmetic on columns"))
            })?;
            Ok(evaluate(left, frame)?.zip(evaluate(right, frame)?, f))
        }
        Expression::Call {
            function,
            written,
            arguments,
        } => call(function, written, arguments, frame, expression),
        Expression::Text(_) | Expression::Dot | Expression::List(_) => Err(Error::value(format!(
            "{expression} does not stand for numbers"
        ))),
    }
}

fn column<'a>(name: &str, frame: &'a Frame<'_>, expression: &Expression) -> Result<Value<'a>> {
    match frame.column(name)? {
        Column::Numeric(values) => Ok(Value::Column(Cow::Borrowed(values))),
        Column::Categorical { .. } => Err(Error::value(format!(
            "column '{name}' is categorical, but '{expression}' needs numbers"
        ))),
    }
}

fn arithmetic(operator: Operator) -> Option<fn(f64, f64) -> f64> {
    Some(match operator {
        Operator::Add => |a, b| a + b,
        Operator::Subtract => |a, b| a - b,
        Operator::Multiply => |a, b| a * b,
        Operator::Divide => |a, b| a / b,
        Operator::Power => power,
        Operator::Equal => |a, b| f64::from(u8::from(a == b)),
        Operator::NotEqual => |a, b| f64::from(u8::from(a != b)),
        Operator::Less => |a, b| f64::from(u8::from(a < b)),
        Operator::LessEqual => |a, b| f64::from(u8::from(a <= b)),
        Operator::Greater => |a, b| f64::from(u8::from(a > b)),
        Operator::GreaterEqual => |a, b| f64::from(u8::from(a >= b)),
        Operator::Interact | Operator::In => return None,
    })
}

/// Squares are products, to the last bit.
fn power(base: f64, exponent: f64) -> f64 {
    if exponent == 2.0 {
        base * base
    } else {
        base.powf(exponent)
    }
}

fn call<'a>(
    function: &str,
    written: &str,
    arguments: &[Argument],
    frame: &'a Frame<'_>,
    whole: &Expression,
) -> Result<Value<'a>> {
    if let Some(argument) = arguments.iter().find(|argument| argument.name.is_some()) {
        return Err(Error::unsupported(format!(
            "argument '{}' of '{written}' in '{whole}' is not supported in a formula",
            argument.name.as_deref().unwrap_or_default()
        )));
    }
    let value = |index: usize| evaluate(&arguments[index].value, frame);
    match (function, arguments) {
        ("Q", [argument]) => match &argument.value {
            Expression::Text(name) | Expression::Name(name) => column(name, frame, whole),
            other => Err(Error::value(format!(
                "Q() takes a column's name, not {other}"
            ))),
        },
        // A factor without its class is the positions of its levels, from one on.
        ("unclass", [argument]) => match &argument.value {
            Expression::Name(name) => match frame.column(name)? {
                Column::Categorical { codes, .. } => Ok(Value::Column(
                    codes.iter().map(|code| f64::from(*code) + 1.0).collect(),
                )),
                Column::Numeric(_) => value(0),
            },
            _ => value(0),
        },
        ("pmin" | "minimum" | "fmin", [_, _]) => Ok(value(0)?.zip(value(1)?, f64::min)),
        ("pmax" | "maximum" | "fmax", [_, _]) => Ok(value(0)?.zip(value(1)?, f64::max)),
        ("power" | "pow", [_, _]) => Ok(value(0)?.zip(value(1)?, power)),
        ("clip", [_, _, _]) => Ok(value(0)?.zip(value(1)?, f64::max).zip(value(2)?, f64::min)),
        (_, [_]) => match FUNCTIONS.iter().find(|(name, _)| *name == function) {
            Some((_, f)) => Ok(value(0)?.map(f)),
            None => Err(unknown_function(written, whole)),
        },
        _ => Err(unknown_function(written, whole)),
    }
}

#[cold]
fn unknown_function(written: &str, whole: &Expression) -> Error {
    Error::unsupported(format!(
        "'{written}' in '{whole}' is not supported in a formula: compute it as a column of the data"
    ))
}
