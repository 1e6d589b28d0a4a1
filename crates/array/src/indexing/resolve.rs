//! From an index to what it selects.

use rustsci_buffer::layout::broadcast_shapes;
use rustsci_buffer::{Layout, Shape};
use smallvec::SmallVec;

use super::{Index, Picked, Selection};
use crate::array::shape_text;
use crate::selection::nonzero;
use crate::{Array, DType, Error, Result};

/// What an index selects; `fits` is asked about the shape of the result before positions are checked.
pub(super) fn resolve(
    array: &Array,
    index: &[Index],
    fits: &dyn Fn(&[usize]) -> Result<()>,
) -> Result<Selection> {
    let plain = with_integers(index);
    let index = plain.as_deref().unwrap_or(index);
    check_count(array, index)?;
    if index
        .iter()
        .any(|item| matches!(item, Index::Array(_) | Index::Bool(_)))
    {
        pick(array, index, fits)
    } else {
        view(array, index)
    }
}

/// The index with integer arrays without axes as the integers that they are; nothing if there are none.
pub(super) fn with_integers(index: &[Index]) -> Option<Vec<Index>> {
    let integer = |item: &Index| match item {
        Index::Array(array) if array.ndim() == 0 && array.dtype().is_integer() => {
            Some(Index::Int(array.get(&[]).to::<i64>() as isize))
        }
        _ => None,
    };
    if !index.iter().any(|item| integer(item).is_some()) {
        return None;
    }
    let all = index
        .iter()
        .map(|item| integer(item).unwrap_or_else(|| item.clone()));
    Some(all.collect())
}

/// How many of the array's axes an item uses up.
fn axes_used(item: &Index) -> usize {
    match item {
        Index::Int(_) | Index::Slice { .. } => 1,
        Index::Array(positions) if *positions.dtype() == DType::Bool => positions.ndim(),
        Index::Array(_) => 1,
        Index::Ellipsis | Index::NewAxis | Index::Bool(_) => 0,
    }
}

fn check_count(array: &Array, index: &[Index]) -> Result<()> {
    if index
        .iter()
        .filter(|item| matches!(item, Index::Ellipsis))
        .count()
        > 1
    {
        return Err(Error::index(
            "an index can only have a single ellipsis ('...')",
        ));
    }
    let used: usize = index.iter().map(axes_used).sum();
    if used > array.ndim() {
        return Err(Error::index(format!(
            "too many indices for array: array is {}-dimensional, but {used} were indexed",
            array.ndim()
        )));
    }
    Ok(())
}

/// A position along an axis, counted from the front.
pub(crate) fn position(index: isize, n: usize, axis: usize) -> Result<usize> {
    let positive = if index < 0 {
        index.wrapping_add(n as isize)
    } else {
        index
    };
    if positive < 0 || positive as usize >= n {
        return Err(Error::index(format!(
            "index {index} is out of bounds for axis {axis} with size {n}"
        )));
    }
    Ok(positive as usize)
}

/// Start, step and count of a slice over `n` elements, by Python's rules.
pub(crate) fn slice_range(
    start: Option<isize>,
    stop: Option<isize>,
    step: Option<isize>,
    n: usize,
) -> Result<(usize, isize, usize)> {
    let (step, n) = (step.unwrap_or(1), n as isize);
    if step == 0 {
        return Err(Error::value("slice step cannot be zero"));
    }
    let (low, high) = if step > 0 { (0, n) } else { (-1, n - 1) };
    let clip = |bound: isize| {
        if bound < 0 {
            bound.saturating_add(n).max(low)
        } else {
            bound.min(high)
        }
    };
    let start = start.map_or(if step > 0 { low } else { high }, clip);
    let stop = stop.map_or(if step > 0 { high } else { low }, clip);
    let distance = if step > 0 { stop - start } else { start - stop };
    let count = if distance <= 0 {
        0
    } else {
        (distance as usize).div_ceil(step.unsigned_abs())
    };
    Ok((start.max(0) as usize, step, count))
}

/// Only integers, slices, ellipsis and new axes: one walk over the axes.
fn view(array: &Array, index: &[Index]) -> Result<Selection> {
    let source = array.layout();
    let used: usize = index.iter().map(axes_used).sum();
    let mut layout = Layout {
        shape: Shape::new(),
        strides: SmallVec::new(),
        offset: source.offset,
    };
    let mut axis = 0;
    let keep = |layout: &mut Layout, axis: &mut usize, count: usize| {
        for _ in 0..count {
            layout.shape.push(source.shape[*axis]);
            layout.strides.push(source.strides[*axis]);
            *axis += 1;
        }
    };
    for item in index {
        match item {
            Index::Int(at) => {
                let at = position(*at, source.shape[axis], axis)?;
                layout.offset = layout
                    .offset
                    .wrapping_add_signed(source.strides[axis] * at as isize);
                axis += 1;
            }
            Index::Slice { start, stop, step } => {
                let (start, step, count) = slice_range(*start, *stop, *step, source.shape[axis])?;
                // An empty slice stays where it is, so that it never points outside the memory.
                if count > 0 {
                    layout.offset = layout
                        .offset
                        .wrapping_add_signed(source.strides[axis] * start as isize);
                }
                layout.shape.push(count);
                layout.strides.push(source.strides[axis].wrapping_mul(step));
                axis += 1;
            }
            Index::Ellipsis => keep(&mut layout, &mut axis, source.ndim() - used),
            Index::NewAxis => {
                layout.shape.push(1);
                layout.strides.push(0);
            }
            Index::Bool(_) | Index::Array(_) => {}
        }
    }
    let rest = source.ndim() - axis;
    keep(&mut layout, &mut axis, rest);
    Ok(Selection::View(layout))
}

/// Positions along one axis of the array.
struct Positions {
    axis: usize,
    values: Array,
}

/// The index contains arrays: they (and integers beside them) pick blocks of the other axes.
fn pick(
    array: &Array,
    index: &[Index],
    fits: &dyn Fn(&[usize]) -> Result<()>,
) -> Result<Selection> {
    let source = array.layout();
    let used: usize = index.iter().map(axes_used).sum();
    let mut block = Layout {
        shape: Shape::new(),
        strides: SmallVec::new(),
        offset: source.offset,
    };
    let mut picks: Vec<Positions> = Vec::new();
    let (mut extra_shapes, mut place, mut last_pick): (Vec<Shape>, Option<usize>, Option<usize>) =
        (Vec::new(), None, None);
    let mut apart = false;
    let mut axis = 0;
    for (number, item) in index.iter().enumerate() {
        if matches!(item, Index::Int(_) | Index::Array(_) | Index::Bool(_)) {
            place.get_or_insert(block.ndim());
            apart |= last_pick.is_some_and(|last| last + 1 != number);
            last_pick = Some(number);
        }
        match item {
            Index::Int(at) => {
                let at = position(*at, source.shape[axis], axis)?;
                block.offset = block
                    .offset
                    .wrapping_add_signed(source.strides[axis] * at as isize);
                axis += 1;
            }
            Index::Bool(truth) => extra_shapes.push(smallvec::smallvec![usize::from(*truth)]),
            Index::Array(positions) if *positions.dtype() == DType::Bool => {
                picks.extend(true_positions(array, positions, axis)?);
                axis += positions.ndim();
                if positions.ndim() == 0 {
                    extra_shapes.push(smallvec::smallvec![usize::from(positions.item(0).truth())]);
                }
            }
            Index::Array(positions) => {
                if !positions.dtype().is_integer() {
                    return Err(Error::index(
                        "arrays used as indices must be of integer (or boolean) type",
                    ));
                }
                picks.push(Positions {
                    axis,
                    values: positions.as_dtype(&DType::Int64)?,
                });
                axis += 1;
            }
            Index::Slice { start, stop, step } => {
                let (start, step, count) = slice_range(*start, *stop, *step, source.shape[axis])?;
                if count > 0 {
                    block.offset = block
                        .offset
                        .wrapping_add_signed(source.strides[axis] * start as isize);
                }
                block.shape.push(count);
                block.strides.push(source.strides[axis].wrapping_mul(step));
                axis += 1;
            }
            Index::Ellipsis => {
                for _ in 0..source.ndim() - used {
                    block.shape.push(source.shape[axis]);
                    block.strides.push(source.strides[axis]);
                    axis += 1;
                }
            }
            Index::NewAxis => {
                block.shape.push(1);
                block.strides.push(0);
            }
        }
    }
    while axis < source.ndim() {
        block.shape.push(source.shape[axis]);
        block.strides.push(source.strides[axis]);
        axis += 1;
    }
    let shapes: Vec<&[usize]> = picks
        .iter()
        .map(|pick| pick.values.shape())
        .chain(extra_shapes.iter().map(|shape| &shape[..]))
        .collect();
    let Some(shape) = broadcast_shapes(shapes.iter().copied()) else {
        let text: Vec<String> = shapes
            .iter()
            .map(|shape| shape_text(shape).replace(", ", ","))
            .collect();
        return Err(Error::index(format!(
            "shape mismatch: indexing arrays could not be broadcast together with shapes {} ",
            text.join(" ")
        )));
    };
    let fortran = shape.len() > 1
        && picks.iter().all(|pick| {
            pick.values.shape() == &shape[..]
                && pick.values.is_f_contiguous()
                && !pick.values.is_c_contiguous()
        });
    let mut picked = Picked {
        block,
        offsets: Vec::new(),
        shape,
        fortran,
        position: if apart { 0 } else { place.unwrap_or(0) },
    };
    fits(&picked.result_shape())?;
    picked.offsets = offsets(array, &picks, &picked.shape, picked.block.offset)?;
    Ok(Selection::Picked(picked))
}

/// The positions at which a mask holds, along each of its axes.
fn true_positions(array: &Array, mask: &Array, first: usize) -> Result<Vec<Positions>> {
    for (i, &n) in mask.shape().iter().enumerate() {
        let size = array.shape()[first + i];
        // A mask over nothing fits everything, and selects nothing.
        if n != size && n != 0 {
            return Err(Error::index(format!(
                "boolean index did not match indexed array along axis {}; size of axis is {size} but size of \
                 corresponding boolean axis is {n}",
                first + i
            )));
        }
    }
    // A mask without axes selects along none.
    if mask.ndim() == 0 {
        return Ok(Vec::new());
    }
    Ok(nonzero(mask)?
        .into_iter()
        .enumerate()
        .map(|(i, values)| Positions {
            axis: first + i,
            values,
        })
        .collect())
}

/// Where each pick begins.
fn offsets(array: &Array, picks: &[Positions], shape: &[usize], base: usize) -> Result<Vec<usize>> {
    let count: usize = shape.iter().product();
    let mut offsets: Vec<usize> = Vec::new();
    offsets
        .try_reserve_exact(count)
        .map_err(|_| rustsci_buffer::OutOfMemory { bytes: 8 * count })?;
    offsets.resize(count, base);
    for pick in picks {
        let (n, stride) = (array.shape()[pick.axis], array.strides()[pick.axis]);
        // Positions are checked once each, before they are broadcast; without any result nothing needs to be valid.
        let mut own = pick.values.reader::<i64>();
        if count > 0 {
            for &index in own.all()? {
                position(index as isize, n, pick.axis)?;
            }
        }
        let broadcast = pick.values.broadcast_to(shape)?;
        let mut reader = broadcast.reader::<i64>();
        for (offset, &index) in offsets.iter_mut().zip(reader.all()?) {
            let index = if index < 0 { index + n as i64 } else { index };
            *offset = offset.wrapping_add_signed(stride.wrapping_mul(index as isize));
        }
    }
    Ok(offsets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_are_clipped_as_python_clips_them() {
        assert_eq!(slice_range(None, None, None, 5).unwrap(), (0, 1, 5));
        assert_eq!(slice_range(None, None, Some(-2), 5).unwrap(), (4, -2, 3));
        assert_eq!(
            slice_range(Some(-100), Some(100), Some(3), 5).unwrap(),
            (0, 3, 2)
        );
        assert_eq!(slice_range(Some(3), Some(1), None, 5).unwrap().2, 0);
        assert_eq!(
            slice_range(Some(isize::MAX), None, Some(isize::MIN + 1), 5).unwrap(),
            (4, isize::MIN + 1, 1)
        );
        assert!(slice_range(None, None, Some(0), 5).is_err());
    }
}
