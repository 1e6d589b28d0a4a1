//! Where the elements are that are not zero.

use rustsci_buffer::{Order, Shape};

use super::count_nonzero::{count_all, count_true};
use crate::dtype::{Bool, Number};
use crate::{Array, DType, Error, Result};

/// Truth values looked at in one go.
const CHUNK: usize = 64;
/// Elements of an array of one axis looked at in one go.
const BLOCK: usize = 1024;

/// The indices of the elements that are not zero, in C order: one array for each axis.
///
/// ```
/// use rustsci_array::{Array, selection::nonzero};
/// let a = Array::from_shape(&[2, 2], &[3_i64, 0, 0, 4])?;
/// let found = nonzero(&a)?;
/// assert_eq!((found[0].to_vec::<i64>()?, found[1].to_vec::<i64>()?), (vec![0, 1], vec![0, 1]));
/// # Ok::<(), rustsci_array::Error>(())
/// ```
///
/// # Errors
/// If the array has no axes, or memory cannot be had.
pub fn nonzero(array: &Array) -> Result<Vec<Array>> {
    if array.ndim() == 0 {
        return Err(Error::value(
            "Calling nonzero on 0d arrays is not allowed. Use np.atleast_1d(scalar).nonzero() instead. If the context \
             of the error is of the form `arr[nonzero(cond)]`, just use `arr[cond]`.",
        ));
    }
    let table = found(array)?;
    let column = |axis: usize| table.with_layout(table.layout().at(1, axis));
    Ok((0..array.ndim()).map(column).collect())
}

/// The indices of the elements that are not zero, one row an element.
///
/// # Errors
/// If memory cannot be had.
pub fn argwhere(array: &Array) -> Result<Array> {
    found(array)
}

/// The positions of the elements of the flattened array that are not zero.
///
/// # Errors
/// If memory cannot be had.
pub fn flatnonzero(array: &Array) -> Result<Array> {
    let flat = array.reshaped(&[array.size()], Order::C)?;
    let table = found(&flat)?;
    let count = table.size();
    table.reshaped(&[count], Order::C)
}

/// A table of the indices: one row an element, one column an axis.
fn found(array: &Array) -> Result<Array> {
    if array.ndim() == 1 {
        return dispatch!(array.dtype(), T => {
            let zero = T::default();
            along_one_axis::<T>(array, |element| element != zero)
        });
    }
    let mask = array.as_dtype(&DType::Bool)?;
    let mut reader = mask.reader::<Bool>();
    let truth = reader.all()?;
    let table = Array::empty(&[count_true(truth), mask.ndim()], &DType::Int64, Order::C)?;
    if mask.ndim() > 0 {
        let size = table.size();
        let filled = table
            .writer::<i64>()?
            .update(0, size, |table| rows(truth, mask.shape(), table))?;
        if !filled {
            return Err(changed());
        }
    }
    Ok(table)
}

/// The table for an array of one axis, elements being looked at without being converted first.
fn along_one_axis<T: Number>(array: &Array, holds: impl Fn(T) -> bool) -> Result<Array> {
    let count = count_all(array)?;
    let table = Array::empty(&[count, 1], &DType::Int64, Order::C)?;
    let (mut reader, mut writer) = (array.reader::<T>(), table.writer::<i64>()?);
    let (mut truth, mut found) = ([Bool::FALSE; BLOCK], [0_i64; BLOCK]);
    let (mut start, mut total) = (0, 0);
    while total < count {
        if start == array.size() {
            return Err(changed());
        }
        let block = reader.block(start, BLOCK.min(array.size() - start))?;
        for (truth, &element) in truth.iter_mut().zip(block) {
            *truth = Bool::from(holds(element));
        }
        let here = positions(&truth[..block.len()], start, &mut found);
        if total + here > count {
            return Err(changed());
        }
        writer.update(total, here, |to| to.copy_from_slice(&found[..here]))?;
        total += here;
        start += block.len();
    }
    Ok(table)
}

/// The error where another thread has changed elements after they were counted.
#[cold]
fn changed() -> Error {
    Error::runtime("number of non-zero array elements changed during function execution.")
}

/// Puts the positions of true values, of which the first has position `start`, one after the other into `found`, and
/// says how many there are.
fn positions(truth: &[Bool], start: usize, found: &mut [i64; BLOCK]) -> usize {
    let mut count = 0;
    for (chunk, truth) in truth.chunks(CHUNK).enumerate() {
        // Empty stretches are passed over; in others every position is written, without a branch, and the place moves
        // on only past those that count.
        if truth.iter().fold(0, |any, truth| any | truth.0) == 0 {
            continue;
        }
        for (i, truth) in truth.iter().enumerate() {
            found[count % BLOCK] = (start + chunk * CHUNK + i) as i64;
            count += usize::from(truth.get());
        }
    }
    count
}

/// Fills the table for an array of several axes, row by row of the last, and tells whether that took all of it.
fn rows(truth: &[Bool], shape: &[usize], table: &mut [i64]) -> bool {
    let (ndim, last) = (shape.len(), shape[shape.len() - 1]);
    let mut index: Shape = smallvec::smallvec![0; ndim - 1];
    let mut found = [0_i64; BLOCK];
    let mut entries = table.chunks_exact_mut(ndim);
    for row in truth.chunks_exact(last.max(1)) {
        for (block, truth) in row.chunks(BLOCK).enumerate() {
            let count = positions(truth, block * BLOCK, &mut found);
            for (entry, &position) in entries.by_ref().take(count).zip(&found) {
                let (outer, inner) = entry.split_at_mut(ndim - 1);
                outer
                    .iter_mut()
                    .zip(&index)
                    .for_each(|(to, &from)| *to = from as i64);
                inner[0] = position;
            }
        }
        for axis in (0..ndim - 1).rev() {
            index[axis] += 1;
            if index[axis] < shape[axis] {
                break;
            }
            index[axis] = 0;
        }
    }
    entries.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indices_are_found_in_c_order() {
        let a = Array::from_shape(&[2, 3], &[0.0, 1.0, f64::NAN, -0.0, 0.0, 2.0]).unwrap();
        let table = argwhere(&a).unwrap();
        assert_eq!(
            (table.shape(), table.to_vec::<i64>().unwrap()),
            (&[3, 2][..], vec![0, 1, 0, 2, 1, 2])
        );
        let transposed = nonzero(&a.transposed()).unwrap();
        assert_eq!(transposed[0].to_vec::<i64>().unwrap(), [1, 2, 2]);
        assert_eq!(transposed[1].to_vec::<i64>().unwrap(), [0, 0, 1]);
    }

    #[test]
    fn long_and_empty_masks() {
        let long: Vec<u8> = (0..1000).map(|i| u8::from(i % 7 == 0) * 3).collect();
        let found = flatnonzero(&Array::from_slice(&long).unwrap()).unwrap();
        let expected: Vec<i64> = (0..1000).filter(|i| i % 7 == 0).collect();
        assert_eq!(found.to_vec::<i64>().unwrap(), expected);
        let empty = Array::zeros(&[0, 3], &DType::Float64, Order::C).unwrap();
        assert_eq!(nonzero(&empty).unwrap()[1].shape(), [0]);
        let single = Array::from_scalar(&5_i64.into()).unwrap();
        assert!(nonzero(&single).is_err());
        assert_eq!(argwhere(&single).unwrap().shape(), [1, 0]);
        assert_eq!(flatnonzero(&single).unwrap().to_vec::<i64>().unwrap(), [0]);
    }
}
