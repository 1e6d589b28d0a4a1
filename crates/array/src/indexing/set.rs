//! Writing by index.

use rustsci_buffer::{Side, copy_blocks};

use super::get::places;
use super::resolve::resolve;
use super::{Index, Picked, Selection};
use crate::array::narrow_text;
use crate::selection::count_all;
use crate::warning::warn_of_cast;
use crate::{Array, DType, Error, Order, Result};

/// Writes a value, which is broadcast and converted without further checks, to the elements that an index selects.
///
/// # Errors
/// As for [`select`], and if the array is read-only or the shapes do not fit.
pub fn set(array: &Array, index: &[Index], value: &Array) -> Result<()> {
    array.check_writeable("assignment destination")?;
    match index {
        [Index::Array(mask)]
            if *mask.dtype() == DType::Bool
                && mask.ndim() == array.ndim()
                && mask.shape() == array.shape() =>
        {
            if value.size() == 1 && value.ndim() <= 1 && array.ndim() > 0 {
                if value.dtype() != array.dtype() && count_all(mask)? == 0 {
                    return Ok(());
                }
                return array.assign_where(&value.reshaped(&[], Order::C)?, mask);
            }
            let count = count_all(mask)?;
            check_masked(value, count)?;
            if count == 0 {
                return Ok(());
            }
        }
        [Index::Bool(truth)] if array.ndim() == 0 => {
            check_masked(value, usize::from(*truth))?;
            if !truth {
                return Ok(());
            }
        }
        _ => {}
    }
    match resolve(array, index, &|shape| match_shapes(value, shape).map(drop))? {
        Selection::View(layout) => array.with_layout(layout).assign(value),
        Selection::Picked(picked) => scatter(array, &picked, value),
    }
}

/// Whether a value fits the number of elements at which a mask over all axes holds.
fn check_masked(value: &Array, count: usize) -> Result<()> {
    const ASSIGNMENT: &str = "NumPy boolean array indexing assignment";
    if value.ndim() > 1 {
        return Err(Error::type_(format!(
            "{ASSIGNMENT} requires a 0 or 1-dimensional input, input has {} dimensions",
            value.ndim()
        )));
    }
    if value.ndim() == 1 && value.size() != 1 && value.size() != count {
        return Err(Error::value(format!(
            "{ASSIGNMENT} cannot assign {} input values to the {count} output values where the mask is true",
            value.size()
        )));
    }
    Ok(())
}

/// The value broadcast to the shape of what it is assigned to; axes of length one in front of it are too many.
fn match_shapes(value: &Array, shape: &[usize]) -> Result<Array> {
    let mut value = value.clone();
    while value.ndim() > shape.len() && value.shape()[0] == 1 {
        value = value.squeezed(|axis| axis == 0);
    }
    value.broadcast_to(shape).map_err(|_| {
        Error::value(format!(
            "shape mismatch: value array of shape {} could not be broadcast to indexing result of shape {}",
            narrow_text(value.shape()),
            narrow_text(shape)
        ))
    })
}

fn scatter(array: &Array, picked: &Picked, value: &Array) -> Result<()> {
    let shape = picked.result_shape();
    let value = match_shapes(value, &shape)?;
    warn_of_cast(value.dtype(), array.dtype());
    if shape.contains(&0) {
        return Ok(());
    }
    let value = value.as_dtype(array.dtype())?;
    let value = if value.may_share_memory(array) {
        value.copied(Order::C)?
    } else {
        value
    };
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
