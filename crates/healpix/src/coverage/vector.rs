//! Vectors in space.

use crate::{Error, Result};

pub(crate) type Vector = [f64; 3];

#[inline]
pub(crate) fn dot(a: &Vector, b: &Vector) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

#[inline]
pub(crate) fn cross(a: &Vector, b: &Vector) -> Vector {
    [
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    ]
}

#[inline]
pub(crate) fn sum(a: &Vector, b: &Vector) -> Vector {
    [a[0] + b[0], a[1] + b[1], a[2] + b[2]]
}

#[inline]
pub(crate) fn scaled(a: &Vector, by: f64) -> Vector {
    a.map(|component| component * by)
}

/// The square of the distance between two points, through space.
#[inline]
pub(crate) fn chord_squared(a: &Vector, b: &Vector) -> f64 {
    let d = [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
    dot(&d, &d)
}

/// A vector of length one, or none if there is no direction.
pub(crate) fn unit(a: &Vector) -> Option<Vector> {
    let length = dot(a, a).sqrt();
    (length > 0.0).then(|| scaled(a, 1.0 / length))
}

/// The unit vector at a longitude and a latitude in radians, which are checked.
pub(crate) fn direction(lon: f64, lat: f64, index: usize) -> Result<Vector> {
    if !lon.is_finite() {
        return Err(Error::Longitude { index, value: lon });
    }
    if lat.is_nan() || lat.abs() > std::f64::consts::FRAC_PI_2 {
        return Err(Error::Latitude {
            index,
            value: lat,
            unit: "radians",
        });
    }
    let (sin_lon, cos_lon) = lon.sin_cos();
    let (sin_lat, cos_lat) = lat.sin_cos();
    Ok([cos_lat * cos_lon, cos_lat * sin_lon, sin_lat])
}

/// The unit vectors toward the east and the north at a longitude and a latitude in radians.
pub(crate) fn east_and_north(lon: f64, lat: f64) -> (Vector, Vector) {
    let (sin_lon, cos_lon) = lon.sin_cos();
    let (sin_lat, cos_lat) = lat.sin_cos();
    (
        [-sin_lon, cos_lon, 0.0],
        [-sin_lat * cos_lon, -sin_lat * sin_lon, cos_lat],
    )
}
