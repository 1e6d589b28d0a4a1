//! Coverage maps, as arrays of two columns: the ranges of cells of depth 29 that they have.

use std::ops::Range;

use rustsci_array::{Array, DType, Error, Result};
use rustsci_healpix::moc::{self, Ranges};

use super::arguments::{Cells, depth_of};
use super::blocks::failed;
use crate::{Function, export};

pub(crate) static ROWS: &[&Function] = &[
    &COMBINE,
    &COMPLEMENT,
    &DEGRADE,
    &CONTAINS,
    &CELLS_OF,
    &FROM_CELLS,
    &NORMALIZE,
];

fn read(array: &Cells) -> Result<Ranges> {
    let mut reader = array.0.reader::<u64>();
    let (pairs, rest) = reader.all()?.as_chunks::<2>();
    if array.0.ndim() != 2 || !rest.is_empty() || array.0.shape()[1] != 2 {
        return Err(Error::value(format!(
            "ranges must have two columns, not the shape {}",
            rustsci_array::array::shape_text(array.0.shape())
        )));
    }
    Ok(pairs.iter().map(|&[start, end]| start..end).collect())
}

fn write(ranges: &[Range<u64>]) -> Result<Array> {
    let limits: Vec<u64> = ranges
        .iter()
        .flat_map(|range| [range.start, range.end])
        .collect();
    Array::from_shape(&[ranges.len(), 2], &limits)
}

/// Return the ranges of two maps together, of both at once, or of the first without the second.
#[export(
    module = "healpix",
    name = "_healpix_moc_combine",
    signature = "(how, a, b)"
)]
fn combine(how: String, a: Cells, b: Cells) -> Result<Array> {
    let (a, b) = (read(&a)?, read(&b)?);
    write(&match how.as_str() {
        "union" => moc::union(&a, &b),
        "intersection" => moc::intersection(&a, &b),
        "difference" => moc::difference(&a, &b),
        how => {
            return Err(Error::value(format!(
                "maps are combined by union, intersection or difference, not by '{how}'"
            )));
        }
    })
}

/// Return the ranges of all cells that a map does not have.
#[export(
    module = "healpix",
    name = "_healpix_moc_complement",
    signature = "(ranges)"
)]
fn complement(ranges: Cells) -> Result<Array> {
    write(&moc::complement(&read(&ranges)?))
}

/// Return the ranges of the cells of a depth that overlap a map.
#[export(
    module = "healpix",
    name = "_healpix_moc_degrade",
    signature = "(ranges, nside)"
)]
fn degrade(ranges: Cells, nside: usize) -> Result<Array> {
    write(&moc::degraded(&read(&ranges)?, depth_of(nside as u64)?))
}

/// Return ranges in order, joined where they overlap or touch.
#[export(
    module = "healpix",
    name = "_healpix_moc_normalize",
    signature = "(ranges)"
)]
fn normalize(ranges: Cells) -> Result<Array> {
    let ranges = read(&ranges)?;
    let count = rustsci_healpix::Depth::MAX.cells();
    if let Some(index) = ranges
        .iter()
        .position(|range| range.end > count || range.start > range.end)
    {
        return Err(Error::value(format!(
            "ranges must be between 0 and {count}, and not end before they begin, but range {index} is {:?}",
            ranges[index]
        )));
    }
    write(&moc::normalized(ranges))
}

/// Return whether cells of depth 29 are in a map.
#[export(
    module = "healpix",
    name = "_healpix_moc_contains",
    signature = "(ranges, cells)"
)]
fn contains(ranges: Cells, cells: Cells) -> Result<Array> {
    let ranges = read(&ranges)?;
    let mut reader = cells.0.reader::<u64>();
    let numbers = reader.all()?;
    let mut found = vec![false; numbers.len()];
    moc::contains(&ranges, numbers, &mut found);
    let found: Vec<u8> = found.into_iter().map(u8::from).collect();
    Array::from_shape(cells.0.shape(), &found)?.as_dtype(&DType::Bool)
}

/// Return the largest cells that a map is made of, down to a depth, and their depths.
#[export(
    module = "healpix",
    name = "_healpix_moc_cells",
    signature = "(ranges, nside)"
)]
fn cells_of(ranges: Cells, nside: usize) -> Result<(Array, Array)> {
    let cells = moc::cells_of(&read(&ranges)?, depth_of(nside as u64)?);
    let numbers: Vec<u64> = cells.iter().map(|cell| cell.1).collect();
    let depths: Vec<u8> = cells.iter().map(|cell| cell.0.get()).collect();
    Ok((Array::from_slice(&numbers)?, Array::from_slice(&depths)?))
}

/// Return the ranges of cells of different depths.
#[export(
    module = "healpix",
    name = "_healpix_moc_from_cells",
    signature = "(cells, depths)"
)]
fn from_cells(cells: Cells, depths: Cells) -> Result<Array> {
    let (mut numbers, mut levels) = (cells.0.reader::<u64>(), depths.0.reader::<u64>());
    let levels: Vec<u8> = levels
        .all()?
        .iter()
        .map(|&depth| u8::try_from(depth).unwrap_or(u8::MAX))
        .collect();
    write(&moc::from_cells(numbers.all()?, &levels).map_err(failed)?)
}
