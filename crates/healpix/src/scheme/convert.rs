//! From nested to ring and back.

use super::{nested, ring};
use crate::projection::check_cells;
use crate::projection::same_length;
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
    for (&cell, out) in cells.iter().zip(out) {
        let (base, i, j) = ring::split_power(power, cell);
        *out = nested::join(depth, base, i, j);
    }
    Ok(())
}
