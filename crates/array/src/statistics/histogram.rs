//! How many values fall into each of a row of bins of equal width.

use rustsci_buffer::Order;

use crate::dtype::{Casting, Number};
use crate::{Array, DType, Error, Result};

/// Values looked at in one go.
const CHUNK: usize = 4096;

/// Adds up, for each of the bins of equal width between the edges, how many values it contains, or their weights. A
/// bin contains its left edge but not its right one, except for the last, which contains both; values outside are left
/// out.
///
/// The place of a value is found by dividing, and put right by comparing it with the edges, which may be rounded.
///
/// ```
/// use rustsci_array::{Array, statistics::count_in_uniform_bins};
/// let values = Array::from_slice(&[1.0, 2.0, 1.0, 4.0, 7.0])?;
/// let edges = Array::from_slice(&[0.0, 2.0, 4.0])?;
/// assert_eq!(count_in_uniform_bins(&values, &edges, None)?.to_vec::<i64>()?, [2, 2]);
/// # Ok::<(), rustsci_array::Error>(())
/// ```
///
/// # Errors
/// If there are no bins, or as many weights as values.
pub fn count_in_uniform_bins(
    values: &Array,
    edges: &Array,
    weights: Option<&Array>,
) -> Result<Array> {
    let edges = edges.cast_as(&DType::Float64, Casting::SameKind)?;
    if edges.ndim() != 1 || edges.size() < 2 {
        return Err(Error::value("there must be at least one bin"));
    }
    let edges = edges.to_vec::<f64>()?;
    let values = values.cast_as(&DType::Float64, Casting::SameKind)?;
    let Some(weights) = weights else {
        let counts = Array::zeros(&[edges.len() - 1], &DType::Int64, Order::C)?;
        add::<i64>(&values, &edges, &counts, |_| 1)?;
        return Ok(counts);
    };
    if weights.size() != values.size() {
        return Err(Error::value("weights should have the same shape as a."));
    }
    let weights = weights.cast_as(&DType::Float64, Casting::Safe)?;
    let mut reader = weights.reader::<f64>();
    let weights = reader.all()?;
    let sums = Array::zeros(&[edges.len() - 1], &DType::Float64, Order::C)?;
    add::<f64>(&values, &edges, &sums, |i| weights[i])?;
    Ok(sums)
}

/// Adds the weight of each value to its bin.
fn add<T: Number + std::ops::AddAssign>(
    values: &Array,
    edges: &[f64],
    sums: &Array,
    weight: impl Fn(usize) -> T,
) -> Result<()> {
    let bins = edges.len() - 1;
    let (first, last) = (edges[0], edges[bins]);
    let scale = bins as f64 / (last - first);
    let place = |value: f64| {
        // Not a number is in no range.
        if !(first..=last).contains(&value) {
            return None;
        }
        if !scale.is_normal() {
            // The range is too wide, or too narrow, to divide by.
            let above = edges.partition_point(|&edge| edge <= value);
            return Some((above - 1).min(bins - 1));
        }
        let mut bin = (((value - first) * scale) as usize).min(bins - 1);
        if value < edges[bin] {
            bin = bin.saturating_sub(1);
        } else if value >= edges[bin + 1] && bin + 1 < bins {
            bin += 1;
        }
        Some(bin)
    };
    let (mut reader, mut writer) = (values.reader::<f64>(), sums.writer::<T>()?);
    let mut start = 0;
    while start < values.size() {
        let block = reader.block(start, CHUNK.min(values.size() - start))?;
        writer.update(0, bins, |sums| {
            for (i, &value) in block.iter().enumerate() {
                if let Some(bin) = place(value) {
                    sums[bin] += weight(start + i);
                }
            }
        })?;
        start += block.len();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_on_edges_belong_to_the_bin_on_their_right() {
        let edges: Vec<f64> = (0..=10).map(|i| f64::from(i) * 0.1).collect();
        let values = Array::from_slice(&edges).unwrap();
        let counts = count_in_uniform_bins(&values, &values, None).unwrap();
        assert_eq!(
            counts.to_vec::<i64>().unwrap(),
            [1, 1, 1, 1, 1, 1, 1, 1, 1, 2]
        );
    }

    #[test]
    fn what_is_outside_does_not_count() {
        let values = Array::from_slice(&[-1.0, f64::NAN, 0.5, 3.0]).unwrap();
        let weights = Array::from_slice(&[1.0, 2.0, 4.0, 8.0]).unwrap();
        let edges = Array::from_slice(&[0_i64, 1, 2]).unwrap();
        let sums = count_in_uniform_bins(&values, &edges, Some(&weights)).unwrap();
        assert_eq!(sums.to_vec::<f64>().unwrap(), [4.0, 0.0]);
        assert!(count_in_uniform_bins(&values, &weights, Some(&edges)).is_err());
    }

    #[test]
    fn ranges_may_be_too_wide_to_divide_by() {
        let edges = Array::from_slice(&[-1.5e308, 0.0, 1.5e308]).unwrap();
        let values = Array::from_slice(&[-1.0, 0.0, 1.5e308]).unwrap();
        let counts = count_in_uniform_bins(&values, &edges, None).unwrap();
        assert_eq!(counts.to_vec::<i64>().unwrap(), [1, 2]);
    }
}
