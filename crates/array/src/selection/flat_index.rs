//! Positions in the flattened array from indices along the axes, and back.

use rustsci_buffer::layout::{broadcast_shapes, checked_size};
use rustsci_buffer::{Order, simd};

use super::mode::Mode;
use crate::array::{CopyOrder, empty_agreed, narrow_text};
use crate::dtype::Class;
use crate::room::with_room;
use crate::{Array, DType, Error, Result};

/// Positions looked at in one go.
const CHUNK: usize = 1024;
/// Two to the power of 52: whole numbers below it are exact in double precision, and so are their quotients rounded
/// down.
const LARGEST_EXACT: f64 = 4_503_599_627_370_496.0;

/// Indices as 64-bit integers: any integers (and truth values) will do.
fn integers(indices: &Array) -> Result<Array> {
    match indices.dtype().class() {
        Class::Bool | Class::Signed | Class::Unsigned => indices.as_dtype(&DType::Int64),
        _ => Err(Error::type_("only int indices permitted")),
    }
}

/// For each axis of an array of the given shape the indices of the elements at `positions` of the flattened array.
///
/// ```
/// use rustsci_array::{Array, Order, selection::unravel_index};
/// let found = unravel_index(&Array::from_slice(&[5_i64, 1])?, &[2, 3], Order::C)?;
/// assert_eq!((found[0].to_vec::<i64>()?, found[1].to_vec::<i64>()?), (vec![1, 0], vec![2, 1]));
/// # Ok::<(), rustsci_array::Error>(())
/// ```
///
/// # Errors
/// If the positions are no integers, or one is out of bounds.
pub fn unravel_index(positions: &Array, shape: &[usize], order: Order) -> Result<Vec<Array>> {
    let positions = integers(positions)?;
    let Some(size) = checked_size(shape) else {
        return Err(Error::value(
            "dimensions are too large; arrays and shapes with a total size greater than 'intp' are not supported.",
        ));
    };
    if shape.is_empty() && positions.ndim() > 0 {
        return Err(Error::value(
            "multiple indices are not supported for 0d arrays",
        ));
    }
    let mut reader = positions.reader::<i64>();
    let flat = reader.all()?;
    if let Some(wrong) = flat.iter().find(|&&i| i < 0 || i as usize >= size) {
        return Err(Error::value(format!(
            "index {wrong} is out of bounds for array with size {size}"
        )));
    }
    let found = shape
        .iter()
        .map(|_| positions.empty_like(&DType::Int64, CopyOrder::K))
        .collect::<Result<Vec<Array>>>()?;
    // From the axis that changes fastest on: what is left of each position after a division goes to the next one.
    let axes: Vec<usize> = match order {
        Order::C => (0..shape.len()).rev().collect(),
        Order::F => (0..shape.len()).collect(),
    };
    let mut rest = with_room(CHUNK.min(flat.len()))?;
    for (i, chunk) in flat.chunks(CHUNK).enumerate() {
        rest.clear();
        rest.extend_from_slice(chunk);
        for &axis in &axes {
            found[axis]
                .writer::<i64>()?
                .update(i * CHUNK, chunk.len(), |to| {
                    let length = shape[axis].max(1) as i64;
                    if size < LARGEST_EXACT as usize {
                        split(&mut rest, to, length as f64);
                    } else {
                        for (rest, to) in rest.iter_mut().zip(to) {
                            (*to, *rest) = (*rest % length, *rest / length);
                        }
                    }
                })?;
        }
    }
    Ok(found)
}

/// Divides positions below [`LARGEST_EXACT`] by a length: the remainders are the indices along an axis.
///
/// Floating-point division of whole numbers this small, rounded down, is exact, and vector instructions have it.
fn split(rest: &mut [i64], to: &mut [i64], length: f64) {
    // Adding this number puts a whole number into the low bits.
    let to_bits = |whole: f64| ((whole + LARGEST_EXACT).to_bits() & ((1 << 52) - 1)) as i64;
    let from_bits =
        |whole: i64| f64::from_bits(whole as u64 | LARGEST_EXACT.to_bits()) - LARGEST_EXACT;
    simd::vectorized(
        #[inline(always)]
        || {
            for (rest, to) in rest.iter_mut().zip(to) {
                let position = from_bits(*rest);
                let quotient = (position / length).floor();
                *to = to_bits(position - quotient * length);
                *rest = to_bits(quotient);
            }
        },
    );
}

/// The positions in the flattened array of the elements with the given indices along the axes, which are broadcast.
/// `modes` has one entry for each axis.
///
/// ```
/// use rustsci_array::{Array, Order, selection::{Mode, ravel_multi_index}};
/// let (rows, columns) = (Array::from_slice(&[1_i64, 0])?, Array::from_slice(&[2_i64, 5])?);
/// let modes = [Mode::Raise, Mode::Clip];
/// let positions = ravel_multi_index(&[rows, columns], &[2, 3], &modes, Order::C)?;
/// assert_eq!(positions.to_vec::<i64>()?, [5, 2]);
/// # Ok::<(), rustsci_array::Error>(())
/// ```
///
/// # Errors
/// If there is not one array of integers for each axis, their shapes do not fit, or an index is out of bounds and the
/// mode is to raise.
pub fn ravel_multi_index(
    indices: &[Array],
    shape: &[usize],
    modes: &[Mode],
    order: Order,
) -> Result<Array> {
    if indices.len() != shape.len() {
        return Err(Error::value(format!(
            "parameter multi_index must be a sequence of length {}",
            shape.len()
        )));
    }
    if modes.len() != shape.len() {
        return Err(Error::value(format!(
            "list of clipmodes has wrong length ({} instead of {})",
            modes.len(),
            shape.len()
        )));
    }
    if checked_size(shape).is_none() {
        return Err(Error::value(
            "invalid dims: array size defined by dims is larger than the maximum possible size.",
        ));
    }
    let indices = indices.iter().map(integers).collect::<Result<Vec<_>>>()?;
    let shapes = || indices.iter().map(Array::shape);
    let Some(common) = broadcast_shapes(shapes()) else {
        let shapes: Vec<String> = shapes().map(narrow_text).collect();
        return Err(Error::value(format!(
            "operands could not be broadcast together with shapes {} ",
            shapes.join(" ")
        )));
    };
    let sources: Vec<&Array> = indices.iter().collect();
    let result = empty_agreed(&common, &DType::Int64, &sources)?;
    result.fill(&0_i64.into())?;
    if result.size() > 0 && shape.contains(&0) {
        return Err(Error::value(
            "cannot unravel if shape has zero entries (is empty).",
        ));
    }
    let mut stride = 1;
    let mut add = |axis: usize| -> Result<()> {
        let (n, mode) = (shape[axis], modes[axis]);
        let along = indices[axis].broadcast_to(&common)?;
        let (mut reader, mut writer) = (along.reader::<i64>(), result.writer::<i64>()?);
        let along = reader.all()?;
        writer.update(0, along.len(), |to| {
            for (to, &index) in to.iter_mut().zip(along) {
                // Unlike elsewhere, an index below zero does not count from the end.
                let position = match mode {
                    Mode::Raise => usize::try_from(index).ok().filter(|&i| i < n),
                    _ => mode.position(index, n),
                };
                let Some(position) = position else {
                    return Err(Error::value("invalid entry in coordinates array"));
                };
                *to += (position * stride) as i64;
            }
            Ok(())
        })??;
        stride *= n;
        Ok(())
    };
    match order {
        Order::C => (0..shape.len()).rev().try_for_each(&mut add)?,
        Order::F => (0..shape.len()).try_for_each(&mut add)?,
    }
    Ok(result)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back_in_both_orders() {
        let positions = Array::from_slice(&(0..24).collect::<Vec<u16>>()).unwrap();
        for order in [Order::C, Order::F] {
            let found = unravel_index(&positions, &[2, 3, 4], order).unwrap();
            let back = ravel_multi_index(&found, &[2, 3, 4], &[Mode::Raise; 3], order).unwrap();
            assert_eq!(back.to_vec::<i64>().unwrap(), (0..24).collect::<Vec<_>>());
        }
    }

    #[test]
    fn what_is_out_of_bounds_is_refused() {
        let six = Array::from_scalar(&6_i64.into()).unwrap();
        let error = unravel_index(&six, &[2, 3], Order::C).unwrap_err();
        assert_eq!(
            error.to_string(),
            "index 6 is out of bounds for array with size 6"
        );
        let half = Array::from_slice(&[0.5]).unwrap();
        assert!(unravel_index(&half, &[2], Order::C).is_err());
        let below = Array::from_slice(&[-1_i64]).unwrap();
        let one = [below];
        assert!(ravel_multi_index(&one, &[2], &[Mode::Raise], Order::C).is_err());
        let wrapped = ravel_multi_index(&one, &[2], &[Mode::Wrap], Order::C).unwrap();
        assert_eq!(wrapped.to_vec::<i64>().unwrap(), [1]);
    }
}
