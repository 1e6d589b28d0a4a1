//! Cones: all points within a radius of a centre.

use std::f64::consts::PI;

use super::TOLERANCE;
use super::cell::Cell;
use super::disc::Disc;
use super::region::{Region, Relation};
use super::vector::{Vector, chord_squared, direction, scaled};
use crate::projection::InFacet;
use crate::{Error, Result};

/// All points within a radius of a centre.
#[derive(Clone, Debug)]
pub struct Cone {
    centre: Vector,
    radius: f64,
    /// Sine and cosine of half the radius.
    half: (f64, f64),
    /// The square of the chord from the centre to the rim: as exact for small radii as for large ones.
    rim: f64,
    slack: f64,
    centre_place: InFacet,
    antipode_place: InFacet,
}

impl Cone {
    /// A cone, from longitude, latitude and radius in radians.
    ///
    /// # Errors
    /// If the centre is not on the sphere, or the radius is negative or not finite.
    pub fn new(lon: f64, lat: f64, radius: f64) -> Result<Self> {
        let centre = direction(lon, lat, 0)?;
        if !radius.is_finite() || radius < 0.0 {
            return Err(Error::Parameter(format!(
                "the radius of a cone must be finite and not negative, not {radius}"
            )));
        }
        let half = (0.5 * radius.min(PI)).sin_cos();
        let place = |v: Vector| InFacet::of_vector(v[0], v[1], v[2]);
        Ok(Self {
            centre,
            radius,
            half,
            rim: 4.0 * half.0 * half.0,
            slack: 2.0 * radius.min(PI).sin().max(TOLERANCE) * TOLERANCE,
            centre_place: place(centre),
            antipode_place: place(scaled(&centre, -1.0)),
        })
    }
}

impl Region for Cone {
    #[inline]
    fn disc(&self, disc: &Disc) -> Relation {
        if self.radius >= PI {
            return Relation::Inside;
        }
        // Distances are compared by their chords, with room for rounding: sines of half of sums of radii.
        let square = chord_squared(&self.centre, &disc.centre);
        let (s, c) = self.half;
        let (far, near) = (
            s * disc.half.1 + c * disc.half.0,
            s * disc.half.1 - c * disc.half.0,
        );
        if self.radius + disc.radius < PI && square > 4.0 * far * far * (1.0 + 1e-9) {
            Relation::Outside
        } else if near > 0.0 && square < 4.0 * near * near * (1.0 - 1e-9) {
            Relation::Inside
        } else {
            Relation::Crossing
        }
    }

    fn contains(&self, point: &Vector) -> bool {
        chord_squared(&self.centre, point) <= self.rim
    }

    fn cell(&self, cell: &Cell) -> Relation {
        if self.radius >= PI {
            return Relation::Inside;
        }
        let beyond = cell
            .corners()
            .map(|corner| chord_squared(&self.centre, &corner) - self.rim);
        let inside = beyond
            .iter()
            .filter(|&&beyond| beyond <= self.slack)
            .count();
        if (1..4).contains(&inside) {
            return Relation::Crossing;
        }
        let [south, east, north, west] = beyond;
        let ends = [(south, east), (east, north), (west, north), (south, west)];
        let outside = inside == 0;
        let sign = if outside { 1.0 } else { -1.0 };
        // The rim may lie inside the cell altogether, around the centre or around the point opposite to it.
        let hidden = if outside {
            &self.centre_place
        } else {
            &self.antipode_place
        };
        // Between its ends an edge reaches no farther than it bends: 2 · acceleration/8.
        let far = beyond
            .iter()
            .all(|beyond| beyond.abs() > 0.25 * cell.acceleration() + self.slack);
        let crosses = cell.holds(hidden)
            || !far
                && cell.edges().iter().zip(ends).any(|(edge, (from, to))| {
                    // chord² = 2 − 2 c·e bends no more than twice as much as the edge does.
                    edge.dips(
                        (sign * (from - self.slack), sign * (to - self.slack)),
                        self.slack,
                        &|point| {
                            sign * (chord_squared(&self.centre, point) - self.rim - self.slack)
                        },
                        &|_, acceleration| 2.0 * acceleration,
                    )
                });
        match (crosses, outside) {
            (true, _) => Relation::Crossing,
            (false, true) => Relation::Outside,
            (false, false) => Relation::Inside,
        }
    }
}
