//! The sphere around the middle of a cell, to second order in the projection's coordinates.

use std::f64::consts::FRAC_PI_4;

use super::cell::Cell;
use super::vector::Vector;
use crate::projection::InFacet;

/// A point and its derivatives along s = x + y and d = x − y, where x and y are places in the base cell.
#[derive(Clone, Debug)]
pub(crate) struct Jet {
    pub(crate) point: Vector,
    pub(crate) s: Vector,
    pub(crate) d: Vector,
    pub(crate) ss: Vector,
    pub(crate) sd: Vector,
    pub(crate) dd: Vector,
    /// All of the cell is within this of its middle, as |Δs| + |Δd|.
    pub(crate) reach: f64,
    /// Upper bounds, all over the cell, of the first three derivatives along any way with |Δs| + |Δd| = 1.
    pub(crate) bounds: [f64; 3],
}

/// Distance from the axis of the sphere, height, and longitude, with their derivatives along s and d.
struct Cylinder {
    across: f64,
    across_s: f64,
    across_ss: f64,
    height_s: f64,
    height_ss: f64,
    turn_s: f64,
    turn_d: f64,
    turn_ss: f64,
    turn_sd: f64,
    bounds: [f64; 3],
}

impl Cylinder {
    /// In the equatorial part the height is 2/3 s and the longitude π/4 d: no derivative is greater than at the
    /// height 2/3.
    fn equatorial(height: f64) -> Self {
        let across = (1.0 - height * height).sqrt();
        Self {
            across,
            across_s: -(2.0 / 3.0) * height / across,
            across_ss: -(4.0 / 9.0) / (across * across * across),
            height_s: 2.0 / 3.0,
            height_ss: 0.0,
            turn_s: 0.0,
            turn_d: FRAC_PI_4,
            turn_ss: 0.0,
            turn_sd: 0.0,
            bounds: [0.9, 1.1, 2.6],
        }
    }

    /// In a polar part, at a distance σ along s from the pole, the distance from the axis is σ √(2/3 − σ²/9), the
    /// height 1 − σ²/3, and the longitude π/4 · d/σ. `north` tells whether σ decreases along s.
    ///
    /// With u an upper bound of |d/σ|, and A + B = 1 the parts of a way along σ and d, d/σ changes by at most
    /// U = (B + A u)/σ, 2 A U/σ and 6 A² U/σ² in first to third order, whence the bounds.
    fn polar(sigma: f64, d: f64, reach: f64, north: bool) -> Option<Self> {
        let least = sigma - reach;
        if least < reach {
            return None;
        }
        let sign = if north { -1.0 } else { 1.0 };
        let square = sigma * sigma / 3.0;
        let across = sigma * ((2.0 - square) / 3.0).sqrt();
        let slope = 2.0 / 3.0 * sigma * (1.0 - square) / across;
        let aside = ((d.abs() + reach) / least).min(1.0);
        let third = 1.6 + aside * (9.3 + aside * (4.6 + 0.4 * aside));
        Some(Self {
            across,
            across_s: sign * slope,
            across_ss: (2.0 / 3.0 - 2.0 * square - slope * slope) / across,
            height_s: 2.0 / 3.0 * sigma,
            height_ss: 2.0 / 3.0 * sign,
            turn_s: -sign * FRAC_PI_4 * d / (sigma * sigma),
            turn_d: FRAC_PI_4 / sigma,
            turn_ss: 2.0 * FRAC_PI_4 * d / (sigma * sigma * sigma),
            turn_sd: -sign * FRAC_PI_4 / (sigma * sigma),
            bounds: [1.15, 1.2 + 3.1 / least, 1.9 + third / (least * least)],
        })
    }
}

impl Jet {
    /// Around the middle of a cell, whose unit vector is given; none where the cell has parts of both an equatorial
    /// and a polar part of the projection, or is too near a pole.
    pub(crate) fn new(cell: &Cell, point: Vector) -> Option<Self> {
        let InFacet { base, x, y } = cell.middle();
        let (row, s, d, reach) = (base >> 2, x + y, x - y, cell.size());
        let equatorial = |row: f64| Some(Cylinder::equatorial((s - row) * (2.0 / 3.0)));
        let cylinder = match row {
            0 if s - reach >= 1.0 => Cylinder::polar(2.0 - s, d, reach, true),
            0 if s + reach <= 1.0 => equatorial(0.0),
            1 => equatorial(1.0),
            2 if s + reach <= 1.0 => Cylinder::polar(s, d, reach, false),
            2 if s - reach >= 1.0 => equatorial(2.0),
            _ => None,
        }?;
        let c = &cylinder;
        let (x, y) = (point[0] / c.across, point[1] / c.across);
        let vector = |outward: f64, eastward: f64, up: f64| {
            [outward * x - eastward * y, outward * y + eastward * x, up]
        };
        Some(Self {
            point,
            s: vector(c.across_s, c.across * c.turn_s, c.height_s),
            d: vector(0.0, c.across * c.turn_d, 0.0),
            ss: vector(
                c.across_ss - c.across * c.turn_s * c.turn_s,
                2.0 * c.across_s * c.turn_s + c.across * c.turn_ss,
                c.height_ss,
            ),
            sd: vector(
                -c.across * c.turn_s * c.turn_d,
                c.across_s * c.turn_d + c.across * c.turn_sd,
                0.0,
            ),
            dd: vector(-c.across * c.turn_d * c.turn_d, 0.0, 0.0),
            reach,
            bounds: c.bounds,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::vector::chord_squared;
    use super::*;
    use crate::Depth;

    /// What second order leaves out, and how much it may be.
    fn remainder(jet: &Jet, place: InFacet, (s, d): (f64, f64)) -> (f64, f64) {
        let estimate: Vector = std::array::from_fn(|i| {
            jet.point[i]
                + s * jet.s[i]
                + d * jet.d[i]
                + 0.5 * (s * s * jet.ss[i] + d * d * jet.dd[i])
                + s * d * jet.sd[i]
        });
        let size = s.abs() + d.abs();
        let left_out = chord_squared(&estimate, &place.to_vector()).sqrt();
        (left_out, jet.bounds[2] * size * size * size / 6.0)
    }

    #[test]
    fn second_order_is_as_near_as_it_says() {
        let mut seen = 0;
        for depth in (2..=7).map(|depth| Depth::new(depth).unwrap()) {
            for number in (0..depth.cells()).step_by(1 + depth.cells() as usize / 3000) {
                let cell = Cell::new(depth, number);
                let Some(jet) = Jet::new(&cell, cell.centre()) else {
                    continue;
                };
                seen += 1;
                for corner in cell.places() {
                    let middle = cell.middle();
                    let (x, y) = (corner.x - middle.x, corner.y - middle.y);
                    let (left_out, limit) = remainder(&jet, corner, (x + y, x - y));
                    assert!(
                        left_out <= limit + 1e-15,
                        "{depth:?} {number}: {left_out} > {limit}"
                    );
                }
                // Small steps show each derivative by itself.
                for (x, y) in [(1e-3, 0.0), (0.0, 1e-3), (1e-3, 1e-3), (1e-3, -1e-3)] {
                    let (x, y) = (x * jet.reach, y * jet.reach);
                    let mut place = cell.middle();
                    (place.x, place.y) = (place.x + x, place.y + y);
                    let (left_out, limit) = remainder(&jet, place, (x + y, x - y));
                    assert!(
                        left_out <= limit + 1e-15,
                        "{depth:?} {number}: {left_out} > {limit}"
                    );
                }
            }
        }
        assert!(seen > 5000);
    }
}
