//! Arcs of great circles, and where they meet the edges of cells.

use super::TOLERANCE;
use super::disc::Disc;
use super::edge::Edge;
use super::vector::{Vector, chord_squared, cross, dot, sum, unit};

/// Intervals shorter than this are not divided any more.
const FINEST: f64 = 1e-14;

/// The shorter arc of a great circle between two points.
#[derive(Clone, Debug)]
pub(crate) struct Arc {
    pub(crate) from: Vector,
    pub(crate) to: Vector,
    /// The pole of the great circle to the left of the way.
    pub(crate) normal: Vector,
    /// Poles of the great circles across both ends: a point beside the arc is on the positive side of both.
    after_from: Vector,
    before_to: Vector,
}

/// How a point lies to an arc.
#[derive(Clone, Copy)]
struct Beside {
    left: f64,
    after_from: f64,
    before_to: f64,
}

impl Arc {
    /// The arc between two points; none if they are the same or opposite to each other.
    pub(crate) fn new(from: Vector, to: Vector) -> Option<Self> {
        // (from − to) × (from + to) = 2 from × to keeps its digits where the two are close.
        let difference = [from[0] - to[0], from[1] - to[1], from[2] - to[2]];
        let normal = unit(&cross(&difference, &sum(&from, &to)))?;
        Some(Self {
            from,
            to,
            normal,
            after_from: cross(&normal, &from),
            before_to: cross(&to, &normal),
        })
    }

    /// Whether the arc passes through a disc; it may also say so if the arc passes very near.
    #[inline]
    pub(crate) fn is_near(&self, disc: &Disc) -> bool {
        let beside = self.beside(&disc.centre);
        if disc.radius < 1.5 && beside.left.abs() > disc.sine * (1.0 + 1e-9) + f64::EPSILON {
            return false;
        }
        let limit = disc.chord_squared() * (1.0 + 1e-9);
        (beside.after_from >= 0.0 && beside.before_to >= 0.0)
            || chord_squared(&self.from, &disc.centre) <= limit
            || chord_squared(&self.to, &disc.centre) <= limit
    }

    /// Whether the arc crosses another one, from `point` to `reference`, of whose great circle `plane` is a normal.
    pub(crate) fn crosses(&self, point: &Vector, reference: &Vector, plane: &Vector) -> bool {
        let (start, end) = (dot(plane, &self.from), dot(plane, &self.to));
        if (start < 0.0) == (end < 0.0) {
            return false;
        }
        let (near, far) = (dot(&self.normal, point), dot(&self.normal, reference));
        if (near < 0.0) == (far < 0.0) {
            return false;
        }
        // Both planes are crossed; but the arcs may meet them on opposite sides of the sphere.
        let meeting: Vector =
            std::array::from_fn(|i| point[i] * far.abs() + reference[i] * near.abs());
        dot(&meeting, &self.from) + dot(&meeting, &self.to) > 0.0
    }

    /// Adds the longitudes at which the arc crosses a parallel of a height z = sin φ. Of a point at that height, an arc
    /// that ends there is taken to be above.
    pub(crate) fn crossings(&self, z: f64, longitudes: &mut Vec<f64>) {
        let [x, y, up] = self.normal;
        let (ends_below, starts_below) = (self.to[2] < z, self.from[2] < z);
        let once = ends_below != starts_below;
        // How far the great circle reaches north and south.
        let reach = x.hypot(y);
        if !once {
            // The arc goes beyond the parallel and comes back if the great circle's last point is on it.
            let sign = if starts_below { 1.0 } else { -1.0 };
            let top = [-sign * x * up / reach, -sign * y * up / reach, sign * reach];
            let beyond = if starts_below { reach > z } else { -reach < z };
            let beside = self.beside(&top);
            if !(beyond && beside.after_from > 0.0 && beside.before_to > 0.0) {
                return;
            }
        }
        // x cos λ + y sin λ = −up · tan φ, at two longitudes.
        let across = (1.0 - z * z).sqrt();
        let away = (-up * z / (reach * across)).clamp(-1.0, 1.0).acos();
        let middle = y.atan2(x);
        let both = [middle - away, middle + away];
        if !once {
            longitudes.extend(both);
            return;
        }
        let on_arc = |lon: f64| {
            let (sin, cos) = lon.sin_cos();
            let beside = self.beside(&[across * cos, across * sin, z]);
            beside.after_from.min(beside.before_to)
        };
        let [first, second] = both;
        longitudes.push(if on_arc(first) >= on_arc(second) {
            first
        } else {
            second
        });
    }

    fn beside(&self, point: &Vector) -> Beside {
        Beside {
            left: dot(&self.normal, point),
            after_from: dot(&self.after_from, point),
            before_to: dot(&self.before_to, point),
        }
    }

    /// Whether the arc meets an edge of a cell, whose ends are given, to within the tolerance.
    pub(crate) fn meets(&self, edge: &Edge, ends: [&Vector; 2]) -> bool {
        let [from, to] = ends.map(|end| self.beside(end));
        self.meets_between(edge, (0.0, from), (1.0, to))
    }

    fn meets_between(&self, edge: &Edge, from: (f64, Beside), to: (f64, Beside)) -> bool {
        let width = to.0 - from.0;
        let (a, b) = (from.1, to.1);
        // All three measures are linear in position, so each bends as the edge does.
        let sag = edge.acceleration(from.0, to.0) * width * width * 0.125 + f64::EPSILON;
        // A meridian bends in its own plane only, and so crosses another great circle at most once on this way.
        let left_sag = if edge.is_meridian() { TOLERANCE } else { sag };
        let one_side = (a.left < 0.0) == (b.left < 0.0);
        if one_side && a.left.abs().min(b.left.abs()) > left_sag.max(TOLERANCE) {
            return false;
        }
        let past = |x: f64, y: f64| x.max(y) + sag < -TOLERANCE;
        if past(a.after_from, b.after_from) || past(a.before_to, b.before_to) {
            return false;
        }
        let surely = |x: f64, y: f64| x.min(y) - sag > 0.0;
        let beside = surely(a.after_from, b.after_from) && surely(a.before_to, b.before_to);
        let touching = a.left.abs().min(b.left.abs()) <= TOLERANCE;
        if beside && (!one_side || touching) {
            return true;
        }
        if width * edge.speed() < FINEST {
            return true;
        }
        let middle = 0.5 * (from.0 + to.0);
        let middle = (middle, self.beside(&edge.point(middle)));
        self.meets_between(edge, from, middle) || self.meets_between(edge, middle, to)
    }
}
