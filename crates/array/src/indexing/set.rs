//! Writing by index.

use rustsci_buffer::{Side, copy_blocks};

use super::get::places;
use super::{Index, Picked, Selection, select};
use crate::array::shape_text;
use crate::{Array, DType, Error, Result};

/// Writes a value, which is broadcast and converted without further checks, to the elements that an index selects.
///
/// # Errors
/// As for [`select`], and if the array is read-only or the shapes do not fit.
pub fn set(array: &Array, index: &[Index], value: &Array) -> Result<()> {
    array.check_writeable("assignment destination")?;
    if let [Index::Array(mask)] = index
        && *mask.dtype() == DType::Bool
        && mask.shape() == array.shape()
        && value.size() == 1
        && value.ndim() <= 1
        && array.ndim() > 0
    {
        return array.assign_where(&value.reshaped(&[], crate::Order::C)?, mask);
    }
    match select(array, index)? {
        Selection::View(layout) => array.with_layout(layout).assign(value),
        Selection::Picked(picked) => scatter(array, &picked, value),
    }
}

fn scatter(array: &Array, picked: &Picked, value: &Array) -> Result<()> {
    let shape = picked.result_shape();
    let mut value = value.clone();
    while value.ndim() > shape.len() && value.shape()[0] == 1 {
        value = value.squeezed(|axis| axis == 0);
    }
    let value = value.as_dtype(array.dtype())?;
    let Ok(value) = value.broadcast_to(&shape) else {
        let text = |shape: &[usize]| shape_text(shape).replace(", ", ",");
        // A mask alone selects a number of elements, of which NumPy speaks differently.
        return Err(Error::value(format!(
            "shape mismatch: value array of shape {} could not be broadcast to indexing result of shape {}",
            text(value.shape()),
            text(&shape)
        )));
    };
    let value = if value.may_share_memory(array) {
        value.copied(crate::Order::C)?
    } else {
        value
    };
    if value.size() == 0 {
        return Ok(());
    }
    let (block, starts) = places(&value, picked);
    copy_blocks(
        &Side {
            buffer: array.buffer(),
            block: &picked.block,
        },
        &Side {
            buffer: value.buffer(),
            block: &block,
        },
        array.dtype().kind(),
        picked.offsets.iter().copied().zip(starts),
    );
    Ok(())
}
