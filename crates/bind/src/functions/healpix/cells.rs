//! Numbers of cells in other schemes.

use rustsci_array::{Array, DType, Error, Result};
use rustsci_healpix::projection::check_cells;
use rustsci_healpix::scheme::{self, nested, ring, uniq, zuniq};

use super::arguments::{Cells, Grid, Threads, depth_of};
use super::blocks::{BLOCK, by_place, cells, each, failed, with_first_axis};
use crate::{Function, export};

pub(crate) static ROWS: &[&Function] = &[&RENUMBER, &ENCODE, &DECODE, &SPLIT, &JOIN, &RINGS];

/// Return nested cell numbers as those of the ring scheme, or the other way round.
#[export(
    module = "healpix",
    name = "_healpix_renumber",
    signature = "(cells, nside, to_ring, num_threads=0)"
)]
fn renumber(given: Cells, nside: usize, to_ring: bool, threads: Threads) -> Result<Array> {
    let depth = depth_of(nside as u64)?;
    let mut reader = given.0.reader::<u64>();
    let numbers = reader.all()?;
    cells(given.0.shape(), |out| {
        let blocks = numbers.chunks(BLOCK).zip(out.chunks_mut(BLOCK));
        if to_ring {
            each(
                threads,
                blocks,
                #[inline(always)]
                |(cells, out)| scheme::nested_to_ring(depth, cells, out),
            )
        } else {
            each(
                threads,
                blocks,
                #[inline(always)]
                |(cells, out)| scheme::ring_to_nested(depth, cells, out),
            )
        }
    })
}

/// Return nested cells as numbers that hold the depth, too.
#[export(
    module = "healpix",
    name = "_healpix_encode",
    signature = "(cells, nside, zuniq)"
)]
fn encode(given: Cells, nside: usize, ordered: bool) -> Result<Array> {
    let depth = depth_of(nside as u64)?;
    let mut reader = given.0.reader::<u64>();
    let numbers = reader.all()?;
    check_cells(numbers, depth.cells()).map_err(failed)?;
    cells(given.0.shape(), |out| {
        for (&cell, out) in numbers.iter().zip(out) {
            *out = if ordered {
                zuniq::encode(depth, cell)
            } else {
                uniq::encode(depth, cell)
            };
        }
        Ok(())
    })
}

/// Return the nested cells and the depths of numbers that hold both.
#[export(
    module = "healpix",
    name = "_healpix_decode",
    signature = "(numbers, zuniq)"
)]
fn decode(given: Cells, ordered: bool) -> Result<(Array, Array)> {
    let mut reader = given.0.reader::<u64>();
    let numbers = reader.all()?;
    let mut depths = Vec::with_capacity(numbers.len());
    let found = cells(given.0.shape(), |out| {
        for (index, (&number, out)) in numbers.iter().zip(out).enumerate() {
            let decoded = if ordered {
                zuniq::decode(number)
            } else {
                uniq::decode(number)
            };
            let (depth, cell) = decoded.map_err(|error| failed(error.shifted(index)))?;
            *out = cell;
            depths.push(depth.get());
        }
        Ok(())
    })?;
    Ok((found, Array::from_shape(given.0.shape(), &depths)?))
}

/// Return the base cells of cells, and their places in them, in the first axis.
#[export(
    module = "healpix",
    name = "_healpix_split",
    signature = "(cells, nside, nested)"
)]
fn split(given: Cells, nside: usize, in_nested: bool) -> Result<Array> {
    let grid = Grid::new(nside, in_nested)?;
    let mut reader = given.0.reader::<u64>();
    let numbers = reader.all()?;
    let parts = cells(&with_first_axis(3, given.0.shape()), |out| {
        let blocks = numbers
            .chunks(BLOCK)
            .zip(by_place::<_, 3>(out, numbers.len()));
        each(
            Threads(None),
            blocks,
            #[inline(always)]
            |(cells, places)| match grid {
                Grid::Nested(depth) => scheme::nested_to_places(depth, cells, places),
                Grid::Ring(nside) => scheme::ring_to_places(nside, cells, places),
            },
        )
    })?;
    parts.viewed(&DType::Int64)
}

/// Return the rings that cells are on, counted from the north pole, from 1 on.
#[export(
    module = "healpix",
    name = "_healpix_rings",
    signature = "(cells, nside, nested)"
)]
fn rings(given: Cells, nside: usize, in_nested: bool) -> Result<Array> {
    let grid = Grid::new(nside, in_nested)?;
    let mut reader = given.0.reader::<u64>();
    let numbers = reader.all()?;
    let found = cells(given.0.shape(), |out| {
        let blocks = numbers.chunks(BLOCK).zip(out.chunks_mut(BLOCK));
        each(
            Threads(None),
            blocks,
            #[inline(always)]
            |(cells, rings)| match grid {
                Grid::Nested(depth) => scheme::nested_to_rings(depth, cells, rings),
                Grid::Ring(nside) => scheme::ring_to_rings(nside, cells, rings),
            },
        )
    })?;
    found.viewed(&DType::Int64)
}

/// Return the cells at places in base cells.
#[export(
    module = "healpix",
    name = "_healpix_join",
    signature = "(base, i, j, nside, nested)"
)]
fn join(base: Cells, i: Cells, j: Cells, nside: usize, in_nested: bool) -> Result<Array> {
    let grid = Grid::new(nside, in_nested)?;
    let shape = base.0.shape();
    let (mut base, mut i, mut j) = (
        base.0.reader::<u64>(),
        i.0.reader::<u64>(),
        j.0.reader::<u64>(),
    );
    let (base, i, j) = (base.all()?, i.all()?, j.all()?);
    let nside = nside as u64;
    if base.len() != i.len() || base.len() != j.len() {
        return Err(Error::value(
            "base cells and places must have the same shape",
        ));
    }
    check_cells(base, 12).map_err(failed)?;
    check_cells(i, nside).map_err(failed)?;
    check_cells(j, nside).map_err(failed)?;
    let cells: Vec<i64> = (0..base.len())
        .map(|k| match grid {
            Grid::Nested(depth) => nested::join(depth, base[k], i[k], j[k]),
            Grid::Ring(nside) => ring::join(nside, base[k], i[k], j[k]),
        })
        .map(u64::cast_signed)
        .collect();
    Array::from_shape(shape, &cells)
}
