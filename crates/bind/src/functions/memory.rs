//! Where arrays lie in memory.

use rustsci_array::{Array, Error, Result};
use rustsci_buffer::overlap::{Overlap, shares_memory as shares_memory_exactly};
use rustsci_buffer::{Layout, Strides};

use crate::convert::Sizes;
use crate::{Function, export};

pub(crate) static ROWS: &[&Function] = &[&AS_STRIDED, &MAY_SHARE_MEMORY, &SHARES_MEMORY];

/// Return a view with another shape and other strides, which must keep to the array's memory.
#[export(signature = "(x, shape=None, strides=None)", after = "x")]
fn as_strided(x: Array, shape: Option<Sizes>, strides: Option<Sizes>) -> Result<Array> {
    let layout = Layout {
        shape: match shape {
            Some(shape) => shape.shape()?,
            None => x.shape().into(),
        },
        strides: match strides {
            Some(strides) => Strides::from_slice(&strides.0),
            None => x.strides().into(),
        },
        offset: x.layout().offset,
    };
    if layout.shape.len() != layout.strides.len() {
        return Err(Error::value(
            "strides must be as many as the shape has axes",
        ));
    }
    let (low, high) = layout.extent(x.item_size());
    if low < 0 || high > x.buffer().len() as isize {
        return Err(Error::value(
            "the strides reach outside of the memory that the array shows a part of",
        ));
    }
    Ok(x.with_layout(layout))
}

/// Whether arrays may share memory: by the ends of their memory alone, or by as much work as is allowed.
#[export(signature = "(a, b, /, max_work=0)", dispatch = "a, b")]
fn may_share_memory(a: Array, b: Array, max_work: Option<isize>) -> Result<bool> {
    match max_work.unwrap_or(0) {
        0 => Ok(a.may_share_memory(&b)),
        // What is too hard to tell may be.
        max_work => Ok(share(&a, &b, max_work)?.unwrap_or(true)),
    }
}

/// Whether an element of one array and an element of the other share memory.
#[export(signature = "(a, b, /, max_work=-1)", dispatch = "a, b")]
fn shares_memory(a: Array, b: Array, max_work: Option<isize>) -> Result<bool> {
    match max_work.unwrap_or(-1) {
        0 => Ok(a.may_share_memory(&b)),
        max_work => share(&a, &b, max_work)?.ok_or_else(|| Error::too_hard("Exceeded max_work")),
    }
}

/// Whether memory is shared; nothing if that takes more work than is allowed.
fn share(a: &Array, b: &Array, max_work: isize) -> Result<Option<bool>> {
    let limit = match max_work {
        -1 => None,
        0.. => Some(max_work as u64),
        _ => return Err(Error::value("Invalid value for max_work")),
    };
    match shares_memory_exactly(&a.extent(), &b.extent(), limit) {
        Overlap::No => Ok(Some(false)),
        Overlap::Yes => Ok(Some(true)),
        Overlap::TooHard => Ok(None),
    }
}
