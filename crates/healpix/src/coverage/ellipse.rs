//! Elliptical cones: cones over an ellipse.

use std::f64::consts::FRAC_PI_2;

use super::TOLERANCE;
use super::border::{Border, Borders, Shape};
use super::cell::Cell;
use super::disc::Disc;
use super::edge::SPEED;
use super::region::{Region, Relation};
use super::vector::{Vector, direction, dot, east_and_north, scaled, sum};
use crate::projection::InFacet;
use crate::{Error, Result};

/// A quadric cone around an axis: its rim is `a` away from the axis in one direction and `b` across it.
#[derive(Clone, Debug)]
pub struct Ellipse {
    axis: Vector,
    /// Unit vectors along both semi-axes, divided by their tangents: points with u² + v² ≤ n² are inside.
    major: Vector,
    minor: Vector,
    /// 1/tan b, the greatest slope.
    steepest: f64,
    slack: f64,
    axis_place: InFacet,
}

impl Ellipse {
    /// An elliptical cone, from longitude, latitude, semi-axes `a` ≥ `b` and position angle (of the major axis, from
    /// north toward east), in radians.
    ///
    /// # Errors
    /// If the centre is not on the sphere, an axis is not positive, `a` is not below a right angle, or `b` above `a`.
    pub fn new(lon: f64, lat: f64, a: f64, b: f64, position_angle: f64) -> Result<Self> {
        let axis = direction(lon, lat, 0)?;
        if !(a > 0.0 && a < FRAC_PI_2) {
            return Err(Error::Parameter(format!(
                "the semi-major axis must be between 0 and a right angle, not {a} rad"
            )));
        }
        if !(b > 0.0 && b <= a) {
            return Err(Error::Parameter(format!(
                "the semi-minor axis must be positive and not above the semi-major axis ({a} rad), not {b} rad"
            )));
        }
        if !position_angle.is_finite() {
            return Err(Error::Parameter(format!(
                "the position angle must be finite, not {position_angle}"
            )));
        }
        let (east, north) = east_and_north(lon, lat);
        let (s, c) = position_angle.sin_cos();
        let along = sum(&scaled(&north, c), &scaled(&east, s));
        let across = sum(&scaled(&east, c), &scaled(&north, -s));
        Ok(Self {
            axis,
            major: scaled(&along, 1.0 / a.tan()),
            minor: scaled(&across, 1.0 / b.tan()),
            steepest: 1.0 / b.tan(),
            slack: 2.0 * TOLERANCE / a.tan() + 1e-15 / b.tan(),
            axis_place: InFacet::of_vector(axis[0], axis[1], axis[2]),
        })
    }

    /// Negative inside: u² + v² − n|n|, whose last term keeps the cone's other half out.
    fn beyond(&self, point: &Vector) -> f64 {
        let (u, v, n) = (
            dot(point, &self.major),
            dot(point, &self.minor),
            dot(point, &self.axis),
        );
        u * u + v * v - n * n.abs()
    }
}

impl Region for Ellipse {
    fn disc(&self, disc: &Disc) -> Relation {
        // √(u² + v²) − n changes by no more than √(1/tan²b + 1) times the distance moved.
        let (u, v) = (
            dot(&disc.centre, &self.major),
            dot(&disc.centre, &self.minor),
        );
        let gap = u.hypot(v) - dot(&disc.centre, &self.axis);
        let reach = disc.radius * self.steepest.hypot(1.0);
        if gap < -reach {
            return Relation::Inside;
        }
        if gap > reach {
            return Relation::Outside;
        }
        // Far from a narrow ellipse's sides that is a poor bound: its long axis may be far away, too.
        let along = u / dot(&self.major, &self.major).sqrt();
        let across = v / self.steepest;
        let height = dot(&disc.centre, &self.axis);
        let extent = |tangent: f64| tangent / tangent.hypot(1.0);
        let (a, b) = (
            extent(1.0 / dot(&self.major, &self.major).sqrt()),
            extent(1.0 / self.steepest),
        );
        if along.abs() > a + disc.radius || across.abs() > b + disc.radius || height < -disc.radius
        {
            Relation::Outside
        } else {
            Relation::Crossing
        }
    }

    fn borders(&self, disc: &Disc) -> Option<Borders> {
        // The formula has the cone's other half inside, too.
        if dot(&disc.centre, &self.axis) <= disc.sine {
            return None;
        }
        let shape = Shape::Quadric([self.major, self.minor, self.axis]);
        Some(Borders::one(Border::new(shape, self.slack)))
    }

    fn contains(&self, point: &Vector) -> bool {
        self.beyond(point) <= 0.0
    }

    fn cell(&self, cell: &Cell) -> Relation {
        let corners = cell.corners();
        let beyond = corners.map(|corner| self.beyond(&corner));
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
        if outside && cell.holds(&self.axis_place) {
            return Relation::Crossing;
        }
        let sign = if outside { 1.0 } else { -1.0 };
        // How far out the cell reaches, measured as u² + v² is: a bound of that term's slope.
        let farthest = corners
            .iter()
            .map(|corner| dot(corner, &self.major).hypot(dot(corner, &self.minor)))
            .fold(0.0, f64::max)
            + self.steepest * 2.0 * cell.radius();
        let steep = self.steepest;
        let bend = |speed: f64, acceleration: f64| {
            2.0 * ((steep * steep + 1.0) * speed * speed + (farthest * steep + 1.0) * acceleration)
        };
        let sag = 0.125 * bend(SPEED * cell.size(), cell.acceleration());
        let far = beyond.iter().all(|beyond| beyond.abs() > sag + self.slack);
        let crosses = !far
            && cell.edges().iter().zip(ends).any(|(edge, (from, to))| {
                edge.dips(
                    (sign * (from - self.slack), sign * (to - self.slack)),
                    self.slack,
                    &|point| sign * (self.beyond(point) - self.slack),
                    &bend,
                )
            });
        match (crosses, outside) {
            (true, _) => Relation::Crossing,
            (false, true) => Relation::Outside,
            (false, false) => Relation::Inside,
        }
    }
}
