//! What coefficients of generalized linear models are worth.

use rustsci_array::{Array, DType, Error, Result};
use rustsci_glm::inference::{self, Bread, Groups};
use rustsci_glm::{Fitted, Request, Rows};
use serde::Deserialize;

use super::glm::{exception, from_json, model, square, to_json, vector, with_frame};
use crate::value::Value;
use crate::{Function, export};

pub(crate) static ROWS: &[&Function] = &[
    &GLM_PREPARE,
    &GLM_EVALUATE,
    &GLM_COVARIANCE,
    &GLM_INFLUENCE,
    &GLM_CONSTRAINED,
    &GLM_PROFILE,
    &GLM_SCORE_TEST,
    &GLM_TERMS,
    &GLM_WALD,
    &GLM_VIF,
    &GLM_QUANTILE_RESIDUALS,
];

/// Which covariance is asked for.
#[derive(Deserialize)]
struct CovarianceOptions {
    kind: String,
    /// Whose inverse the bread is: "observed" or "expected".
    information: String,
    /// Whether the covariance of groups is corrected for their number.
    correct: bool,
}

fn floats(array: &Array) -> Result<Vec<f64>> {
    array.as_dtype(&DType::Float64)?.to_vec()
}

fn bread(information: &str) -> Result<Bread> {
    match information {
        "observed" => Ok(Bread::Observed),
        "expected" => Ok(Bread::Expected),
        other => Err(Error::value(format!(
            "information must be 'observed' or 'expected', not '{other}'"
        ))),
    }
}

/// Runs `work` on a model with the data it was fitted to.
fn with_rows<R>(
    fitted: &Fitted,
    columns: &str,
    arrays: &[Array],
    work: impl FnOnce(&Rows<'_>) -> rustsci_glm::Result<R>,
) -> Result<R> {
    with_frame(columns, arrays, |mut frame| {
        frame.drop_missing();
        let rows = Rows::new(fitted, &frame)?;
        work(&rows)
    })
}

/// Return the description of a model that is not fitted.
#[export(
    name = "_glm_prepare",
    signature = "(request, names, columns, arrays, /)"
)]
fn glm_prepare(
    request: String,
    names: Vec<String>,
    columns: String,
    arrays: Vec<Array>,
) -> Result<String> {
    let request: Request = from_json("the request", &request)?;
    let prepared = with_frame(&columns, &arrays, |frame| {
        inference::prepare(&request, frame, &names)
    })?;
    to_json(&prepared)
}

/// Return what a model says at any coefficients: "score", "scores", "observed" or "expected" information,
/// "discrepancy" (deviance and Pearson's chi2), "llf" or a quantity of rows, for a dispersion.
#[export(
    name = "_glm_evaluate",
    signature = "(model, coefficients, scale, columns, arrays, quantity, /)"
)]
fn glm_evaluate(
    text: String,
    coefficients: Array,
    scale: f64,
    columns: String,
    arrays: Vec<Array>,
    quantity: String,
) -> Result<Array> {
    let mut fitted: Fitted = from_json("the model", &text)?;
    fitted.coefficients = floats(&coefficients)?;
    fitted.scale = scale;
    let k = fitted.recipe.names.len();
    if fitted.coefficients.len() != k {
        return Err(Error::value(format!(
            "params has {} elements, but there are {k} coefficients: {}",
            fitted.coefficients.len(),
            fitted.recipe.names.join(", ")
        )));
    }
    fitted.covariance = vec![f64::NAN; k * k];
    let found = with_rows(&fitted, &columns, &arrays, |rows| {
        Ok(match quantity.as_str() {
            "score" => rows.score(),
            "scores" => rows.scores(),
            "observed" => rows.information_matrix(true),
            "expected" => rows.information_matrix(false),
            "discrepancy" => {
                let (deviance, pearson) = rows.discrepancy();
                vec![deviance, pearson]
            }
            "llf" => vec![rows.quantity("log_likelihood")?.iter().sum()],
            other => rows.quantity(other)?,
        })
    })?;
    match quantity.as_str() {
        "scores" => Array::from_shape(&[found.len() / k.max(1), k], &found),
        "observed" | "expected" => Array::from_shape(&[k, k], &found),
        _ => Array::from_slice(&found),
    }
}

/// Return a covariance of coefficients: by the information, or robust ("HC0" … "HC3", "cluster").
#[export(
    name = "_glm_covariance",
    signature = "(model, coefficients, covariance, columns, arrays, options, groups, /)"
)]
fn glm_covariance(
    text: String,
    coefficients: Array,
    covariance: Array,
    columns: String,
    arrays: Vec<Array>,
    options: String,
    groups: Vec<String>,
) -> Result<Value> {
    let fitted = model(&text, &coefficients, &covariance)?;
    let options: CovarianceOptions = from_json("the options", &options)?;
    let bread = bread(&options.information)?;
    let found = with_frame(&columns, &arrays, |mut frame| {
        frame.drop_missing();
        if frame.rows() != fitted.rows {
            return Err(rustsci_glm::Error::value(format!(
                "the group is missing in {} of the {} rows that the model was fitted to",
                fitted.rows - frame.rows().min(fitted.rows),
                fitted.rows
            )));
        }
        let rows = Rows::new(&fitted, &frame)?;
        let divisions = groups
            .iter()
            .map(|name| frame.column(name).map(Groups::of))
            .collect::<rustsci_glm::Result<Vec<_>>>()?;
        match options.kind.as_str() {
            "cluster" => rows.cluster_covariance(&divisions, options.correct, bread),
            "information" => rows.covariance_by_information(bread),
            kind => rows.robust_covariance(kind, bread),
        }
    })?;
    square(&found, fitted.coefficients.len())
}

/// Return by how much coefficients, and its linear predictor, change without each row.
#[export(
    name = "_glm_influence",
    signature = "(model, coefficients, covariance, columns, arrays, /)"
)]
fn glm_influence(
    text: String,
    coefficients: Array,
    covariance: Array,
    columns: String,
    arrays: Vec<Array>,
) -> Result<Vec<Value>> {
    let fitted = model(&text, &coefficients, &covariance)?;
    let found = with_rows(&fitted, &columns, &arrays, |rows| rows.influence())?;
    let shape = [found.predictors.len(), fitted.coefficients.len()];
    Ok(vec![
        Value::Array(Array::from_shape(&shape, &found.coefficients)?),
        vector(&found.predictors)?,
    ])
}

/// Fit again with R b = q; return coefficients, their covariance, and deviance, chi2, rank, steps and convergence.
#[export(
    name = "_glm_constrained",
    signature = "(model, coefficients, covariance, columns, arrays, r, q, /)"
)]
fn glm_constrained(
    text: String,
    coefficients: Array,
    covariance: Array,
    columns: String,
    arrays: Vec<Array>,
    r: Array,
    q: Array,
) -> Result<Vec<Value>> {
    let fitted = model(&text, &coefficients, &covariance)?;
    let (r, q) = (floats(&r)?, floats(&q)?);
    let fit = with_rows(&fitted, &columns, &arrays, |rows| rows.constrained(&r, &q))?;
    Ok(vec![
        vector(&fit.coefficients)?,
        square(&fit.covariance, fit.coefficients.len())?,
        vector(&[
            fit.deviance,
            fit.pearson,
            fit.rank as f64,
            fit.iterations as f64,
            f64::from(u8::from(fit.converged)),
        ])?,
    ])
}

/// Return profile-likelihood intervals: lower ends and upper ends of the coefficients asked for.
#[export(
    name = "_glm_profile",
    signature = "(model, coefficients, covariance, columns, arrays, which, quantile, /)"
)]
fn glm_profile(
    text: String,
    coefficients: Array,
    covariance: Array,
    columns: String,
    arrays: Vec<Array>,
    which: Vec<usize>,
    quantile: f64,
) -> Result<Vec<Value>> {
    let fitted = model(&text, &coefficients, &covariance)?;
    let k = fitted.coefficients.len();
    if let Some(unknown) = which.iter().find(|at| **at >= k) {
        return Err(Error::value(format!(
            "there is no coefficient {unknown}: there are {k}"
        )));
    }
    let ends: (Vec<f64>, Vec<f64>) = with_rows(&fitted, &columns, &arrays, |rows| {
        Ok(which
            .iter()
            .map(|at| rows.profile_interval(*at, quantile))
            .unzip())
    })?;
    Ok(vec![vector(&ends.0)?, vector(&ends.1)?])
}

/// Return the score test of what a longer formula adds: the statistic, its degrees of freedom and the names added.
#[export(
    name = "_glm_score_test",
    signature = "(model, coefficients, covariance, formula, names, columns, arrays, /)"
)]
fn glm_score_test(
    text: String,
    coefficients: Array,
    covariance: Array,
    formula: String,
    names: Vec<String>,
    columns: String,
    arrays: Vec<Array>,
) -> Result<Vec<Value>> {
    let fitted = model(&text, &coefficients, &covariance)?;
    let test = with_frame(&columns, &arrays, |frame| {
        inference::score_test(&fitted, &formula, frame, &names)
    })?;
    Ok(vec![
        Value::Float(test.statistic),
        Value::Int(test.df as i128),
        Value::Str(to_json(&test.names)?),
    ])
}

/// Fit with some of the terms only, for each choice; return deviances, Pearson's chi2 and ranks.
#[export(
    name = "_glm_terms",
    signature = "(model, coefficients, covariance, columns, arrays, choices, /)"
)]
fn glm_terms(
    text: String,
    coefficients: Array,
    covariance: Array,
    columns: String,
    arrays: Vec<Array>,
    choices: Vec<Vec<usize>>,
) -> Result<Vec<Value>> {
    let fitted = model(&text, &coefficients, &covariance)?;
    let fits = with_rows(&fitted, &columns, &arrays, |rows| {
        inference::fit_terms(rows, &choices)
    })?;
    let each = |part: &dyn Fn(&inference::TermFit) -> f64| {
        vector(&fits.iter().map(part).collect::<Vec<f64>>())
    };
    Ok(vec![
        each(&|fit| fit.deviance)?,
        each(&|fit| fit.pearson)?,
        each(&|fit| fit.rank as f64)?,
    ])
}

/// Test R b = q; return the statistic, its degrees of freedom, R b and the standard errors of its elements.
#[export(name = "_glm_wald", signature = "(coefficients, covariance, r, q, /)")]
fn glm_wald(coefficients: Array, covariance: Array, r: Array, q: Array) -> Result<Vec<Value>> {
    let test = inference::wald(
        &floats(&coefficients)?,
        &floats(&covariance)?,
        &floats(&r)?,
        &floats(&q)?,
    )
    .map_err(exception)?;
    Ok(vec![
        Value::Float(test.statistic),
        Value::Int(test.rank as i128),
        vector(&test.effect)?,
        vector(&test.standard_error)?,
    ])
}

/// Return the generalized variance inflation factor of each term.
#[export(name = "_glm_vif", signature = "(covariance, assign, terms, /)")]
fn glm_vif(covariance: Array, assign: Vec<usize>, terms: usize) -> Result<Value> {
    let covariance = floats(&covariance)?;
    let factors = inference::generalized_vif(&covariance, &assign, terms).map_err(exception)?;
    vector(&factors)
}

/// Return the residuals of Dunn and Smyth, whose random parts a seed decides.
#[export(
    name = "_glm_quantile_residuals",
    signature = "(model, coefficients, covariance, columns, arrays, seed, /)"
)]
fn glm_quantile_residuals(
    text: String,
    coefficients: Array,
    covariance: Array,
    columns: String,
    arrays: Vec<Array>,
    seed: usize,
) -> Result<Value> {
    let fitted = model(&text, &coefficients, &covariance)?;
    let residuals = with_rows(&fitted, &columns, &arrays, |rows| {
        rows.quantile_residuals(seed as u64)
    })?;
    vector(&residuals)
}
