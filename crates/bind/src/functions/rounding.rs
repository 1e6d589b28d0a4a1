//! Rounding, limiting, and the sum of a diagonal.

use rustsci_array::statistics;
use rustsci_array::{Array, DType, Error, Result};

use crate::convert::Target;
use crate::{Function, ScalarOrArray, export};

pub(crate) static ROWS: &[&Function] = &[&ROUND, &TRACE];

/// Return the elements rounded to a number of decimals.
#[export(method, signature = "(self, /, decimals=0, out=None)")]
fn round(array: Array, decimals: isize, out: Option<Target>) -> Result<ScalarOrArray> {
    let decimals = i32::try_from(decimals)
        .map_err(|_| Error::overflow("signed integer is greater than maximum"))?;
    let out = out.as_ref().map(|out| &out.0);
    statistics::round(&array, decimals, out).map(ScalarOrArray)
}

/// Return the sum of a diagonal.
#[export(
    method,
    signature = "(self, /, offset=0, axis1=0, axis2=1, dtype=None, out=None)"
)]
fn trace(
    array: Array,
    offset: isize,
    axis1: isize,
    axis2: isize,
    dtype: Option<DType>,
    out: Option<Target>,
) -> Result<ScalarOrArray> {
    let out = out.as_ref().map(|out| &out.0);
    statistics::trace(&array, offset, (axis1, axis2), dtype.as_ref(), out).map(ScalarOrArray)
}
