//! Statistics as Python's `statistics` computes them: exactly, and rounded once.
//!
//! Each function gives None where numbers are not plain, or too few, or not finite where that matters: then Python
//! does what it always did, and raises what it always raised.

use std::sync::{Mutex, OnceLock, PoisonError};

use rustsci_array::{Error, Result};
use rustsci_stats::exact::{Exact, IntegerMoments, Moments, Overflow};
use rustsci_stats::order::{
    CutPoints, at_ranks, cut_points_of_floats, cut_points_of_integers, extremes, integers_at_ranks,
};

use crate::convert::{Data, Numbers};
use crate::value::Value;
use crate::{Function, export};

pub(crate) static ROWS: &[&Function] = &[
    &COMPUTE_STATS,
    &MEAN,
    &VARIANCE,
    &DEVIATION,
    &MEAN_AND_DEVIATION,
    &ROUNDED_SUM,
    &MIDDLE,
    &GROUPED,
    &CUT_POINTS,
    &CENTRED_PRODUCTS,
    &SUM_OF_PRODUCTS,
    &GEOMETRIC_MEAN,
    &HARMONIC_MEAN,
];

/// Numbers that one thread takes at a time.
const BLOCK: usize = 1 << 17;
/// Groups that plain numbers are divided into at most: all products stay exact.
const MOST_GROUPS: usize = 1 << 20;
/// Sums of numbers below this size do not overflow on the way, however many there are.
const HARMLESS: f64 = 1e280;

/// Python's own words for a fraction that no float can hold.
fn overflow(_: Overflow) -> Error {
    Error::overflow("integer division result too large for a float")
}

fn whole_or_rounded(result: Exact) -> Value {
    match result {
        Exact::Whole(value) => Value::Int(value),
        Exact::Rounded(value) => Value::Float(value),
    }
}

/// The moments of numbers, over several threads if there are many.
fn moments(numbers: &[f64]) -> Moments {
    moments_beside(numbers, &|| {})
}

/// The moments of numbers, while another thread, if there is one, does something else with them.
fn moments_beside(numbers: &[f64], other: &(dyn Fn() + Sync)) -> Moments {
    if numbers.len() < 2 * BLOCK {
        other();
        let mut moments = Moments::new();
        moments.extend(numbers);
        return moments;
    }
    let total = Mutex::new(Moments::new());
    let pieces: Vec<&[f64]> = numbers.chunks(BLOCK).collect();
    rustsci_par::for_each_block(pieces.len() + 1, &|index| match index.checked_sub(1) {
        None => other(),
        Some(piece) => {
            let mut own = Moments::new();
            own.extend(pieces[piece]);
            // The order of merging makes no difference: nothing is rounded.
            total
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .merge(&own);
        }
    });
    total.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// Finite moments, of enough numbers.
fn finite_moments(numbers: &[f64], least: usize) -> Option<Moments> {
    if numbers.len() < least {
        return None;
    }
    Some(moments(numbers)).filter(Moments::is_finite)
}

/// Range, quartiles, mean and standard deviation.
#[export(name = "_stats_compute_stats", signature = "(numbers, /)")]
fn compute_stats(numbers: Numbers) -> Result<Option<Value>> {
    numbers.with(|data| {
        let (range, quartiles, mean, deviation) = match data {
            Data::Floats(values, whole) if values.len() >= 2 && as_floats(values, whole, 4) => {
                let order = OnceLock::new();
                let moments = moments_beside(values, &|| {
                    let quartiles = cut_points_of_floats(values, 4, CutPoints::Exclusive);
                    order.get_or_init(|| quartiles.map(|quartiles| (quartiles, extremes(values))));
                });
                let (true, Some(Some((quartiles, (least, most))))) =
                    (moments.is_finite(), order.into_inner())
                else {
                    return Ok(None);
                };
                let deviation = moments.deviation(1).map_err(overflow)?;
                (
                    Value::Float(most - least),
                    quartiles,
                    Value::Float(moments.mean()),
                    deviation,
                )
            }
            Data::Integers(values, _) if values.len() >= 2 => {
                let moments = IntegerMoments::of(values);
                let least = values.iter().copied().min().map_or(0, i128::from);
                let most = values.iter().copied().max().map_or(0, i128::from);
                let range = most - least;
                let as_float = range as f64;
                // A number that no float equals stays whole.
                let range = if as_float as i128 == range {
                    Value::Float(as_float)
                } else {
                    Value::Int(range)
                };
                let quartiles = cut_points_of_integers(values, 4, CutPoints::Exclusive);
                let deviation = moments.deviation(1).map_err(overflow)?;
                (
                    range,
                    quartiles,
                    whole_or_rounded(moments.mean()),
                    deviation,
                )
            }
            _ => return Ok(None),
        };
        Ok(Some(Value::Tuple(vec![
            range,
            floats(quartiles),
            mean,
            Value::Float(deviation),
        ])))
    })
}

/// Whether cut points of mixed numbers are those of floats: whole numbers must stay exact when they are multiplied by up
/// to `n`, and no zero may have a sign, for that of a product with a whole zero would be another.
fn as_floats(values: &[f64], whole: Option<u64>, n: u64) -> bool {
    whole
        .is_none_or(|whole| whole <= (1 << 53) / n && values.iter().all(|x| x.to_bits() != 1 << 63))
}

fn floats(values: Vec<f64>) -> Value {
    Value::List(values.into_iter().map(Value::Float).collect())
}

/// The mean, rounded once.
#[export(name = "_stats_mean", signature = "(data, /)")]
fn mean(data: Numbers) -> Result<Option<Value>> {
    data.with(|data| {
        Ok(match data {
            Data::Floats(values, _) => {
                finite_moments(values, 1).map(|moments| Value::Float(moments.mean()))
            }
            Data::Integers([], _) => None,
            Data::Integers(values, _) => Some(whole_or_rounded(IntegerMoments::of(values).mean())),
        })
    })
}

/// The variance, rounded once: the sum of squares is divided by the count less the correction.
#[export(name = "_stats_variance", signature = "(data, correction, /)")]
fn variance(data: Numbers, correction: usize) -> Result<Option<Value>> {
    let (least, correction) = (correction + 1, correction as u64);
    data.with(|data| match data {
        Data::Floats(values, _) => finite_moments(values, least)
            .map(|moments| {
                moments
                    .variance(correction)
                    .map(Value::Float)
                    .map_err(overflow)
            })
            .transpose(),
        Data::Integers(values, _) if values.len() >= least => Ok(IntegerMoments::of(values)
            .variance(correction)
            .map(whole_or_rounded)),
        Data::Integers(..) => Ok(None),
    })
}

/// The standard deviation, rounded once.
#[export(name = "_stats_deviation", signature = "(data, correction, /)")]
fn deviation(data: Numbers, correction: usize) -> Result<Option<f64>> {
    let (least, correction) = (correction + 1, correction as u64);
    data.with(|data| match data {
        Data::Floats(values, _) => finite_moments(values, least)
            .map(|moments| moments.deviation(correction).map_err(overflow))
            .transpose(),
        Data::Integers(values, _) if values.len() >= least => IntegerMoments::of(values)
            .deviation(correction)
            .map(Some)
            .map_err(overflow),
        Data::Integers(..) => Ok(None),
    })
}

/// Mean and sample standard deviation as floats.
#[export(name = "_stats_mean_and_deviation", signature = "(data, /)")]
fn mean_and_deviation(data: Numbers) -> Result<Option<(f64, f64)>> {
    data.with(|data| match data {
        Data::Floats(values, _) => finite_moments(values, 2)
            .map(|moments| Ok((moments.mean(), moments.deviation(1).map_err(overflow)?)))
            .transpose(),
        Data::Integers(values, _) if values.len() >= 2 => {
            let moments = IntegerMoments::of(values);
            let mean = match moments.mean() {
                Exact::Whole(value) => value as f64,
                Exact::Rounded(value) => value,
            };
            Ok(Some((mean, moments.deviation(1).map_err(overflow)?)))
        }
        Data::Integers(..) => Ok(None),
    })
}

/// Numbers whose sum is rounded once, and does not overflow on the way.
fn exact_sum(numbers: &[f64]) -> Option<f64> {
    let harmless = numbers.iter().all(|x| x.abs() < HARMLESS);
    harmless.then(|| moments(numbers).sum().ok()).flatten()
}

/// The sum, rounded once.
#[export(name = "_stats_sum", signature = "(data, /)")]
fn rounded_sum(data: Numbers) -> Result<Option<f64>> {
    data.with_floats(|numbers| Ok(exact_sum(numbers)))
}

/// The number in the middle, or the two there.
#[export(name = "_stats_middle", signature = "(data, /)")]
fn middle(data: Numbers) -> Result<Option<Value>> {
    let ranks = |count: usize| {
        if count % 2 == 1 {
            vec![count / 2]
        } else {
            vec![count / 2 - 1, count / 2]
        }
    };
    data.with(|data| {
        Ok(match data {
            // Mixed numbers have types to keep.
            Data::Floats(values @ [_, ..], None) => {
                at_ranks(values, &ranks(values.len())).map(floats)
            }
            Data::Integers(values @ [_, ..], false) => {
                let middle = integers_at_ranks(values, &ranks(values.len()));
                Some(Value::List(
                    middle
                        .into_iter()
                        .map(|value| Value::Int(value.into()))
                        .collect(),
                ))
            }
            _ => None,
        })
    })
}

/// The upper number in the middle, how many are below it, and how many are equal to it.
#[export(name = "_stats_grouped", signature = "(data, /)")]
fn grouped(data: Numbers) -> Result<Option<Value>> {
    data.with_floats(|numbers| {
        if numbers.is_empty() {
            return Ok(None);
        }
        Ok(at_ranks(numbers, &[numbers.len() / 2]).map(|middle| {
            let below = numbers.iter().filter(|&&x| x < middle[0]).count();
            let equal = numbers.iter().filter(|&&x| x == middle[0]).count();
            Value::Tuple(vec![
                Value::Float(middle[0]),
                Value::Int(below as i128),
                Value::Int(equal as i128),
            ])
        }))
    })
}

/// Cut points between groups of equal size.
#[export(name = "_stats_cut_points", signature = "(data, n, inclusive, /)")]
fn cut_points(data: Numbers, n: usize, inclusive: bool) -> Result<Option<Value>> {
    let rule = if inclusive {
        CutPoints::Inclusive
    } else {
        CutPoints::Exclusive
    };
    if n > MOST_GROUPS {
        return Ok(None);
    }
    data.with(|data| {
        Ok(match data {
            Data::Floats(values, whole)
                if values.len() >= 2 && as_floats(values, whole, n as u64) =>
            {
                cut_points_of_floats(values, n as u64, rule).map(floats)
            }
            Data::Integers(values, _) if values.len() >= 2 => {
                Some(floats(cut_points_of_integers(values, n as u64, rule)))
            }
            _ => None,
        })
    })
}

/// Means, and the sums of products of the distances from them, of pairs: x̄, ȳ, Σxy, Σxx, Σyy.
#[export(name = "_stats_centred_products", signature = "(x, y, /)")]
fn centred_products(x: Numbers, y: Numbers) -> Result<Option<Vec<f64>>> {
    x.with_floats(|x| {
        y.with_floats(|y| {
            if x.len() != y.len() || x.is_empty() {
                return Ok(None);
            }
            let centre = |numbers: &[f64]| exact_sum(numbers).map(|sum| sum / numbers.len() as f64);
            let (Some(x_mean), Some(y_mean)) = (centre(x), centre(y)) else {
                return Ok(None);
            };
            let distances = |numbers: &[f64], mean: f64| numbers.iter().map(|x| x - mean).collect();
            let (x, y): (Vec<f64>, Vec<f64>) = (distances(x, x_mean), distances(y, y_mean));
            let sums = [products(&x, &y), products(&x, &x), products(&y, &y)];
            let [Some(xy), Some(xx), Some(yy)] = sums else {
                return Ok(None);
            };
            Ok(Some(vec![x_mean, y_mean, xy, xx, yy]))
        })
    })
}

/// The sum of products of pairs: each product is rounded, and so is their sum, but nothing between.
#[export(name = "_stats_sum_of_products", signature = "(x, y, /)")]
fn sum_of_products(x: Numbers, y: Numbers) -> Result<Option<f64>> {
    x.with_floats(|x| y.with_floats(|y| Ok((x.len() == y.len()).then(|| products(x, y)).flatten())))
}

fn products(x: &[f64], y: &[f64]) -> Option<f64> {
    let products: Vec<f64> = x.iter().zip(y).map(|(x, y)| x * y).collect();
    exact_sum(&products)
}

/// The exponential of the mean of logarithms of positive numbers.
#[export(name = "_stats_geometric_mean", signature = "(data, /)")]
fn geometric_mean(data: Numbers) -> Result<Option<f64>> {
    data.with_floats(|numbers| {
        if numbers.is_empty() || !numbers.iter().all(|&x| x > 0.0) {
            return Ok(None);
        }
        let logarithms: Vec<f64> = numbers.iter().map(|x| x.ln()).collect();
        Ok(exact_sum(&logarithms).map(|sum| (sum / numbers.len() as f64).exp()))
    })
}

/// The count over the sum of reciprocals of positive numbers: each reciprocal is rounded, and so is the result.
#[export(name = "_stats_harmonic_mean", signature = "(data, /)")]
fn harmonic_mean(data: Numbers) -> Result<Option<f64>> {
    data.with_floats(|numbers| {
        if numbers.len() < 2 || !numbers.iter().all(|x| x.is_normal() && *x > 0.0) {
            return Ok(None);
        }
        let reciprocals: Vec<f64> = numbers.iter().map(|x| 1.0 / x).collect();
        Ok(Some(moments(&reciprocals).inverse_mean()).filter(|mean| mean.is_finite()))
    })
}
