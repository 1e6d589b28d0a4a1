//! Probability distributions of arrays of values and parameters.

use rustsci_array::array::shape_text;
use rustsci_array::{Array, DType, Error, Order, Result};
use rustsci_buffer::layout::broadcast_shapes;
use rustsci_stats::distributions::{
    Beta, Binomial, ChiSquared, Distribution, F, Gamma, NegativeBinomial, Normal, ParameterError,
    Poisson, StudentT,
};

use crate::value::ScalarOrArray;
use crate::{Function, export};

pub(crate) static ROWS: &[&Function] = &[&DISTRIBUTION];

/// Values that one thread takes at a time: each costs about a microsecond.
const BLOCK: usize = 1 << 10;

type Boxed = Box<dyn Distribution + Sync>;

/// Makes a distribution of its parameters.
type Make = fn(&[f64]) -> Result<Boxed, ParameterError>;

/// Asks a distribution.
type Ask = fn(&dyn Distribution, f64) -> f64;

macro_rules! boxed {
    ($type:ident, $($parameter:literal),+) => {
        |parameters| Ok(Box::new($type::new($(parameters[$parameter]),+)?))
    };
}

/// The families by SciPy's names, with the number of their parameters.
fn family(name: &str) -> Option<(usize, Make)> {
    Some(match name {
        "norm" => (2, boxed!(Normal, 0, 1)),
        "t" => (1, boxed!(StudentT, 0)),
        "chi2" => (1, boxed!(ChiSquared, 0)),
        "f" => (2, boxed!(F, 0, 1)),
        "gamma" => (2, boxed!(Gamma, 0, 1)),
        "beta" => (2, boxed!(Beta, 0, 1)),
        "binom" => (2, boxed!(Binomial, 0, 1)),
        "poisson" => (1, boxed!(Poisson, 0)),
        "nbinom" => (2, boxed!(NegativeBinomial, 0, 1)),
        _ => return None,
    })
}

fn quantity(name: &str) -> Option<Ask> {
    Some(match name {
        "density" => |distribution, x| distribution.density(x),
        "ln_density" => |distribution, x| distribution.ln_density(x),
        "cdf" => |distribution, x| distribution.cdf(x),
        "sf" => |distribution, x| distribution.sf(x),
        "ppf" => |distribution, x| distribution.ppf(x),
        "isf" => |distribution, x| distribution.isf(x),
        _ => return None,
    })
}

/// Ask a distribution about each of some values, with parameters that go along with them. What has parameters outside
/// their range is NaN.
#[export(
    name = "_stats_distribution",
    signature = "(name, what, x, parameters, /)"
)]
fn distribution(
    name: String,
    what: String,
    x: Array,
    parameters: Vec<Array>,
) -> Result<ScalarOrArray> {
    let (Some((count, make)), Some(ask)) = (family(&name), quantity(&what)) else {
        return Err(Error::value(format!(
            "there is no {what} of a distribution {name}"
        )));
    };
    if parameters.len() != count {
        return Err(Error::type_(format!(
            "{name} has {count} parameters, not {}",
            parameters.len()
        )));
    }
    let inputs: Vec<&Array> = std::iter::once(&x).chain(parameters.iter()).collect();
    let shape = broadcast_shapes(inputs.iter().map(|input| input.shape())).ok_or_else(|| {
        let shapes: Vec<String> = inputs
            .iter()
            .map(|input| shape_text(input.shape()))
            .collect();
        Error::value(format!(
            "operands could not be broadcast together with shapes {}",
            shapes.join(" ")
        ))
    })?;
    let fixed = inputs[1..].iter().all(|input| input.size() == 1);
    let columns = inputs
        .iter()
        .enumerate()
        .map(|(index, input)| {
            if input.dtype().is_complex() {
                return Err(Error::type_(format!(
                    "{name}.{what} takes real numbers, not {}",
                    input.dtype().name()
                )));
            }
            let doubles = input.as_dtype(&DType::Float64)?;
            if fixed && index > 0 {
                doubles.to_vec()
            } else {
                doubles.broadcast_to(&shape)?.to_vec()
            }
        })
        .collect::<Result<Vec<Vec<f64>>>>()?;
    let result = Array::empty(&shape, &DType::Float64, Order::C)?;
    let size = result.size();
    result.writer::<f64>()?.update(0, size, |values| {
        if fixed {
            of_one_distribution(make, ask, &columns, values);
        } else {
            of_many_distributions(make, ask, &columns, values);
        }
    })?;
    Ok(ScalarOrArray(result))
}

/// All values of the same distribution.
fn of_one_distribution(make: Make, ask: Ask, columns: &[Vec<f64>], values: &mut [f64]) {
    let parameters: Vec<f64> = columns[1..]
        .iter()
        .filter_map(|column| column.first().copied())
        .collect();
    if values.is_empty() {
        return;
    }
    let Ok(distribution) = make(&parameters) else {
        return values.fill(f64::NAN);
    };
    let pieces = values
        .chunks_mut(BLOCK)
        .zip(columns[0].chunks(BLOCK))
        .collect();
    rustsci_par::for_each(pieces, &|(values, points): (&mut [f64], &[f64])| {
        for (value, &x) in values.iter_mut().zip(points) {
            *value = ask(distribution.as_ref(), x);
        }
    });
}

/// Each value of a distribution of its own; neighbours often share it.
fn of_many_distributions(make: Make, ask: Ask, columns: &[Vec<f64>], values: &mut [f64]) {
    let pieces = values.chunks_mut(BLOCK).enumerate().collect();
    rustsci_par::for_each(pieces, &|(piece, values): (usize, &mut [f64])| {
        let mut last: Option<(Vec<f64>, Option<Boxed>)> = None;
        for (offset, value) in values.iter_mut().enumerate() {
            let row = piece * BLOCK + offset;
            let parameters = columns[1..].iter().map(|column| column[row]);
            if !last
                .as_ref()
                .is_some_and(|(known, _)| parameters.clone().eq(known.iter().copied()))
            {
                let parameters: Vec<f64> = parameters.collect();
                let distribution = make(&parameters).ok();
                last = Some((parameters, distribution));
            }
            *value = match &last {
                Some((_, Some(distribution))) => ask(distribution.as_ref(), columns[0][row]),
                _ => f64::NAN,
            };
        }
    });
}
