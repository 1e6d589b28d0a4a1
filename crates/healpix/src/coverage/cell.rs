//! A cell as a part of the sphere.

use std::ops::Range;

use super::edge::Edge;
use super::vector::Vector;
use crate::Depth;
use crate::projection::InFacet;
use crate::scheme::nested;
use crate::whole::float;

/// No point of a cell is farther from its centre than this times its size in base cells: √(4/5 + 5π²/144) rad, half
/// the longer diagonal of small cells at the latitude asin(2/3), where a polar base cell's edge shears them most.
const RADIUS: f64 = 1.069;

/// A cell of any size: a square in the projection.
#[derive(Clone, Copy, Debug)]
pub struct Cell {
    base: u64,
    x: f64,
    y: f64,
    size: f64,
}

impl Cell {
    /// The cell of the nested scheme with a number.
    #[inline]
    pub fn new(depth: Depth, cell: u64) -> Self {
        let (base, i, j) = nested::split(depth, cell);
        let size = 1.0 / depth.nside() as f64;
        Self {
            base,
            x: float(i) * size,
            y: float(j) * size,
            size,
        }
    }

    /// The cell at a place of a base cell that is divided into `nside` cells an edge, which may be any number.
    #[inline]
    pub fn of_grid(nside: u64, base: u64, i: u64, j: u64) -> Self {
        let size = 1.0 / nside as f64;
        Self {
            base,
            x: float(i) * size,
            y: float(j) * size,
            size,
        }
    }

    /// The cells of another division, `nside` cells an edge, that have a part of this one: base cell, and limits of
    /// both places.
    pub(crate) fn on_grid(&self, nside: u64) -> (u64, Range<u64>, Range<u64>) {
        let limits = |from: f64| {
            let n = nside as f64;
            let last = ((from + self.size) * n).ceil().min(n);
            (from * n).floor() as u64..last as u64
        };
        (self.base, limits(self.x), limits(self.y))
    }

    /// The edge's length, in base cells.
    pub(crate) fn size(&self) -> f64 {
        self.size
    }

    /// The four parts of the cell.
    pub(crate) fn parts(&self) -> [Self; 4] {
        let size = 0.5 * self.size;
        [(0.0, 0.0), (size, 0.0), (0.0, size), (size, size)].map(|(dx, dy)| Self {
            base: self.base,
            x: self.x + dx,
            y: self.y + dy,
            size,
        })
    }

    /// The centre.
    #[inline]
    pub(crate) fn centre(&self) -> Vector {
        self.middle().to_vector()
    }

    /// The centre, in the projection.
    #[inline]
    pub(crate) fn middle(&self) -> InFacet {
        self.at(0.5, 0.5)
    }

    /// The radius of a disc around the centre that contains the cell, in radians.
    #[inline]
    pub(crate) fn radius(&self) -> f64 {
        RADIUS * self.size
    }

    #[inline]
    fn at(&self, dx: f64, dy: f64) -> InFacet {
        InFacet {
            base: self.base,
            x: self.x + dx * self.size,
            y: self.y + dy * self.size,
        }
    }

    /// The southern, eastern, northern and western corner, in the projection.
    #[inline]
    pub(crate) fn places(&self) -> [InFacet; 4] {
        [
            self.at(0.0, 0.0),
            self.at(1.0, 0.0),
            self.at(1.0, 1.0),
            self.at(0.0, 1.0),
        ]
    }

    /// The corners: south, east, north, west.
    #[inline]
    pub(crate) fn corners(&self) -> [Vector; 4] {
        self.places().map(InFacet::to_vector)
    }

    /// The edges from each corner to the next.
    pub(crate) fn edges(&self) -> [Edge; 4] {
        let [south, east, north, west] = self.places();
        [
            Edge::new(south, east),
            Edge::new(east, north),
            Edge::new(west, north),
            Edge::new(south, west),
        ]
    }

    /// An upper bound of the acceleration of all edges; see [`Edge::acceleration`].
    #[inline]
    pub(crate) fn acceleration(&self) -> f64 {
        let sigma = match self.base >> 2 {
            0 => 2.0 - self.x - self.y - 2.0 * self.size,
            1 => 1.0,
            _ => self.x + self.y,
        };
        // An edge at a distance from its meridian is no nearer to the pole than that, which is at least a cell.
        let bend = if sigma < 1.0 {
            1.2 + 7.2 / sigma.max(self.size)
        } else {
            2.0
        };
        bend * self.size * self.size
    }

    /// Whether a point is in the cell.
    #[inline]
    pub(crate) fn holds(&self, point: &InFacet) -> bool {
        point.base == self.base
            && (self.x..=self.x + self.size).contains(&point.x)
            && (self.y..=self.y + self.size).contains(&point.y)
    }
}

#[cfg(test)]
mod tests {
    use super::super::vector::chord_squared;
    use super::*;

    #[test]
    fn discs_contain_their_cells() {
        for depth in (0..=5).map(|depth| Depth::new(depth).unwrap()) {
            for number in 0..depth.cells() {
                let cell = Cell::new(depth, number);
                let centre = cell.centre();
                for edge in cell.edges() {
                    for step in 0..=16 {
                        let point = edge.point(f64::from(step) / 16.0);
                        let distance = 2.0 * (0.5 * chord_squared(&centre, &point).sqrt()).asin();
                        assert!(distance < cell.radius(), "{depth:?} {number}");
                    }
                }
            }
        }
    }
}
