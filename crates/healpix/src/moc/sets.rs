//! Sets of cells: one sweep along the ranges does them all.

use std::ops::Range;

use super::Ranges;
use crate::Depth;

/// Brings ranges in order and joins those that overlap or touch; empty ones are left out.
///
/// ```
/// use rustsci_healpix::moc::normalized;
/// assert_eq!(normalized(vec![5..7, 1..3, 3..4, 6..9]), [1..4, 5..9]);
/// ```
pub fn normalized(mut ranges: Ranges) -> Ranges {
    ranges.retain(|range| range.start < range.end);
    ranges.sort_unstable_by_key(|range| range.start);
    let mut joined: Ranges = Vec::with_capacity(ranges.len());
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

/// The cells for which `keep` holds, given whether each is in `a` and in `b`.
fn swept(a: &[Range<u64>], b: &[Range<u64>], keep: impl Fn(bool, bool) -> bool) -> Ranges {
    let limits = |ranges: &[Range<u64>], index: usize| {
        ranges.get(index / 2).map(|range| {
            if index.is_multiple_of(2) {
                range.start
            } else {
                range.end
            }
        })
    };
    let (mut i, mut j) = (0, 0);
    let mut kept: Ranges = Vec::new();
    let mut start = None;
    loop {
        // The next place where either set begins or ends.
        let at = match (limits(a, i), limits(b, j)) {
            (Some(x), Some(y)) => x.min(y),
            (Some(x), None) => x,
            (None, Some(y)) => y,
            (None, None) => return kept,
        };
        i += usize::from(limits(a, i) == Some(at));
        j += usize::from(limits(b, j) == Some(at));
        match (start, keep(i % 2 == 1, j % 2 == 1)) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                kept.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
}

/// The cells of either set.
///
/// ```
/// use rustsci_healpix::moc::union;
/// assert_eq!(union(&[0..3, 8..9], &[3..5]), [0..5, 8..9]);
/// ```
pub fn union(a: &[Range<u64>], b: &[Range<u64>]) -> Ranges {
    swept(a, b, |a, b| a | b)
}

/// The cells of both sets.
///
/// ```
/// use rustsci_healpix::moc::intersection;
/// assert_eq!(intersection(&[0..3, 8..9], &[2..5]), [2..3]);
/// ```
pub fn intersection(a: &[Range<u64>], b: &[Range<u64>]) -> Ranges {
    swept(a, b, |a, b| a & b)
}

/// The cells of the first set that are not in the second.
///
/// ```
/// use rustsci_healpix::moc::difference;
/// assert_eq!(difference(&[0..9], &[2..5]), [0..2, 5..9]);
/// ```
pub fn difference(a: &[Range<u64>], b: &[Range<u64>]) -> Ranges {
    swept(a, b, |a, b| a & !b)
}

/// All cells that are not in a set.
///
/// ```
/// use rustsci_healpix::{Depth, moc::complement};
/// assert_eq!(complement(&[0..Depth::MAX.cells()]), []);
/// ```
pub fn complement(a: &[Range<u64>]) -> Ranges {
    let whole = 0..Depth::MAX.cells();
    difference(std::slice::from_ref(&whole), a)
}

/// Writes whether cells of depth 29 are in a set.
///
/// ```
/// use rustsci_healpix::moc::contains;
/// let mut found = [false; 3];
/// contains(&[1..3, 7..9], &[2, 3, 8], &mut found);
/// assert_eq!(found, [true, false, true]);
/// ```
pub fn contains(ranges: &[Range<u64>], cells: &[u64], found: &mut [bool]) {
    for (&cell, found) in cells.iter().zip(found) {
        let after = ranges.partition_point(|range| range.start <= cell);
        *found = after > 0 && cell < ranges[after - 1].end;
    }
}
