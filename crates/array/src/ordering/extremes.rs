//! Where the extreme values are.

use rustsci_buffer::{Order, Shape};

use super::rows::packed_rows;
use crate::array::normalize_axis;
use crate::dtype::Number;
use crate::sorting::{SortKey, argmax, argmin};
use crate::{Array, DType, Error, Result};

/// Which end of the order is sought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extreme {
    /// The largest value.
    Max,
    /// The smallest value.
    Min,
}

/// Rows across the axis at least this long are compared whole, element by element.
const LONG_ROW: usize = 8;

impl Extreme {
    const fn name(self) -> &'static str {
        match self {
            Self::Max => "argmax",
            Self::Min => "argmin",
        }
    }

    /// The index of the extreme among values, of which there is at least one.
    fn find<T: SortKey>(self, values: &[T]) -> usize {
        match self {
            Self::Max => argmax(values),
            Self::Min => argmin(values),
        }
        .unwrap_or(0)
    }

    /// Whether a value takes the place of the best so far; of numbers only the better, and NaN of any number.
    #[inline(always)]
    fn is_better<T: SortKey>(self, value: T, best: T) -> bool {
        match self {
            _ if best.is_nan() => false,
            _ if value.is_nan() => true,
            Self::Max => best.lt(value),
            Self::Min => value.lt(best),
        }
    }
}

/// The index of the first extreme value along an axis, or among all elements in C order. NaN is more extreme than any
/// number.
///
/// ```
/// use rustsci_array::{Array, Scalar, ordering::{Extreme, arg_extreme}};
/// let a = Array::from_shape(&[2, 2], &[1, 3, 4, 2])?;
/// assert_eq!(arg_extreme(&a, Extreme::Max, None, false, None)?.item(0), Scalar::Int64(2));
/// assert_eq!(arg_extreme(&a, Extreme::Min, Some(0), false, None)?.to_vec::<i64>()?, [0, 1]);
/// # Ok::<(), rustsci_array::Error>(())
/// ```
///
/// # Errors
/// If there is nothing to choose from, the axis does not exist, or `out` does not fit.
pub fn arg_extreme(
    array: &Array,
    extreme: Extreme,
    axis: Option<isize>,
    keepdims: bool,
    out: Option<&Array>,
) -> Result<Array> {
    let whole = axis.is_none();
    let (source, axis) = match axis {
        Some(axis) if array.ndim() > 0 => (array.clone(), normalize_axis(axis, array.ndim())?),
        Some(axis) => {
            normalize_axis(axis, 1)?;
            (array.reshaped(&[1], Order::C)?, 0)
        }
        None => (array.reshaped(&[array.size()], Order::C)?, 0),
    };
    let mut shape: Shape = source.shape().into();
    let n = shape.remove(axis);
    if n == 0 {
        return Err(Error::value(format!(
            "attempt to get {} of an empty sequence",
            extreme.name()
        )));
    }
    let result = Array::zeros(&shape, &DType::Int64, Order::C)?;
    if result.size() > 0 {
        dispatch!(source.dtype(), T => fill::<T>(&result, &source, axis, extreme))?;
    }
    let result = if keepdims && array.ndim() > 0 {
        let kept: Shape = if whole {
            (0..array.ndim()).collect()
        } else {
            smallvec::smallvec![axis]
        };
        result.expanded(&kept)
    } else {
        result
    };
    result.delivered(
        out,
        match extreme {
            Extreme::Max => "output array does not match result of np.argmax.",
            Extreme::Min => "output array does not match result of np.argmin.",
        },
    )
}

fn fill<T: Number + SortKey>(
    result: &Array,
    array: &Array,
    axis: usize,
    extreme: Extreme,
) -> Result<()> {
    let (n, last) = (array.shape()[axis], array.ndim() - 1);
    let across = axis != last && array.is_c_contiguous() && array.is_aligned();
    let inner: usize = array.shape()[axis + 1..].iter().product();
    if across && inner >= LONG_ROW {
        return fill_across::<T>(result, array, n, inner, extreme);
    }
    let rows = packed_rows(array, axis)?;
    let (mut reader, mut writer) = (rows.reader::<T>(), result.writer::<i64>()?);
    for row in 0..result.size() {
        let found = extreme.find(reader.block(row * n, n)?) as i64;
        writer.update(row, 1, |place| place.fill(found))?;
    }
    Ok(())
}

/// The elements along the axis are compared row by row with the best so far.
fn fill_across<T: Number + SortKey>(
    result: &Array,
    array: &Array,
    n: usize,
    inner: usize,
    extreme: Extreme,
) -> Result<()> {
    let (mut reader, mut writer) = (array.reader::<T>(), result.writer::<i64>()?);
    let mut best = crate::room::filled(inner, T::default())?;
    for outer in 0..result.size() / inner {
        best.copy_from_slice(reader.block(outer * n * inner, inner)?);
        for i in 1..n {
            let row = reader.block((outer * n + i) * inner, inner)?;
            writer.update(outer * inner, inner, |found| {
                rustsci_buffer::simd::vectorized(
                    #[inline(always)]
                    || {
                        for ((best, found), &value) in best.iter_mut().zip(found).zip(row) {
                            let better = extreme.is_better(value, *best);
                            *best = if better { value } else { *best };
                            *found = if better { i as i64 } else { *found };
                        }
                    },
                );
            })?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_axes(array: &Array, extreme: Extreme) -> Vec<Vec<i64>> {
        (0..array.ndim() as isize)
            .map(|axis| {
                arg_extreme(array, extreme, Some(axis), false, None)
                    .unwrap()
                    .to_vec()
                    .unwrap()
            })
            .collect()
    }

    #[test]
    fn layouts_do_not_matter() {
        let values: Vec<f64> = (0..24 * 50)
            .map(|i| {
                if i % 97 == 5 {
                    f64::NAN
                } else {
                    f64::from(i * 31 % 17)
                }
            })
            .collect();
        let a = Array::from_shape(&[4, 6, 50], &values).unwrap();
        let strided = a.copied(Order::F).unwrap();
        for extreme in [Extreme::Max, Extreme::Min] {
            assert_eq!(all_axes(&a, extreme), all_axes(&strided, extreme));
        }
        assert_eq!(
            arg_extreme(&a, Extreme::Max, None, false, None)
                .unwrap()
                .item(0),
            5_i64.into()
        );
    }

    #[test]
    fn kept_axes_have_length_one() {
        let a = Array::from_shape(&[2, 3], &[1_i64, 5, 2, 9, 0, 9]).unwrap();
        let shape = |axis| {
            arg_extreme(&a, Extreme::Max, axis, true, None)
                .unwrap()
                .shape()
                .to_vec()
        };
        assert_eq!(
            (shape(None), shape(Some(0)), shape(Some(-1))),
            (vec![1, 1], vec![1, 3], vec![2, 1])
        );
    }

    #[test]
    fn there_must_be_something_to_choose_from() {
        let empty = Array::zeros(&[0, 3], &DType::Float64, Order::C).unwrap();
        let error = arg_extreme(&empty, Extreme::Min, Some(0), false, None).unwrap_err();
        assert_eq!(
            error.to_string(),
            "attempt to get argmin of an empty sequence"
        );
        let none = arg_extreme(&empty, Extreme::Min, Some(1), false, None).unwrap();
        assert_eq!(none.shape(), [0]);
        let out = Array::zeros(&[1], &DType::Int64, Order::C).unwrap();
        assert!(arg_extreme(&out, Extreme::Max, None, false, Some(&out)).is_err());
    }
}
