//! From cells of several depths to ranges and back.

use std::ops::Range;

use super::Ranges;
use super::sets::normalized;
use crate::hierarchy::descendants;
use crate::projection::same_length;
use crate::{Depth, Error, Result};

/// The set of some cells (nested), each of a depth of its own.
///
/// # Errors
/// For the first depth that there is not, or number that is no cell, or lengths that differ.
///
/// ```
/// use rustsci_healpix::moc::from_cells;
/// let ranges = from_cells(&[0, 4], &[0, 1])?;
/// assert_eq!(ranges, [0..5 << 56]);
/// # Ok::<(), rustsci_healpix::Error>(())
/// ```
pub fn from_cells(cells: &[u64], depths: &[u8]) -> Result<Ranges> {
    same_length("depths", cells.len(), depths.len())?;
    let range = |(index, (&cell, &depth)): (usize, (&u64, &u8))| {
        let depth = Depth::new(depth)?;
        if cell >= depth.cells() {
            return Err(Error::Cell {
                index,
                cell,
                count: depth.cells(),
            });
        }
        Ok(descendants(cell, Depth::MAX.get() - depth.get()))
    };
    let ranges = cells
        .iter()
        .zip(depths)
        .enumerate()
        .map(range)
        .collect::<Result<_>>()?;
    Ok(normalized(ranges))
}

/// The largest cells that a set is made of, none deeper than `deepest`: what is smaller is left out.
///
/// ```
/// use rustsci_healpix::{Depth, moc::cells_of};
/// let cells = cells_of(&[0..5 << 56], Depth::new(1)?);
/// assert_eq!(cells, [(Depth::new(0)?, 0), (Depth::new(1)?, 4)]);
/// # Ok::<(), rustsci_healpix::Error>(())
/// ```
pub fn cells_of(ranges: &[Range<u64>], deepest: Depth) -> Vec<(Depth, u64)> {
    let smallest = 2 * u32::from(Depth::MAX.get() - deepest.get());
    let mut cells = Vec::new();
    for range in ranges {
        // Whole cells of the last depth only.
        let mut start = (range.start + ((1 << smallest) - 1)) >> smallest << smallest;
        let end = range.end >> smallest << smallest;
        while start < end {
            let aligned = if start == 0 {
                58
            } else {
                start.trailing_zeros() & !1
            };
            let fitting = (end - start).ilog2() & !1;
            let size = aligned.min(fitting).min(58);
            if let Ok(depth) = Depth::new(Depth::MAX.get() - (size / 2) as u8) {
                cells.push((depth, start >> size));
            }
            start += 1 << size;
        }
    }
    cells
}

/// The cells of a depth that overlap a set, as a set.
///
/// ```
/// use rustsci_healpix::{Depth, moc::degraded};
/// assert_eq!(degraded(&[3..4], Depth::new(28)?), [0..4]);
/// # Ok::<(), rustsci_healpix::Error>(())
/// ```
pub fn degraded(ranges: &[Range<u64>], depth: Depth) -> Ranges {
    let shift = 2 * u32::from(Depth::MAX.get() - depth.get());
    let up = (1_u64 << shift) - 1;
    let wider =
        |range: &Range<u64>| range.start >> shift << shift..(range.end + up) >> shift << shift;
    normalized(ranges.iter().map(wider).collect())
}
