//! What a coverage should be, found by brute force: points all over cells and regions, and how far cells reach beyond
//! a region's border.

use std::collections::{HashMap, HashSet};

use rustsci_healpix::Depth;
use rustsci_healpix::coverage::{Region, cover, flat};
use rustsci_healpix::neighbours::neighbours;

use super::sphere::{Square, Vector, cell_at};

/// What the crate promises, 1e-13, and as much again for this oracle's own rounding.
const TOLERANCE: f64 = 2e-13;

/// A region as the oracle knows it.
pub(crate) struct Known<'a> {
    pub(crate) name: String,
    /// How far beyond the border a point is: negative inside. Near the border, the distance in radians.
    pub(crate) beyond: &'a dyn Fn(Vector) -> f64,
    /// Points of the region.
    pub(crate) inside: Vec<Vector>,
    /// Points of the border within a distance of a place.
    pub(crate) border: &'a dyn Fn(Vector, f64) -> Vec<Vector>,
}

/// Checks a coverage: that cells which the region overlaps are there, and no others; that those which it contains are
/// called full, and no others.
pub(crate) fn check(region: &dyn Region, depth: Depth, known: &Known<'_>) {
    let covered = cover(region, depth);
    let flags: HashMap<u64, bool> = flat(&covered, depth).into_iter().collect();
    let name = format!("{} at {depth:?}", known.name);
    let mut occupied = HashSet::new();
    for &point in &known.inside {
        let cell = cell_at(depth.get(), point);
        occupied.insert(cell);
        assert!(
            flags.contains_key(&cell),
            "{name}: {point:?} in {cell} is not covered"
        );
    }
    for cell in cells_to_check(depth, &flags, &occupied) {
        let square = Square::new(depth.get(), cell);
        let (least, most) = extremes(&square, known.beyond);
        match flags.get(&cell) {
            None => assert!(
                least > -TOLERANCE,
                "{name}: {cell} is missing, and overlaps by {}",
                -least
            ),
            Some(true) => assert!(
                most < TOLERANCE,
                "{name}: {cell} is called full, but sticks out by {most}"
            ),
            Some(false) => {
                let overlaps = least < TOLERANCE || occupied.contains(&cell);
                let sticks_out = most > -TOLERANCE;
                let crosses = || {
                    (known.border)(square.centre(), square.radius())
                        .into_iter()
                        .any(|point| cell_at(depth.get(), point) == cell)
                };
                assert!(
                    overlaps && sticks_out || crosses(),
                    "{name}: {cell} is called crossing, but reaches from {least} to {most} beyond the border"
                );
            }
        }
    }
}

/// All cells of a small depth; else some partly covered ones and those around them: others are decided by their
/// neighbours.
fn cells_to_check(depth: Depth, flags: &HashMap<u64, bool>, occupied: &HashSet<u64>) -> Vec<u64> {
    if depth.get() <= 3 {
        return (0..depth.cells()).collect();
    }
    let mut crossing: Vec<u64> = flags
        .iter()
        .filter(|(_, full)| !**full)
        .map(|(cell, _)| *cell)
        .collect();
    crossing.sort_unstable();
    let step = crossing.len() / 60 + 1;
    let mut cells: Vec<u64> = crossing
        .into_iter()
        .step_by(step)
        .chain(occupied.iter().copied().take(20))
        .flat_map(|cell| {
            let mut around = [0; 9];
            neighbours(depth, &[cell], &mut around).unwrap();
            around
        })
        .filter_map(|cell| u64::try_from(cell).ok())
        .collect();
    cells.sort_unstable();
    cells.dedup();
    cells
}

/// The least and the greatest value of a function in a cell: of points on its edges and inside, made better along the
/// edges where the best one is.
fn extremes(square: &Square, value: &dyn Fn(Vector) -> f64) -> (f64, f64) {
    const STEPS: u32 = 12;
    let part = |k: u32| f64::from(k) / f64::from(STEPS);
    let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
    let mut see = |found: f64| (least, most) = (least.min(found), most.max(found));
    for i in 1..6 {
        for j in 1..6 {
            see(value(square.point(f64::from(i) / 6.0, f64::from(j) / 6.0)));
        }
    }
    let edges: [fn(f64) -> (f64, f64); 4] =
        [|t| (t, 0.0), |t| (1.0, t), |t| (t, 1.0), |t| (0.0, t)];
    for edge in edges {
        let at = |t: f64| {
            let (dx, dy) = edge(t);
            value(square.point(dx, dy))
        };
        let values: Vec<f64> = (0..=STEPS).map(|k| at(part(k))).collect();
        values.iter().copied().for_each(&mut see);
        for sign in [1.0, -1.0] {
            let best = (0..=STEPS)
                .min_by(|&a, &b| {
                    (sign * values[a as usize]).total_cmp(&(sign * values[b as usize]))
                })
                .unwrap();
            let low = part(best.saturating_sub(1));
            let high = part((best + 1).min(STEPS));
            see(sign * minimum(&|t| sign * at(t), low, high));
        }
    }
    (least, most)
}

/// The least value between two places, by the golden section.
fn minimum(value: &dyn Fn(f64) -> f64, mut low: f64, mut high: f64) -> f64 {
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    let (mut a, mut b) = (high - GOLDEN * (high - low), low + GOLDEN * (high - low));
    let (mut at_a, mut at_b) = (value(a), value(b));
    for _ in 0..45 {
        if at_a < at_b {
            (high, b, at_b) = (b, a, at_a);
            a = high - GOLDEN * (high - low);
            at_a = value(a);
        } else {
            (low, a, at_a) = (a, b, at_b);
            b = low + GOLDEN * (high - low);
            at_b = value(b);
        }
    }
    at_a.min(at_b)
}
