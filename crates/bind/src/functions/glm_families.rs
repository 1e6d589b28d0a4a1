//! Families and links of generalized linear models as functions of arrays.

use rustsci_array::{Array, DType, Error, Result};
use rustsci_glm::diagnostics::quantile;
use rustsci_glm::families::{FamilySpec, Weight, dispersion, tweedie_power};
use rustsci_glm::links::LinkSpec;

use super::glm::{exception, from_json};
use crate::value::Value;
use crate::{Function, export};

pub(crate) static ROWS: &[&Function] = &[
    &GLM_LINK,
    &GLM_FAMILY,
    &GLM_DISPERSION,
    &GLM_TWEEDIE_POWER,
    &GLM_QUANTILE,
];

/// Return a function of a link: "link", "inverse", or their first or second derivatives.
#[export(name = "_glm_link", signature = "(link, which, x, /)")]
fn glm_link(link: String, which: String, x: Array) -> Result<Array> {
    let link: LinkSpec = from_json("the link", &link)?;
    let link = link.build().map_err(exception)?;
    let f: &dyn Fn(f64) -> f64 = match which.as_str() {
        "link" => &|mu| link.link(mu),
        "derivative" => &|mu| link.inverse_derivative(link.link(mu)).recip(),
        "derivative2" => &|mu| {
            let eta = link.link(mu);
            -link.inverse_derivative2(eta) / link.inverse_derivative(eta).powi(3)
        },
        "inverse" => &|eta| link.inverse(eta),
        "inverse_derivative" => &|eta| link.inverse_derivative(eta),
        "inverse_derivative2" => &|eta| link.inverse_derivative2(eta),
        other => return Err(Error::value(format!("a link has no function '{other}'"))),
    };
    let mut values: Vec<f64> = x.as_dtype(&DType::Float64)?.to_vec()?;
    values.iter_mut().for_each(|value| *value = f(*value));
    Array::from_shape(x.shape(), &values)
}

fn floats(array: &Array) -> Result<Vec<f64>> {
    array.as_dtype(&DType::Float64)?.to_vec()
}

/// Return a function of a family for each element: "variance", "variance_derivative", "unit_deviance",
/// "log_likelihood", "anscombe", "starting_mean", "valid_response" or "valid_mean".
#[export(
    name = "_glm_family",
    signature = "(family, which, y, mu, prior, trials, scale, /)"
)]
fn glm_family(
    family: String,
    which: String,
    y: Array,
    mu: Array,
    prior: Array,
    trials: Array,
    scale: f64,
) -> Result<Array> {
    let family: FamilySpec = from_json("the family", &family)?;
    let family = family.build().map_err(exception)?;
    let (responses, means) = (floats(&y)?, floats(&mu)?);
    let (prior, trials) = (floats(&prior)?, floats(&trials)?);
    let lengths = [responses.len(), means.len(), prior.len(), trials.len()];
    if lengths.iter().any(|length| *length != lengths[0]) {
        return Err(Error::value(format!(
            "responses, means, weights and trials differ in length: {lengths:?}"
        )));
    }
    let average = responses.iter().sum::<f64>() / responses.len().max(1) as f64;
    let f: &dyn Fn(f64, f64, Weight) -> f64 = match which.as_str() {
        "variance" => &|_, mu, _| family.variance(mu),
        "variance_derivative" => &|_, mu, _| family.variance_derivative(mu),
        "unit_deviance" => &|y, mu, _| family.unit_deviance(y, mu),
        "log_likelihood" => &|y, mu, weight| family.log_likelihood(y, mu, weight, scale),
        "anscombe" => &|y, mu, _| family.anscombe(y, mu),
        "starting_mean" => &|y, _, _| family.starting_mean(y, average),
        "valid_response" => &|y, _, _| f64::from(u8::from(family.is_valid_response(y))),
        "valid_mean" => &|_, mu, _| f64::from(u8::from(family.is_valid_mean(mu))),
        other => return Err(Error::value(format!("a family has no function '{other}'"))),
    };
    let values: Vec<f64> = responses
        .iter()
        .zip(&means)
        .zip(prior.iter().zip(&trials))
        .map(|((y, mu), (prior, trials))| {
            let weight = Weight {
                prior: *prior,
                trials: *trials,
            };
            f(*y, *mu, weight)
        })
        .collect();
    Array::from_shape(y.shape(), &values)
}

/// Return the dispersion that maximises a family's likelihood, and that log-likelihood.
#[export(
    name = "_glm_dispersion",
    signature = "(family, y, mu, prior, frequency, /)"
)]
fn glm_dispersion(
    family: String,
    y: Array,
    mu: Array,
    prior: Array,
    frequency: Array,
) -> Result<Vec<Value>> {
    let family: FamilySpec = from_json("the family", &family)?;
    let family = family.build().map_err(exception)?;
    let parts = [
        floats(&y)?,
        floats(&mu)?,
        floats(&prior)?,
        floats(&frequency)?,
    ];
    let [y, mu, prior, frequency] = &parts;
    let (phi, likelihood) =
        dispersion(family.as_ref(), y, mu, prior, frequency).map_err(exception)?;
    Ok(vec![Value::Float(phi), Value::Float(likelihood)])
}

/// Return the power of a Tweedie family at which Pearson residuals do not depend on the mean.
#[export(
    name = "_glm_tweedie_power",
    signature = "(y, mu, weights, df_resid, low, high, /)"
)]
fn glm_tweedie_power(
    y: Array,
    mu: Array,
    weights: Array,
    df_resid: f64,
    low: f64,
    high: f64,
) -> Result<f64> {
    tweedie_power(
        &floats(&y)?,
        &floats(&mu)?,
        &floats(&weights)?,
        df_resid,
        (low, high),
    )
    .map_err(exception)
}

/// Return the least response whose probability is at least `p`, for each mean.
#[export(name = "_glm_quantile", signature = "(family, p, mu, scale, /)")]
fn glm_quantile(family: String, p: f64, mu: Array, scale: f64) -> Result<Array> {
    let family: FamilySpec = from_json("the family", &family)?;
    let name = family.build().map_err(exception)?.name();
    let mut values = floats(&mu)?;
    for value in &mut values {
        *value = quantile(&family, p, *value, scale).ok_or_else(|| {
            Error::value(format!(
                "the {name} family is no distribution, so it has no prediction intervals"
            ))
        })?;
    }
    Array::from_shape(mu.shape(), &values)
}
