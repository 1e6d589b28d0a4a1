//! Factors: what levels there are, and which one each row has.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::contrasts::{Contrast, level_name};
use super::evaluate::evaluate;
use super::expression::Expression;
use super::frame::{Column, Frame};
use super::recipe::Unseen;
use crate::error::{Error, Result};

/// A factor's levels and how they are compared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Levels {
    /// The levels in order.
    pub names: Vec<String>,
    /// How they are compared.
    pub contrast: Contrast,
    /// The level that others are compared with.
    pub base: usize,
    /// What has these levels: a column's name, or arithmetic on columns.
    source: Expression,
}

/// The name of a level that is a number.
fn number_name(value: f64) -> String {
    format!("{value}")
}

/// A factor before its levels are settled: names in order, and the position of each row's.
struct Coded<'a> {
    names: Cow<'a, [String]>,
    codes: Cow<'a, [u32]>,
}

fn coded<'a>(source: &Expression, frame: &'a Frame<'_>) -> Result<Coded<'a>> {
    let named = match source {
        Expression::Name(name) => Some(name),
        Expression::Call {
            function,
            arguments,
            ..
        } if function == "Q" => match arguments.as_slice() {
            [argument] => match &argument.value {
                Expression::Text(name) => Some(name),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    };
    if let Some(name) = named
        && let Column::Categorical { codes, levels } = frame.column(name)?
    {
        return Ok(Coded {
            names: Cow::Borrowed(levels),
            codes: Cow::Borrowed(codes),
        });
    }
    let values = evaluate(source, frame)?.into_column(frame.rows());
    let mut order: Vec<f64> = Vec::new();
    let mut places: HashMap<u64, u32> = HashMap::new();
    let key = |value: f64| (value + 0.0).to_bits();
    for value in values.iter() {
        places.entry(key(*value)).or_insert_with(|| {
            order.push(*value);
            0
        });
    }
    order.sort_by(f64::total_cmp);
    for (place, value) in order.iter().enumerate() {
        places.insert(key(*value), place as u32);
    }
    Ok(Coded {
        names: order.iter().map(|value| number_name(*value)).collect(),
        codes: values.iter().map(|value| places[&key(*value)]).collect(),
    })
}

impl Levels {
    /// Whether an expression is a factor, and if so its levels as the data have them.
    pub(super) fn learn(factor: &Expression, frame: &Frame<'_>) -> Result<Option<Self>> {
        let (source, options) = match factor {
            Expression::Name(name) => match frame.column(name)? {
                Column::Categorical { .. } => (factor, &[][..]),
                Column::Numeric(_) => return Ok(None),
            },
            Expression::Call {
                function,
                arguments,
                ..
            } if function == "Q" => {
                match coded_column(arguments.first().map(|a| &a.value), frame) {
                    true => (factor, &[][..]),
                    false => return Ok(None),
                }
            }
            Expression::Call {
                function,
                arguments,
                ..
            } if function == "C" || function == "factor" => match arguments.split_first() {
                Some((source, options)) if source.name.is_none() => (&source.value, options),
                _ => return Err(Error::value(format!("'{factor}' names no column"))),
            },
            _ => return Ok(None),
        };
        let (mut contrast, mut base, mut given) = (Contrast::default(), None, None);
        for option in options {
            match option.name.as_deref() {
                None | Some("contrast" | "contrasts") => {
                    (contrast, base) = Contrast::from_expression(&option.value)?;
                }
                Some("base" | "reference") => base = Some(level_name(&option.value)?),
                Some("levels") => match &option.value {
                    Expression::List(items) => {
                        given = Some(items.iter().map(level_name).collect::<Result<Vec<_>>>()?);
                    }
                    other => return Err(Error::value(format!("levels={other} is not a list"))),
                },
                Some(other) => {
                    return Err(Error::unsupported(format!(
                        "argument '{other}' of '{factor}' is not supported in a formula"
                    )));
                }
            }
        }
        let names = match given {
            Some(names) => names,
            None => observed(&coded(source, frame)?),
        };
        if names.is_empty() {
            return Err(Error::value(format!("'{factor}' has no levels")));
        }
        let base = match base {
            None => 0,
            Some(base) => names.iter().position(|name| *name == base).ok_or_else(|| {
                Error::value(format!(
                    "'{factor}' has no level '{base}'; it has {}",
                    names.join(", ")
                ))
            })?,
        };
        Ok(Some(Self {
            names,
            contrast,
            base,
            source: source.clone(),
        }))
    }

    /// The levels of a factor, or of a column of numbers taken for one.
    pub(super) fn learn_any(source: &Expression, frame: &Frame<'_>) -> Result<Self> {
        if let Some(levels) = Self::learn(source, frame)? {
            return Ok(levels);
        }
        Ok(Self {
            names: observed(&coded(source, frame)?),
            contrast: Contrast::default(),
            base: 0,
            source: source.clone(),
        })
    }

    /// The level of each row; [`Column::MISSING`] for levels that are unknown.
    pub(super) fn codes_if_known<'a>(&self, frame: &'a Frame<'_>) -> Result<Cow<'a, [u32]>> {
        let coded = coded(&self.source, frame)?;
        if *coded.names == *self.names {
            return Ok(coded.codes);
        }
        let place_of: HashMap<&str, u32> = self.names.iter().map(String::as_str).zip(0..).collect();
        let places: Vec<u32> = coded
            .names
            .iter()
            .map(|name| {
                place_of
                    .get(name.as_str())
                    .copied()
                    .unwrap_or(Column::MISSING)
            })
            .collect();
        Ok(coded
            .codes
            .iter()
            .map(|code| places[*code as usize])
            .collect())
    }

    /// The level of each row.
    pub(super) fn codes<'a>(&self, frame: &'a Frame<'_>, unseen: Unseen) -> Result<Cow<'a, [u32]>> {
        let coded = coded(&self.source, frame)?;
        if *coded.names == *self.names {
            return Ok(coded.codes);
        }
        let place_of: HashMap<&str, u32> = self.names.iter().map(String::as_str).zip(0..).collect();
        let map: Vec<Option<u32>> = coded
            .names
            .iter()
            .map(|name| place_of.get(name.as_str()).copied())
            .collect();
        let translate = |code: &u32| match (map[*code as usize], unseen) {
            (Some(place), _) => Ok(place),
            (None, Unseen::Reference) => Ok(self.base as u32),
            (None, Unseen::Raise) => Err(Error::value(format!(
                "'{}' has the level '{}', which the model does not know; its levels are {}",
                self.source,
                coded.names[*code as usize],
                self.names.join(", ")
            ))),
        };
        coded.codes.iter().map(translate).collect()
    }
}

/// Whether an expression is a factor.
pub(super) fn is_categorical(factor: &Expression, frame: &Frame<'_>) -> Result<bool> {
    Ok(match factor {
        Expression::Name(name) => matches!(frame.column(name)?, Column::Categorical { .. }),
        Expression::Call {
            function,
            arguments,
            ..
        } => match function.as_str() {
            "C" | "factor" => true,
            "Q" => coded_column(arguments.first().map(|a| &a.value), frame),
            _ => false,
        },
        _ => false,
    })
}

fn coded_column(argument: Option<&Expression>, frame: &Frame<'_>) -> bool {
    match argument {
        Some(Expression::Text(name)) => {
            matches!(frame.column(name), Ok(Column::Categorical { .. }))
        }
        _ => false,
    }
}

/// The levels that occur.
fn observed(coded: &Coded<'_>) -> Vec<String> {
    let mut occurs = vec![false; coded.names.len()];
    coded
        .codes
        .iter()
        .for_each(|code| occurs[*code as usize] = true);
    let names = coded.names.iter().zip(occurs);
    names
        .filter(|(_, occurs)| *occurs)
        .map(|(name, _)| name.clone())
        .collect()
}
