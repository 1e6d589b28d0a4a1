//! The descent of the tree of cells.

use std::ops::Range;
use std::rc::Rc;

use super::cell::Cell;
use super::disc::Disc;
use super::region::{Region, Relation};
use super::vector::Vector;
use crate::Depth;
use crate::hierarchy::descendants;
use crate::projection::in_nested;
use crate::scheme::zuniq;

/// Discs that are smaller than this are convex by far.
const NARROW: f64 = 1.2;

/// How many depths are gone down level by level at the end: enough cells at a time for vector instructions, few enough
/// to stay in the cache.
const AT_ONCE: u8 = 6;

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
    let mut found = Vec::new();
    // Discs around cells differ in their centres only.
    let around = |depth: Depth| Disc::new([0.0; 3], Cell::new(depth, 0).radius());
    let discs: Vec<Disc> = Depth::BASE.to(deepest).map(around).collect();
    let mut levels = Levels::default();
    let base = |cell| Task {
        depth: Depth::BASE,
        cell,
        region: None,
    };
    let mut tasks: Vec<Task> = (0..12).rev().map(base).collect();
    while let Some(task) = tasks.pop() {
        let here = task.region.as_deref().unwrap_or(region);
        let cell = Cell::new(task.depth, task.cell);
        let disc = discs[usize::from(task.depth.get())].around(cell.centre());
        let below = match here.disc(&disc) {
            Relation::Outside => continue,
            Relation::Inside => {
                found.push(Covered {
                    depth: task.depth,
                    cell: task.cell,
                    full: true,
                });
                continue;
            }
            Relation::Crossing => task.depth.get() + 1,
        };
        let narrowed = if disc.radius < NARROW {
            here.narrowed(&disc)
        } else {
            None
        };
        let simpler: Option<Rc<dyn Region>> =
            narrowed.map(Rc::from).or_else(|| task.region.clone());
        match Depth::new(below) {
            Ok(depth) if below + AT_ONCE <= deepest.get() => {
                tasks.extend(descendants(task.cell, 1).rev().map(|cell| Task {
                    depth,
                    cell,
                    region: simpler.clone(),
                }));
            }
            _ => {
                let here = simpler.as_deref().unwrap_or(region);
                levels.descend(here, (task.depth, task.cell), &discs, &mut found);
            }
        }
    }
    merged(found)
}

/// The lists of a descent level by level, whose memory is used again and again.
#[derive(Default)]
struct Levels {
    cells: Vec<u64>,
    crossing: Vec<u64>,
    places: [Vec<Vector>; 4],
}

impl Levels {
    /// Covers the part of a region in a cell that it crosses, down to the depth of the last disc.
    #[inline(always)]
    fn descend(
        &mut self,
        region: &dyn Region,
        from: (Depth, u64),
        discs: &[Disc],
        found: &mut Vec<Covered>,
    ) {
        let before = found.len();
        self.crossing.clear();
        self.crossing.push(from.1);
        let mut last = from.0;
        for (depth, disc) in Depth::BASE
            .to(Depth::MAX)
            .zip(discs)
            .skip(usize::from(last.get()) + 1)
        {
            self.cells.clear();
            self.cells
                .extend(self.crossing.iter().flat_map(|&cell| descendants(cell, 1)));
            self.divide(region, depth, disc, found);
            last = depth;
        }
        self.decide(region, last, found);
        found[before..].sort_by_key(|covered| zuniq::encode(covered.depth, covered.cell));
    }

    /// Sorts the cells of a level by their discs: full ones to what was found, crossing ones to their list.
    #[inline(always)]
    fn divide(&mut self, region: &dyn Region, depth: Depth, disc: &Disc, found: &mut Vec<Covered>) {
        let [centres, ..] = &mut self.places;
        write_places(depth, &self.cells, (0.5, 0.5), centres);
        self.crossing.clear();
        for (&cell, &centre) in self.cells.iter().zip(&*centres) {
            match region.disc(&disc.around(centre)) {
                Relation::Outside => {}
                Relation::Inside => found.push(Covered {
                    depth,
                    cell,
                    full: true,
                }),
                Relation::Crossing => self.crossing.push(cell),
            }
        }
    }

    /// Asks the region about each cell of the last level that its disc left undecided.
    #[inline(always)]
    fn decide(&mut self, region: &dyn Region, depth: Depth, found: &mut Vec<Covered>) {
        let [south, east, north, west] = &mut self.places;
        write_places(depth, &self.crossing, (0.0, 0.0), south);
        write_places(depth, &self.crossing, (1.0, 0.0), east);
        write_places(depth, &self.crossing, (1.0, 1.0), north);
        write_places(depth, &self.crossing, (0.0, 1.0), west);
        for (index, &cell) in self.crossing.iter().enumerate() {
            let corners = [south[index], east[index], north[index], west[index]];
            let relation = region.cell(&Cell::new(depth, cell).with_corners(corners));
            if relation != Relation::Outside {
                found.push(Covered {
                    depth,
                    cell,
                    full: relation == Relation::Inside,
                });
            }
        }
    }
}

/// Writes the unit vectors to a place in each cell.
#[inline(always)]
fn write_places(depth: Depth, cells: &[u64], offsets: (f64, f64), places: &mut Vec<Vector>) {
    let size = 1.0 / depth.nside() as f64;
    places.clear();
    places.resize(cells.len(), [0.0; 3]);
    for (&cell, place) in cells.iter().zip(places) {
        *place = in_nested(depth, size, cell, offsets).to_vector();
    }
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
