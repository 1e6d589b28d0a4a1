//! Polygons: parts of the sphere within arcs of great circles.

use std::f64::consts::{FRAC_PI_2, FRAC_PI_4, PI, TAU};

use super::TOLERANCE;
use super::arc::Arc;
use super::border::{Border, Borders, Shape};
use super::cell::Cell;
use super::disc::Disc;
use super::region::{Region, Relation};
use super::sides::{area_to_the_left, check_simple, off_all, sides};
use super::vector::{Vector, chord_squared, cross, direction, dot, scaled, sum, unit};
use crate::projection::InFacet;
use crate::{Error, Result};

/// Polygons of fewer sides near a place cannot be made simpler.
const FEW: usize = 2;

/// A simple polygon: its sides are arcs of great circles that do not cross each other.
#[derive(Clone, Debug)]
pub struct Polygon {
    arcs: Vec<Arc>,
    corners: Vec<InFacet>,
    /// A point off all sides, and whether it is inside.
    reference: Vector,
    reference_inside: bool,
    /// Whether it is on the left of all sides that one is inside, where that does not depend on the side.
    inside_on_left: Option<bool>,
}

impl Polygon {
    /// The polygon with these corners, in radians: of the two parts of the sphere, the smaller one.
    ///
    /// # Errors
    /// If a corner is not on the sphere, there are fewer than three distinct ones, two that follow each other are
    /// opposite, or sides cross.
    pub fn new(lon: &[f64], lat: &[f64]) -> Result<Self> {
        Self::of_corners(corners(lon, lat)?)
    }

    /// The polygon with these corners, as unit vectors; see [`Polygon::new`].
    ///
    /// # Errors
    /// As for [`Polygon::new`].
    pub fn of_corners(corners: Vec<[f64; 3]>) -> Result<Self> {
        let arcs = sides(corners)?;
        check_simple(&arcs)?;
        let inside_on_left = area_to_the_left(&arcs) <= TAU;
        Ok(Self {
            inside_on_left: Some(inside_on_left),
            ..Self::of_arcs(arcs, |_| inside_on_left)
        })
    }

    /// What is inside by the even-odd rule, where sides may cross: one enters or leaves at every side. Outside is the
    /// part with the point opposite to the corners' middle.
    ///
    /// # Errors
    /// As for [`Polygon::new`], but for crossing sides.
    ///
    /// ```
    /// use rustsci_healpix::coverage::Polygon;
    /// let (lon, lat) = ([0.0, 0.1, 0.0, 0.1], [0.0, 0.1, 0.1, 0.0]);
    /// assert!(Polygon::new(&lon, &lat).is_err());
    /// assert!(Polygon::even_odd(&lon, &lat).is_ok());
    /// ```
    pub fn even_odd(lon: &[f64], lat: &[f64]) -> Result<Self> {
        let corners = corners(lon, lat)?;
        let middle = corners
            .iter()
            .fold([0.0; 3], |middle, corner| sum(&middle, corner));
        let opposite = unit(&scaled(&middle, -1.0)).unwrap_or([0.0, 0.0, -1.0]);
        Ok(Self::of_arcs(sides(corners)?, |polygon| {
            !polygon.contains(&opposite)
        }))
    }

    fn of_arcs(arcs: Vec<Arc>, is_right: impl Fn(&Self) -> bool) -> Self {
        let reference = off_all(&arcs);
        // Leaving the middle of the first side toward the reference, one is to its left or right, and changes sides
        // with every other arc on the way.
        let first = &arcs[0];
        let middle = unit(&sum(&first.from, &first.to)).unwrap_or(first.from);
        let plane = cross(&middle, &reference);
        let crossed = arcs[1..]
            .iter()
            .filter(|arc| arc.crosses(&middle, &reference, &plane))
            .count();
        let on_left = dot(&first.normal, &reference) > 0.0;
        let mut polygon = Self {
            corners: arcs.iter().map(|arc| place(&arc.from)).collect(),
            // As if the left were inside.
            reference_inside: on_left == (crossed % 2 == 0),
            arcs,
            reference,
            inside_on_left: None,
        };
        if !is_right(&polygon) {
            polygon.reference_inside = !polygon.reference_inside;
        }
        polygon
    }
}

/// Where a point is in the projection.
fn place(point: &Vector) -> InFacet {
    InFacet::of_vector(point[0], point[1], point[2])
}

/// The corners as unit vectors.
fn corners(lon: &[f64], lat: &[f64]) -> Result<Vec<Vector>> {
    if lon.len() != lat.len() {
        return Err(Error::Lengths {
            what: "latitudes",
            expected: lon.len(),
            given: lat.len(),
        });
    }
    if lon.len() < 3 {
        return Err(Error::Parameter(format!(
            "There must be at least 3 vertices in order to form a polygon, not {}",
            lon.len()
        )));
    }
    lon.iter()
        .zip(lat)
        .enumerate()
        .map(|(index, (&lon, &lat))| direction(lon, lat, index))
        .collect()
}

impl Polygon {
    /// Whether it is to the left of a side that one is inside the polygon, in a disc through which no other passes.
    fn is_inside_on_left(&self, arc: &Arc, disc: &Disc) -> bool {
        let is_left = dot(&arc.normal, &disc.centre) >= 0.0;
        let away = if is_left { disc.sine } else { -disc.sine };
        let beside = sum(&disc.centre, &scaled(&arc.normal, 0.5 * away));
        self.contains(&beside) == is_left
    }
}

impl Region for Polygon {
    fn disc(&self, disc: &Disc) -> Relation {
        if disc.radius >= PI || self.arcs.iter().any(|arc| arc.is_near(disc)) {
            Relation::Crossing
        } else if self.contains(&disc.centre) {
            Relation::Inside
        } else {
            Relation::Outside
        }
    }

    fn contains(&self, point: &Vector) -> bool {
        let plane = cross(point, &self.reference);
        let crossed = self
            .arcs
            .iter()
            .filter(|arc| arc.crosses(point, &self.reference, &plane))
            .count();
        self.reference_inside == (crossed % 2 == 0)
    }

    fn narrowed(&self, disc: &Disc) -> Option<Box<dyn Region>> {
        // Ways inside a disc pass only the sides that come near it, so the others are of no account there, if the way
        // is counted from the disc's centre.
        if self.arcs.len() < FEW {
            return None;
        }
        let near = self.arcs.iter().filter(|arc| arc.is_near(disc));
        let arcs: Vec<_> = near.cloned().collect();
        let off_sides = |arc: &Arc| dot(&arc.normal, &disc.centre).abs() > 1e-3 * disc.radius;
        if 2 * arcs.len() > self.arcs.len() || !arcs.iter().all(off_sides) {
            return None;
        }
        let corners = arcs
            .iter()
            .flat_map(|arc| [place(&arc.from), place(&arc.to)])
            .collect();
        Some(Box::new(Self {
            arcs,
            corners,
            reference: disc.centre,
            reference_inside: self.contains(&disc.centre),
            inside_on_left: self.inside_on_left,
        }))
    }

    fn borders(&self, disc: &Disc) -> Option<Borders> {
        let mut near = self.arcs.iter().filter(|arc| arc.is_near(disc));
        let (first, second) = (near.next()?, near.next());
        if near.next().is_some() {
            return None;
        }
        let border = |arc: &Arc, left: bool| {
            let inward = scaled(&arc.normal, if left { 1.0 } else { -1.0 });
            Border::new(Shape::Plane(inward), TOLERANCE)
        };
        let is_far = |point: &Vector| {
            chord_squared(point, &disc.centre) > disc.chord_squared() * (1.0 + 1e-9)
        };
        let Some(second) = second else {
            // Both ends of a side have other sides, so they are not near if those are not.
            let left = self
                .inside_on_left
                .unwrap_or_else(|| self.is_inside_on_left(first, disc));
            return Some(Borders::one(border(first, left)));
        };
        // Two sides that meet, and leave the disc.
        let (from, to) = if first.to == second.from {
            (first, second)
        } else if second.to == first.from {
            (second, first)
        } else {
            return None;
        };
        let left = self.inside_on_left?;
        let turns_left = dot(&from.normal, &to.to) > 0.0;
        (is_far(&from.from) && is_far(&to.to)).then(|| {
            // Where one turns toward the inside, the inside is on the inner side of both.
            Borders::two(border(from, left), border(to, left), turns_left == left)
        })
    }

    fn parallel(&self, lat: f64, spans: &mut Vec<(f64, f64)>) -> bool {
        let (z, across) = lat.sin_cos();
        let mut crossings = Vec::new();
        for arc in &self.arcs {
            arc.crossings(z, &mut crossings);
        }
        let inside = |lon: f64| {
            let (sin, cos) = lon.sin_cos();
            self.contains(&[across * cos, across * sin, z])
        };
        for crossing in &mut crossings {
            *crossing = crossing.rem_euclid(TAU);
        }
        crossings.sort_unstable_by(f64::total_cmp);
        let Some(&first) = crossings.first() else {
            if inside(0.0) {
                spans.push((0.0, TAU));
            }
            return true;
        };
        // One enters and leaves by turns; whether first in or out is best seen in the middle of the widest part.
        let ends = || crossings[1..].iter().copied().chain([first + TAU]);
        let widest = crossings
            .iter()
            .zip(ends())
            .enumerate()
            .max_by(|(_, (a, b)), (_, (c, d))| (*b - *a).total_cmp(&(*d - *c)));
        let Some((place, (start, end))) = widest else {
            return true;
        };
        let odd = usize::from(inside(0.5 * (start + end))) + place;
        let every_other = crossings.iter().copied().zip(ends()).skip((odd + 1) % 2);
        spans.extend(every_other.step_by(2));
        crossings.len().is_multiple_of(2)
    }

    fn latitudes(&self) -> (f64, f64) {
        let (mut low, mut high) = (FRAC_PI_2, -FRAC_PI_2);
        for arc in &self.arcs {
            // An arc bulges by less than half its length, and its length is less than π/2 times its chord.
            let bulge = chord_squared(&arc.from, &arc.to).sqrt() * FRAC_PI_4;
            for end in [&arc.from, &arc.to] {
                let lat = end[2].atan2(end[0].hypot(end[1]));
                (low, high) = (low.min(lat - bulge), high.max(lat + bulge));
            }
        }
        let pole = |up: f64| self.contains(&[0.0, 0.0, up]);
        (
            if pole(-1.0) { -FRAC_PI_2 } else { low },
            if pole(1.0) { FRAC_PI_2 } else { high },
        )
    }

    fn cell(&self, cell: &Cell) -> Relation {
        let corners = cell.corners();
        let first = self.contains(&corners[0]);
        if corners[1..]
            .iter()
            .any(|corner| self.contains(corner) != first)
            || self.corners.iter().any(|corner| cell.holds(corner))
        {
            return Relation::Crossing;
        }
        let [south, east, north, west] = &corners;
        let ends = [[south, east], [east, north], [west, north], [south, west]];
        let edges = cell.edges();
        let meets = |arc: &Arc| {
            edges
                .iter()
                .zip(ends)
                .any(|(edge, ends)| arc.meets(edge, ends))
        };
        let crosses = self.arcs.iter().any(meets);
        match (crosses, first) {
            (true, _) => Relation::Crossing,
            (false, true) => Relation::Inside,
            (false, false) => Relation::Outside,
        }
    }
}
