//! What a region of the sky has to answer.

use std::f64::consts::FRAC_PI_2;

use super::border::Borders;
use super::cell::Cell;
use super::disc::Disc;
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
    /// How a disc lies to the region. `Crossing` may also mean that it is
    /// not known; the other answers are certain.
    fn disc(&self, disc: &Disc) -> Relation;

    /// Whether a point (a unit vector) is in the region.
    fn contains(&self, point: &Vector) -> bool;

    /// How a cell lies to the region, exactly.
    fn cell(&self, cell: &Cell) -> Relation;

    /// The region's borders inside a disc of less than a quarter of a turn, where they are simple.
    fn borders(&self, disc: &Disc) -> Option<Borders> {
        let _ = disc;
        None
    }

    /// Adds the parts of a parallel that are inside, as pairs of longitudes whose second is not below the first and
    /// less than a turn away, or a whole turn. Tells whether it can.
    fn parallel(&self, lat: f64, spans: &mut Vec<(f64, f64)>) -> bool {
        let _ = (lat, spans);
        false
    }

    /// Latitudes between which all of the region is.
    fn latitudes(&self) -> (f64, f64) {
        (-FRAC_PI_2, FRAC_PI_2)
    }

    /// A simpler region that is the same inside a disc of less than a quarter of a turn, where there is one.
    fn narrowed(&self, disc: &Disc) -> Option<Box<dyn Region>> {
        let _ = disc;
        None
    }
}

impl<R: Region + ?Sized> Region for Box<R> {
    fn disc(&self, disc: &Disc) -> Relation {
        (**self).disc(disc)
    }

    fn contains(&self, point: &Vector) -> bool {
        (**self).contains(point)
    }

    fn cell(&self, cell: &Cell) -> Relation {
        (**self).cell(cell)
    }

    fn borders(&self, disc: &Disc) -> Option<Borders> {
        (**self).borders(disc)
    }

    fn parallel(&self, lat: f64, spans: &mut Vec<(f64, f64)>) -> bool {
        (**self).parallel(lat, spans)
    }

    fn latitudes(&self) -> (f64, f64) {
        (**self).latitudes()
    }

    fn narrowed(&self, disc: &Disc) -> Option<Box<dyn Region>> {
        (**self).narrowed(disc)
    }
}
