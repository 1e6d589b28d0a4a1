//! The ring scheme: cells are numbered from north to south along rings of equal latitude, each from west to east.
//!
//! Rings are counted from the north pole, from 1 to 4 nside − 1. In the two caps ring r (seen from its pole) has 4r
//! cells; in the belt between them every ring has 4 nside (Górski et al. 2005, §5.2).

use crate::whole::{integer, product};

/// The cell of a base cell that is the `i`-th toward the north-east and the `j`-th toward the north-west.
///
/// ```
/// use rustsci_healpix::scheme::ring;
/// assert_eq!(ring::join(2, 0, 1, 1), 0);
/// assert_eq!(ring::join(3, 4, 0, 0), 72);
/// ```
#[inline(always)]
pub fn join(nside: u64, base: u64, i: u64, j: u64) -> u64 {
    let (row, column) = (base >> 2, base & 3);
    let ring = product(row + 2, nside) - 1 - i - j;
    let below = 4 * nside - ring;
    let cap = 2 * product(nside, nside - 1);

    let top = 2 * product(ring, ring.wrapping_sub(1)) + product(column, ring) + (nside - 1 - j);
    let from_end = 2 * product(below, below + 1);
    let bottom = (12 * nside * nside)
        .wrapping_sub(from_end)
        .wrapping_add(product(column, below) + i);

    // Twice the longitude in cells, a turn (8 nside) added because base cell 4 reaches west of longitude zero.
    let shift = u64::from(row != 1);
    let twice = product(2 * column + shift + 8, nside) + i - j;
    let turn = if twice < 8 * nside { 0 } else { 4 * nside };
    let belt = cap
        .wrapping_add(product(ring.wrapping_sub(nside), 4 * nside))
        .wrapping_add((twice >> 1) - turn);

    let north_or_belt = if ring < nside { top } else { belt };
    if below < nside { bottom } else { north_or_belt }
}

/// A cell's base cell, and its places toward the north-east and the north-west.
///
/// ```
/// use rustsci_healpix::scheme::ring;
/// assert_eq!(ring::split(3, 72), (4, 0, 0));
/// ```
#[inline(always)]
pub fn split(nside: u64, cell: u64) -> (u64, u64, u64) {
    split_with(nside, cell, |place| place / (4 * nside))
}

/// `split` with a way to divide by the number of cells in a ring of the belt.
#[inline(always)]
pub(crate) fn split_with(nside: u64, cell: u64, divide: impl Fn(u64) -> u64) -> (u64, u64, u64) {
    let cells = 12 * nside * nside;
    let cap = 2 * product(nside, nside - 1);
    let (north, south) = (cell < cap, cell >= cells - cap);
    let from_pole = if south { cells - 1 - cell } else { cell };
    let (cap_base, cap_i, cap_j) = split_cap(nside, cap, from_pole, south);
    let (base, i, j) = split_belt(nside, cell.wrapping_sub(cap), divide);
    let in_cap = north | south;
    (
        if in_cap { cap_base } else { base },
        if in_cap { cap_i } else { i },
        if in_cap { cap_j } else { j },
    )
}

/// `split` in a cap. The southern one is the northern one turned around.
#[inline(always)]
fn split_cap(nside: u64, cap: u64, from_pole: u64, south: bool) -> (u64, u64, u64) {
    // Cells of the belt come here, too, since there are no branches: what they give is not used.
    let ring = cap_ring(from_pole.min(cap));
    let place = from_pole.wrapping_sub(2 * product(ring, ring.wrapping_sub(1)));
    let place = if south {
        (4 * ring).wrapping_sub(place).wrapping_sub(1)
    } else {
        place
    };
    let column =
        u64::from(place >= ring) + u64::from(place >= 2 * ring) + u64::from(place >= 3 * ring);
    let east = place.wrapping_sub(product(column, ring));
    let west = ring.wrapping_sub(east).wrapping_sub(1);
    let last = nside - 1;
    (
        if south { 8 + column } else { column },
        if south { east } else { last.wrapping_sub(west) },
        if south { west } else { last.wrapping_sub(east) },
    )
}

/// `split` in the belt, where two families of diagonals cut it: their sum and their difference are known.
#[inline(always)]
fn split_belt(nside: u64, from_cap: u64, divide: impl Fn(u64) -> u64) -> (u64, u64, u64) {
    let row = divide(from_cap);
    let place = from_cap.wrapping_sub(product(row, 4 * nside));
    let column =
        u64::from(place >= nside) + u64::from(place >= 2 * nside) + u64::from(place >= 3 * nside);
    let part = place.wrapping_sub(product(column, nside));
    // A base cell's height is added, so that nothing is negative.
    let sum = (2 * nside).wrapping_sub(row).wrapping_sub(1);
    let odd = sum & 1;
    let difference = part.wrapping_mul(2).wrapping_add(odd);
    let raised = sum.wrapping_add(2 * nside);
    let rising = (raised.wrapping_add(difference) >> 1).wrapping_sub(nside);
    let falling = raised.wrapping_sub(difference) >> 1;
    let (east, south) = (rising >= nside, falling < nside);
    let base_row = 1 + u64::from(south) - u64::from(east);
    (
        4 * base_row + ((column + u64::from(east & south)) & 3),
        if east {
            rising.wrapping_sub(nside)
        } else {
            rising
        },
        if south {
            falling
        } else {
            falling.wrapping_sub(nside)
        },
    )
}

/// The ring of a cap that its `place`-th cell is in: the greatest r with 2r(r − 1) ≤ place.
#[inline(always)]
pub(crate) fn cap_ring(place: u64) -> u64 {
    // The root is off by one at most, since a double has only 53 bits.
    let ring = integer((0.5 + (0.25 + 0.5 * place as f64).sqrt()).floor());
    let ring = ring - u64::from(2 * product(ring, ring.wrapping_sub(1)) > place);
    ring + u64::from(2 * product(ring, ring + 1) <= place)
}
