//! From cells to longitude and latitude.

use super::check::{check_cells, check_nside, same_length};
use super::facet::InFacet;
use crate::angle::AngleUnit;
use crate::scheme::{nested, ring};
use crate::whole::float;
use crate::{Depth, Error, Result};

/// Finds longitude and latitude of a place in each cell (nested): (0.5, 0.5) is the centre, (0, 0) the southern
/// corner.
///
/// # Errors
/// For the first number that is no cell, offsets outside 0 to 1, or lengths that differ.
///
/// ```
/// use rustsci_healpix::{Degrees, Depth, projection::nested_to_lonlat};
/// let (mut lon, mut lat) = ([0.0], [0.0]);
/// nested_to_lonlat::<Degrees>(Depth::new(0)?, &[4], (0.5, 0.5), &mut lon, &mut lat)?;
/// assert_eq!((lon, lat), ([0.0], [0.0]));
/// # Ok::<(), rustsci_healpix::Error>(())
/// ```
#[inline(always)]
pub fn nested_to_lonlat<U: AngleUnit>(
    depth: Depth,
    cells: &[u64],
    offsets: (f64, f64),
    lon: &mut [f64],
    lat: &mut [f64],
) -> Result<()> {
    check_cells(cells, depth.cells())?;
    check_offsets(offsets)?;
    same_length("longitudes", cells.len(), lon.len())?;
    same_length("latitudes", cells.len(), lat.len())?;
    let size = 1.0 / depth.nside() as f64;
    for ((&cell, lon), lat) in cells.iter().zip(lon).zip(lat) {
        (*lon, *lat) = in_nested(depth, size, cell, offsets).to_lonlat::<U>();
    }
    Ok(())
}

/// Finds longitude and latitude of a place in each cell (ring), for any number of cells along a base cell's edge.
///
/// # Errors
/// For the first number that is no cell, offsets outside 0 to 1, lengths that differ, or `nside` out of range.
#[inline(always)]
pub fn ring_to_lonlat<U: AngleUnit>(
    nside: u64,
    cells: &[u64],
    offsets: (f64, f64),
    lon: &mut [f64],
    lat: &mut [f64],
) -> Result<()> {
    check_nside(nside)?;
    check_cells(cells, 12 * nside * nside)?;
    check_offsets(offsets)?;
    same_length("longitudes", cells.len(), lon.len())?;
    same_length("latitudes", cells.len(), lat.len())?;
    for ((&cell, lon), lat) in cells.iter().zip(lon).zip(lat) {
        (*lon, *lat) = in_ring(nside, cell, offsets).to_lonlat::<U>();
    }
    Ok(())
}

/// Checks a place inside a cell.
pub(crate) fn check_offsets((dx, dy): (f64, f64)) -> Result<()> {
    for (name, value) in [("dx", dx), ("dy", dy)] {
        if !(0.0..=1.0).contains(&value) {
            return Err(Error::Parameter(format!(
                "{name} must be between 0 and 1, not {value}"
            )));
        }
    }
    Ok(())
}

/// A place in a cell (nested) of the given size.
#[inline(always)]
pub(super) fn in_nested(depth: Depth, size: f64, cell: u64, (dx, dy): (f64, f64)) -> InFacet {
    let (base, i, j) = nested::split(depth, cell);
    InFacet {
        base,
        x: (float(i) + dx) * size,
        y: (float(j) + dy) * size,
    }
}

/// A place in a cell (ring).
#[inline(always)]
pub(super) fn in_ring(nside: u64, cell: u64, (dx, dy): (f64, f64)) -> InFacet {
    let (base, i, j) = ring::split(nside, cell);
    InFacet {
        base,
        x: (float(i) + dx) / nside as f64,
        y: (float(j) + dy) / nside as f64,
    }
}
