//! Elements, or blocks of them, by their positions along an axis.

use rustsci_buffer::{Layout, Order, Shape, Side, copy_blocks, take_row};

use super::mode::{Mode, as_indices};
use crate::array::normalize_axis;
use crate::dtype::Casting;
use crate::{Array, Error, Result};

/// Indices brought inside the bounds in one go.
const CHUNK: usize = 1024;

const MISMATCH: &str = "output array does not match result of ndarray.take";

/// The elements at `indices` along an axis, or of the flattened array: the axis is replaced by the axes of the
/// indices.
///
/// ```
/// use rustsci_array::{Array, selection::{Mode, take}};
/// let a = Array::from_slice(&[4_i64, 3, 5, 7])?;
/// let taken = take(&a, &Array::from_slice(&[0_i64, -1])?, None, None, Mode::Raise)?;
/// assert_eq!(taken.to_vec::<i64>()?, [4, 7]);
/// # Ok::<(), rustsci_array::Error>(())
/// ```
///
/// # Errors
/// If an index is out of bounds and the mode is to raise, the axis does not exist, or `out` does not fit.
pub fn take(
    array: &Array,
    indices: &Array,
    axis: Option<isize>,
    out: Option<&Array>,
    mode: Mode,
) -> Result<Array> {
    let (array, axis) = along(array, axis)?;
    let indices = as_indices(indices, Casting::SameKind)?;
    let n = array.shape()[axis];
    let mut shape: Shape = array.shape().into();
    shape.remove(axis);
    shape.insert_from_slice(axis, indices.shape());
    if let Some(out) = out {
        out.check_out(&shape, array.dtype(), MISMATCH)?;
    }
    if n == 0 && shape.iter().all(|&n| n > 0) {
        return Err(Error::index(
            "cannot do a non-empty take from an empty axes.",
        ));
    }
    let direct = out.filter(|out| {
        let plain = out.dtype() == array.dtype() && out.is_c_contiguous();
        plain && !out.may_share_memory(&array) && !out.may_share_memory(&indices)
    });
    let result = match direct {
        Some(out) => out.clone(),
        None => Array::empty(&shape, array.dtype(), Order::C)?,
    };
    // Of no rows at all, no index is looked at.
    let rows = array.shape()[..axis].contains(&0);
    if (n > 0 || mode == Mode::Raise) && !rows {
        fill(&result, &array, &indices, axis, mode)?;
    }
    match direct {
        Some(out) => Ok(out.clone()),
        None => result.delivered(out, MISMATCH),
    }
}

/// The array and its axis, or the flattened array; an array without axes is seen as one of a single element.
pub(crate) fn along(array: &Array, axis: Option<isize>) -> Result<(Array, usize)> {
    match axis {
        Some(axis) if array.ndim() > 0 => Ok((array.clone(), normalize_axis(axis, array.ndim())?)),
        Some(axis) => Ok((array.reshaped(&[1], Order::C)?, normalize_axis(axis, 1)?)),
        None => Ok((array.reshaped(&[array.size()], Order::C)?, 0)),
    }
}

/// Fills a packed result.
fn fill(result: &Array, array: &Array, indices: &Array, axis: usize, mode: Mode) -> Result<()> {
    let (n, kind) = (array.shape()[axis], array.dtype().kind());
    if array.shape()[axis + 1..].iter().all(|&n| n == 1) {
        return fill_elements(result, array, indices, axis, mode);
    }
    let positions = mode.positions(indices, axis, n)?;
    if result.size() == 0 {
        return Ok(());
    }
    let axes = |range: std::ops::Range<usize>| -> Shape { range.collect() };
    let block = array.layout().permuted(&axes(axis + 1..array.ndim()));
    let outer = array.with_layout(array.layout().permuted(&axes(0..axis)));
    let place = Layout::packed(&block.shape, array.item_size(), Order::C);
    let bytes = block.size() * array.item_size();
    let stride = array.strides()[axis];
    let sources = (0..outer.size()).flat_map(|i| {
        let start = outer.offset_at(i);
        positions
            .iter()
            .map(move |&position| start.wrapping_add_signed(stride * position as isize))
    });
    let places = (0..).map(|i| result.layout().offset + i * bytes);
    copy_blocks(
        &Side {
            buffer: result.buffer(),
            block: &place,
        },
        &Side {
            buffer: array.buffer(),
            block: &block,
        },
        kind,
        places.zip(sources),
    );
    Ok(())
}

/// Fills a packed result where there is one element for each index: rows are taken as they come.
fn fill_elements(
    result: &Array,
    array: &Array,
    indices: &Array,
    axis: usize,
    mode: Mode,
) -> Result<()> {
    let (n, kind) = (array.shape()[axis], array.dtype().kind());
    let outer = array.with_layout(array.layout().at(axis, 0));
    let mut reader = indices.reader::<i64>();
    let mut inside = [0_i64; CHUNK];
    let mut place = result.layout().offset;
    for i in 0..outer.size() {
        let row = Layout {
            shape: smallvec::smallvec![n],
            strides: smallvec::smallvec![array.strides()[axis]],
            offset: outer.offset_at(i),
        };
        let mut start = 0;
        while start < indices.size() {
            let count = match mode {
                Mode::Raise => indices.size() - start,
                _ => CHUNK.min(indices.size() - start),
            };
            let mut chunk = reader.block(start, count)?;
            if mode != Mode::Raise {
                // All of them stand for some position.
                for (inside, &index) in inside.iter_mut().zip(chunk) {
                    *inside = mode.position(index, n).unwrap_or(0) as i64;
                }
                chunk = &inside[..count];
            }
            let to = (&**result.buffer(), place);
            take_row(to, array.buffer(), &row, chunk, kind).map_err(|index| {
                Error::index(format!(
                    "index {index} is out of bounds for axis {axis} with size {n}"
                ))
            })?;
            start += count;
            place += count * array.item_size();
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DType;

    fn grid() -> Array {
        Array::from_shape(&[2, 3, 2], &(0..12).collect::<Vec<i64>>()).unwrap()
    }

    fn indices(values: &[i64]) -> Array {
        Array::from_slice(values).unwrap()
    }

    #[test]
    fn the_axes_of_the_indices_replace_the_axis() {
        let a = grid();
        let taken = take(
            &a,
            &Array::from_shape(&[2, 1], &[2_i64, -3]).unwrap(),
            Some(1),
            None,
            Mode::Raise,
        )
        .unwrap();
        assert_eq!(
            (taken.shape(), taken.to_vec::<i64>().unwrap()),
            (&[2, 2, 1, 2][..], vec![4, 5, 0, 1, 10, 11, 6, 7])
        );
        let taken = take(&a.transposed(), &indices(&[1]), Some(-1), None, Mode::Raise).unwrap();
        assert_eq!(taken.to_vec::<i64>().unwrap(), [6, 8, 10, 7, 9, 11]);
        let taken = take(&a, &indices(&[-1, 13]), None, None, Mode::Wrap).unwrap();
        assert_eq!(taken.to_vec::<i64>().unwrap(), [11, 1]);
    }

    #[test]
    fn empty_axes_give_only_empty_results() {
        let empty = Array::zeros(&[3, 0], &DType::Float64, Order::C).unwrap();
        let error = take(&empty, &indices(&[0]), Some(1), None, Mode::Clip).unwrap_err();
        assert!(error.to_string().contains("non-empty take"));
        let error = take(&empty, &indices(&[5]), Some(0), None, Mode::Raise).unwrap_err();
        assert_eq!(
            error.to_string(),
            "index 5 is out of bounds for axis 0 with size 3"
        );
        let taken = take(&empty, &indices(&[]), Some(1), None, Mode::Raise).unwrap();
        assert_eq!(taken.shape(), [3, 0]);
    }

    #[test]
    fn an_output_may_overlap() {
        let a = indices(&[3, 1, 2, 0]);
        take(&a, &a, None, Some(&a), Mode::Raise).unwrap();
        assert_eq!(a.to_vec::<i64>().unwrap(), [0, 1, 2, 3]);
        let wide = Array::zeros(&[4], &DType::Float64, Order::C).unwrap();
        let error = take(&a, &a, None, Some(&wide), Mode::Raise).unwrap_err();
        assert!(error.to_string().starts_with("Cannot cast array data"));
    }
}
