//! How many elements are not zero.

use rustsci_buffer::simd;
use smallvec::SmallVec;

use crate::dtype::{Bool, Number};
use crate::ufunc::{Reduction, known};
use crate::{Array, DType, Result};

/// Elements looked at in one go.
const CHUNK: usize = 1 << 14;
/// Counts kept side by side.
const LANES: usize = 64;

/// How many elements are not zero, along axes or (`None`) of all.
///
/// ```
/// use rustsci_array::{Array, Scalar, selection::count_nonzero};
/// let a = Array::from_shape(&[2, 2], &[1.0, 0.0, 2.0, 3.0])?;
/// assert_eq!(count_nonzero(&a, None, false)?.item(0), Scalar::Int64(3));
/// assert_eq!(count_nonzero(&a, Some(&[0]), false)?.to_vec::<i64>()?, [2, 1]);
/// # Ok::<(), rustsci_array::Error>(())
/// ```
///
/// # Errors
/// If an axis does not exist, or memory cannot be had.
pub fn count_nonzero(array: &Array, axes: Option<&[isize]>, keepdims: bool) -> Result<Array> {
    if axes.is_none() {
        let shape: rustsci_buffer::Shape =
            smallvec::smallvec![1; if keepdims { array.ndim() } else { 0 }];
        return Array::from_shape(&shape, &[count_all(array)? as i64]);
    }
    known::add()?.reduce(
        &array.as_dtype(&DType::Bool)?,
        &Reduction {
            axes: axes.map(SmallVec::from_slice),
            dtype: Some(DType::Int64),
            keepdims,
            ..Reduction::default()
        },
    )
}

/// How many of all elements are not zero.
pub(crate) fn count_all(array: &Array) -> Result<usize> {
    dispatch!(array.dtype(), T => {
        let zero = T::default();
        count::<T>(array, |element| element != zero)
    })
}

fn count<T: Number>(array: &Array, holds: impl Fn(T) -> bool + Copy) -> Result<usize> {
    let mut reader = array.reader::<T>();
    let (mut total, mut start) = (0, 0);
    while start < reader.len() {
        let block = reader.block(start, CHUNK.min(array.size() - start))?;
        total += count_where(block, holds);
        start += block.len();
    }
    Ok(total)
}

/// How many of the values are true.
pub(crate) fn count_true(truth: &[Bool]) -> usize {
    count_where(truth, |truth| truth.get())
}

/// How many of the values fulfil a condition.
#[inline(always)]
fn count_where<T: Copy>(values: &[T], holds: impl Fn(T) -> bool + Copy) -> usize {
    simd::vectorized(
        #[inline(always)]
        || {
            let (groups, rest) = values.as_chunks::<LANES>();
            // Side by side in single bytes, which are added up before they can overflow.
            let in_groups: usize = groups
                .chunks(255)
                .map(|groups| {
                    let mut counts = [0_u8; LANES];
                    for group in groups {
                        for lane in 0..LANES {
                            counts[lane] += u8::from(holds(group[lane]));
                        }
                    }
                    counts
                        .iter()
                        .map(|&count| usize::from(count))
                        .sum::<usize>()
                })
                .sum();
            in_groups + rest.iter().filter(|&&value| holds(value)).count()
        },
    )
}

#[cfg(test)]
mod tests {
    use rustsci_buffer::Complex;

    use super::*;
    use crate::Scalar;

    #[test]
    fn every_type_is_counted() {
        let complex = [Complex::new(0.0, 1.0), Complex::new(-0.0, 0.0)];
        let count = |array: Array| count_nonzero(&array, None, false).unwrap().item(0);
        assert_eq!(
            count(Array::from_slice(&complex).unwrap()),
            Scalar::Int64(1)
        );
        assert_eq!(
            count(Array::from_slice(&[Bool(7), Bool(0), Bool(1)]).unwrap()),
            Scalar::Int64(2)
        );
        assert_eq!(
            count(Array::from_slice(&vec![f64::NAN; 100_000]).unwrap()),
            Scalar::Int64(100_000)
        );
    }

    #[test]
    fn counts_along_axes_keep_them_if_asked() {
        let a = Array::from_shape(&[2, 3], &[1_i8, 0, 2, 0, 0, 3]).unwrap();
        let kept = count_nonzero(&a, Some(&[-1]), true).unwrap();
        assert_eq!(
            (kept.shape(), kept.to_vec::<i64>().unwrap()),
            (&[2, 1][..], vec![2, 1])
        );
        assert_eq!(count_nonzero(&a, None, true).unwrap().shape(), [1, 1]);
        assert!(count_nonzero(&a, Some(&[2]), false).is_err());
    }
}
