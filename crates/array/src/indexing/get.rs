//! Reading by index.

use rustsci_buffer::{Layout, Shape, Side, compress_row, copy_blocks, take_row};

use super::{Index, Picked, Selection, select};
use crate::array::{CopyOrder, empty_in_order};
use crate::{Array, DType, Error, Order, Result};

/// The elements that an index selects: a view where they lie at regular steps, else a new array.
///
/// # Errors
/// As for [`select`].
pub fn get(array: &Array, index: &[Index]) -> Result<Array> {
    if let [Index::Array(only)] = index {
        if let Some(result) = by_mask(array, only)? {
            return Ok(result);
        }
        if let Some(result) = by_positions(array, only)? {
            return Ok(result);
        }
    }
    match select(array, index)? {
        // An array among the indices, even one without axes, makes a new array.
        Selection::View(layout) if index.iter().any(|item| matches!(item, Index::Array(_))) => {
            array.with_layout(layout).copied(CopyOrder::K)
        }
        Selection::View(layout) => Ok(array.with_layout(layout)),
        Selection::Picked(picked) => gather(array, &picked),
    }
}

/// A packed array indexed by a mask of its own shape.
fn by_mask(array: &Array, mask: &Array) -> Result<Option<Array>> {
    let plain = *mask.dtype() == DType::Bool
        && array.ndim() > 0
        && mask.shape() == array.shape()
        && array.is_c_contiguous()
        && mask.is_c_contiguous();
    if !plain {
        return Ok(None);
    }
    let view = mask.viewed(&DType::UInt8)?;
    let mut reader = view.reader::<u8>();
    let truth = reader.all()?;
    let count = rustsci_buffer::simd::vectorized(
        #[inline(always)]
        || {
            truth
                .chunks(255)
                .map(|chunk| chunk.iter().map(|&t| u8::from(t != 0)).sum::<u8>() as usize)
                .sum::<usize>()
        },
    );
    let result = Array::empty(&[count], array.dtype(), Order::C)?;
    if count == 0 {
        return Ok(Some(result));
    }
    compress_row(
        result.buffer(),
        (array.buffer(), array.layout().offset),
        truth,
        count,
        array.dtype().kind(),
    );
    Ok(Some(result))
}

/// A one-dimensional array indexed by positions.
fn by_positions(array: &Array, positions: &Array) -> Result<Option<Array>> {
    let fortran = positions.ndim() > 1 && positions.is_f_contiguous();
    if array.ndim() != 1 || *positions.dtype() != DType::Int64 || fortran {
        return Ok(None);
    }
    let result = Array::empty(positions.shape(), array.dtype(), Order::C)?;
    let mut reader = positions.reader::<i64>();
    let kind = array.dtype().kind();
    match take_row(
        (result.buffer(), 0),
        array.buffer(),
        array.layout(),
        reader.all()?,
        kind,
    ) {
        Ok(()) => Ok(Some(result)),
        Err(index) => Err(Error::index(format!(
            "index {index} is out of bounds for axis 0 with size {}",
            array.shape()[0]
        ))),
    }
}

/// How the result of a pick lies: the block's axes, and where the block of each pick begins.
pub(super) fn places(result: &Array, picked: &Picked) -> (Layout, Vec<usize>) {
    let (first, last) = (picked.position, picked.position + picked.shape.len());
    let inside: Shape = (0..first).chain(last..result.ndim()).collect();
    let block = result.layout().permuted(&inside);
    let outside: Shape = (first..last).collect();
    let starts = result.with_layout(result.layout().permuted(&outside));
    (
        block,
        (0..picked.offsets.len())
            .map(|i| starts.offset_at(i))
            .collect(),
    )
}

fn gather(array: &Array, picked: &Picked) -> Result<Array> {
    // The picks' axes vary slowest in memory, wherever they stand in the result, and in the order of the arrays that
    // picked them; the block's axes as they do in the array.
    let picks = picked.shape.len();
    let mut order: Shape = (picked.position..picked.position + picks).collect();
    if picked.fortran {
        order.reverse();
    }
    let mut inside: Shape = (0..picked.block.ndim()).collect();
    inside.sort_by_key(|&axis| std::cmp::Reverse(picked.block.strides[axis].unsigned_abs()));
    let place = |axis: usize| {
        if axis < picked.position {
            axis
        } else {
            axis + picks
        }
    };
    order.extend(inside.into_iter().map(place));
    let result = empty_in_order(&picked.result_shape(), array.dtype(), &order)?;
    if result.size() == 0 {
        return Ok(result);
    }
    let (block, starts) = places(&result, picked);
    copy_blocks(
        &Side {
            buffer: result.buffer(),
            block: &block,
        },
        &Side {
            buffer: array.buffer(),
            block: &picked.block,
        },
        array.dtype().kind(),
        starts.into_iter().zip(picked.offsets.iter().copied()),
    );
    Ok(result)
}
