//! Neighbours at a distance of one cell, or of k.

use super::moved;
use crate::projection::{check_cells, check_nside, same_length};
use crate::scheme::{nested, ring};
use crate::{Depth, Error, Result};

const EVEN: u64 = 0x5555_5555_5555_5555;

/// Finds the eight neighbours of each cell (nested), and the cell itself, nine numbers a cell: south, south-east,
/// east; south-west, the cell, north-east; west, north-west, north. A neighbour that there is not is −1.
///
/// # Errors
/// For the first number that is no cell, or if `out` has not nine elements a cell.
///
/// ```
/// use rustsci_healpix::{Depth, neighbours::neighbours};
/// let mut out = [0; 9];
/// neighbours(Depth::new(2)?, &[0], &mut out)?;
/// assert_eq!(out, [143, 90, 91, 69, 0, 1, 71, 2, 3]);
/// # Ok::<(), rustsci_healpix::Error>(())
/// ```
#[inline(always)]
pub fn neighbours(depth: Depth, cells: &[u64], out: &mut [i64]) -> Result<()> {
    check_cells(cells, depth.cells())?;
    same_length("neighbours", 9 * cells.len(), out.len())?;
    let inside = (1 << (2 * depth.get())) - 1;
    let (i_bits, j_bits) = (EVEN & inside, (EVEN << 1) & inside);
    let (pieces, _) = out.as_chunks_mut::<9>();
    for (&cell, out) in cells.iter().zip(pieces) {
        let (i, j, base) = (cell & i_bits, cell & j_bits, cell & !inside);
        let on_edge = (i == 0) | (j == 0) | (i == i_bits) | (j == j_bits);
        if on_edge {
            *out = neighbours_on_edge(depth, cell);
            continue;
        }
        // One more or less in bits that lie between others: the others are filled, or cleared, for the carry.
        let (less_i, more_i) = ((i - 1) & i_bits, ((i | !i_bits) + 1) & i_bits);
        let (less_j, more_j) = ((j - 1) & j_bits, ((j | !j_bits) + 1) & j_bits);
        // Each is written by itself: an array that is put together first is read again before its parts are there.
        let [
            south,
            south_east,
            east,
            south_west,
            centre,
            north_east,
            west,
            north_west,
            north,
        ] = out;
        *south = (base | less_i | less_j).cast_signed();
        *south_east = (base | i | less_j).cast_signed();
        *east = (base | more_i | less_j).cast_signed();
        *south_west = (base | less_i | j).cast_signed();
        *centre = cell.cast_signed();
        *north_east = (base | more_i | j).cast_signed();
        *west = (base | less_i | more_j).cast_signed();
        *north_west = (base | i | more_j).cast_signed();
        *north = (base | more_i | more_j).cast_signed();
    }
    Ok(())
}

fn neighbours_on_edge(depth: Depth, cell: u64) -> [i64; 9] {
    let (base, i, j) = nested::split(depth, cell);
    nine(depth.nside(), base, i, j, |_, base, i, j| {
        nested::join(depth, base, i, j)
    })
}

/// A cell and its neighbours, from places in base cells.
fn nine(
    nside: u64,
    base: u64,
    i: u64,
    j: u64,
    join: impl Fn(u64, u64, u64, u64) -> u64,
) -> [i64; 9] {
    std::array::from_fn(|place| {
        let (step_i, step_j) = (place as i64 % 3 - 1, place as i64 / 3 - 1);
        moved(nside, base, i as i64 + step_i, j as i64 + step_j)
            .map_or(-1, |(base, i, j)| join(nside, base, i, j).cast_signed())
    })
}

/// Finds the eight neighbours of each cell (ring), and the cell itself, for any number of cells along a base cell's
/// edge; in the order of [`neighbours`].
///
/// # Errors
/// For the first number that is no cell, if `out` has not nine elements a cell, or `nside` out of range.
///
/// ```
/// use rustsci_healpix::neighbours::ring_neighbours;
/// let mut out = [0; 9];
/// ring_neighbours(1, &[4], &mut out)?;
/// assert_eq!(out, [-1, 8, 5, 11, 4, 0, 7, 3, -1]);
/// # Ok::<(), rustsci_healpix::Error>(())
/// ```
pub fn ring_neighbours(nside: u64, cells: &[u64], out: &mut [i64]) -> Result<()> {
    check_nside(nside)?;
    check_cells(cells, 12 * nside * nside)?;
    same_length("neighbours", 9 * cells.len(), out.len())?;
    for (&cell, out) in cells.iter().zip(out.as_chunks_mut::<9>().0) {
        let (base, i, j) = ring::split(nside, cell);
        let inside = 1..nside - 1;
        if inside.contains(&i) && inside.contains(&j) {
            // No neighbour is in another base cell.
            for (place, out) in (0..).zip(out.iter_mut()) {
                let cell = ring::join(nside, base, i + place % 3 - 1, j + place / 3 - 1);
                *out = cell.cast_signed();
            }
        } else {
            *out = nine(nside, base, i, j, ring::join);
        }
    }
    Ok(())
}

/// The cells (nested) that are `k` steps away, diagonal ones included, from the southern corner on against the
/// clock. Around corners where three base cells meet there are fewer than 8k.
///
/// # Errors
/// If the number is no cell, or `k` is more than the cells along a base cell's edge.
///
/// ```
/// use rustsci_healpix::{Depth, neighbours::kth_neighbours};
/// assert_eq!(kth_neighbours(Depth::new(2)?, 0, 1)?, [143, 90, 91, 1, 3, 2, 71, 69]);
/// assert_eq!(kth_neighbours(Depth::new(8)?, 1000, 3)?.len(), 24);
/// # Ok::<(), rustsci_healpix::Error>(())
/// ```
pub fn kth_neighbours(depth: Depth, cell: u64, k: u64) -> Result<Vec<u64>> {
    check_cells(&[cell], depth.cells())?;
    if k > depth.nside() {
        return Err(Error::Parameter(format!(
            "k must be at most the {} cells along a base cell's edge, not {k}",
            depth.nside()
        )));
    }
    if k == 0 {
        return Ok(vec![cell]);
    }
    let (base, i, j) = nested::split(depth, cell);
    let (i, j, k) = (i as i64, j as i64, k as i64);
    let sides = (-k..k)
        .map(|s| (i + s, j - k))
        .chain((-k..k).map(|s| (i + k, j + s)))
        .chain((-k..k).map(|s| (i - s, j + k)))
        .chain((-k..k).map(|s| (i - k, j - s)));
    Ok(sides
        .filter_map(|(i, j)| moved(depth.nside(), base, i, j))
        .map(|(base, i, j)| nested::join(depth, base, i, j))
        .collect())
}
