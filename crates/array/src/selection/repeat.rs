//! Elements, or blocks of them, several times over.

use rustsci_buffer::{Layout, Order, Shape, Side, copy_blocks};

use super::take::along;
use crate::dtype::{Casting, Number};
use crate::{Array, DType, Error, Result};

/// Elements repeated in one go.
const CHUNK: usize = 2048;
/// Blocks of fewer elements are too short to be copied one by one.
const SHORT_BLOCK: usize = 16;

/// How often elements are repeated.
#[derive(Clone, Debug)]
pub enum Counts<'a> {
    /// All the same number of times.
    All(isize),
    /// Each its own number of times, or all the same if there is one number.
    Each(&'a Array),
}

/// Repeats the elements of the flattened array, or the blocks along an axis.
///
/// ```
/// use rustsci_array::{Array, selection::{Counts, repeat}};
/// let a = Array::from_slice(&[1_i64, 2, 3])?;
/// assert_eq!(repeat(&a, &Counts::All(2), None)?.to_vec::<i64>()?, [1, 1, 2, 2, 3, 3]);
/// let counts = Array::from_slice(&[0_i64, 1, 2])?;
/// assert_eq!(repeat(&a, &Counts::Each(&counts), None)?.to_vec::<i64>()?, [2, 3, 3]);
/// # Ok::<(), rustsci_array::Error>(())
/// ```
///
/// # Errors
/// If a number is below zero, there are not as many numbers as elements, or the axis does not exist.
pub fn repeat(array: &Array, counts: &Counts<'_>, axis: Option<isize>) -> Result<Array> {
    let (array, axis) = along(array, axis)?;
    match counts {
        Counts::All(count) => repeat_all(&array, *count, axis),
        Counts::Each(counts) => {
            let counts = counts.cast_as(&DType::Int64, Casting::Safe)?;
            if counts.ndim() > 1 {
                return Err(Error::value("object too deep for desired array"));
            }
            let n = array.shape()[axis];
            match counts.to_vec::<i64>()?[..] {
                [count] => repeat_all(&array, count as isize, axis),
                ref counts if counts.len() == n => repeat_each(&array, counts, axis),
                ref counts => Err(Error::value(format!(
                    "operands could not be broadcast together with shape ({n},) ({},)",
                    counts.len()
                ))),
            }
        }
    }
}

/// Every block as often: the source shown with another axis is copied in one go.
fn repeat_all(array: &Array, count: isize, axis: usize) -> Result<Array> {
    let negative = || Error::value("negative dimensions are not allowed");
    // Of nothing, any number of times is nothing.
    let count = if array.shape()[axis] == 0 {
        count.max(0)
    } else {
        count
    };
    let count = usize::try_from(count).map_err(|_| negative())?;
    let mut shape: Shape = array.shape().into();
    shape[axis] = shape[axis].checked_mul(count).ok_or_else(negative)?;
    let result = Array::empty(&shape, array.dtype(), Order::C)?;
    let inner: usize = array.shape()[axis + 1..].iter().product();
    if inner == 1 && count > 0 {
        dispatch_size!(array.item_size(), T => repeat_elements::<T>(&result, array, count))?;
        return Ok(result);
    }
    let mut split: Shape = array.shape().into();
    split.insert(axis + 1, count);
    let place = result.reshaped(&split, Order::C)?;
    if inner < SHORT_BLOCK {
        // Short blocks are copied each in its turn, along rows as long as the source's.
        for i in 0..count {
            place
                .with_layout(place.layout().at(axis + 1, i))
                .assign(array)?;
        }
    } else {
        place.assign(&array.expanded(&[axis + 1]))?;
    }
    Ok(result)
}

/// Every element as often, into a packed result.
fn repeat_elements<T: Number>(result: &Array, array: &Array, count: usize) -> Result<()> {
    let (source, result) = (array.viewed(&T::DTYPE)?, result.viewed(&T::DTYPE)?);
    let (mut reader, mut writer) = (source.reader::<T>(), result.writer::<T>()?);
    let mut start = 0;
    while start < source.size() {
        let block = reader.block(start, CHUNK.min(source.size() - start))?;
        writer.update(start * count, block.len() * count, |out| match count {
            2 => fill_pairs(out, block),
            _ => out
                .chunks_exact_mut(count)
                .zip(block)
                .for_each(|(out, &element)| out.fill(element)),
        })?;
        start += block.len();
    }
    Ok(())
}

/// Twice each element, the commonest case.
fn fill_pairs<T: Number>(out: &mut [T], elements: &[T]) {
    let (pairs, _) = out.as_chunks_mut::<2>();
    pairs
        .iter_mut()
        .zip(elements)
        .for_each(|(pair, &element)| *pair = [element; 2]);
}

/// Each block its own number of times.
fn repeat_each(array: &Array, counts: &[i64], axis: usize) -> Result<Array> {
    if counts.iter().any(|&count| count < 0) {
        return Err(Error::value("repeats may not contain negative values."));
    }
    let total = counts
        .iter()
        .try_fold(0_usize, |sum, &count| sum.checked_add(count as usize))
        .ok_or_else(|| Error::value("array is too big."))?;
    let mut shape: Shape = array.shape().into();
    shape[axis] = total;
    let result = Array::empty(&shape, array.dtype(), Order::C)?;
    if result.size() == 0 {
        return Ok(result);
    }
    if array.shape()[axis + 1..].iter().all(|&n| n == 1) {
        dispatch_size!(array.item_size(), T => {
            repeat_each_element::<T>(&result, array, counts, total)
        })?;
        return Ok(result);
    }
    let outer: Shape = (0..axis).collect();
    let inner: Shape = (axis + 1..array.ndim()).collect();
    let outer = array.with_layout(array.layout().permuted(&outer));
    let block = array.layout().permuted(&inner);
    let place = Layout::packed(&block.shape, array.item_size(), Order::C);
    let bytes = block.size() * array.item_size();
    let stride = array.strides()[axis];
    let sources = (0..outer.size()).flat_map(|i| {
        let start = outer.offset_at(i);
        counts.iter().enumerate().flat_map(move |(i, &count)| {
            let source = start.wrapping_add_signed(stride * i as isize);
            std::iter::repeat_n(source, count as usize)
        })
    });
    copy_blocks(
        &Side {
            buffer: result.buffer(),
            block: &place,
        },
        &Side {
            buffer: array.buffer(),
            block: &block,
        },
        array.dtype().kind(),
        (0..).map(|i| i * bytes).zip(sources),
    );
    Ok(result)
}

/// Each element its own number of times, into a packed result with rows of `total` elements.
fn repeat_each_element<T: Number>(
    result: &Array,
    array: &Array,
    counts: &[i64],
    total: usize,
) -> Result<()> {
    let (source, result) = (array.viewed(&T::DTYPE)?, result.viewed(&T::DTYPE)?);
    let (mut reader, mut writer) = (source.reader::<T>(), result.writer::<T>()?);
    let n = counts.len();
    for row in 0..result.size() / total {
        let elements = reader.block(row * n, n)?;
        writer.update(row * total, total, |out| {
            let mut rest = out;
            for (&element, &count) in elements.iter().zip(counts) {
                let (places, after) = rest.split_at_mut(count as usize);
                // Mostly a few: a call to fill memory would cost more.
                for place in places {
                    *place = element;
                }
                rest = after;
            }
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_repeated_along_an_axis() {
        let a = Array::from_shape(&[2, 2], &[1_i64, 2, 3, 4]).unwrap();
        let twice = repeat(&a.transposed(), &Counts::All(2), Some(0)).unwrap();
        assert_eq!(
            (twice.shape(), twice.to_vec::<i64>().unwrap()),
            (&[4, 2][..], vec![1, 3, 1, 3, 2, 4, 2, 4])
        );
        let counts = Array::from_slice(&[1_i64, 2]).unwrap();
        let each = repeat(&a, &Counts::Each(&counts), Some(-1)).unwrap();
        assert_eq!(each.to_vec::<i64>().unwrap(), [1, 2, 2, 3, 4, 4]);
        let many = repeat(&a, &Counts::All(50), None).unwrap();
        assert_eq!(
            (many.size(), many.item(150)),
            (200, crate::Scalar::Int64(4))
        );
    }

    #[test]
    fn wrong_numbers_are_refused() {
        let a = Array::from_slice(&[1_i64, 2, 3]).unwrap();
        let message = |counts: &Counts<'_>| repeat(&a, counts, None).unwrap_err().to_string();
        assert!(message(&Counts::All(-1)).contains("negative dimensions"));
        let counts = Array::from_slice(&[1_i64, -1, 0]).unwrap();
        assert!(message(&Counts::Each(&counts)).contains("negative values"));
        let counts = Array::from_slice(&[1_i64, 2]).unwrap();
        assert!(message(&Counts::Each(&counts)).contains("with shape (3,) (2,)"));
    }
}
