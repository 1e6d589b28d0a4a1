//! Slices cut into blocks that threads share.

use std::sync::{Mutex, PoisonError};

use rustsci_array::{Array, DType, Error, Result};
use rustsci_buffer::{Order, simd};
use rustsci_healpix as healpix;

use super::arguments::Threads;

/// Elements of a block: what a block reads and writes stays in the second-level cache.
pub(super) const BLOCK: usize = 1 << 13;

/// Runs `work` on all blocks, each given with the index of its first element, and gives the first error.
#[inline(always)]
pub(super) fn each<I: Send>(
    threads: Threads,
    blocks: impl Iterator<Item = I>,
    work: impl Fn(I) -> healpix::Result<()> + Sync,
) -> Result<()> {
    let failure: Mutex<Option<(usize, healpix::Error)>> = Mutex::new(None);
    let one = |(place, block): (usize, I)| {
        let done = simd::vectorized(
            #[inline(always)]
            || work(block),
        );
        if let Err(error) = done {
            let mut failure = failure.lock().unwrap_or_else(PoisonError::into_inner);
            if failure.as_ref().is_none_or(|(first, _)| place < *first) {
                *failure = Some((place, error));
            }
        }
    };
    let blocks: Vec<_> = blocks.enumerate().collect();
    match threads.0 {
        Some(threads) => rustsci_par::with_threads(threads, || rustsci_par::for_each(blocks, &one)),
        None => rustsci_par::for_each(blocks, &one),
    }
    match failure.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some((place, error)) => Err(failed(error.shifted(place * BLOCK))),
        None => Ok(()),
    }
}

/// Cuts an array whose first axis has `N` places, each of `length` elements, into blocks of all places.
pub(super) fn by_place<T, const N: usize>(
    out: &mut [T],
    length: usize,
) -> impl Iterator<Item = [&mut [T]; N]> {
    let mut places: Vec<_> = out
        .chunks_mut(length.max(1))
        .map(|place| place.chunks_mut(BLOCK))
        .collect();
    (0..length.div_ceil(BLOCK))
        .map(move |_| std::array::from_fn(|place| places[place].next().unwrap_or_default()))
}

/// The exception for a request that the kernels refuse.
#[cold]
pub(super) fn failed(error: healpix::Error) -> Error {
    Error::value(error.to_string())
}

/// A new array of doubles, filled by `fill`.
pub(super) fn doubles(
    shape: &[usize],
    fill: impl FnOnce(&mut [f64]) -> Result<()>,
) -> Result<Array> {
    let array = Array::empty(shape, &DType::Float64, Order::C)?;
    array.writer::<f64>()?.update(0, array.size(), fill)??;
    Ok(array)
}

/// A new array of cell numbers, filled by `fill`.
pub(super) fn cells(shape: &[usize], fill: impl FnOnce(&mut [u64]) -> Result<()>) -> Result<Array> {
    let array = Array::empty(shape, &DType::UInt64, Order::C)?;
    array.writer::<u64>()?.update(0, array.size(), fill)??;
    Ok(array)
}

/// Two new arrays of doubles, filled by `fill`.
pub(super) fn two_doubles(
    shape: &[usize],
    fill: impl FnOnce(&mut [f64], &mut [f64]) -> Result<()>,
) -> Result<(Array, Array)> {
    let mut second = None;
    let first = doubles(shape, |a| {
        second = Some(doubles(shape, |b| fill(a, b))?);
        Ok(())
    })?;
    second
        .map(|second| (first, second))
        .ok_or_else(|| Error::runtime("the second result was not computed"))
}

/// A shape with one more axis before the others.
pub(super) fn with_first_axis(length: usize, shape: &[usize]) -> Vec<usize> {
    [length].iter().chain(shape).copied().collect()
}

/// A shape with one more axis.
pub(super) fn with_axis(shape: &[usize], length: usize) -> Vec<usize> {
    shape.iter().copied().chain([length]).collect()
}

/// Refuses two arrays of different shapes.
pub(super) fn same_shape(a: &Array, b: &Array, names: &str) -> Result<()> {
    if a.shape() == b.shape() {
        return Ok(());
    }
    Err(Error::value(format!(
        "{names} should have the same shape but are of shapes {} and {}",
        rustsci_array::array::shape_text(a.shape()),
        rustsci_array::array::shape_text(b.shape())
    )))
}
