//! Sums of products of one sequence with another that is moved along it.

use rustsci_buffer::{Order, simd};

use crate::contraction::{Accumulator, Semiring};
use crate::dtype::promote;
use crate::room::filled;
use crate::{Array, Error, Result};

/// Results computed in one go, so that they stay in the nearest cache.
const CHUNK: usize = 512;
/// Terms added to a result at a time.
const TAPS: usize = 4;

/// How far one sequence may reach beyond the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlap {
    /// Not at all.
    Valid,
    /// So far that there are as many results as the longer sequence has elements.
    Same,
    /// As far as they overlap at all.
    Full,
}

impl Overlap {
    /// The mode with NumPy's name.
    ///
    /// # Errors
    /// If there is no such mode.
    pub fn parse(name: &str) -> Result<Self> {
        match name {
            "valid" => Ok(Self::Valid),
            "same" => Ok(Self::Same),
            "full" => Ok(Self::Full),
            _ => Err(Error::value(format!(
                "mode must be one of 'valid', 'same', or 'full' (got '{name}'). Use one of 'valid', 'same', or 'full' \
                 for convolve/correlate mode"
            ))),
        }
    }

    /// The mode with NumPy's number.
    ///
    /// # Errors
    /// If there is no such mode.
    pub fn from_number(number: isize) -> Result<Self> {
        match number {
            0 => Ok(Self::Valid),
            1 => Ok(Self::Same),
            2 => Ok(Self::Full),
            _ => Err(Error::value(format!(
                "integer convolve/correlate mode must be 0, 1, or 2 (got {number})"
            ))),
        }
    }

    /// By how many elements the shorter sequence, of `n`, reaches beyond either end.
    fn reach(self, n: usize) -> (usize, usize) {
        match self {
            Self::Valid => (0, 0),
            Self::Same => (n / 2, n - n / 2 - 1),
            Self::Full => (n - 1, n - 1),
        }
    }
}

/// The cross-correlation of two sequences: the k-th result is the sum of `a[n + k] * conj(v[n])` over all n.
///
/// ```
/// use rustsci_array::{Array, statistics::{Overlap, correlate}};
/// let (a, v) = (Array::from_slice(&[1_i64, 2, 3])?, Array::from_slice(&[0.0, 1.0, 0.5])?);
/// assert_eq!(correlate(&a, &v, Overlap::Full)?.to_vec::<f64>()?, [0.5, 2.0, 3.5, 3.0, 0.0]);
/// # Ok::<(), rustsci_array::Error>(())
/// ```
///
/// # Errors
/// If one of them has not one axis or is empty.
pub fn correlate(a: &Array, v: &Array, overlap: Overlap) -> Result<Array> {
    for (array, which) in [(a, "first"), (v, "second")] {
        if array.ndim() != 1 {
            let depth = ["of too small depth", "too deep"][usize::from(array.ndim() > 1)];
            return Err(Error::value(format!("object {depth} for desired array")));
        }
        if array.size() == 0 {
            return Err(Error::value(format!(
                "{which} array argument cannot be empty"
            )));
        }
    }
    let dtype = promote(a.dtype(), v.dtype());
    let (a, v) = (a.as_dtype(&dtype)?, v.as_dtype(&dtype)?);
    dispatch!(dtype, T => correlate_as::<T>(&a, &v, overlap))
}

fn correlate_as<T: Semiring>(a: &Array, v: &Array, overlap: Overlap) -> Result<Array> {
    let conjugate: Vec<T> = v.to_vec::<T>()?.into_iter().map(T::conjugate).collect();
    let mut reader = a.reader::<T>();
    let a = reader.all()?;
    // The shorter sequence is moved along the longer one; if that is the first, the results come out backwards.
    let swapped = a.len() < conjugate.len();
    let (long, short) = if swapped {
        (&conjugate[..], a)
    } else {
        (a, &conjugate[..])
    };
    let (before, after) = overlap.reach(short.len());
    let mut padded = filled(before, T::default())?;
    let slack = padded.try_reserve_exact(long.len() + after);
    slack.map_err(|_| {
        Error::from(rustsci_buffer::OutOfMemory {
            bytes: size_of_val(long),
        })
    })?;
    padded.extend_from_slice(long);
    padded.resize(padded.len() + after, T::default());
    let count = padded.len() - short.len() + 1;
    let result = Array::empty(&[count], &T::DTYPE, Order::C)?;
    result.writer::<T>()?.update(0, count, |out| {
        slide(&padded, short, out);
        if swapped {
            out.reverse();
        }
    })?;
    Ok(result)
}

/// `out[i]` is the sum of the products of `short` with as many elements of `long` from the i-th on.
fn slide<T: Semiring>(long: &[T], short: &[T], out: &mut [T]) {
    let mut sums = [T::Sum::default(); CHUNK];
    for (chunk, out) in out.chunks_mut(CHUNK).enumerate() {
        let sums = &mut sums[..out.len()];
        sums.fill(T::Sum::default());
        let long = &long[chunk * CHUNK..];
        let (groups, rest) = short.as_chunks::<TAPS>();
        simd::vectorized(
            #[inline(always)]
            || {
                for (group, taps) in groups.iter().enumerate() {
                    add_taps(sums, &long[group * TAPS..], taps);
                }
                for (i, tap) in rest.iter().enumerate() {
                    add_taps(sums, &long[groups.len() * TAPS + i..], &[*tap]);
                }
            },
        );
        out.iter_mut()
            .zip(&*sums)
            .for_each(|(out, &sum)| *out = T::narrow(sum));
    }
}

/// Adds some terms to every sum: sum `i` gets `long[i + k] * taps[k]`.
#[inline(always)]
fn add_taps<T: Semiring, const N: usize>(sums: &mut [T::Sum], long: &[T], taps: &[T; N]) {
    let windows: [&[T]; N] = std::array::from_fn(|k| &long[k..k + sums.len()]);
    for (i, sum) in sums.iter_mut().enumerate() {
        *sum = (0..N).fold(*sum, |sum, k| {
            sum.plus_product::<false>(windows[k][i].widen(), taps[k].widen())
        });
    }
}

#[cfg(test)]
mod tests {
    use rustsci_buffer::Complex;

    use super::*;

    fn modes(a: &Array, v: &Array) -> Vec<Vec<i64>> {
        [Overlap::Valid, Overlap::Same, Overlap::Full]
            .iter()
            .map(|&mode| correlate(a, v, mode).unwrap().to_vec().unwrap())
            .collect()
    }

    #[test]
    fn the_longer_sequence_may_be_the_second() {
        let (a, v) = (
            Array::from_slice(&[1_i64, 2]).unwrap(),
            Array::from_slice(&[1_i64, 2, 3]).unwrap(),
        );
        assert_eq!(modes(&a, &v), [vec![8, 5], vec![8, 5, 2], vec![3, 8, 5, 2]]);
        assert_eq!(modes(&v, &a), [vec![5, 8], vec![2, 5, 8], vec![2, 5, 8, 3]]);
    }

    #[test]
    fn long_sequences_are_summed_whole() {
        let a: Vec<i64> = (0..2000).map(|i| i % 13).collect();
        let v: Vec<i64> = (0..103).map(|i| i % 5 - 2).collect();
        let expected: Vec<i64> = a
            .windows(v.len())
            .map(|window| window.iter().zip(&v).map(|(a, v)| a * v).sum())
            .collect();
        let (a, v) = (
            Array::from_slice(&a).unwrap(),
            Array::from_slice(&v).unwrap(),
        );
        assert_eq!(modes(&a, &v)[0], expected);
    }

    #[test]
    fn the_second_sequence_is_conjugated() {
        let z = |re: f64, im: f64| Complex::new(re, im);
        let a = Array::from_slice(&[z(0.0, 1.0), z(2.0, 0.0)]).unwrap();
        let v = Array::from_slice(&[z(0.0, 1.0), z(2.0, 0.0), z(3.0, 0.0)]).unwrap();
        let same = correlate(&a, &v, Overlap::Same).unwrap();
        assert_eq!(
            same.to_vec::<Complex<f64>>().unwrap(),
            [z(6.0, 2.0), z(5.0, 0.0), z(0.0, -2.0)]
        );
    }

    #[test]
    fn empty_sequences_are_refused() {
        let (a, none) = (
            Array::from_slice(&[1_i64]).unwrap(),
            Array::from_slice::<i64>(&[]).unwrap(),
        );
        let error = correlate(&a, &none, Overlap::Full).unwrap_err();
        assert_eq!(error.to_string(), "second array argument cannot be empty");
    }
}
