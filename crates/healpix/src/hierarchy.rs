//! Cells of different depths (nested scheme).

use std::ops::Range;

use crate::projection::{check_cells, same_length};
use crate::{Depth, Error, Result};

/// The cell `steps` depths above a cell; the base cell if there are not as many.
///
/// ```
/// use rustsci_healpix::hierarchy::ancestor;
/// assert_eq!(ancestor(77, 1), 19);
/// ```
#[inline(always)]
pub const fn ancestor(cell: u64, steps: u8) -> u64 {
    cell >> (2 * steps)
}

/// The cells `steps` depths below a cell.
///
/// ```
/// use rustsci_healpix::hierarchy::descendants;
/// assert_eq!(descendants(19, 1), 76..80);
/// ```
#[inline(always)]
pub const fn descendants(cell: u64, steps: u8) -> Range<u64> {
    cell << (2 * steps)..(cell + 1) << (2 * steps)
}

/// The four cells with the same parent, the cell itself among them; all base cells are siblings.
///
/// ```
/// use rustsci_healpix::{Depth, hierarchy::siblings};
/// assert_eq!(siblings(Depth::new(1)?, 6), 4..8);
/// assert_eq!(siblings(Depth::new(0)?, 6), 0..12);
/// # Ok::<(), rustsci_healpix::Error>(())
/// ```
pub const fn siblings(depth: Depth, cell: u64) -> Range<u64> {
    if depth.get() == 0 {
        0..12
    } else {
        descendants(ancestor(cell, 1), 1)
    }
}

/// Writes the cells at depth `to` that contain, or are, the given ones.
///
/// # Errors
/// For the first number that is no cell, lengths that differ, or if `to` is deeper than `from`.
///
/// ```
/// use rustsci_healpix::{Depth, hierarchy::degrade};
/// let mut out = [0; 2];
/// degrade(Depth::new(2)?, &[77, 191], Depth::new(0)?, &mut out)?;
/// assert_eq!(out, [4, 11]);
/// # Ok::<(), rustsci_healpix::Error>(())
/// ```
#[inline(always)]
pub fn degrade(from: Depth, cells: &[u64], to: Depth, out: &mut [u64]) -> Result<()> {
    let Some(steps) = from.get().checked_sub(to.get()) else {
        return Err(Error::Parameter(format!(
            "cells of depth {} have no ancestors of depth {}",
            from.get(),
            to.get()
        )));
    };
    check_cells(cells, from.cells())?;
    same_length("out", cells.len(), out.len())?;
    for (&cell, out) in cells.iter().zip(out) {
        *out = ancestor(cell, steps);
    }
    Ok(())
}
