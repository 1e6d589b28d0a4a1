//! Fits that stream: accumulators cross as their plan and the solver's place, which are bytes, and their sums.

use rustsci_array::{Array, DType, Result};
use rustsci_glm::Accumulator;
use rustsci_glm::streaming::Parts;

use super::glm::{covariance, exception, from_json, to_json, vector, with_frame};
use crate::convert::{Argument, FromArgument};
use crate::object::View;
use crate::value::Value;
use crate::{Function, export};

pub(crate) static ROWS: &[&Function] = &[
    &GLM_ACCUMULATOR,
    &GLM_ACCUMULATE,
    &GLM_MERGE,
    &GLM_FORK,
    &GLM_ADVANCE,
    &GLM_ACCUMULATOR_TO_BYTES,
    &GLM_ACCUMULATOR_FROM_BYTES,
];

/// Bytes as an argument.
struct Bytes(Vec<u8>);

impl<'a> FromArgument<'a> for Bytes {
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        match argument.object.view() {
            View::Bytes(bytes) => Ok(Self(bytes.to_vec())),
            _ => Err(argument.expected("bytes")),
        }
    }
}

fn accumulator(plan: Bytes, iteration: Bytes, totals: &Array) -> Result<Accumulator> {
    let parts = Parts {
        plan: plan.0,
        iteration: iteration.0,
        totals: totals.as_dtype(&DType::Float64)?.to_vec()?,
    };
    Accumulator::from_parts(&parts).map_err(exception)
}

fn pieces(accumulator: &Accumulator) -> Result<Vec<Value>> {
    let parts = accumulator.to_parts().map_err(exception)?;
    Ok(vec![
        Value::Bytes(parts.plan),
        Value::Bytes(parts.iteration),
        vector(&parts.totals)?,
    ])
}

/// Return the pieces of an accumulator before the first pass: its plan, the solver's place, and its sums.
#[export(name = "_glm_accumulator", signature = "(request, /)")]
fn glm_accumulator(request: String) -> Result<Vec<Value>> {
    let request = from_json("the request", &request)?;
    pieces(&Accumulator::new(request).map_err(exception)?)
}

/// Return the plan and the sums of an accumulator after some rows were added.
#[export(
    name = "_glm_accumulate",
    signature = "(plan, totals, names, columns, arrays, /)"
)]
fn glm_accumulate(
    plan: Bytes,
    totals: Array,
    names: Vec<String>,
    columns: String,
    arrays: Vec<Array>,
) -> Result<Vec<Value>> {
    let mut accumulator = accumulator(plan, Bytes(Vec::new()), &totals)?;
    with_frame(&columns, &arrays, |frame| accumulator.update(frame, &names))?;
    let mut pieces = pieces(&accumulator)?;
    pieces.remove(1);
    Ok(pieces)
}

/// Return the plan and the sums of an accumulator after another one was merged into it.
#[export(
    name = "_glm_merge",
    signature = "(plan, totals, other_plan, other_totals, /)"
)]
fn glm_merge(
    plan: Bytes,
    totals: Array,
    other_plan: Bytes,
    other_totals: Array,
) -> Result<Vec<Value>> {
    let mut own = accumulator(plan, Bytes(Vec::new()), &totals)?;
    let other = accumulator(other_plan, Bytes(Vec::new()), &other_totals)?;
    own.merge(&other).map_err(exception)?;
    let mut pieces = pieces(&own)?;
    pieces.remove(1);
    Ok(pieces)
}

/// Return the pieces of an empty accumulator for the same pass.
#[export(name = "_glm_fork", signature = "(plan, /)")]
fn glm_fork(plan: Bytes) -> Result<Vec<Value>> {
    let empty = Array::from_slice::<f64>(&[])?;
    pieces(&accumulator(plan, Bytes(Vec::new()), &empty)?.fork())
}

/// Return the pieces of an accumulator for the next pass, and at the end what `_glm_fit` returns.
#[export(name = "_glm_advance", signature = "(plan, iteration, totals, /)")]
fn glm_advance(plan: Bytes, iteration: Bytes, totals: Array) -> Result<Vec<Value>> {
    let mut accumulator = accumulator(plan, iteration, &totals)?;
    let fitted = accumulator.advance().map_err(exception)?;
    let mut values = pieces(&accumulator)?;
    if let Some(fitted) = fitted {
        values.push(Value::Str(to_json(&fitted)?));
        values.push(vector(&fitted.coefficients)?);
        values.push(covariance(&fitted)?);
    }
    Ok(values)
}

/// Return an accumulator as bytes that travel.
#[export(
    name = "_glm_accumulator_to_bytes",
    signature = "(plan, iteration, totals, /)"
)]
fn glm_accumulator_to_bytes(plan: Bytes, iteration: Bytes, totals: Array) -> Result<Value> {
    let accumulator = accumulator(plan, iteration, &totals)?;
    accumulator.to_bytes().map(Value::Bytes).map_err(exception)
}

/// Return the pieces of an accumulator that travelled as bytes.
#[export(name = "_glm_accumulator_from_bytes", signature = "(data, /)")]
fn glm_accumulator_from_bytes(data: Bytes) -> Result<Vec<Value>> {
    pieces(&Accumulator::from_bytes(&data.0).map_err(exception)?)
}
