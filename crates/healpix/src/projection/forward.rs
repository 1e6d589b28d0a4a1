//! From longitude and latitude to cells.

use super::check::{check_lonlat, check_nside, same_length};
use super::facet::InFacet;
use crate::angle::AngleUnit;
use crate::scheme::{nested, ring};
use crate::whole::integer;
use crate::{Depth, Result};

/// Finds the cells (nested) that positions are in.
///
/// # Errors
/// For the first position that is not on the sphere, or lengths that differ.
///
/// ```
/// use rustsci_healpix::{Degrees, Depth, projection::lonlat_to_nested};
/// let mut cells = [0; 2];
/// lonlat_to_nested::<Degrees>(Depth::new(0)?, &[0.0, 180.0], &[0.0, -90.0], &mut cells)?;
/// assert_eq!(cells, [4, 10]);
/// # Ok::<(), rustsci_healpix::Error>(())
/// ```
#[inline(always)]
pub fn lonlat_to_nested<U: AngleUnit>(
    depth: Depth,
    lon: &[f64],
    lat: &[f64],
    cells: &mut [u64],
) -> Result<()> {
    check_lonlat::<U>(lon, lat)?;
    same_length("cells", lon.len(), cells.len())?;
    let nside = depth.nside() as f64;
    for ((cell, &lon), &lat) in cells.iter_mut().zip(lon).zip(lat) {
        let place = InFacet::of_lonlat::<U>(lon, lat);
        let (i, j, _, _) = place.split(nside);
        *cell = nested::join(depth, place.base, integer(i), integer(j));
    }
    Ok(())
}

/// Finds the cells (nested) that positions are in, and where in the cell: `dx` toward the north-east and `dy` toward
/// the north-west, both from 0 to 1.
///
/// # Errors
/// For the first position that is not on the sphere, or lengths that differ.
#[inline(always)]
pub fn lonlat_to_nested_with_offsets<U: AngleUnit>(
    depth: Depth,
    lon: &[f64],
    lat: &[f64],
    cells: &mut [u64],
    dx: &mut [f64],
    dy: &mut [f64],
) -> Result<()> {
    check_lonlat::<U>(lon, lat)?;
    same_length("cells", lon.len(), cells.len())?;
    same_length("dx", lon.len(), dx.len())?;
    same_length("dy", lon.len(), dy.len())?;
    let nside = depth.nside() as f64;
    for ((((cell, &lon), &lat), dx), dy) in cells.iter_mut().zip(lon).zip(lat).zip(dx).zip(dy) {
        let place = InFacet::of_lonlat::<U>(lon, lat);
        let (i, j, x, y) = place.split(nside);
        *cell = nested::join(depth, place.base, integer(i), integer(j));
        (*dx, *dy) = (x, y);
    }
    Ok(())
}

/// Finds the cells (ring) that positions are in, for any number of cells along a base cell's edge.
///
/// # Errors
/// For the first position that is not on the sphere, lengths that differ, or `nside` out of range.
#[inline(always)]
pub fn lonlat_to_ring<U: AngleUnit>(
    nside: u64,
    lon: &[f64],
    lat: &[f64],
    cells: &mut [u64],
) -> Result<()> {
    check_nside(nside)?;
    check_lonlat::<U>(lon, lat)?;
    same_length("cells", lon.len(), cells.len())?;
    for ((cell, &lon), &lat) in cells.iter_mut().zip(lon).zip(lat) {
        let place = InFacet::of_lonlat::<U>(lon, lat);
        let (i, j, _, _) = place.split(nside as f64);
        *cell = ring::join(nside, place.base, integer(i), integer(j));
    }
    Ok(())
}

/// Finds the cells (ring) that positions are in, and where in the cell.
///
/// # Errors
/// For the first position that is not on the sphere, lengths that differ, or `nside` out of range.
#[inline(always)]
pub fn lonlat_to_ring_with_offsets<U: AngleUnit>(
    nside: u64,
    lon: &[f64],
    lat: &[f64],
    cells: &mut [u64],
    dx: &mut [f64],
    dy: &mut [f64],
) -> Result<()> {
    check_nside(nside)?;
    check_lonlat::<U>(lon, lat)?;
    same_length("cells", lon.len(), cells.len())?;
    same_length("dx", lon.len(), dx.len())?;
    same_length("dy", lon.len(), dy.len())?;
    for ((((cell, &lon), &lat), dx), dy) in cells.iter_mut().zip(lon).zip(lat).zip(dx).zip(dy) {
        let place = InFacet::of_lonlat::<U>(lon, lat);
        let (i, j, x, y) = place.split(nside as f64);
        *cell = ring::join(nside, place.base, integer(i), integer(j));
        (*dx, *dy) = (x, y);
    }
    Ok(())
}
