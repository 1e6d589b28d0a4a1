//! Zones: the sky between two latitudes and two longitudes.

use std::f64::consts::{FRAC_PI_2, PI, TAU};

use super::TOLERANCE;
use super::border::{Border, Borders, Shape};
use super::cell::Cell;
use super::disc::Disc;
use super::region::{Region, Relation};
use super::vector::Vector;
use crate::projection::InFacet;
use crate::{Error, Radians, Result};

/// How far from each other two ways to compute a latitude may lead.
const ROUNDING: f64 = 1e-15;

/// The sky between two latitudes and two longitudes.
#[derive(Clone, Debug)]
pub struct Zone {
    west: f64,
    /// How far east the zone reaches from `west`: up to a whole turn.
    width: f64,
    south: f64,
    north: f64,
}

impl Zone {
    /// A zone, from its western and southern, and its eastern and northern limits, in radians. It may contain
    /// longitude zero; where the limits are equal but a whole turn, or the same, it goes around the sky.
    ///
    /// # Errors
    /// If a limit is not on the sphere, or the southern one not below the northern one.
    pub fn new(west: f64, south: f64, east: f64, north: f64) -> Result<Self> {
        for (index, lon) in [west, east].into_iter().enumerate() {
            if !lon.is_finite() {
                return Err(Error::Longitude { index, value: lon });
            }
        }
        for (index, lat) in [south, north].into_iter().enumerate() {
            if lat.is_nan() || lat.abs() > FRAC_PI_2 {
                return Err(Error::Latitude {
                    index,
                    value: lat,
                    unit: "radians",
                });
            }
        }
        if south >= north {
            return Err(Error::Parameter(format!(
                "the southern limit of a zone must be below the northern one, but {south} rad is not below {north} rad"
            )));
        }
        let width = (east - west).rem_euclid(TAU);
        Ok(Self {
            west,
            width: if width == 0.0 { TAU } else { width },
            south,
            north,
        })
    }

    /// Whether a latitude is between the limits, on which rounding must not decide.
    fn has_latitude(&self, lat: f64) -> bool {
        (self.south - ROUNDING..=self.north + ROUNDING).contains(&lat)
    }

    /// How longitudes from `west` to `east` lie to the zone's, to a tolerance; a pair of limits may be beyond a turn.
    fn longitudes(&self, west: f64, east: f64, tolerance: f64) -> Relation {
        if self.width >= TAU {
            return Relation::Inside;
        }
        let start = (west - self.west).rem_euclid(TAU);
        let end = start + (east - west);
        // Rounding may have made a start at the western limit one just before it.
        let start_inside = start <= self.width + tolerance || start >= TAU - tolerance;
        let contained = end <= self.width + tolerance
            || (start >= TAU - tolerance && end - TAU <= self.width + tolerance);
        if contained {
            Relation::Inside
        } else if start_inside || end >= TAU - tolerance {
            Relation::Crossing
        } else {
            Relation::Outside
        }
    }
}

impl Region for Zone {
    fn disc(&self, disc: &Disc) -> Relation {
        let (centre, radius) = (&disc.centre, disc.radius);
        let across = centre[0].hypot(centre[1]);
        let lat = centre[2].atan2(across);
        let (low, high) = (lat - radius, lat + radius);
        let slack = 1e-12;
        if low > self.north + slack || high < self.south - slack {
            return Relation::Outside;
        }
        let longitudes = if high >= FRAC_PI_2 - slack || low <= -FRAC_PI_2 + slack {
            if self.width >= TAU {
                Relation::Inside
            } else {
                Relation::Crossing
            }
        } else {
            // How far east a disc reaches: sin Δλ = sin r / cos φ.
            let half = (disc.sine / across).min(1.0).asin() + slack;
            let lon = centre[1].atan2(centre[0]);
            self.longitudes(lon - half, lon + half, TOLERANCE)
        };
        let between = low > self.south + slack && high < self.north - slack;
        let ends_at_pole = |limit: f64| limit.abs() >= FRAC_PI_2;
        let between = between
            || ((low > self.south + slack || ends_at_pole(self.south))
                && (high < self.north - slack || ends_at_pole(self.north)));
        match longitudes {
            Relation::Inside if between => Relation::Inside,
            Relation::Outside => Relation::Outside,
            _ => Relation::Crossing,
        }
    }

    fn borders(&self, disc: &Disc) -> Option<Borders> {
        let (centre, reach) = (&disc.centre, disc.radius + 1e-11);
        let lat = centre[2].atan2(centre[0].hypot(centre[1]));
        if lat.abs() + reach >= FRAC_PI_2 {
            return None;
        }
        let parallels = [(self.south, 1.0), (self.north, -1.0)]
            .into_iter()
            .filter(|&(limit, _)| limit.abs() < FRAC_PI_2 && (lat - limit).abs() <= reach)
            .map(|(limit, inward)| parallel(limit, inward));
        let meridians = [(self.west, 1.0), (self.west + self.width, -1.0)]
            .into_iter()
            .filter(|_| self.width < TAU)
            .map(|(limit, inward)| (limit.sin_cos(), inward))
            .filter(|((sin, cos), _)| {
                (centre[1] * cos - centre[0] * sin).abs() <= reach
                    && centre[0] * cos + centre[1] * sin > 0.0
            })
            .map(|((sin, cos), inward)| {
                let normal = [-sin * inward, cos * inward, 0.0];
                Border::new(Shape::Plane(normal), TOLERANCE)
            });
        // What is between two meridians less than half a turn apart is inside both.
        let both_meridians = self.width >= PI && meridians.clone().count() > 1;
        let mut near = parallels.chain(meridians);
        match (near.next(), near.next(), near.next()) {
            (Some(only), None, _) => Some(Borders::one(only)),
            (Some(one), Some(other), None) if !both_meridians => {
                Some(Borders::two(one, other, true))
            }
            _ => None,
        }
    }

    fn contains(&self, point: &Vector) -> bool {
        let lat = point[2].atan2(point[0].hypot(point[1]));
        let east = (point[1].atan2(point[0]) - self.west).rem_euclid(TAU);
        self.has_latitude(lat) && east <= self.width
    }

    fn parallel(&self, lat: f64, spans: &mut Vec<(f64, f64)>) -> bool {
        if self.has_latitude(lat) {
            spans.push((self.west, self.west + self.width));
        }
        true
    }

    fn latitudes(&self) -> (f64, f64) {
        (self.south - ROUNDING, self.north + ROUNDING)
    }

    fn cell(&self, cell: &Cell) -> Relation {
        let outline = Outline::new(cell);
        let [south, north] = outline.latitudes();
        let (low, high) = (south.max(self.south), north.min(self.north));
        if low > high + TOLERANCE {
            return Relation::Outside;
        }
        let (west, east, lat) = outline.longitudes(low.min(high), high);
        // Near a pole a small distance is a large angle.
        let tolerance = TOLERANCE / lat.cos().max(TOLERANCE);
        let within = south >= self.south - TOLERANCE && north <= self.north + TOLERANCE;
        match self.longitudes(west, east, tolerance) {
            Relation::Inside if within => Relation::Inside,
            Relation::Outside => Relation::Outside,
            _ => Relation::Crossing,
        }
    }
}

/// The border at a latitude; `inward` is 1 if the inside is to the north, and −1 if it is to the south.
fn parallel(lat: f64, inward: f64) -> Border {
    // As a circle around the nearer pole, which is as exact there as anywhere.
    let pole = if lat < 0.0 { -1.0 } else { 1.0 };
    let radius = FRAC_PI_2 - lat.abs();
    let half = (0.5 * radius).sin();
    let shape = Shape::Circle {
        centre: [0.0, 0.0, pole],
        rim: 4.0 * half * half,
    };
    let border = Border::new(shape, 2.0 * radius.sin().max(TOLERANCE) * TOLERANCE);
    if inward == pole {
        border
    } else {
        border.opposite()
    }
}

/// A cell's limits in longitude at each latitude. Along every edge both change in one direction only.
struct Outline {
    south: InFacet,
    north: InFacet,
    east: InFacet,
    west: InFacet,
}

impl Outline {
    fn new(cell: &Cell) -> Self {
        let [south, east, north, west] = cell.places();
        Self {
            south,
            north,
            east,
            west,
        }
    }

    fn latitudes(&self) -> [f64; 2] {
        [&self.south, &self.north].map(|place| place.to_lonlat::<Radians>().1)
    }

    /// The westernmost and the easternmost longitude of the cell between two latitudes, and the latitude at which they
    /// are; the second is not below the first.
    fn longitudes(&self, low: f64, high: f64) -> (f64, f64, f64) {
        // A cell is widest between its western and its eastern corner, which have one latitude.
        let widest = self.west.to_lonlat::<Radians>().1;
        let lat = widest.clamp(low, high);
        let tip = if lat <= widest {
            &self.south
        } else {
            &self.north
        };
        let west = longitude_on_edge(tip, &self.west, lat);
        let east = longitude_on_edge(tip, &self.east, lat);
        (west, east.max(west), lat)
    }
}

/// The longitude, not reduced to one turn, at which an edge between two corners has a latitude.
fn longitude_on_edge(tip: &InFacet, side: &InFacet, lat: f64) -> f64 {
    let (row, column) = (tip.base >> 2, (tip.base & 3) as f64);
    let middle = if row == 1 { column } else { column + 0.5 };
    let sum = 0.5 * (tip.x + tip.y + side.x + side.y);
    let polar = (row == 0 && sum > 1.0) || (row == 2 && sum < 1.0);
    let moves_x = tip.x != side.x;
    // Which of x and y stays the same along the edge.
    let still = if moves_x { tip.y } else { tip.x };
    let offset = if polar {
        let sigma = 6.0_f64.sqrt() * (0.5 * (FRAC_PI_2 - lat.abs())).sin();
        // σ(1/2 ± offset) is constant: at the pole an edge has the longitude of the meridian it runs along.
        let distance = if row == 0 { 1.0 - still } else { still };
        let part = if distance == 0.0 {
            0.0
        } else {
            (distance / sigma).min(1.0)
        };
        let toward_east = if row == 0 { moves_x } else { !moves_x };
        if toward_east { part - 0.5 } else { 0.5 - part }
    } else {
        // sin φ is linear in x + y, and the longitude in x − y.
        let total = 1.5 * lat.sin() + row as f64;
        let other = total - still;
        let difference = if moves_x {
            other - still
        } else {
            still - other
        };
        0.5 * difference
    };
    (middle + offset) * (0.5 * PI)
}
