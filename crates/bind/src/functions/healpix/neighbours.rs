//! Cells around cells.

use rustsci_array::{Array, DType, Error, Result};
use rustsci_buffer::Order;
use rustsci_healpix::neighbours as around;

use super::arguments::{Cells, Grid, Threads, depth_of};
use super::blocks::{BLOCK, by_place, cells, each, failed, with_axis, with_first_axis};
use crate::{Function, export};

pub(crate) static ROWS: &[&Function] = &[
    &NEIGHBOURS,
    &NEIGHBOURS_AROUND,
    &EXTERNAL_EDGES,
    &INTERNAL_EDGE,
    &KTH_NEIGHBOURS,
];

/// A new array of cell numbers or −1, filled by `fill`.
fn signed(shape: &[usize], fill: impl FnOnce(&mut [i64]) -> Result<()>) -> Result<Array> {
    let array = Array::empty(shape, &DType::Int64, Order::C)?;
    array.writer::<i64>()?.update(0, array.size(), fill)??;
    Ok(array)
}

/// Return the cells around each cell, and itself, nine a cell from south to north.
#[export(
    module = "healpix",
    name = "_healpix_neighbours",
    signature = "(cells, nside, nested, num_threads=0)"
)]
fn neighbours(given: Cells, nside: usize, nested: bool, threads: Threads) -> Result<Array> {
    let grid = Grid::new(nside, nested)?;
    let mut reader = given.0.reader::<u64>();
    let numbers = reader.all()?;
    signed(&with_axis(given.0.shape(), 9), |out| {
        let blocks = numbers.chunks(BLOCK).zip(out.chunks_mut(9 * BLOCK));
        each(
            threads,
            blocks,
            #[inline(always)]
            |(cells, out)| match grid {
                Grid::Nested(depth) => around::neighbours(depth, cells, out),
                Grid::Ring(nside) => around::ring_neighbours(nside, cells, out),
            },
        )
    })
}

/// Where the eight neighbours are among the nine: from the south-west on with the clock.
const CLOCKWISE: [usize; 8] = [3, 6, 7, 8, 5, 2, 1, 0];

/// Return the eight cells around each cell in the first axis, from the south-west on with the clock.
#[export(
    module = "healpix",
    name = "_healpix_neighbours_around",
    signature = "(cells, nside, nested, num_threads=0)"
)]
fn neighbours_around(given: Cells, nside: usize, nested: bool, threads: Threads) -> Result<Array> {
    /// Cells whose nine numbers stay in the first-level cache.
    const FEW: usize = 256;
    let grid = Grid::new(nside, nested)?;
    let mut reader = given.0.reader::<u64>();
    let numbers = reader.all()?;
    signed(&with_first_axis(8, given.0.shape()), |out| {
        let blocks = numbers
            .chunks(BLOCK)
            .zip(by_place::<_, 8>(out, numbers.len()));
        each(
            threads,
            blocks,
            #[inline(always)]
            |(cells, mut out)| {
                let mut nine = [0; 9 * FEW];
                for (index, cells) in cells.chunks(FEW).enumerate() {
                    let nine = &mut nine[..9 * cells.len()];
                    let start = index * FEW;
                    let found = match grid {
                        Grid::Nested(depth) => around::neighbours(depth, cells, nine),
                        Grid::Ring(nside) => around::ring_neighbours(nside, cells, nine),
                    };
                    found.map_err(|error| error.shifted(start))?;
                    for (out, place) in out.iter_mut().zip(CLOCKWISE) {
                        let all = nine[place..].iter().step_by(9);
                        for (out, &cell) in out[start..].iter_mut().zip(all) {
                            *out = cell;
                        }
                    }
                }
                Ok(())
            },
        )
    })
}

/// Return the smaller cells that touch each cell from outside: at its edges, and at its corners.
#[export(
    module = "healpix",
    name = "_healpix_external_edges",
    signature = "(cells, nside, steps, num_threads=0)"
)]
fn external_edges(
    given: Cells,
    nside: usize,
    steps: usize,
    threads: Threads,
) -> Result<(Array, Array)> {
    let depth = depth_of(nside as u64)?;
    let steps = u8::try_from(steps)
        .ok()
        .filter(|steps| depth.get() + steps.min(&30) <= 29)
        .ok_or_else(|| {
            Error::value(format!(
                "Depth must be in the [0, 29] closed range, not {} + {steps}",
                depth.get()
            ))
        })?;
    let each_cell = 4 << steps;
    let mut reader = given.0.reader::<u64>();
    let numbers = reader.all()?;
    let mut at_edges = None;
    let at_corners = signed(&with_axis(given.0.shape(), 4), |corners| {
        at_edges = Some(cells(&with_axis(given.0.shape(), each_cell), |edges| {
            let blocks = numbers
                .chunks(BLOCK)
                .zip(edges.chunks_mut(BLOCK * each_cell))
                .zip(corners.chunks_mut(4 * BLOCK));
            each(threads, blocks, |((cells, edges), corners)| {
                let pieces = edges.chunks_mut(each_cell).zip(corners.chunks_mut(4));
                for (index, (&cell, (edges, corners))) in cells.iter().zip(pieces).enumerate() {
                    let found = around::external_edges(depth, cell, steps);
                    let (outside, at_corners) = found.map_err(|error| error.shifted(index))?;
                    edges.copy_from_slice(&outside);
                    corners.copy_from_slice(&at_corners);
                }
                Ok(())
            })
        })?);
        Ok(())
    })?;
    at_edges
        .map(|edges| (edges, at_corners))
        .ok_or_else(|| Error::runtime("the edges were not computed"))
}

/// A depth below another, for rows that go down by steps.
fn few(steps: usize) -> u8 {
    u8::try_from(steps).unwrap_or(u8::MAX)
}

/// Return the smaller cells along the edges of a cell, inside it.
#[export(
    module = "healpix",
    name = "_healpix_internal_edge",
    signature = "(cell, nside, steps)"
)]
fn internal_edge(cell: usize, nside: usize, steps: usize) -> Result<Array> {
    let depth = depth_of(nside as u64)?;
    let found = around::internal_edge(depth, cell as u64, few(steps)).map_err(failed)?;
    Array::from_slice(&found)
}

/// Return the cells that are k steps from a cell.
#[export(
    module = "healpix",
    name = "_healpix_kth_neighbours",
    signature = "(cell, nside, k)"
)]
fn kth_neighbours(cell: usize, nside: usize, k: usize) -> Result<Array> {
    let depth = depth_of(nside as u64)?;
    let found = around::kth_neighbours(depth, cell as u64, k as u64).map_err(failed)?;
    Array::from_slice(&found)
}
