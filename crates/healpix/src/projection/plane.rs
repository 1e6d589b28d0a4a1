//! The plane of projection: x from 0 to 8 for longitudes 0 to 2π, y from −2 to 2 for latitudes from pole to pole.

use super::check::{check_cells, check_lonlat, check_nside, same_length};
use super::facet::InFacet;
use super::inverse::{in_nested, in_ring};
use crate::angle::AngleUnit;
use crate::{Depth, Error, Result};

/// Projects positions onto the plane.
///
/// # Errors
/// For the first position that is not on the sphere, or lengths that differ.
///
/// ```
/// use rustsci_healpix::{Degrees, projection::lonlat_to_xy};
/// let (mut x, mut y) = ([0.0], [0.0]);
/// lonlat_to_xy::<Degrees>(&[45.0], &[0.0], &mut x, &mut y)?;
/// assert_eq!((x, y), ([1.0], [0.0]));
/// # Ok::<(), rustsci_healpix::Error>(())
/// ```
#[inline(always)]
pub fn lonlat_to_xy<U: AngleUnit>(
    lon: &[f64],
    lat: &[f64],
    x: &mut [f64],
    y: &mut [f64],
) -> Result<()> {
    check_lonlat::<U>(lon, lat)?;
    same_length("x", lon.len(), x.len())?;
    same_length("y", lon.len(), y.len())?;
    for (((&lon, &lat), x), y) in lon.iter().zip(lat).zip(x).zip(y) {
        (*x, *y) = InFacet::of_lonlat::<U>(lon, lat).to_plane();
    }
    Ok(())
}

/// Finds the positions that were projected onto points of the plane.
///
/// # Errors
/// For the first point that is not finite or beyond the poles, or lengths that differ.
#[inline(always)]
pub fn xy_to_lonlat<U: AngleUnit>(
    x: &[f64],
    y: &[f64],
    lon: &mut [f64],
    lat: &mut [f64],
) -> Result<()> {
    same_length("y", x.len(), y.len())?;
    same_length("longitudes", x.len(), lon.len())?;
    same_length("latitudes", x.len(), lat.len())?;
    let outside = |(x, y): (&f64, &f64)| !(x.is_finite() && (-2.0..=2.0).contains(y));
    if let Some(index) = x.iter().zip(y).position(outside) {
        return Err(Error::Plane {
            index,
            value: [x[index], y[index]],
        });
    }
    for (((&x, &y), lon), lat) in x.iter().zip(y).zip(lon).zip(lat) {
        (*lon, *lat) = InFacet::of_plane(x, y).to_lonlat::<U>();
    }
    Ok(())
}

/// Projects the centres of cells (nested).
///
/// # Errors
/// For the first number that is no cell, or lengths that differ.
#[inline(always)]
pub fn nested_to_xy(depth: Depth, cells: &[u64], x: &mut [f64], y: &mut [f64]) -> Result<()> {
    check_cells(cells, depth.cells())?;
    same_length("x", cells.len(), x.len())?;
    same_length("y", cells.len(), y.len())?;
    let size = 1.0 / depth.nside() as f64;
    for ((&cell, x), y) in cells.iter().zip(x).zip(y) {
        (*x, *y) = in_nested(depth, size, cell, (0.5, 0.5)).to_plane();
    }
    Ok(())
}

/// Projects the centres of cells (ring).
///
/// # Errors
/// For the first number that is no cell, lengths that differ, or `nside` out of range.
#[inline(always)]
pub fn ring_to_xy(nside: u64, cells: &[u64], x: &mut [f64], y: &mut [f64]) -> Result<()> {
    check_nside(nside)?;
    check_cells(cells, 12 * nside * nside)?;
    same_length("x", cells.len(), x.len())?;
    same_length("y", cells.len(), y.len())?;
    for ((&cell, x), y) in cells.iter().zip(x).zip(y) {
        (*x, *y) = in_ring(nside, cell, (0.5, 0.5)).to_plane();
    }
    Ok(())
}
