//! How often each small integer occurs.

use rustsci_buffer::{Order, simd};

use crate::dtype::Casting;
use crate::room::filled;
use crate::selection::as_indices;
use crate::{Array, DType, Error, Result};

/// Tables that are counted in side by side: a value that repeats must not wait for its own last count.
const TABLES: usize = 4;
/// The most bins for which several tables stay in the nearest cache.
const MOST_BINS: usize = 1024;

/// How often each of 0, 1, 2, … occurs among integers, or the sum of their weights; at least `least` bins.
///
/// ```
/// use rustsci_array::{Array, statistics::bincount};
/// let a = Array::from_slice(&[0_i64, 1, 1, 3])?;
/// assert_eq!(bincount(&a, None, 0)?.to_vec::<i64>()?, [1, 2, 0, 1]);
/// let weights = Array::from_slice(&[0.5, 1.0, 2.0, 4.0])?;
/// assert_eq!(bincount(&a, Some(&weights), 5)?.to_vec::<f64>()?, [0.5, 3.0, 0.0, 4.0, 0.0]);
/// # Ok::<(), rustsci_array::Error>(())
/// ```
///
/// # Errors
/// If the values have not one axis, are no integers or below zero, or there are not as many weights.
pub fn bincount(values: &Array, weights: Option<&Array>, least: usize) -> Result<Array> {
    one_axis(values)?;
    // Unsigned 64-bit integers are taken although the largest would wrap: those are refused below.
    let casting = match values.dtype() {
        DType::UInt64 => Casting::SameKind,
        _ => Casting::Safe,
    };
    let values = as_indices(values, casting)?;
    if values.size() == 0 {
        return Array::zeros(&[least], &DType::Int64, Order::C);
    }
    let mut reader = values.reader::<i64>();
    let values = reader.all()?;
    let (smallest, largest) = simd::vectorized(
        #[inline(always)]
        || {
            values.iter().fold((i64::MAX, i64::MIN), |(low, high), &x| {
                (low.min(x), high.max(x))
            })
        },
    );
    if smallest < 0 {
        return Err(Error::value(
            "'list' argument must have no negative elements",
        ));
    }
    let bins = (largest as usize + 1).max(least);
    let Some(weights) = weights else {
        return count(values, bins);
    };
    one_axis(weights)?;
    let weights = weights.cast_as(&DType::Float64, Casting::Safe)?;
    if weights.size() != values.len() {
        return Err(Error::value(
            "The weights and list don't have the same length.",
        ));
    }
    let result = Array::zeros(&[bins], &DType::Float64, Order::C)?;
    let (mut reader, mut writer) = (weights.reader::<f64>(), result.writer::<f64>()?);
    let weights = reader.all()?;
    writer.update(0, bins, |sums| {
        for (&value, &weight) in values.iter().zip(weights) {
            sums[value as usize] += weight;
        }
    })?;
    Ok(result)
}

/// Refuses anything but an array of one axis.
fn one_axis(array: &Array) -> Result<()> {
    match array.ndim() {
        1 => Ok(()),
        0 => Err(Error::value("object of too small depth for desired array")),
        _ => Err(Error::value("object too deep for desired array")),
    }
}

/// Counts values that are all inside the bins.
fn count(values: &[i64], bins: usize) -> Result<Array> {
    let result = Array::zeros(&[bins], &DType::Int64, Order::C)?;
    let mut writer = result.writer::<i64>()?;
    if bins > MOST_BINS || values.len() < TABLES * bins {
        writer.update(0, bins, |counts| {
            values.iter().for_each(|&value| counts[value as usize] += 1);
        })?;
        return Ok(result);
    }
    let mut tables = filled(bins, [0_i64; TABLES])?;
    let (groups, rest) = values.as_chunks::<TABLES>();
    for group in groups {
        for (table, &value) in group.iter().enumerate() {
            tables[value as usize][table] += 1;
        }
    }
    rest.iter()
        .for_each(|&value| tables[value as usize][0] += 1);
    writer.update(0, bins, |counts| {
        counts
            .iter_mut()
            .zip(&tables)
            .for_each(|(count, table)| *count = table.iter().sum());
    })?;
    Ok(result)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_values_in_few_bins_are_all_counted() {
        let values: Vec<u8> = (0..1003_u32).map(|i| (i * i % 7) as u8).collect();
        let counts = bincount(&Array::from_slice(&values).unwrap(), None, 0).unwrap();
        let expected: Vec<i64> = (0..5)
            .map(|bin| values.iter().filter(|&&value| value == bin).count() as i64)
            .collect();
        assert_eq!(counts.to_vec::<i64>().unwrap(), expected);
    }

    #[test]
    fn nothing_but_natural_numbers_is_counted() {
        let message = |array: Array| bincount(&array, None, 0).unwrap_err().to_string();
        assert!(message(Array::from_slice(&[0_i64, -1]).unwrap()).contains("negative"));
        assert!(message(Array::from_slice(&[u64::MAX]).unwrap()).contains("negative"));
        assert_eq!(
            message(Array::from_slice(&[0.5]).unwrap()),
            "Cannot cast array data from dtype('float64') to dtype('int64') according to the rule 'safe'"
        );
        assert!(message(Array::from_scalar(&1_i64.into()).unwrap()).contains("too small depth"));
        let empty = Array::from_slice::<i64>(&[]).unwrap();
        let counts = bincount(&empty, Some(&empty), 2).unwrap();
        assert_eq!((counts.dtype(), counts.size()), (&DType::Int64, 2));
    }
}
