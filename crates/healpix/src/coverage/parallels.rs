//! The cells of rings that have their centres in a region.

use std::f64::consts::{FRAC_PI_2, TAU};
use std::ops::Range;

use super::region::Region;
use super::vector::Vector;
use crate::scheme::rings::Ring;

/// Rings with more cells than this have them so close together that every end of a span is looked at.
const MANY: f64 = 4e6;

/// A span that ends this near to a centre, in cells, is looked at.
const NEAR: f64 = 1e-3;

/// The cells (ring) whose centres are in a region, in order, for any number of cells along a base cell's edge; none if
/// the region cannot tell where it meets parallels.
#[inline(always)]
pub(super) fn centred(region: &dyn Region, nside: u64) -> Option<Vec<Range<u64>>> {
    let mut runs = Runs::default();
    let mut spans = Vec::new();
    let (low, high) = region.latitudes();
    let last = 4 * nside - 1;
    for number in first_ring(nside, high)..=last {
        let ring = Ring::new(nside, number as f64);
        let lat = FRAC_PI_2 - ring.colatitude;
        if lat > high {
            continue;
        }
        if lat < low {
            break;
        }
        spans.clear();
        if !region.parallel(lat, &mut spans) {
            return None;
        }
        let line = Line { region, ring, lat };
        runs.start_ring();
        for &span in &spans {
            line.add(span, &mut runs);
        }
    }
    Some(runs.joined())
}

/// A ring that is not south of the first one below a latitude.
fn first_ring(nside: u64, lat: f64) -> u64 {
    if lat >= FRAC_PI_2 {
        return 1;
    }
    // Rings are never farther apart than this, and never nearer to each other than half of that.
    let n = nside as f64;
    let z = lat.sin();
    let above = if z > 2.0 / 3.0 {
        n * (3.0 * (1.0 - z)).sqrt()
    } else if z > -2.0 / 3.0 {
        n * (2.0 - 1.5 * z)
    } else {
        n * (4.0 - (3.0 * (1.0 + z)).sqrt())
    };
    // Rounding may be off by a ring, and near a pole by more.
    (above - 2.0 - 1e-7 * n).max(1.0) as u64
}

/// Ranges of cells, ring by ring.
#[derive(Default)]
struct Runs {
    all: Vec<Range<u64>>,
    /// Where the ranges of the ring that is looked at begin.
    start: usize,
}

impl Runs {
    fn start_ring(&mut self) {
        self.sort_ring();
        self.start = self.all.len();
    }

    fn sort_ring(&mut self) {
        if self.all.len() > self.start + 1 {
            self.all[self.start..].sort_unstable_by_key(|run| run.start);
        }
    }

    fn push(&mut self, run: Range<u64>) {
        if run.start < run.end {
            self.all.push(run);
        }
    }

    fn joined(mut self) -> Vec<Range<u64>> {
        self.sort_ring();
        join(self.all)
    }
}

/// Joins ranges in order that overlap or touch.
pub(super) fn join(ranges: Vec<Range<u64>>) -> Vec<Range<u64>> {
    let mut joined: Vec<Range<u64>> = Vec::with_capacity(ranges.len());
    for next in ranges {
        match joined.last_mut() {
            Some(last) if last.end >= next.start => last.end = last.end.max(next.end),
            _ => joined.push(next),
        }
    }
    joined
}

/// One ring, and a region.
struct Line<'a> {
    region: &'a dyn Region,
    ring: Ring,
    lat: f64,
}

impl Line<'_> {
    /// Adds the cells with centres in a span of longitudes.
    #[inline(always)]
    fn add(&self, (west, east): (f64, f64), runs: &mut Runs) {
        let Ring {
            first,
            cells,
            shift,
            ..
        } = self.ring;
        if east - west >= TAU {
            runs.push(first..first + cells as u64);
            return;
        }
        let place = |lon: f64| lon / TAU * cells - shift;
        let (start, end) = (self.start(place(west)), self.end(place(east)));
        let count = end - start + 1.0;
        if count >= cells {
            runs.push(first..first + cells as u64);
        } else if count >= 1.0 {
            // A span may begin in another turn.
            let turns = (start / cells).floor();
            let start = (start - turns * cells) as u64;
            let (end, all) = (start + count as u64, cells as u64);
            runs.push(first + start..first + end.min(all));
            runs.push(first..first + end.saturating_sub(all));
        }
    }

    /// The first cell at or after a place.
    #[inline(always)]
    fn start(&self, place: f64) -> f64 {
        let cell = place.ceil();
        if !self.is_close(place) {
            return cell;
        }
        let nearest = place.round_ties_even();
        let mut cell = nearest - 1.0;
        while cell < nearest + 2.0 && !self.contains(cell) {
            cell += 1.0;
        }
        cell
    }

    /// The last cell at or before a place.
    #[inline(always)]
    fn end(&self, place: f64) -> f64 {
        let cell = place.floor();
        if !self.is_close(place) {
            return cell;
        }
        let nearest = place.round_ties_even();
        let mut cell = nearest + 1.0;
        while cell > nearest - 2.0 && !self.contains(cell) {
            cell -= 1.0;
        }
        cell
    }

    /// Whether rounding may decide on which side of a centre a place is.
    #[inline(always)]
    fn is_close(&self, place: f64) -> bool {
        self.ring.cells > MANY || (place - place.round_ties_even()).abs() < NEAR
    }

    #[cold]
    fn contains(&self, cell: f64) -> bool {
        let (z, across) = self.lat.sin_cos();
        let (sin, cos) = ((cell + self.ring.shift) / self.ring.cells * TAU).sin_cos();
        let centre: Vector = [across * cos, across * sin, z];
        self.region.contains(&centre)
    }
}
