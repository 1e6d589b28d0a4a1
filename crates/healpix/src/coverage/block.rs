//! The descent inside a cell in which a region's border is a formula.

use super::border::{Formulas, Quadratic, Verdict};
use super::cell::Cell;
use super::descent::Covered;
use super::region::{Region, Relation};
use crate::Depth;

/// The most depths that a formula is used for.
pub(crate) const LEVELS: usize = 8;

/// What all cells of one depth have in common.
#[derive(Clone, Copy)]
struct Level {
    depth: Depth,
    /// How far the cells reach from their middles, as |Δs| + |Δd|.
    reach: f64,
    /// The doubts about the formulas.
    doubts: [f64; 2],
}

/// A cell, and its parts down to the last depth.
pub(crate) struct Block<'a> {
    region: &'a dyn Region,
    /// From the last depth up.
    levels: [Level; LEVELS],
    found: &'a mut Vec<Covered>,
}

/// Covers the part of a region in a cell of a depth, `below` being all depths under it. The formulas are those of the
/// region's borders around the cell's middle.
#[inline(always)]
pub(crate) fn cover_block(
    region: &dyn Region,
    cell: u64,
    below: &[Depth],
    formulas: &Formulas,
    found: &mut Vec<Covered>,
) {
    let mut levels = [Level {
        depth: Depth::BASE,
        reach: 1.0,
        doubts: [0.0; 2],
    }; LEVELS];
    for (level, &depth) in levels.iter_mut().zip(below.iter().rev()) {
        let reach = 1.0 / depth.nside() as f64;
        let second = formulas.second.map_or(0.0, |second| second.doubt(reach));
        *level = Level {
            depth,
            reach,
            doubts: [formulas.first.doubt(reach), second],
        };
    }
    let mut block = Block {
        region,
        levels,
        found,
    };
    let Formulas {
        first,
        second,
        both,
    } = *formulas;
    let middle = (0.0, 0.0);
    let start = below.len();
    match second {
        None => block.divide(start, cell, middle, &|at, level| one(&first, at, level)),
        Some(second) if both => block.divide(start, cell, middle, &|at, level| {
            one(&first, at, level).and(second.judge(at, level.reach, level.doubts[1]))
        }),
        Some(second) => block.divide(start, cell, middle, &|at, level| {
            one(&first, at, level).or(second.judge(at, level.reach, level.doubts[1]))
        }),
    }
}

#[inline(always)]
fn one(formula: &Quadratic, at: (f64, f64), level: &Level) -> Verdict {
    formula.judge(at, level.reach, level.doubts[0])
}

impl Block<'_> {
    /// Judges the four parts of a cell, and goes on in those that are not decided. `above` counts the depths from
    /// the cell down to the last.
    fn divide(
        &mut self,
        above: usize,
        cell: u64,
        (s, d): (f64, f64),
        judge: &impl Fn((f64, f64), &Level) -> Verdict,
    ) {
        let left = above - 1;
        let level = self.levels[left];
        let step = level.reach;
        // The southern, eastern, western and northern part.
        let places = [(s - step, d), (s, d + step), (s, d - step), (s + step, d)];
        for (part, at) in (4 * cell..).zip(places) {
            let full = match judge(at, &level) {
                Verdict::Outside => continue,
                Verdict::Inside => true,
                _ if left > 0 => {
                    self.divide(left, part, at, judge);
                    continue;
                }
                Verdict::Crossing => false,
                Verdict::Unsure => match self.region.cell(&Cell::new(level.depth, part)) {
                    Relation::Outside => continue,
                    relation => relation == Relation::Inside,
                },
            };
            self.found.push(Covered {
                depth: level.depth,
                cell: part,
                full,
            });
        }
    }
}
