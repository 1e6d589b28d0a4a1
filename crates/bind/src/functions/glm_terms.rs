//! The parts of formulas by themselves: the columns of one term, and factors encoded as numbers.

use rustsci_array::{Array, DType, Error, Result};
use rustsci_glm::formula::{Column, Frame, columns_of, parse};
use rustsci_glm::target_encoding::{FrequencyEncoder, Ordering, TargetEncoder, Targets};

use super::glm::exception;
use crate::value::Value;
use crate::{Function, export};

pub(crate) static ROWS: &[&Function] = &[
    &GLM_NEEDS_ALL_ROWS,
    &GLM_COLUMNS,
    &GLM_TARGET_ENCODE,
    &GLM_FREQUENCY_ENCODE,
];

/// Return whether a formula has terms that must see all rows at once: smooths and encodings.
#[export(name = "_glm_needs_all_rows", signature = "(formula, /)")]
fn glm_needs_all_rows(formula: String) -> Result<bool> {
    let formula = parse(&formula).map_err(exception)?;
    Ok(formula.needs_all_rows())
}

/// Return the columns of one function of `x` in a formula's words, learned from `x` and taken at `at`, and their names.
#[export(name = "_glm_columns", signature = "(call, x, at, /)")]
fn glm_columns(call: String, x: Array, at: Option<Array>) -> Result<Vec<Value>> {
    let numbers = |array: &Array| -> Result<Vec<f64>> {
        if array.ndim() != 1 {
            return Err(Error::value(format!(
                "x must have one dimension, not {}",
                array.ndim()
            )));
        }
        array.as_dtype(&DType::Float64)?.to_vec()
    };
    let frame = |values: Vec<f64>| {
        Frame::new(vec![("x".to_owned(), Column::Numeric(values.into()))]).map_err(exception)
    };
    let learned = frame(numbers(&x)?)?;
    let applied = at.map(|at| frame(numbers(&at)?)).transpose()?;
    let (names, columns) = columns_of(&call, &learned, applied.as_ref()).map_err(exception)?;
    let rows = columns.first().map_or(0, Vec::len);
    let mut flat = vec![0.0; rows * columns.len()];
    for (place, column) in columns.iter().enumerate() {
        for (row, value) in column.iter().enumerate() {
            flat[row * columns.len() + place] = *value;
        }
    }
    Ok(vec![
        Value::Array(Array::from_shape(&[rows, columns.len()], &flat)?),
        Value::Tuple(names.into_iter().map(Value::Str).collect()),
    ])
}

fn codes_of(array: &Array) -> Result<Vec<u32>> {
    array.as_dtype(&DType::UInt32)?.to_vec()
}

/// Return the average response of each of so many levels, the average of all rows, and the rows encoded without their
/// own response.
#[export(
    name = "_glm_target_encode",
    signature = "(codes, levels, sums, weights, prior_weight, permutations, seed, /)"
)]
fn glm_target_encode(
    codes: Array,
    levels: usize,
    sums: Array,
    weights: Option<Array>,
    prior_weight: f64,
    permutations: usize,
    seed: usize,
) -> Result<Vec<Value>> {
    let codes = codes_of(&codes)?;
    let numbers = |array: &Array| array.as_dtype(&DType::Float64)?.to_vec::<f64>();
    let targets = Targets {
        sums: numbers(&sums)?.into(),
        weights: weights
            .map(|weights| numbers(&weights))
            .transpose()?
            .map(Into::into),
    };
    let weights = targets
        .weights
        .as_ref()
        .map_or(codes.len(), |weights| weights.len());
    if targets.sums.len() != codes.len() || weights != codes.len() {
        return Err(Error::value(format!(
            "there are {} categories, {} targets and {weights} weights: they must be as many",
            codes.len(),
            targets.sums.len()
        )));
    }
    if let Some(code) = codes.iter().find(|code| **code as usize >= levels) {
        return Err(Error::value(format!(
            "the code {code} is none of {levels} levels"
        )));
    }
    let ordering = Ordering {
        prior_weight,
        permutations,
        seed: seed as u64,
    };
    let encoder = TargetEncoder::fit(&codes, levels, &targets, ordering);
    let every: Vec<u32> = (0..levels as u32).collect();
    Ok(vec![
        Value::Array(Array::from_slice(&encoder.transform(&every))?),
        Value::Float(encoder.prior()),
        Value::Array(Array::from_slice(
            &encoder.transform_seen(&codes, &targets),
        )?),
    ])
}

/// Return the share of rows of each of so many levels, of the rows of the level that has most.
#[export(name = "_glm_frequency_encode", signature = "(codes, levels, /)")]
fn glm_frequency_encode(codes: Array, levels: usize) -> Result<Array> {
    let codes = codes_of(&codes)?;
    if let Some(code) = codes.iter().find(|code| **code as usize >= levels) {
        return Err(Error::value(format!(
            "the code {code} is none of {levels} levels"
        )));
    }
    let every: Vec<u32> = (0..levels as u32).collect();
    Array::from_slice(&FrequencyEncoder::fit(&codes, levels).transform(&every))
}
