//! The corners of cells, and points along their edges.

use rustsci_array::{Array, Error, Result};
use rustsci_healpix::vertices;

use super::arguments::{Cells, Grid, Threads, in_unit};
use super::blocks::{BLOCK, doubles, each, two_doubles, with_axis};
use crate::{Function, export};

pub(crate) static ROWS: &[&Function] = &[&VERTICES, &BOUNDARIES];

/// The number of points around a cell, so many for each edge.
fn points_around(step: usize) -> Result<usize> {
    step.checked_mul(4)
        .filter(|&points| points > 0 && u32::try_from(points).is_ok())
        .ok_or_else(|| Error::value(format!("step must be at least 1, and not {step}")))
}

/// Return longitudes and latitudes of the corners of cells, and of points between them.
#[export(
    module = "healpix",
    name = "_healpix_vertices",
    signature = "(cells, nside, nested, degrees, step=1, num_threads=0)"
)]
fn vertices(
    cells: Cells,
    nside: usize,
    nested: bool,
    degrees: bool,
    step: usize,
    threads: Threads,
) -> Result<(Array, Array)> {
    let grid = Grid::new(nside, nested)?;
    let mut reader = cells.0.reader::<u64>();
    let numbers = reader.all()?;
    let points = points_around(step)?;
    two_doubles(&with_axis(cells.0.shape(), points), |lon, lat| {
        let blocks = numbers
            .chunks(BLOCK)
            .zip(lon.chunks_mut(BLOCK * points))
            .zip(lat.chunks_mut(BLOCK * points));
        in_unit!(degrees, U => match grid {
            Grid::Nested(depth) => each(threads, blocks, #[inline(always)] |((cells, lon), lat)| {
                vertices::nested_vertices::<U>(depth, cells, step, lon, lat)
            }),
            Grid::Ring(nside) => each(threads, blocks, #[inline(always)] |((cells, lon), lat)| {
                vertices::ring_vertices::<U>(nside, cells, step, lon, lat)
            }),
        })
    })
}

/// Return the unit vectors to the corners of cells, and to points between them: their components in the axis before the
/// last, and the points in the last, from the northern corner on.
#[export(
    module = "healpix",
    name = "_healpix_boundaries",
    signature = "(cells, nside, nested, step=1, num_threads=0)"
)]
fn boundaries(
    cells: Cells,
    nside: usize,
    nested: bool,
    step: usize,
    threads: Threads,
) -> Result<Array> {
    let grid = Grid::new(nside, nested)?;
    let mut reader = cells.0.reader::<u64>();
    let numbers = reader.all()?;
    let points = points_around(step)?;
    let shape = with_axis(&with_axis(cells.0.shape(), 3), points);
    doubles(&shape, |out| {
        let blocks = numbers
            .chunks(BLOCK)
            .zip(out.chunks_mut(BLOCK * 3 * points));
        each(
            threads,
            blocks,
            #[inline(always)]
            |(cells, out)| match grid {
                Grid::Nested(depth) => vertices::nested_boundaries(depth, cells, step, out),
                Grid::Ring(nside) => vertices::ring_boundaries(nside, cells, step, out),
            },
        )
    })
}
