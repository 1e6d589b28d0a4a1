//! The edges of cells, as curves.

use super::vector::Vector;
use crate::projection::InFacet;

/// Intervals shorter than this (in the curve's parameter times its length) are not divided any more.
const FINEST: f64 = 1e-14;

/// No edge is faster than this times its length in the projection: dz/ds is 2/3, the longitude moves by π/4 along the
/// equator, and near a pole an edge goes √(2/3) of the way toward it and as much as π/2 · √(2/3) around it.
pub(crate) const SPEED: f64 = 1.7;

/// An edge of a cell, all of it in the equatorial or all of it in a polar part of the projection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edge {
    from: InFacet,
    step: (f64, f64),
    /// How far it is in the projection.
    length: f64,
    /// For polar edges: distance from the meridian that the edge runs along, and σ at both ends.
    polar: Option<(f64, f64, f64)>,
}

impl Edge {
    pub(crate) fn new(from: InFacet, to: InFacet) -> Self {
        let step = (to.x - from.x, to.y - from.y);
        let (row, middle) = (from.base >> 2, from.x + from.y + 0.5 * (step.0 + step.1));
        let moves_x = step.0 != 0.0;
        let still = if moves_x { from.y } else { from.x };
        let sigma = |place: &InFacet| match row {
            0 => 2.0 - place.x - place.y,
            _ => place.x + place.y,
        };
        let polar = match row {
            0 if middle > 1.0 => Some((1.0 - still, sigma(&from), sigma(&to))),
            2 if middle < 1.0 => Some((still, sigma(&from), sigma(&to))),
            _ => None,
        };
        Self {
            from,
            step,
            length: step.0.abs() + step.1.abs(),
            polar,
        }
    }

    /// The point at a parameter from 0 to 1.
    #[inline]
    pub(crate) fn point(&self, s: f64) -> Vector {
        self.place(s).to_vector()
    }

    #[inline]
    fn place(&self, s: f64) -> InFacet {
        InFacet {
            base: self.from.base,
            x: self.from.x + self.step.0 * s,
            y: self.from.y + self.step.1 * s,
        }
    }

    /// Whether the edge is part of a meridian.
    pub(crate) fn is_meridian(&self) -> bool {
        matches!(self.polar, Some((distance, _, _)) if distance == 0.0)
    }

    /// An upper bound of the speed, |de/ds|.
    pub(crate) fn speed(&self) -> f64 {
        SPEED * self.length
    }

    /// An upper bound of the acceleration, |d²e/ds²|, between two parameters.
    ///
    /// In the equatorial part z and the longitude are linear in s, with slopes 2/3 and π/4: the bound is 1.93, at
    /// |z| = 2/3. In a polar part at distance r = √(2/3)·σ from the pole, σ is linear, and the angle θ around the pole
    /// is π/2 · a/σ for an edge at distance a from its meridian: r'' + rθ'² + rθ'' + 2r'θ' adds up to 7.2 a/σ² + 1.2.
    pub(crate) fn acceleration(&self, from: f64, to: f64) -> f64 {
        let square = self.length * self.length;
        match self.polar {
            None => 2.0 * square,
            Some((distance, first, last)) => {
                let at = |s: f64| first + (last - first) * s;
                let sigma = at(from).min(at(to));
                let bend = if distance > 0.0 {
                    distance / (sigma * sigma)
                } else {
                    0.0
                };
                (1.2 + 7.2 * bend) * square
            }
        }
    }

    /// Whether a function of position, positive at both ends of the edge, is negative somewhere between.
    ///
    /// `bend` turns speed and acceleration into a bound of the function's second derivative; values above −`slack`
    /// count as negative where it takes too long to tell.
    pub(crate) fn dips(
        &self,
        ends: (f64, f64),
        slack: f64,
        value: &dyn Fn(&Vector) -> f64,
        bend: &dyn Fn(f64, f64) -> f64,
    ) -> bool {
        self.dips_between((0.0, ends.0), (1.0, ends.1), slack, value, bend)
    }

    fn dips_between(
        &self,
        from: (f64, f64),
        to: (f64, f64),
        slack: f64,
        value: &dyn Fn(&Vector) -> f64,
        bend: &dyn Fn(f64, f64) -> f64,
    ) -> bool {
        let width = to.0 - from.0;
        // A function is above its chord by no more than the bound of its second derivative times width²/8.
        let sag = bend(self.speed(), self.acceleration(from.0, to.0)) * width * width * 0.125;
        if from.1.min(to.1) > sag {
            return false;
        }
        if sag < slack || width * self.length < FINEST {
            return true;
        }
        let middle = 0.5 * (from.0 + to.0);
        let middle = (middle, value(&self.point(middle)));
        middle.1 < 0.0
            || self.dips_between(from, middle, slack, value, bend)
            || self.dips_between(middle, to, slack, value, bend)
    }
}
