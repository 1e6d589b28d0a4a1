//! A formula with what it learned from data, which makes the design of any data.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::categorical::Levels;
use super::evaluate::evaluate;
use super::expression::Expression;
use super::frame::{Column, Frame};
use super::learning::{Learns, learns};
use super::parser::Formula;
use super::terms::{Terms, expand};
use super::transforms::{Transform, is_transform};
use crate::design_matrix::{Block, Coding, Dense, Design, Factor};
use crate::error::{Error, Result};

/// What to do with a level that was not there when the model was fitted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unseen {
    /// Refuse it.
    #[default]
    Raise,
    /// Take the base level for it.
    Reference,
}

/// What a factor of terms is, and what was learned of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Kind {
    Numeric,
    Transformed(Transform),
    Categorical(Levels),
}

/// A factor in a term: which one, and whether contrasts rather than all levels stand for it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Part {
    factor: usize,
    contrasts: bool,
}

/// A formula's right side and all that is needed to apply it to new data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recipe {
    /// The formula.
    pub formula: Formula,
    /// Whether there is a constant.
    pub intercept: bool,
    factors: Vec<(Expression, Kind)>,
    terms: Vec<Vec<Part>>,
    offsets: Vec<Expression>,
    /// The names of columns.
    pub names: Vec<String>,
    /// The term that each column belongs to; the constant is term 0.
    pub assign: Vec<usize>,
    /// The names of terms, without the constant.
    pub term_names: Vec<String>,
}

impl Recipe {
    /// Learns what the formula needs to know of the data; `others` are the columns that a dot stands for.
    ///
    /// # Errors
    /// If a column is missing or of the wrong kind, or the formula asks for something that cannot be made of it.
    pub fn learn(formula: &Formula, frame: &Frame<'_>, others: &[String]) -> Result<Self> {
        Self::learn_from(formula, others, frame, &|_, _| Ok(None))
    }

    /// The same, where some factors learn from a frame of their own.
    pub(crate) fn learn_from(
        formula: &Formula,
        others: &[String],
        frame: &Frame<'_>,
        own: &dyn Fn(&Expression, Learns) -> Result<Option<Frame<'static>>>,
    ) -> Result<Self> {
        let expanded = expand(formula, others)?;
        let mut factors = Vec::new();
        for factor in &expanded.factors {
            let used = |term: &Vec<usize>| term.contains(&factors.len());
            let kind = if expanded.terms.iter().any(used) {
                let own = own(factor, learns(factor, frame)?)?;
                Self::kind(factor, own.as_ref().unwrap_or(frame))?
            } else {
                Kind::Numeric
            };
            factors.push((factor.clone(), kind));
        }
        let mut recipe = Self {
            formula: formula.clone(),
            intercept: expanded.intercept,
            terms: Vec::new(),
            offsets: expanded.offsets.clone(),
            names: Vec::new(),
            assign: Vec::new(),
            term_names: Vec::new(),
            factors,
        };
        recipe.terms = recipe.contrast_rule(&expanded);
        recipe.name_columns(frame)?;
        Ok(recipe)
    }

    /// A recipe for no terms at all, which knows of the response and the offsets only.
    pub(crate) fn bare(formula: &Formula, others: &[String]) -> Result<Self> {
        let expanded = expand(formula, others)?;
        Ok(Self {
            formula: formula.clone(),
            intercept: expanded.intercept,
            terms: Vec::new(),
            offsets: expanded.offsets,
            names: Vec::new(),
            assign: Vec::new(),
            term_names: Vec::new(),
            factors: Vec::new(),
        })
    }

    fn kind(factor: &Expression, frame: &Frame<'_>) -> Result<Kind> {
        if let Some(levels) = Levels::learn(factor, frame)? {
            return Ok(Kind::Categorical(levels));
        }
        if let Expression::Call {
            function,
            arguments,
            ..
        } = factor
            && is_transform(function)
        {
            let Some((first, options)) = arguments.split_first() else {
                return Err(Error::value(format!("'{factor}' names no column")));
            };
            let x = evaluate(&first.value, frame)?.into_column(frame.rows());
            return Ok(Kind::Transformed(Transform::learn(
                function, options, factor, &x,
            )?));
        }
        Ok(Kind::Numeric)
    }

    fn is_categorical(&self, factor: usize) -> bool {
        matches!(self.factors[factor].1, Kind::Categorical(_))
    }

    /// Contrasts stand for a factor if the term without it is in the model, and for factors that stand alone; without
    /// a constant, all levels of the first factor do (Chambers & Hastie 1992, *Statistical Models in S*, section 2.4.1).
    fn contrast_rule(&self, expanded: &Terms) -> Vec<Vec<Part>> {
        let mut constant = expanded.intercept;
        let mut terms = Vec::new();
        for term in &expanded.terms {
            let mut parts = Vec::new();
            for &factor in term {
                let margin: Vec<usize> = term.iter().copied().filter(|f| *f != factor).collect();
                let in_model = |margin: &[usize]| {
                    expanded
                        .terms
                        .iter()
                        .any(|t| t.len() == margin.len() && margin.iter().all(|f| t.contains(f)))
                };
                let contrasts = if margin.is_empty() {
                    // The first factor makes up for the constant.
                    let first = self.is_categorical(factor) && !constant;
                    constant |= first;
                    !first
                } else {
                    in_model(&margin)
                };
                parts.push(Part { factor, contrasts });
            }
            terms.push(parts);
        }
        terms
    }

    /// The columns that the recipe needs of new data.
    pub fn variables(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        let mut add = |name: &str| {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        };
        let used = self
            .terms
            .iter()
            .flatten()
            .map(|part| &self.factors[part.factor].0);
        used.chain(&self.offsets)
            .for_each(|factor| factor.for_names(&mut add));
        names
    }

    /// The design of some data.
    ///
    /// # Errors
    /// If a column is missing, of another kind than it was, has a level that is unknown or a value out of range.
    pub fn design<'a>(&self, frame: &'a Frame<'_>, unseen: Unseen) -> Result<Design<'a>> {
        let mut blocks = Vec::new();
        if self.intercept {
            blocks.push(Block::Dense(Dense::Constant(1.0)));
        }
        for (group, term) in self.terms.iter().enumerate() {
            self.add_term(term, group, frame, unseen, &mut blocks)?;
        }
        Ok(Design::new(frame.rows(), blocks))
    }

    /// The sum of the formula's offsets.
    ///
    /// # Errors
    /// If a column is missing or not numeric.
    pub fn offset(&self, frame: &Frame<'_>) -> Result<Option<Vec<f64>>> {
        let mut total: Option<Vec<f64>> = None;
        for offset in &self.offsets {
            let values = evaluate(offset, frame)?.into_column(frame.rows());
            match &mut total {
                None => total = Some(values.into_owned()),
                Some(total) => {
                    for (total, value) in total.iter_mut().zip(values.iter()) {
                        *total += value;
                    }
                }
            }
        }
        Ok(total)
    }

    fn add_term<'a>(
        &self,
        term: &[Part],
        group: usize,
        frame: &'a Frame<'_>,
        unseen: Unseen,
        blocks: &mut Vec<Block<'a>>,
    ) -> Result<()> {
        let mut products: Option<Vec<Cow<'a, [f64]>>> = None;
        let mut coded: Option<(Cow<'a, [u32]>, Coding)> = None;
        for part in term {
            let (factor, kind) = &self.factors[part.factor];
            if let Kind::Categorical(levels) = kind {
                let codes = levels.codes(frame, unseen)?;
                let coding = if part.contrasts {
                    levels.contrast.coding(levels.names.len(), levels.base)
                } else {
                    Coding::dropping(levels.names.len(), None)
                };
                coded = Some(match coded {
                    None => (codes, coding),
                    Some((fast, faster)) => {
                        let stride = faster.levels() as u32;
                        let both = fast.iter().zip(codes.iter());
                        let combined = both.map(|(a, b)| a + stride * b).collect();
                        (Cow::Owned(combined), faster.product(&coding))
                    }
                });
                continue;
            }
            let columns = self.numeric(factor, kind, frame)?;
            products = Some(match products {
                None => columns,
                Some(fast) => columns
                    .iter()
                    .flat_map(|slow| {
                        fast.iter().map(move |fast| {
                            let both = fast.iter().zip(slow.iter());
                            both.map(|(a, b)| a * b).collect()
                        })
                    })
                    .collect(),
            });
        }
        match (products, coded) {
            (Some(columns), None) => {
                blocks.extend(columns.into_iter().map(|c| Block::Dense(Dense::Values(c))));
            }
            (columns, Some((codes, coding))) => {
                let scales = match columns {
                    None => vec![None],
                    Some(columns) => columns.into_iter().map(Some).collect(),
                };
                for scale in scales {
                    blocks.push(Block::Factor(Factor {
                        codes: codes.clone(),
                        scale,
                        levels: coding.levels(),
                        coding: coding.clone(),
                        group,
                    }));
                }
            }
            (None, None) => {}
        }
        Ok(())
    }

    fn numeric<'a>(
        &self,
        factor: &Expression,
        kind: &Kind,
        frame: &'a Frame<'_>,
    ) -> Result<Vec<Cow<'a, [f64]>>> {
        if let Expression::Name(name) = factor
            && let Column::Categorical { .. } = frame.column(name)?
        {
            return Err(Error::value(format!(
                "column '{name}' is categorical, but the model was fitted with numbers"
            )));
        }
        let columns: Vec<Cow<'a, [f64]>> = match (kind, factor) {
            (Kind::Transformed(transform), Expression::Call { arguments, .. }) => {
                let x = evaluate(&arguments[0].value, frame)?.into_column(frame.rows());
                let columns = transform.columns(&x, factor)?;
                columns.into_iter().map(Cow::Owned).collect()
            }
            _ => vec![evaluate(factor, frame)?.into_column(frame.rows())],
        };
        for column in &columns {
            if let Some(row) = column.iter().position(|value| !value.is_finite()) {
                return Err(Error::value(format!(
                    "'{factor}' is {} in row {row}; a model needs finite numbers",
                    column[row]
                )));
            }
        }
        Ok(columns)
    }

    fn name_columns(&mut self, frame: &Frame<'_>) -> Result<()> {
        if self.intercept {
            self.names.push("Intercept".to_owned());
            self.assign.push(0);
        }
        for (index, term) in self.terms.clone().iter().enumerate() {
            let mut numeric: Vec<Vec<String>> = Vec::new();
            let mut categorical: Vec<Vec<String>> = Vec::new();
            // Where the parts of a column's name stand: categorical ones are multiplied out first, as in the design.
            let mut places = Vec::new();
            for part in term {
                let (factor, kind) = &self.factors[part.factor];
                let name = factor.to_string();
                match kind {
                    Kind::Categorical(levels) => {
                        let labels = if part.contrasts {
                            levels.contrast.labels(&levels.names, levels.base)
                        } else {
                            levels.names.clone()
                        };
                        places.push((true, categorical.len()));
                        categorical.push(
                            labels
                                .iter()
                                .map(|label| format!("{name}[{label}]"))
                                .collect(),
                        );
                    }
                    _ => {
                        let width = self.numeric(factor, kind, frame)?.len();
                        let numbered =
                            matches!(kind, Kind::Transformed(transform) if transform.is_numbered());
                        places.push((false, numeric.len()));
                        numeric.push(if numbered {
                            (1..=width)
                                .map(|column| format!("{name}[{column}]"))
                                .collect()
                        } else {
                            vec![name]
                        });
                    }
                }
            }
            for slow in combinations(&numeric) {
                for fast in combinations(&categorical) {
                    let pieces =
                        places.iter().map(
                            |(categorical, at)| {
                                if *categorical { fast[*at] } else { slow[*at] }
                            },
                        );
                    self.names.push(pieces.collect::<Vec<&str>>().join(":"));
                    self.assign.push(index + 1);
                }
            }
            let names = term
                .iter()
                .map(|part| self.factors[part.factor].0.to_string());
            self.term_names.push(names.collect::<Vec<_>>().join(":"));
        }
        Ok(())
    }
}

/// All choices of one label from each list, the first list's varying fastest.
fn combinations(lists: &[Vec<String>]) -> Vec<Vec<&str>> {
    let mut all: Vec<Vec<&str>> = vec![Vec::new()];
    for list in lists {
        all = list
            .iter()
            .flat_map(|label| {
                all.iter().map(move |before| {
                    let mut next = before.clone();
                    next.push(label.as_str());
                    next
                })
            })
            .collect();
    }
    all
}
