//! What a region of the sky has to answer.

use super::cell::Cell;
use super::vector::Vector;

/// How a cell lies to a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// They have no point in common.
    Outside,
    /// The cell is partly in the region.
    Crossing,
    /// The region contains the cell.
    Inside,
}

/// A part of the sky.
pub trait Region: Send + Sync {
    /// How a disc lies to the region, given its centre and its radius in radians. `Crossing` may also mean that it is
    /// not known; the other answers are certain.
    fn disc(&self, centre: &Vector, radius: f64) -> Relation;

    /// Whether a point (a unit vector) is in the region.
    fn contains(&self, point: &Vector) -> bool;

    /// How a cell lies to the region, exactly.
    fn cell(&self, cell: &Cell) -> Relation;

    /// A simpler region that is the same inside a disc of less than a quarter of a turn, where there is one.
    fn narrowed(&self, centre: &Vector, radius: f64) -> Option<Box<dyn Region>> {
        let _ = (centre, radius);
        None
    }
}

impl<R: Region + ?Sized> Region for Box<R> {
    fn disc(&self, centre: &Vector, radius: f64) -> Relation {
        (**self).disc(centre, radius)
    }

    fn contains(&self, point: &Vector) -> bool {
        (**self).contains(point)
    }

    fn cell(&self, cell: &Cell) -> Relation {
        (**self).cell(cell)
    }

    fn narrowed(&self, centre: &Vector, radius: f64) -> Option<Box<dyn Region>> {
        (**self).narrowed(centre, radius)
    }
}
