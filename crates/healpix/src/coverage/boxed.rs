//! Boxes: rectangles of the sky, at an angle.

use std::f64::consts::FRAC_PI_2;

use super::polygon::Polygon;
use super::vector::{direction, east_and_north, scaled, sum, unit};
use crate::{Error, Result};

/// A box around a centre: the part of the sky within four great circles, that reaches `a` from the centre in the
/// direction of the position angle (from north toward east) and `b` across it, all in radians.
///
/// # Errors
/// If the centre is not on the sphere, or `a` or `b` not between zero and a right angle.
pub fn rectangle(lon: f64, lat: f64, a: f64, b: f64, position_angle: f64) -> Result<Polygon> {
    let centre = direction(lon, lat, 0)?;
    for (name, size) in [("a", a), ("b", b)] {
        if !(size > 0.0 && size < FRAC_PI_2) {
            return Err(Error::Parameter(format!(
                "{name} must be between 0 and a right angle, not {size} rad"
            )));
        }
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
    // Great circles are straight lines in the plane that touches the sphere at the centre.
    let corners = [(1.0, 1.0), (1.0, -1.0), (-1.0, -1.0), (-1.0, 1.0)]
        .iter()
        .filter_map(|(u, v)| {
            let aside = sum(&scaled(&along, u * a.tan()), &scaled(&across, v * b.tan()));
            unit(&sum(&centre, &aside))
        })
        .collect();
    Polygon::of_corners(corners)
}
