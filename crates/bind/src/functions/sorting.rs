//! Sorting, selection and searching.

use rustsci_array::array::CopyOrder;
use rustsci_array::ordering::{self, Extreme};
use rustsci_array::sorting::Side;
use rustsci_array::{Array, Error, Order, Result};

use crate::convert::{FieldOrder, SelectKind, SortKind, Target};
use crate::{Function, ScalarOrArray, export};

pub(crate) static ROWS: &[&Function] = &[
    &SORT,
    &ARGSORT,
    &PARTITION,
    &ARGPARTITION,
    &SEARCHSORTED,
    &LEXSORT,
    &ARGMAX,
    &ARGMIN,
    &SORTED,
    &PARTITIONED,
];

/// `kind` and `stable` say the same thing twice.
fn check_kind(kind: Option<SortKind>, stable: Option<bool>) -> Result<()> {
    if kind.is_some() && stable.is_some() {
        return Err(Error::value(
            "`kind` and keyword parameters can't be provided at the same time. Use only one of them.",
        ));
    }
    Ok(())
}

/// The array and the axis to work along: the flattened array if none is given.
fn along(array: Array, axis: Option<isize>) -> Result<(Array, isize)> {
    match axis {
        Some(axis) if array.ndim() > 0 => Ok((array, axis)),
        Some(axis) => {
            rustsci_array::array::normalize_axis(axis, 1).map_err(|_| Error::axis(axis, 0))?;
            Ok((array.reshaped(&[1], Order::C)?, 0))
        }
        None => Ok((array.reshaped(&[array.size()], Order::C)?, 0)),
    }
}

/// Sort the array in place.
#[export(
    method,
    signature = "(self, /, axis=-1, kind=None, order=None, *, stable=None)"
)]
fn sort(
    array: Array,
    axis: isize,
    kind: Option<SortKind>,
    _order: FieldOrder,
    stable: Option<bool>,
) -> Result<()> {
    check_kind(kind, stable)?;
    ordering::sort(&array, axis)
}

/// Return a sorted copy of the array.
#[export(
    name = "sort",
    signature = "(a, /, axis=-1, kind=None, order=None, *, stable=None)"
)]
fn sorted(
    array: Array,
    axis: Option<isize>,
    kind: Option<SortKind>,
    _order: FieldOrder,
    stable: Option<bool>,
) -> Result<Array> {
    check_kind(kind, stable)?;
    let (array, axis) = along(array, axis)?;
    let copy = array.copied(CopyOrder::K)?;
    ordering::sort(&copy, axis)?;
    Ok(copy)
}

/// Return the indices that would sort the array.
#[export(
    method,
    function,
    signature = "(a, /, axis=-1, kind=None, order=None, *, stable=None)"
)]
fn argsort(
    array: Array,
    axis: Option<isize>,
    kind: Option<SortKind>,
    _order: FieldOrder,
    stable: Option<bool>,
) -> Result<Array> {
    check_kind(kind, stable)?;
    let (array, axis) = along(array, axis)?;
    ordering::argsort(&array, axis)
}

/// Bring the elements of the given ranks to their places, smaller ones before and larger ones behind.
#[export(
    method,
    signature = "(self, kth, /, axis=-1, kind='introselect', order=None)"
)]
fn partition(
    array: Array,
    kth: Array,
    axis: isize,
    _kind: SelectKind,
    _order: FieldOrder,
) -> Result<()> {
    ordering::partition(&array, &kth, axis)
}

/// Return a partitioned copy of the array.
#[export(
    name = "partition",
    signature = "(a, kth, /, axis=-1, kind='introselect', order=None)"
)]
fn partitioned(
    array: Array,
    kth: Array,
    axis: Option<isize>,
    _kind: SelectKind,
    _order: FieldOrder,
) -> Result<Array> {
    let (array, axis) = along(array, axis)?;
    let copy = array.copied(CopyOrder::K)?;
    ordering::partition(&copy, &kth, axis)?;
    Ok(copy)
}

/// Return the indices that would partition the array.
#[export(
    method,
    function,
    signature = "(a, kth, /, axis=-1, kind='introselect', order=None)"
)]
fn argpartition(
    array: Array,
    kth: Array,
    axis: Option<isize>,
    _kind: SelectKind,
    _order: FieldOrder,
) -> Result<Array> {
    let (array, axis) = along(array, axis)?;
    ordering::argpartition(&array, &kth, axis)
}

/// Find where values belong in a sorted array.
#[export(
    method,
    function,
    signature = "(a, /, v, side='left', sorter=None)",
    after = ""
)]
fn searchsorted(
    array: Array,
    values: Array,
    side: Side,
    sorter: Option<Array>,
) -> Result<ScalarOrArray> {
    ordering::search(&array, &values, side, sorter.as_ref()).map(ScalarOrArray)
}

/// Return the indices that sort by several keys, by the last one first of all.
#[export(signature = "(keys, axis=-1)", dispatch = "*keys")]
fn lexsort(keys: Vec<Array>, axis: isize) -> Result<ScalarOrArray> {
    ordering::lexsort(&keys, axis).map(ScalarOrArray)
}

fn arg_extreme(
    array: &Array,
    extreme: Extreme,
    axis: Option<isize>,
    out: Option<Target>,
    keepdims: bool,
) -> Result<ScalarOrArray> {
    let out = out.as_ref().map(|out| &out.0);
    ordering::arg_extreme(array, extreme, axis, keepdims, out).map(ScalarOrArray)
}

/// Return the index of the first of the largest elements.
#[export(
    method,
    signature = "(self, /, axis=None, out=None, *, keepdims=False)"
)]
fn argmax(
    array: Array,
    axis: Option<isize>,
    out: Option<Target>,
    keepdims: bool,
) -> Result<ScalarOrArray> {
    arg_extreme(&array, Extreme::Max, axis, out, keepdims)
}

/// Return the index of the first of the smallest elements.
#[export(
    method,
    signature = "(self, /, axis=None, out=None, *, keepdims=False)"
)]
fn argmin(
    array: Array,
    axis: Option<isize>,
    out: Option<Target>,
    keepdims: bool,
) -> Result<ScalarOrArray> {
    arg_extreme(&array, Extreme::Min, axis, out, keepdims)
}
