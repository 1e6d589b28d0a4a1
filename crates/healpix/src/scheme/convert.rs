//! From nested to ring and back.

use super::bits::interleave_short;
use super::{nested, ring};
use crate::projection::{check_cells, check_nside, same_length};
use crate::{Depth, Result};

/// Turns nested cell numbers into those of the ring scheme.
///
/// # Errors
/// For the first number that is no cell, or lengths that differ.
///
/// ```
/// use rustsci_healpix::{Depth, scheme::nested_to_ring};
/// let mut ring = [0; 4];
/// nested_to_ring(Depth::new(1)?, &[4, 5, 6, 7], &mut ring)?;
/// assert_eq!(ring, [15, 7, 6, 1]);
/// # Ok::<(), rustsci_healpix::Error>(())
/// ```
#[inline(always)]
pub fn nested_to_ring(depth: Depth, cells: &[u64], out: &mut [u64]) -> Result<()> {
    check_cells(cells, depth.cells())?;
    same_length("out", cells.len(), out.len())?;
    for (&cell, out) in cells.iter().zip(out) {
        let (base, i, j) = nested::split(depth, cell);
        *out = ring::join(depth.nside(), base, i, j);
    }
    Ok(())
}

/// Turns cell numbers of the ring scheme into nested ones.
///
/// # Errors
/// For the first number that is no cell, or lengths that differ.
///
/// ```
/// use rustsci_healpix::{Depth, scheme::ring_to_nested};
/// let mut nested = [0; 4];
/// ring_to_nested(Depth::new(1)?, &[15, 7, 6, 1], &mut nested)?;
/// assert_eq!(nested, [4, 5, 6, 7]);
/// # Ok::<(), rustsci_healpix::Error>(())
/// ```
#[inline(always)]
pub fn ring_to_nested(depth: Depth, cells: &[u64], out: &mut [u64]) -> Result<()> {
    check_cells(cells, depth.cells())?;
    same_length("out", cells.len(), out.len())?;
    let power = u32::from(depth.get());
    if power <= ring::SMALL_DEPTH {
        for (&cell, out) in cells.iter().zip(out) {
            let (base, i, j) = ring::split_power::<true>(power, cell);
            *out = (base << (2 * power)) | interleave_short(i | (j << 32));
        }
    } else {
        for (&cell, out) in cells.iter().zip(out) {
            let (base, i, j) = ring::split_power::<false>(power, cell);
            *out = nested::join(depth, base, i, j);
        }
    }
    Ok(())
}

/// Finds the base cells of cells (nested), and their places in them toward the north-east and the north-west.
///
/// # Errors
/// For the first number that is no cell, or lengths that differ.
///
/// ```
/// use rustsci_healpix::{Depth, scheme::nested_to_places};
/// let (mut base, mut i, mut j) = ([0; 2], [0; 2], [0; 2]);
/// nested_to_places(Depth::new(1)?, &[2, 17], [&mut base, &mut i, &mut j])?;
/// assert_eq!((base, i, j), ([0, 4], [0, 1], [1, 0]));
/// # Ok::<(), rustsci_healpix::Error>(())
/// ```
#[inline(always)]
pub fn nested_to_places(depth: Depth, cells: &[u64], places: [&mut [u64]; 3]) -> Result<()> {
    check_cells(cells, depth.cells())?;
    write_places(cells, places, |cell| nested::split(depth, cell))
}

/// Finds the base cells of cells (ring), and their places in them toward the north-east and the north-west, for any
/// number of cells along a base cell's edge.
///
/// # Errors
/// For the first number that is no cell, lengths that differ, or `nside` out of range.
#[inline(always)]
pub fn ring_to_places(nside: u64, cells: &[u64], places: [&mut [u64]; 3]) -> Result<()> {
    check_nside(nside)?;
    check_cells(cells, 12 * nside * nside)?;
    if nside.is_power_of_two() {
        let power = nside.trailing_zeros();
        write_places(cells, places, |cell| {
            ring::split_power::<false>(power, cell)
        })
    } else {
        write_places(cells, places, |cell| ring::split(nside, cell))
    }
}

/// Finds the rings that cells (nested) are on, counted from the north pole, from 1 on.
///
/// # Errors
/// For the first number that is no cell, or lengths that differ.
#[inline(always)]
pub fn nested_to_rings(depth: Depth, cells: &[u64], rings: &mut [u64]) -> Result<()> {
    check_cells(cells, depth.cells())?;
    same_length("rings", cells.len(), rings.len())?;
    for (&cell, ring) in cells.iter().zip(rings) {
        let (base, i, j) = nested::split(depth, cell);
        *ring = ((base >> 2) + 2) * depth.nside() - 1 - i - j;
    }
    Ok(())
}

/// Finds the rings that cells (ring) are on, counted from the north pole, from 1 on, for any number of cells along a base
/// cell's edge.
///
/// # Errors
/// For the first number that is no cell, lengths that differ, or `nside` out of range.
///
/// ```
/// use rustsci_healpix::scheme::ring_to_rings;
/// let mut rings = [0; 3];
/// ring_to_rings(3, &[0, 50, 107], &mut rings)?;
/// assert_eq!(rings, [1, 6, 11]);
/// # Ok::<(), rustsci_healpix::Error>(())
/// ```
#[inline(always)]
pub fn ring_to_rings(nside: u64, cells: &[u64], rings: &mut [u64]) -> Result<()> {
    check_nside(nside)?;
    check_cells(cells, 12 * nside * nside)?;
    same_length("rings", cells.len(), rings.len())?;
    let pairs = cells.iter().zip(rings);
    let power = nside.trailing_zeros();
    if !nside.is_power_of_two() {
        pairs.for_each(|(&cell, ring)| *ring = ring::number(nside, cell));
    } else if power <= ring::SMALL_DEPTH {
        pairs.for_each(|(&cell, ring)| *ring = ring::number_power::<true>(power, cell));
    } else {
        pairs.for_each(|(&cell, ring)| *ring = ring::number_power::<false>(power, cell));
    }
    Ok(())
}

#[inline(always)]
fn write_places(
    cells: &[u64],
    [base, i, j]: [&mut [u64]; 3],
    place: impl Fn(u64) -> (u64, u64, u64),
) -> Result<()> {
    same_length("base cells", cells.len(), base.len())?;
    same_length("places", cells.len(), i.len())?;
    same_length("places", cells.len(), j.len())?;
    for (((&cell, base), i), j) in cells.iter().zip(base).zip(i).zip(j) {
        (*base, *i, *j) = place(cell);
    }
    Ok(())
}
