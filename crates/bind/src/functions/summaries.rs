//! Summaries of numbers as bytes, which merge into summaries of all of them.

use rustsci_array::{Array, DType, Error, Result};
use rustsci_stats::exact::Moments;
use rustsci_stats::order::extremes;

use crate::value::Value;
use crate::{Argument, FromArgument, Function, View, export};

pub(crate) static ROWS: &[&Function] = &[&SUMMARIZE, &MERGE, &READ];

/// The state of a summary as Python keeps it.
struct State {
    moments: Moments,
    missing: u64,
    least: f64,
    most: f64,
}

impl State {
    fn to_value(&self) -> Value {
        let mut bytes = Vec::new();
        bytes.extend(self.missing.to_le_bytes());
        bytes.extend(self.least.to_le_bytes());
        bytes.extend(self.most.to_le_bytes());
        bytes.extend(self.moments.to_bytes());
        Value::Bytes(bytes)
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (missing, rest) = bytes.split_first_chunk()?;
        let (least, rest) = rest.split_first_chunk()?;
        let (most, rest) = rest.split_first_chunk()?;
        Some(Self {
            moments: Moments::from_bytes(rest)?,
            missing: u64::from_le_bytes(*missing),
            least: f64::from_le_bytes(*least),
            most: f64::from_le_bytes(*most),
        })
    }
}

impl<'a> FromArgument<'a> for State {
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        let View::Bytes(bytes) = argument.object.view() else {
            return Err(argument.expected("bytes"));
        };
        Self::from_bytes(bytes)
            .ok_or_else(|| Error::value("these bytes are not the state of a summary"))
    }
}

/// The numbers of an array that are none missing, and how many are missing: NaN.
fn present(array: &Array) -> Result<(Vec<f64>, u64)> {
    if array.dtype().is_complex() {
        return Err(Error::type_(format!(
            "a summary is of real numbers, not {}",
            array.dtype().name()
        )));
    }
    let all = array.as_dtype(&DType::Float64)?.to_vec::<f64>()?;
    let count = all.len();
    let present: Vec<f64> = all.into_iter().filter(|x| !x.is_nan()).collect();
    let missing = (count - present.len()) as u64;
    Ok((present, missing))
}

/// The state of a summary of numbers.
#[export(name = "_stats_summarize", signature = "(data, /)")]
fn summarize(data: Array) -> Result<Value> {
    let (numbers, missing) = present(&data)?;
    let mut moments = Moments::with_higher_powers();
    moments.extend(&numbers);
    let (least, most) = extremes(&numbers);
    Ok(State {
        moments,
        missing,
        least,
        most,
    }
    .to_value())
}

/// The state of a summary of all numbers that two others are of.
#[export(name = "_stats_merge", signature = "(first, second, /)")]
fn merge(first: State, second: State) -> Value {
    let mut moments = first.moments;
    moments.merge(&second.moments);
    let missing = first.missing + second.missing;
    let (least, most) = (first.least.min(second.least), first.most.max(second.most));
    State {
        moments,
        missing,
        least,
        most,
    }
    .to_value()
}

/// What a summary says: count, missing, sum, mean, variance of population and sample, the roots of those, smallest and
/// largest number, skewness, excess kurtosis.
#[export(name = "_stats_read", signature = "(state, /)")]
fn read(state: State) -> Value {
    let State {
        moments,
        missing,
        least,
        most,
    } = state;
    let none = |value: f64| {
        if moments.count() == 0 {
            f64::NAN
        } else {
            value
        }
    };
    let numbers = [
        moments.sum().unwrap_or(f64::INFINITY),
        moments.mean(),
        moments.variance(0).unwrap_or(f64::INFINITY),
        moments.variance(1).unwrap_or(f64::INFINITY),
        moments.deviation(0).unwrap_or(f64::INFINITY),
        moments.deviation(1).unwrap_or(f64::INFINITY),
        none(least),
        none(most),
        moments.skewness(),
        moments.excess_kurtosis(),
    ];
    let counts = [moments.count(), missing].map(|count| Value::Int(count.into()));
    Value::Tuple(
        counts
            .into_iter()
            .chain(numbers.map(Value::Float))
            .collect(),
    )
}
