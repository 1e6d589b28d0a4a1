//! The values of arithmetic on columns.

use std::borrow::Cow;

use super::expression::{Argument, Expression, Operator, constant};
use super::frame::{Column, Frame, distance};
use super::functions::{self, modulo, power, truth};
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

/// The values of an expression.
pub(super) fn evaluate<'a>(expression: &Expression, frame: &'a Frame<'_>) -> Result<Value<'a>> {
    match expression {
        Expression::Number(number) => Ok(Value::Scalar(*number)),
        Expression::Name(name) => match constant(name) {
            Some(number) => Ok(Value::Scalar(number)),
            None => column(name, frame, expression),
        },
        Expression::Not(inner) => Ok(evaluate(inner, frame)?.map(|x| truth(x == 0.0))),
        Expression::Group(inner) => evaluate(inner, frame),
        Expression::Negative(inner) => Ok(evaluate(inner, frame)?.map(|x| -x)),
        Expression::Binary(operator, left, right) => {
            if let Some(same) = compare_levels(*operator, left, right, frame)? {
                return Ok(same);
            }
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
        Operator::FloorDivide => |a, b| (a / b).floor(),
        Operator::Modulo => modulo,
        Operator::And => |a, b| truth(a != 0.0 && b != 0.0),
        Operator::Or => |a, b| truth(a != 0.0 || b != 0.0),
        Operator::Equal => |a, b| truth(a == b),
        Operator::NotEqual => |a, b| truth(a != b),
        Operator::Less => |a, b| truth(a < b),
        Operator::LessEqual => |a, b| truth(a <= b),
        Operator::Greater => |a, b| truth(a > b),
        Operator::GreaterEqual => |a, b| truth(a >= b),
        Operator::Interact | Operator::In => return None,
    })
}

/// The indicator of a factor's levels: `g == 'b'`, `g != 'b'`, `isin(g, ['a', 'b'])`.
fn indicator(
    source: &Expression,
    wanted: &[Expression],
    frame: &Frame<'_>,
) -> Option<Value<'static>> {
    let Expression::Name(name) = source else {
        return None;
    };
    let Ok(Column::Categorical { codes, levels }) = frame.column(name) else {
        return None;
    };
    let names = wanted.iter().map(|level| match level {
        Expression::Text(level) => Some(level.clone()),
        Expression::Number(number) => Some(number.to_string()),
        _ => None,
    });
    let names = names.collect::<Option<Vec<String>>>()?;
    let chosen: Vec<f64> = levels
        .iter()
        .map(|level| truth(names.contains(level)))
        .collect();
    Some(Value::Column(
        codes.iter().map(|code| chosen[*code as usize]).collect(),
    ))
}

fn compare_levels(
    operator: Operator,
    left: &Expression,
    right: &Expression,
    frame: &Frame<'_>,
) -> Result<Option<Value<'static>>> {
    if !matches!(operator, Operator::Equal | Operator::NotEqual) {
        return Ok(None);
    }
    let pairs = [(left, right), (right, left)];
    let same = pairs
        .into_iter()
        .find_map(|(source, level)| indicator(source, std::slice::from_ref(level), frame));
    Ok(same.map(|same| match operator {
        Operator::Equal => same,
        _ => same.map(|x| 1.0 - x),
    }))
}

fn call<'a>(
    function: &str,
    written: &str,
    arguments: &[Argument],
    frame: &'a Frame<'_>,
    whole: &Expression,
) -> Result<Value<'a>> {
    let named: &[&str] = match function {
        "clip" => &["a", "a_min", "a_max"],
        "where" => &["condition", "x", "y"],
        _ => &[],
    };
    let mut ordered: Vec<&Expression> = Vec::new();
    for (index, argument) in arguments.iter().enumerate() {
        match &argument.name {
            None => ordered.push(&argument.value),
            Some(name) if named.get(index) == Some(&name.as_str()) => ordered.push(&argument.value),
            Some(name) => {
                return Err(Error::unsupported(format!(
                    "argument '{name}' of '{written}' in '{whole}' is not supported in a formula"
                )));
            }
        }
    }
    let value = |index: usize| evaluate(ordered[index], frame);
    match (function, ordered.as_slice()) {
        ("Q", [Expression::Text(name) | Expression::Name(name)]) => column(name, frame, whole),
        ("Q", [other]) => Err(Error::value(format!(
            "Q() takes a column's name, not {other}"
        ))),
        // A factor without its class is the positions of its levels, from one on.
        ("unclass" | "as.numeric" | "as.integer", [Expression::Name(name)])
            if matches!(frame.column(name)?, Column::Categorical { .. }) =>
        {
            match frame.column(name)? {
                Column::Categorical { codes, .. } => Ok(Value::Column(
                    codes.iter().map(|code| f64::from(*code) + 1.0).collect(),
                )),
                Column::Numeric(_) => value(0),
            }
        }
        ("isin", [source, Expression::List(items)]) => {
            if let Some(found) = indicator(source, items, frame) {
                return Ok(found);
            }
            let mut numbers = Vec::new();
            for item in items {
                match evaluate(item, frame)? {
                    Value::Scalar(number) => numbers.push(number),
                    Value::Column(_) => {
                        return Err(Error::value(format!(
                            "'{item}' in '{whole}' is not one number"
                        )));
                    }
                }
            }
            Ok(value(0)?.map(|x| truth(numbers.contains(&x))))
        }
        ("where" | "ifelse", [_, _, _]) => {
            let rows = frame.rows();
            let parts = [value(0)?, value(1)?, value(2)?].map(|part| part.into_column(rows));
            let [condition, yes, no] = parts;
            let each = condition.iter().zip(yes.iter().zip(no.iter()));
            Ok(Value::Column(
                each.map(|(c, (yes, no))| if *c != 0.0 { *yes } else { *no })
                    .collect(),
            ))
        }
        ("clip", [_, _, _]) => Ok(value(0)?.zip(value(1)?, f64::max).zip(value(2)?, f64::min)),
        (_, [_]) => match functions::unary(function) {
            Some(f) => Ok(value(0)?.map(f)),
            None => Err(unknown_function(function, written, whole)),
        },
        (_, [_, _]) => match functions::binary(function) {
            Some(f) => Ok(value(0)?.zip(value(1)?, f)),
            None => Err(unknown_function(function, written, whole)),
        },
        // pmin() and pmax() take any number of columns.
        ("pmin" | "pmax", [_, _, ..]) => {
            let f: fn(f64, f64) -> f64 = if function == "pmin" {
                f64::min
            } else {
                f64::max
            };
            (1..ordered.len()).try_fold(value(0)?, |all, index| Ok(all.zip(value(index)?, f)))
        }
        _ => Err(unknown_function(function, written, whole)),
    }
}

fn letters(name: &str) -> Vec<char> {
    let mut letters: Vec<char> = name.chars().collect();
    letters.sort_unstable();
    letters
}

#[cold]
fn unknown_function(function: &str, written: &str, whole: &Expression) -> Error {
    let near: Vec<String> = functions::names()
        .filter(|known| {
            // Letters in another order are near, too.
            distance(function, known) <= 1 + function.len() / 5
                || letters(function) == letters(known)
        })
        .map(|known| format!("'{known}'"))
        .collect();
    let hint = if near.is_empty() {
        "compute it as a column of the data".to_owned()
    } else {
        format!("did you mean {}?", near.join(" or "))
    };
    Error::unsupported(format!(
        "'{written}' in '{whole}' is not supported in a formula: {hint}"
    ))
}
