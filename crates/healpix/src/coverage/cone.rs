//! Cones: all points within a radius of a centre.

use std::f64::consts::{FRAC_PI_2, PI, TAU};

use super::TOLERANCE;
use super::border::{Border, Borders, Shape};
use super::cell::Cell;
use super::disc::Disc;
use super::region::{Region, Relation};
use super::vector::{Vector, chord_squared, direction, scaled};
use crate::projection::InFacet;
use crate::trigonometry::{cos_of_half_turn, quarter_turns, sin_of_half_turn};
use crate::{Error, Result};

/// All points within a radius of a centre.
#[derive(Clone, Debug)]
pub struct Cone {
    centre: Vector,
    /// Longitude and latitude of the centre.
    position: (f64, f64),
    /// Cosine of the centre's latitude.
    cos_lat: f64,
    radius: f64,
    /// Sine and cosine of half the radius.
    half: (f64, f64),
    /// The end of the cone's axis that the rim is nearer to: small chords tell small angles best.
    pole: Vector,
    /// The square of the chord from there to the rim.
    rim: f64,
    /// 1, or −1 where the pole is the end outside.
    sign: f64,
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
        let sign = if radius <= FRAC_PI_2 { 1.0 } else { -1.0 };
        let short = half.0.min(half.1);
        let place = |v: Vector| InFacet::of_vector(v[0], v[1], v[2]);
        Ok(Self {
            centre,
            position: (lon, lat),
            cos_lat: lat.cos(),
            radius,
            half,
            pole: scaled(&centre, sign),
            rim: 4.0 * short * short,
            sign,
            slack: 2.0 * radius.min(PI).sin().max(TOLERANCE) * TOLERANCE,
            centre_place: place(centre),
            antipode_place: place(scaled(&centre, -1.0)),
        })
    }
}

impl Cone {
    /// Negative inside.
    #[inline]
    fn beyond(&self, point: &Vector) -> f64 {
        self.sign * (chord_squared(&self.pole, point) - self.rim)
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

    fn borders(&self, _: &Disc) -> Option<Borders> {
        let shape = Shape::Circle {
            centre: self.pole,
            rim: self.rim,
        };
        let border = Border::new(shape, self.slack);
        let border = if self.sign < 0.0 {
            border.opposite()
        } else {
            border
        };
        Some(Borders::one(border))
    }

    fn contains(&self, point: &Vector) -> bool {
        self.beyond(point) <= 0.0
    }

    fn parallel(&self, lat: f64, spans: &mut Vec<(f64, f64)>) -> bool {
        // By the haversine formula: sin²(r/2) = sin²(Δφ/2) + cos φ cos φ₀ sin²(Δλ/2).
        let (lon, own) = self.position;
        let across = sin_of_half_turn(0.5 * (lat - own));
        let room = self.half.0 * self.half.0 - across * across;
        let wide = cos_of_half_turn(lat) * self.cos_lat;
        if room >= wide {
            spans.push((0.0, TAU));
        } else if room >= 0.0 {
            // An arc of twice the angle whose sine is the root of room / wide.
            let half = PI * quarter_turns((wide - room).sqrt(), room.sqrt());
            spans.push((lon - half, lon + half));
        }
        true
    }

    fn latitudes(&self) -> (f64, f64) {
        let lat = self.position.1;
        (lat - self.radius, lat + self.radius)
    }

    fn cell(&self, cell: &Cell) -> Relation {
        if self.radius >= PI {
            return Relation::Inside;
        }
        let beyond = cell.corners().map(|corner| self.beyond(&corner));
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
                        &|point| sign * (self.beyond(point) - self.slack),
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
