//! The cells of one depth, or of any division, that regions touch.

use std::ops::Range;

use super::cell::Cell;
use super::descent::cover;
use super::parallels::{centred, join};
use super::region::{Region, Relation};
use crate::Depth;
use crate::hierarchy::descendants;
use crate::scheme::ring;

/// Which cells are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Touch {
    /// Those that overlap the region.
    Overlapping,
    /// Those whose centres are in the region.
    Centred,
}

/// The cells (nested) of a depth that a region touches, as ranges in order.
///
/// ```
/// use rustsci_healpix::{Depth, coverage::{Cone, Touch, nested_cells}};
/// let cone = Cone::new(0.0, 0.0, 0.2)?;
/// assert_eq!(nested_cells(&cone, Depth::new(0)?, Touch::Centred), [4..5]);
/// # Ok::<(), rustsci_healpix::Error>(())
/// ```
#[inline(always)]
pub fn nested_cells(region: &dyn Region, depth: Depth, touch: Touch) -> Vec<Range<u64>> {
    let found = cover(region, depth);
    let touched = found.iter().filter(|covered| {
        covered.full
            || touch == Touch::Overlapping
            || region.contains(&Cell::new(depth, covered.cell).centre())
    });
    join(
        touched
            .map(|covered| descendants(covered.cell, depth.get() - covered.depth.get()))
            .collect(),
    )
}

/// The cells (ring) that a region touches, as ranges in order, for any number of cells along a base cell's edge.
///
/// ```
/// use rustsci_healpix::coverage::{Cone, Touch, ring_cells};
/// let cone = Cone::new(0.0, 0.0, 0.2)?;
/// assert_eq!(ring_cells(&cone, 3, Touch::Centred), [48..49]);
/// # Ok::<(), rustsci_healpix::Error>(())
/// ```
#[inline(always)]
pub fn ring_cells(region: &dyn Region, nside: u64, touch: Touch) -> Vec<Range<u64>> {
    let Ok(depth) = Depth::new(nside.max(1).ilog2() as u8) else {
        return Vec::new();
    };
    let (mut found, inside) = match centred(region, nside) {
        Some(cells) => (cells, true),
        None => (Vec::new(), false),
    };
    if inside && touch == Touch::Centred {
        return found;
    }
    for covered in cover(region, depth) {
        // Cells in ones that are full have their centres in the region.
        if !(covered.full && inside) {
            touched_in(
                region,
                &Cell::new(covered.depth, covered.cell),
                nside,
                touch,
                &mut found,
            );
        }
    }
    found.sort_unstable_by_key(|range| range.start);
    join(found)
}

/// Adds the cells (ring) that have a part of a larger cell, and that a region touches.
fn touched_in(
    region: &dyn Region,
    larger: &Cell,
    nside: u64,
    touch: Touch,
    found: &mut Vec<Range<u64>>,
) {
    let (base, columns, rows) = larger.on_grid(nside);
    let same = nside.is_power_of_two();
    for i in columns {
        for j in rows.clone() {
            let cell = Cell::of_grid(nside, base, i, j);
            let wanted = match touch {
                // The coverage is of cells of this size: they are known to overlap.
                Touch::Overlapping => same || region.cell(&cell) != Relation::Outside,
                Touch::Centred => region.contains(&cell.centre()),
            };
            if wanted {
                let number = ring::join(nside, base, i, j);
                found.push(number..number + 1);
            }
        }
    }
}
