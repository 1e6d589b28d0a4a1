//! Regions on divisions of the base cells by any number.

use super::cell::Cell;
use super::descent::cover;
use super::region::{Region, Relation};
use crate::Depth;

/// Which cells are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Touch {
    /// Those that overlap the region.
    Overlapping,
    /// Those whose centres are in the region.
    Centred,
}

/// The cells that a region overlaps, or that have their centres in it, where each base cell has `nside` cells an edge:
/// base cells, and places in them.
///
/// ```
/// use rustsci_healpix::coverage::{Cone, Touch, grid_cells};
/// let cone = Cone::new(0.0, 0.0, 0.2)?;
/// assert_eq!(grid_cells(&cone, 3, Touch::Centred), [(4, 1, 1)]);
/// # Ok::<(), rustsci_healpix::Error>(())
/// ```
#[inline(always)]
pub fn grid_cells(region: &dyn Region, nside: u64, touch: Touch) -> Vec<(u64, u64, u64)> {
    let Ok(depth) = Depth::new(nside.max(1).ilog2() as u8) else {
        return Vec::new();
    };
    let same = depth.nside() == nside;
    let mut found = Vec::new();
    for covered in cover(region, depth) {
        let (base, columns, rows) = Cell::new(covered.depth, covered.cell).on_grid(nside);
        for i in columns {
            for j in rows.clone() {
                let cell = Cell::of_grid(nside, base, i, j);
                let wanted = covered.full && same
                    || match touch {
                        Touch::Overlapping => same || region.cell(&cell) != Relation::Outside,
                        Touch::Centred => region.contains(&cell.centre()),
                    };
                if wanted {
                    found.push((base, i, j));
                }
            }
        }
    }
    if !same {
        // Cells on the borders of larger ones were looked at more than once.
        found.sort_unstable();
        found.dedup();
    }
    found
}
