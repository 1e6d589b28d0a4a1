//! Generalized linear models: texts and numbers cross as JSON, columns as arrays.

use rustsci_array::{Array, DType, Error, Result};
use rustsci_buffer::Reader;
use rustsci_glm::formula::{Column, Formula, Frame, Unseen, expand, parse};
use rustsci_glm::special::{chi2_sf, f_sf, normal_quantile, normal_sf, t_quantile, t_sf};
use rustsci_glm::{Fitted, PathRequest, Request, Rows};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::value::Value;
use crate::{Function, export};

pub(crate) static ROWS: &[&Function] = &[
    &GLM_VARIABLES,
    &GLM_FIT,
    &GLM_PATH,
    &GLM_PREDICT,
    &GLM_ROWS,
    &GLM_TAIL,
];

/// A model's error as an exception.
pub(super) fn exception(error: rustsci_glm::Error) -> Error {
    match error {
        rustsci_glm::Error::Unsupported(message) => Error::not_implemented(message),
        other => Error::value(other.to_string()),
    }
}

pub(super) fn from_json<T: DeserializeOwned>(what: &str, text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| Error::value(format!("{what}: {error}")))
}

pub(super) fn to_json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::runtime(error.to_string()))
}

/// What is said of a column besides its elements.
#[derive(Deserialize)]
struct Header {
    name: String,
    /// The names of its levels, if it is categorical.
    levels: Option<Vec<String>>,
}

/// A column's elements while a frame borrows them.
enum Elements<'a> {
    Numbers(Reader<'a, f64>),
    Codes(Reader<'a, u32>),
}

/// Runs `work` on a frame of columns.
pub(super) fn with_frame<R>(
    headers: &str,
    arrays: &[Array],
    work: impl FnOnce(Frame<'_>) -> rustsci_glm::Result<R>,
) -> Result<R> {
    let headers: Vec<Header> = from_json("columns", headers)?;
    if headers.len() != arrays.len() {
        return Err(Error::value(format!(
            "{} columns are described, but {} arrays given",
            headers.len(),
            arrays.len()
        )));
    }
    let mut converted = Vec::with_capacity(arrays.len());
    for (header, array) in headers.iter().zip(arrays) {
        if array.ndim() != 1 {
            return Err(Error::value(format!(
                "column '{}' has {} dimensions, not one",
                header.name,
                array.ndim()
            )));
        }
        let dtype = if header.levels.is_some() {
            DType::UInt32
        } else {
            DType::Float64
        };
        converted.push(array.as_dtype(&dtype)?);
    }
    let mut elements: Vec<Elements<'_>> = headers
        .iter()
        .zip(&converted)
        .map(|(header, array)| match header.levels {
            Some(_) => Elements::Codes(array.reader()),
            None => Elements::Numbers(array.reader()),
        })
        .collect();
    let mut columns = Vec::with_capacity(headers.len());
    for (header, elements) in headers.into_iter().zip(&mut elements) {
        let column = match elements {
            Elements::Numbers(reader) => Column::Numeric(reader.all()?.into()),
            Elements::Codes(reader) => Column::Categorical {
                codes: reader.all()?.into(),
                levels: header.levels.unwrap_or_default().into(),
            },
        };
        columns.push((header.name, column));
    }
    Frame::new(columns).and_then(work).map_err(exception)
}

/// The model that Python keeps: a text, its coefficients and their covariance.
pub(super) fn model(text: &str, coefficients: &Array, covariance: &Array) -> Result<Fitted> {
    let mut fitted: Fitted = from_json("the model", text)?;
    fitted.coefficients = coefficients.as_dtype(&DType::Float64)?.to_vec()?;
    fitted.covariance = covariance.as_dtype(&DType::Float64)?.to_vec()?;
    let k = fitted.recipe.names.len();
    if fitted.coefficients.len() != k || ![0, k * k].contains(&fitted.covariance.len()) {
        return Err(Error::value(format!(
            "the model has {k} columns, but {} coefficients and a covariance of {} entries",
            fitted.coefficients.len(),
            fitted.covariance.len()
        )));
    }
    Ok(fitted)
}

/// The covariance of the coefficients, if the fit was asked for it.
pub(super) fn covariance(fitted: &Fitted) -> Result<Value> {
    if fitted.covariance.is_empty() {
        return Ok(Value::None);
    }
    square(&fitted.covariance, fitted.coefficients.len())
}

pub(super) fn square(entries: &[f64], side: usize) -> Result<Value> {
    Array::from_shape(&[side, side], entries).map(Value::Array)
}

pub(super) fn vector(elements: &[f64]) -> Result<Value> {
    Array::from_slice(elements).map(Value::Array)
}

fn positions(rows: Option<&[usize]>) -> Result<Value> {
    let Some(rows) = rows else {
        return Ok(Value::None);
    };
    let rows: Vec<i64> = rows.iter().map(|row| *row as i64).collect();
    Array::from_slice(&rows).map(Value::Array)
}

/// Return the columns that a formula names, a dot being all of `names` but the response's.
#[export(name = "_glm_variables", signature = "(formula, names, /)")]
fn glm_variables(formula: String, names: Vec<String>) -> Result<Vec<Value>> {
    let formula: Formula = parse(&formula).map_err(exception)?;
    let mut found: Vec<String> = Vec::new();
    let mut add = |name: &str| {
        if !found.iter().any(|known| known == name) {
            found.push(name.to_owned());
        }
    };
    let mut left = Vec::new();
    if let Some(response) = &formula.response {
        response.for_names(&mut |name| left.push(name.to_owned()));
    }
    left.iter().for_each(|name| add(name));
    let others: Vec<String> = names
        .into_iter()
        .filter(|name| !left.contains(name))
        .collect();
    let terms = expand(&formula, &others).map_err(exception)?;
    let used = terms
        .terms
        .iter()
        .flatten()
        .map(|factor| &terms.factors[*factor]);
    used.chain(&terms.offsets)
        .for_each(|factor| factor.for_names(&mut add));
    Ok(found.into_iter().map(Value::Str).collect())
}

/// Fit a generalized linear model, and return its description, its coefficients and their covariance.
#[export(name = "_glm_fit", signature = "(request, names, columns, arrays, /)")]
fn glm_fit(
    request: String,
    names: Vec<String>,
    columns: String,
    arrays: Vec<Array>,
) -> Result<Vec<Value>> {
    let request: Request = from_json("the request", &request)?;
    let fitted = with_frame(&columns, &arrays, |frame| {
        rustsci_glm::fit(&request, frame, &names)
    })?;
    Ok(vec![
        Value::Str(to_json(&fitted)?),
        vector(&fitted.coefficients)?,
        covariance(&fitted)?,
    ])
}

/// Fit along a path of penalties, and return a description of its fits.
#[export(
    name = "_glm_path",
    signature = "(request, path, names, columns, arrays, /)"
)]
fn glm_path(
    request: String,
    path: String,
    names: Vec<String>,
    columns: String,
    arrays: Vec<Array>,
) -> Result<String> {
    let request: Request = from_json("the request", &request)?;
    let path: PathRequest = from_json("the path", &path)?;
    let found = with_frame(&columns, &arrays, |frame| {
        rustsci_glm::fit_path(&request, &path, frame, &names)
    })?;
    to_json(&found)
}

/// Predict: return linear predictors, means, their derivatives, variances of linear predictors, and the rows kept.
#[export(
    name = "_glm_predict",
    signature = "(model, coefficients, covariance, columns, arrays, reference, variance, /)"
)]
fn glm_predict(
    text: String,
    coefficients: Array,
    covariance: Array,
    columns: String,
    arrays: Vec<Array>,
    reference: bool,
    variance: bool,
) -> Result<Vec<Value>> {
    let fitted = model(&text, &coefficients, &covariance)?;
    let unseen = if reference {
        Unseen::Reference
    } else {
        Unseen::Raise
    };
    let prediction = with_frame(&columns, &arrays, |frame| {
        rustsci_glm::predict(&fitted, frame, unseen, variance)
    })?;
    Ok(vec![
        vector(&prediction.eta)?,
        vector(&prediction.mu)?,
        vector(&prediction.slope)?,
        prediction
            .variance
            .map_or(Ok(Value::None), |v| vector(&v))?,
        positions(prediction.kept.as_deref())?,
    ])
}

/// Return quantities of the rows that a model was fitted to, by their names.
#[export(
    name = "_glm_rows",
    signature = "(model, coefficients, covariance, columns, arrays, quantities, /)"
)]
fn glm_rows(
    text: String,
    coefficients: Array,
    covariance: Array,
    columns: String,
    arrays: Vec<Array>,
    quantities: Vec<String>,
) -> Result<Vec<Value>> {
    let fitted = model(&text, &coefficients, &covariance)?;
    let k = fitted.coefficients.len();
    let found = with_frame(&columns, &arrays, |mut frame| {
        frame.drop_missing();
        let rows = Rows::new(&fitted, &frame)?;
        let quantity = |name: &String| {
            Ok(match name.as_str() {
                "llf" => vec![rows.log_likelihood(fitted.scale)],
                "null" => {
                    let (deviance, likelihood) = rows.null_model()?;
                    vec![deviance, likelihood]
                }
                "design" => rows.design_matrix(),
                other => rows.quantity(other)?,
            })
        };
        quantities
            .iter()
            .map(quantity)
            .collect::<rustsci_glm::Result<Vec<_>>>()
    })?;
    let shaped = |(name, values): (&String, &Vec<f64>)| match name.as_str() {
        "design" => Array::from_shape(&[values.len() / k.max(1), k], values).map(Value::Array),
        "covariance" => square(values, k),
        _ => vector(values),
    };
    quantities.iter().zip(&found).map(shaped).collect()
}

/// Return tail probabilities ("sf") or quantiles ("ppf") of the distributions "norm", "t", "chi2" and "f".
#[export(name = "_glm_tail", signature = "(kind, x, df=None, df2=None, /)")]
fn glm_tail(kind: String, x: Array, df: Option<f64>, df2: Option<f64>) -> Result<Array> {
    let (df, df2) = (df.unwrap_or(f64::NAN), df2.unwrap_or(f64::NAN));
    let mut values: Vec<f64> = x.as_dtype(&DType::Float64)?.to_vec()?;
    let f: &dyn Fn(f64) -> f64 = match kind.as_str() {
        "norm.sf" => &normal_sf,
        "norm.ppf" => &normal_quantile,
        "t.sf" => &|x| t_sf(x, df),
        "t.ppf" => &|p| t_quantile(p, df),
        "chi2.sf" => &|x| chi2_sf(x, df),
        "f.sf" => &|x| f_sf(x, df, df2),
        _ => return Err(Error::value(format!("there is no '{kind}'"))),
    };
    values.iter_mut().for_each(|value| *value = f(*value));
    Array::from_shape(x.shape(), &values)
}
