//! The model with some of its terms only: what analyses of deviance are made of.

use crate::Design;
use crate::error::{Error, Result};
use crate::rows::Rows;
use crate::solvers::Irls;

/// The fit of some terms.
#[derive(Clone, Debug, PartialEq)]
pub struct TermFit {
    /// The deviance.
    pub deviance: f64,
    /// Pearson's χ².
    pub pearson: f64,
    /// The number of coefficients that do not depend on others.
    pub rank: usize,
}

/// Fits the model with some of its terms, for each of several choices; a term's number is that of its column's
/// [`assign`](crate::formula::Recipe::assign), so the constant is 0 and in every choice that the model has it in.
///
/// The columns of a term stay as they are in the whole model, with its family's parameters.
///
/// # Errors
/// If a choice has no fit.
pub fn fit_terms(rows: &Rows<'_>, choices: &[Vec<usize>]) -> Result<Vec<TermFit>> {
    choices.iter().map(|terms| rows.fit_some(terms)).collect()
}

impl Rows<'_> {
    fn fit_some(&self, terms: &[usize]) -> Result<TermFit> {
        let recipe = &self.fitted.recipe;
        recipe.refuse_smooths("a fit of some terms only")?;
        if recipe.has_signs() {
            return Err(Error::unsupported(
                "a fit of some terms only is not supported with terms of a sign: pos, neg and ms",
            ));
        }
        if let Some(unknown) = terms.iter().find(|term| **term > recipe.term_names.len()) {
            return Err(Error::value(format!("the model has no term {unknown}")));
        }
        let (mut blocks, mut column) = (Vec::new(), 0);
        for block in self.design.blocks() {
            let term = recipe.assign[column];
            if (term == 0 && recipe.intercept) || terms.contains(&term) {
                blocks.push(block.clone());
            }
            column += block.width();
        }
        let design = Design::new(self.design.rows(), blocks);
        if design.columns() == 0 {
            return Ok(self.without_coefficients());
        }
        let fit = Irls::default().fit(&design, &self.observations, &self.model)?;
        Ok(TermFit {
            deviance: fit.deviance,
            pearson: fit.pearson,
            rank: fit.rank,
        })
    }

    /// The model whose linear predictor is the offset.
    fn without_coefficients(&self) -> TermFit {
        let mut eta = vec![0.0; self.mu.len()];
        self.observations.fill_offset(0, &mut eta);
        let (mut deviance, mut pearson) = (0.0, 0.0);
        for (row, eta) in eta.iter().enumerate() {
            let mu = self.model.link.inverse(*eta);
            let (y, weight) = (
                self.observations.response[row],
                self.observations.weight(row),
            );
            deviance += weight * self.model.family.unit_deviance(y, mu);
            pearson += weight * (y - mu) * (y - mu) / self.model.family.variance(mu);
        }
        TermFit {
            deviance,
            pearson,
            rank: 0,
        }
    }
}
