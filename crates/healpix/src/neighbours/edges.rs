//! The smaller cells along a cell's edges, inside and outside.

use super::moved;
use crate::projection::check_cells;
use crate::scheme::nested;
use crate::{Depth, Error, Result};

fn deeper(depth: Depth, steps: u8) -> Result<Depth> {
    Depth::new(depth.get().saturating_add(steps))
        .map_err(|_| Error::Depth(i64::from(depth.get()) + i64::from(steps)))
}

/// The cells `steps` depths below that touch a cell (nested) from outside: those at its edges (south-east,
/// north-east, north-west, south-west, each from its southern end on), and those at its corners (south, east, north,
/// west; −1 where there is none).
///
/// # Errors
/// If the number is no cell, or the depth is too great.
///
/// ```
/// use rustsci_healpix::{Depth, neighbours::external_edges};
/// let (edges, corners) = external_edges(Depth::new(0)?, 0, 1)?;
/// assert_eq!(edges, [22, 23, 6, 7, 13, 15, 17, 19]);
/// assert_eq!(corners, [35, -1, 11, -1]);
/// # Ok::<(), rustsci_healpix::Error>(())
/// ```
pub fn external_edges(depth: Depth, cell: u64, steps: u8) -> Result<(Vec<u64>, [i64; 4])> {
    check_cells(&[cell], depth.cells())?;
    let below = deeper(depth, steps)?;
    let (base, i, j) = nested::split(depth, cell);
    let size = 1_i64 << steps;
    let (i, j) = (i as i64 * size, j as i64 * size);
    let at =
        |i, j| moved(below.nside(), base, i, j).map(|(base, i, j)| nested::join(below, base, i, j));
    let edges = (0..size)
        .map(|s| (i + s, j - 1))
        .chain((0..size).map(|s| (i + size, j + s)))
        .chain((0..size).map(|s| (i + s, j + size)))
        .chain((0..size).map(|s| (i - 1, j + s)))
        .filter_map(|(i, j)| at(i, j))
        .collect();
    let corners = [
        (i - 1, j - 1),
        (i + size, j - 1),
        (i + size, j + size),
        (i - 1, j + size),
    ]
    .map(|(i, j)| at(i, j).map_or(-1, u64::cast_signed));
    Ok((edges, corners))
}

/// The cells `steps` depths below along the edges of a cell (nested), inside it, from the southern corner on against
/// the clock.
///
/// # Errors
/// If the number is no cell, or the depth is too great.
///
/// ```
/// use rustsci_healpix::{Depth, neighbours::internal_edge};
/// assert_eq!(internal_edge(Depth::new(0)?, 0, 1)?, [0, 1, 3, 2]);
/// assert_eq!(internal_edge(Depth::new(0)?, 0, 2)?.len(), 12);
/// # Ok::<(), rustsci_healpix::Error>(())
/// ```
pub fn internal_edge(depth: Depth, cell: u64, steps: u8) -> Result<Vec<u64>> {
    check_cells(&[cell], depth.cells())?;
    let below = deeper(depth, steps)?;
    let first = cell << (2 * steps);
    let last = (1 << steps) - 1;
    if last == 0 {
        return Ok(vec![cell]);
    }
    Ok((0..last)
        .map(|s| (s, 0))
        .chain((0..last).map(|s| (last, s)))
        .chain((0..last).map(|s| (last - s, last)))
        .chain((0..last).map(|s| (0, last - s)))
        .map(|(i, j)| first | nested::join(below, 0, i, j))
        .collect())
}
