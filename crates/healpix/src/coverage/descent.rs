//! The descent of the tree of cells.

use std::ops::Range;
use std::rc::Rc;

use super::block::{LEVELS, cover_block};
use super::cell::Cell;
use super::disc::Disc;
use super::jet::Jet;
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

/// A cell to be looked at, and the region as it is there if that is simpler.
struct Task {
    depth: Depth,
    cell: u64,
    region: Option<Rc<dyn Region>>,
}

/// The cells down to a depth that a region overlaps, in their order on the sky: full ones as large as possible, the
/// others at the last depth.
#[inline(always)]
pub fn cover(region: &dyn Region, deepest: Depth) -> Vec<Covered> {
    let depths: Vec<Depth> = Depth::BASE.to(deepest).collect();
    // Discs around cells differ in their centres only.
    let around = |&depth: &Depth| Disc::new([0.0; 3], Cell::new(depth, 0).radius());
    let discs: Vec<Disc> = depths.iter().map(around).collect();
    let smallest = 1.0 / deepest.nside() as f64;
    let first_blocks = first_blocks(deepest);
    let mut found = Vec::new();
    let base = |cell| Task {
        depth: Depth::BASE,
        cell,
        region: None,
    };
    let mut tasks: Vec<Task> = (0..12).rev().map(base).collect();
    while let Some(task) = tasks.pop() {
        let here = task.region.as_deref().unwrap_or(region);
        let cell = Cell::new(task.depth, task.cell);
        let centre = cell.centre();
        let level = usize::from(task.depth.get());
        let disc = discs[level].around(centre);
        let mut keep = |full| {
            found.push(Covered {
                depth: task.depth,
                cell: task.cell,
                full,
            });
        };
        match here.disc(&disc) {
            Relation::Outside => continue,
            Relation::Inside => {
                keep(true);
                continue;
            }
            Relation::Crossing => {}
        }
        let below = &depths[level + 1..];
        let Some(&next) = below.first() else {
            match here.cell(&cell) {
                Relation::Outside => {}
                relation => keep(relation == Relation::Inside),
            }
            continue;
        };
        let narrowed = if disc.radius < NARROW {
            here.narrowed(&disc)
        } else {
            None
        };
        let simpler: Option<Rc<dyn Region>> =
            narrowed.map(Rc::from).or_else(|| task.region.clone());
        if level >= first_blocks {
            let here = simpler.as_deref().unwrap_or(region);
            let formulas = here
                .borders(&disc)
                .and_then(|borders| borders.near(&Jet::new(&cell, centre)?, smallest));
            if let Some(formulas) = formulas {
                cover_block(here, task.cell, below, &formulas, &mut found);
                continue;
            }
        }
        tasks.extend(descendants(task.cell, 1).rev().map(|cell| Task {
            depth: next,
            cell,
            region: simpler.clone(),
        }));
    }
    merged(found)
}

/// From which depth on it is worth trying whether a formula will do for all of a cell: what it leaves out shrinks with
/// the cube of the cell's size.
fn first_blocks(deepest: Depth) -> usize {
    let deepest = usize::from(deepest.get());
    ((deepest + 3) / 3).max(deepest.saturating_sub(LEVELS))
}

/// Puts four full cells that make up a larger one together.
fn merged(cells: Vec<Covered>) -> Vec<Covered> {
    let mut kept: Vec<Covered> = Vec::with_capacity(cells.len());
    for covered in cells {
        kept.push(covered);
        while let Some(parent) = parent_of_last_four(&kept) {
            kept.truncate(kept.len() - 4);
            kept.push(parent);
        }
    }
    kept
}

fn parent_of_last_four(cells: &[Covered]) -> Option<Covered> {
    let four = cells.last_chunk::<4>()?;
    let last = four[3];
    let whole = last.cell & 3 == 3
        && (0..4).all(|place| {
            let part = four[place];
            part.full && part.depth == last.depth && part.cell + (3 - place as u64) == last.cell
        });
    let depth = Depth::new(last.depth.get().checked_sub(1)?).ok()?;
    whole.then_some(Covered {
        depth,
        cell: last.cell >> 2,
        full: true,
    })
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
