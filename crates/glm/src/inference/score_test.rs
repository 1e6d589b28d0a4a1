//! Rao's score test of terms that a model does not have.

use crate::error::{Error, Result};
use crate::fitting::{complete, learn, observations};
use crate::fold::{Start, fold};
use crate::formula::Frame;
use crate::request::{Fitted, Request};
use crate::solvers::Cholesky;

use super::matrix::submatrix;

/// A score test.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoreTest {
    /// u′ (I₂₂ − I₂₁ I₁₁⁻¹ I₁₂)⁻¹ u / φ, u being the score of the added columns.
    pub statistic: f64,
    /// How many of them do not depend on others.
    pub df: usize,
    /// Their names.
    pub names: Vec<String>,
}

/// Tests whether the columns that a longer formula adds to a model have coefficients of zero, without fitting it
/// (Rao 1948; Pregibon 1982, *Score tests in GLIM*): one pass over the rows.
///
/// # Errors
/// If the formula has not all columns of the model.
pub fn score_test(
    fitted: &Fitted,
    formula: &str,
    mut frame: Frame<'_>,
    names: &[String],
) -> Result<ScoreTest> {
    complete(&mut frame, fitted.missing)?;
    let before = frame.rows();
    let request = Request {
        link: Some(fitted.link),
        roles: fitted.roles.clone(),
        missing: fitted.missing,
        ..Request::new(formula, fitted.family.clone())
    };
    let (recipe, _) = learn(&request, &mut frame, names)?;
    if frame.rows() != fitted.rows {
        return Err(Error::value(format!(
            "the model was fitted to {} rows, but with the terms to be tested {} of {before} are complete",
            fitted.rows,
            frame.rows()
        )));
    }
    let place = |name: &String| recipe.names.iter().position(|other| other == name);
    let mut beta = vec![0.0; recipe.names.len()];
    let mut base = Vec::new();
    for (name, value) in fitted
        .recipe
        .names
        .iter()
        .zip(fitted.effective_coefficients())
    {
        let at = place(name).ok_or_else(|| {
            Error::value(format!(
                "the formula '{formula}' has no column '{name}', which the model has"
            ))
        })?;
        beta[at] = value;
        base.push(at);
    }
    let added: Vec<usize> = (0..beta.len()).filter(|at| !base.contains(at)).collect();
    let model = fitted.model()?;
    let design = recipe.fitting_design(&frame)?;
    let observations = observations(
        &frame,
        &recipe,
        &request.roles,
        model.family.as_ref(),
        fitted.shares,
    )?;
    let gram = fold(
        &design,
        &observations,
        &model,
        &Start::Coefficients(beta.clone()),
    )
    .gram;
    let k = gram.columns;
    let order: Vec<usize> = base.iter().chain(&added).copied().collect();
    let score: Vec<f64> = order.iter().map(|at| gram.score[*at]).collect();
    // u′I⁻¹u of all columns, less that of the model's own, which is zero at a maximum.
    let form = |columns: usize| {
        let factor = Cholesky::new(
            &submatrix(&gram.matrix, k, &order[..columns], &order[..columns]),
            columns,
        );
        let solved = factor.solve(&score[..columns]);
        let sum: f64 = solved.iter().zip(&score).map(|(a, b)| a * b).sum();
        (sum, factor.rank())
    };
    let ((whole, rank), (own, own_rank)) = (form(order.len()), form(base.len()));
    Ok(ScoreTest {
        statistic: (whole - own) / fitted.scale,
        df: rank - own_rank,
        names: added.iter().map(|at| recipe.names[*at].clone()).collect(),
    })
}
