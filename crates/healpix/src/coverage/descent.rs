//! The descent of the tree of cells.

use std::ops::Range;

use super::cell::Cell;
use super::region::{Region, Relation};
use crate::Depth;
use crate::hierarchy::descendants;

/// Discs that are smaller than this are convex by far.
const NARROW: f64 = 1.2;

/// A cell of a coverage (nested scheme).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Covered {
    /// The cell's depth.
    pub depth: Depth,
    /// The cell.
    pub cell: u64,
    /// Whether the region contains the cell.
    pub full: bool,
}

/// The cells down to a depth that a region overlaps, in their order on the sky: full ones as large as possible, the
/// others at the last depth.
pub fn cover(region: &dyn Region, deepest: Depth) -> Vec<Covered> {
    let mut found = Vec::new();
    for base in 0..12 {
        descend(region, deepest, 0, base, &mut found);
    }
    found
}

fn descend(region: &dyn Region, deepest: Depth, at: u8, number: u64, found: &mut Vec<Covered>) {
    let Ok(depth) = Depth::new(at) else { return };
    let cell = Cell::new(depth, number);
    let (centre, radius) = (cell.centre(), cell.radius());
    let mut relation = region.disc(&centre, radius);
    if relation == Relation::Crossing && depth == deepest {
        relation = region.cell(&cell);
    }
    let covered = |full| Covered {
        depth,
        cell: number,
        full,
    };
    match relation {
        Relation::Outside => {}
        Relation::Inside => found.push(covered(true)),
        Relation::Crossing if depth == deepest => found.push(covered(false)),
        Relation::Crossing => {
            let before = found.len();
            let narrowed = if radius < NARROW {
                region.narrowed(&centre, radius)
            } else {
                None
            };
            let region = narrowed.as_deref().unwrap_or(region);
            for child in descendants(number, 1) {
                descend(region, deepest, at + 1, child, found);
            }
            let whole = |part: &Covered| part.full && part.depth.get() == at + 1;
            if found.len() == before + 4 && found[before..].iter().all(whole) {
                found.truncate(before);
                found.push(covered(true));
            }
        }
    }
}

/// A coverage as cells of one depth, not above any of the coverage's, and whether each is full.
pub fn flat(cells: &[Covered], depth: Depth) -> Vec<(u64, bool)> {
    let below = |covered: &Covered| {
        let full = covered.full;
        let steps = depth.get().saturating_sub(covered.depth.get());
        descendants(covered.cell, steps).map(move |cell| (cell, full))
    };
    cells.iter().flat_map(below).collect()
}

/// A coverage as ranges of cells of depth 29, joined where one ends as the next begins.
pub fn ranges(cells: &[Covered]) -> Vec<Range<u64>> {
    let mut joined: Vec<Range<u64>> = Vec::new();
    for covered in cells {
        let next = descendants(covered.cell, Depth::MAX.get() - covered.depth.get());
        match joined.last_mut() {
            Some(last) if last.end == next.start => last.end = next.end,
            _ => joined.push(next),
        }
    }
    joined
}
