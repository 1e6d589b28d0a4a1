//! The ring scheme: cells are numbered from north to south along rings of equal latitude, each from west to east.
//!
//! Rings are counted from the north pole, from 1 to 4 nside − 1. In the two caps ring r (seen from its pole) has 4r
//! cells; in the belt between them every ring has 4 nside (Górski et al. 2005, §5.2).

use crate::whole::{float, integer, product};

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
    split_with::<false>(nside, cell, |place| {
        let row = place / (4 * nside);
        let place = place.wrapping_sub(product(row, 4 * nside));
        let quarter = place / nside;
        (row, quarter, place.wrapping_sub(product(quarter, nside)))
    })
}

/// Where a cell of the belt is: its row, its quarter of the row, and its place in that.
type InBelt = (u64, u64, u64);

/// The greatest depth that `split_power` may be told is a small one.
pub(crate) const SMALL_DEPTH: u32 = 16;

/// `split` for a power of two, by shifts; small ones need less care.
#[inline(always)]
pub(crate) fn split_power<const SMALL: bool>(depth: u32, cell: u64) -> (u64, u64, u64) {
    let nside = 1_u64 << depth;
    split_with::<SMALL>(nside, cell, |place| {
        (
            place >> (depth + 2),
            (place >> depth) & 3,
            place & (nside - 1),
        )
    })
}

/// `split` with a way to find a place in the belt.
#[inline(always)]
fn split_with<const SMALL: bool>(
    nside: u64,
    cell: u64,
    place_in_belt: impl Fn(u64) -> InBelt,
) -> (u64, u64, u64) {
    let cells = 12 * nside * nside;
    let cap = 2 * product(nside, nside - 1);
    let (north, south) = (less(cell, cap), !less(cell, cells - cap));
    let from_pole = if south { cells - 1 - cell } else { cell };
    let (cap_base, cap_i, cap_j) = split_cap::<SMALL>(nside, from_pole, south);
    let (base, i, j) = split_belt(nside, place_in_belt(cell.wrapping_sub(cap)));
    let in_cap = north | south;
    (
        if in_cap { cap_base } else { base },
        if in_cap { cap_i } else { i },
        if in_cap { cap_j } else { j },
    )
}

/// The ring that a cell is on, counted from the north pole, from 1 on.
///
/// ```
/// use rustsci_healpix::scheme::ring;
/// assert_eq!([0, 4, 47].map(|cell| ring::number(2, cell)), [1, 2, 7]);
/// ```
#[inline(always)]
pub fn number(nside: u64, cell: u64) -> u64 {
    number_with::<false>(nside, cell, |place| place / (4 * nside))
}

/// `number` for a power of two, by shifts; small ones need less care.
#[inline(always)]
pub(crate) fn number_power<const SMALL: bool>(depth: u32, cell: u64) -> u64 {
    number_with::<SMALL>(1 << depth, cell, |place| place >> (depth + 2))
}

/// `number` with a way to find a row of the belt.
#[inline(always)]
fn number_with<const SMALL: bool>(nside: u64, cell: u64, row: impl Fn(u64) -> u64) -> u64 {
    let cells = 12 * nside * nside;
    let cap = 2 * product(nside, nside - 1);
    let (north, south) = (less(cell, cap), !less(cell, cells - cap));
    let (from_pole, _) = in_cap::<SMALL>(if south { cells - 1 - cell } else { cell });
    let belt = row(cell.wrapping_sub(cap)).wrapping_add(nside);
    let below = (4 * nside).wrapping_sub(from_pole);
    let not_north = if south { below } else { belt };
    if north { from_pole } else { not_north }
}

/// Compares numbers below 2⁶³: vector units compare signed ones faster.
#[inline(always)]
fn less(a: u64, b: u64) -> bool {
    a.cast_signed() < b.cast_signed()
}

/// `split` in a cap. The southern one is the northern one turned around.
#[inline(always)]
fn split_cap<const SMALL: bool>(nside: u64, from_pole: u64, south: bool) -> (u64, u64, u64) {
    // Cells of the belt come here, too, since there are no branches: what they give is not used.
    let (ring, place) = in_cap::<SMALL>(from_pole);
    let place = if south {
        (4 * ring).wrapping_sub(place).wrapping_sub(1)
    } else {
        place
    };
    // The quarter of the ring, by halves.
    let second = !less(place, 2 * ring);
    let place = if second {
        place.wrapping_sub(2 * ring)
    } else {
        place
    };
    let odd = !less(place, ring);
    let east = if odd { place.wrapping_sub(ring) } else { place };
    let column = 2 * u64::from(second) + u64::from(odd);
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
fn split_belt(nside: u64, (row, column, part): InBelt) -> (u64, u64, u64) {
    // A base cell's height is added, so that nothing is negative.
    let sum = (2 * nside).wrapping_sub(row).wrapping_sub(1);
    let odd = sum & 1;
    let difference = part.wrapping_mul(2).wrapping_add(odd);
    let raised = sum.wrapping_add(2 * nside);
    let rising = (raised.wrapping_add(difference) >> 1).wrapping_sub(nside);
    let falling = raised.wrapping_sub(difference) >> 1;
    let (east, south) = (!less(rising, nside), less(falling, nside));
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

/// The ring of a cap that its `place`-th cell is in, and the cell's place in the ring: ring r begins at 2r(r − 1).
#[inline(always)]
fn in_cap<const SMALL: bool>(place: u64) -> (u64, u64) {
    let whole = if SMALL {
        float(place)
    } else {
        float(place >> 32) * 4_294_967_296.0 + float(place & 0xFFFF_FFFF)
    };
    // (r − 1/2)² = 1/4 + half the first cell's place.
    let ring = integer((0.5 + (0.25 + 0.5 * whole).sqrt()).floor());
    let rest = place.wrapping_sub(2 * product(ring, ring.wrapping_sub(1)));
    if SMALL {
        return (ring, rest);
    }
    // A double has 53 bits only, so the root may be one too large, or one too small.
    let before = less(rest, 0);
    let rest = if before {
        rest.wrapping_add(4 * ring).wrapping_sub(4)
    } else {
        rest
    };
    let ring = if before { ring - 1 } else { ring };
    let after = !less(rest, 4 * ring);
    (
        if after { ring + 1 } else { ring },
        if after {
            rest.wrapping_sub(4 * ring)
        } else {
            rest
        },
    )
}
