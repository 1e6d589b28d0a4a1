//! A formula with what it learned from data, which makes the design of any data.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::evaluate::evaluate;
use super::expression::Expression;
use super::frame::Frame;
use super::ingredient::{Context, Ingredient, Kind, Stage};
use super::learning::{Learns, learns};
use super::parser::Formula;
use super::terms::{Terms, expand};
use crate::design_matrix::{Block, Coding, Dense, Design, Factor};
use crate::error::Result;
use crate::request::Roles;

/// What to do with a level that was not there when the model was fitted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unseen {
    /// Refuse it.
    #[default]
    Raise,
    /// Take the base level for it.
    Reference,
}

/// A factor in a term: which one, and whether contrasts rather than all levels stand for it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Part {
    pub(super) factor: usize,
    pub(super) contrasts: bool,
}

/// A formula's right side and all that is needed to apply it to new data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recipe {
    /// The formula.
    pub formula: Formula,
    /// Whether there is a constant.
    pub intercept: bool,
    pub(super) factors: Vec<Ingredient>,
    pub(super) terms: Vec<Vec<Part>>,
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
        Self::learn_for(formula, frame, others, (&Roles::default(), 0))
    }

    /// The same, where encodings need to know of weights and exposures, and of a seed.
    pub(crate) fn learn_for(
        formula: &Formula,
        frame: &Frame<'_>,
        others: &[String],
        known: (&Roles, u64),
    ) -> Result<Self> {
        Self::learn_from(formula, others, frame, known, &|_, _| Ok(None))
    }

    /// The same, where some factors learn from a frame of their own.
    pub(crate) fn learn_from(
        formula: &Formula,
        others: &[String],
        frame: &Frame<'_>,
        (roles, seed): (&Roles, u64),
        own: &dyn Fn(&Expression, Learns) -> Result<Option<Frame<'static>>>,
    ) -> Result<Self> {
        let context = Context {
            response: formula.response.as_ref(),
            roles,
            seed,
        };
        let expanded = expand(formula, others)?;
        let mut factors = Vec::new();
        for factor in &expanded.factors {
            let used = |term: &Vec<usize>| term.contains(&factors.len());
            let ingredient = if expanded.terms.iter().any(used) {
                let own = own(factor, learns(factor, frame)?)?;
                Ingredient::learn(factor, own.as_ref().unwrap_or(frame), context)?
            } else {
                Ingredient::unused(factor)
            };
            factors.push(ingredient);
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
        recipe.name_columns();
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

    fn is_categorical(&self, factor: usize) -> bool {
        matches!(self.factors[factor].kind, Kind::Categorical(_))
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
            .map(|part| &self.factors[part.factor].written);
        used.chain(&self.offsets)
            .for_each(|factor| factor.for_names(&mut add));
        names
    }

    /// The design of new data.
    ///
    /// # Errors
    /// If a column is missing, of another kind than it was, has a level that is unknown or a value out of range.
    pub fn design<'a>(&self, frame: &'a Frame<'_>, unseen: Unseen) -> Result<Design<'a>> {
        self.design_at(frame, unseen, Stage::Predict)
    }

    /// The design of the data that the recipe was learned from, in which no encoding of a row knows the row's response.
    ///
    /// # Errors
    /// If the data are others.
    pub fn fitting_design<'a>(&self, frame: &'a Frame<'_>) -> Result<Design<'a>> {
        self.design_at(frame, Unseen::Raise, Stage::Fit)
    }

    fn design_at<'a>(
        &self,
        frame: &'a Frame<'_>,
        unseen: Unseen,
        stage: Stage,
    ) -> Result<Design<'a>> {
        let mut blocks = Vec::new();
        if self.intercept {
            blocks.push(Block::Dense(Dense::Constant(1.0)));
        }
        for (group, term) in self.terms.iter().enumerate() {
            self.add_term(term, group, (frame, unseen, stage), &mut blocks)?;
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
        (frame, unseen, stage): (&'a Frame<'_>, Unseen, Stage),
        blocks: &mut Vec<Block<'a>>,
    ) -> Result<()> {
        let mut products: Option<Vec<Cow<'a, [f64]>>> = None;
        let mut coded: Option<(Cow<'a, [u32]>, Coding)> = None;
        for part in term {
            let ingredient = &self.factors[part.factor];
            if let Kind::Categorical(levels) = &ingredient.kind {
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
            let columns = ingredient.columns(frame, stage)?;
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
}
