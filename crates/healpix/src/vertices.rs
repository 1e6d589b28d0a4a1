//! Corners of cells, and points along their edges.

use crate::angle::AngleUnit;
use crate::projection::{InFacet, check_cells, check_nside, same_length};
use crate::scheme::{nested, ring};
use crate::whole::float;
use crate::{Depth, Error, Result};

/// The corners in order, as offsets: south, east, north, west.
const CORNERS: [(f64, f64); 4] = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)];

/// Finds the corners of each cell (nested) and `step − 1` points between two of them, evenly spaced in the projection:
/// 4 `step` points a cell, from the southern corner on against the clock.
///
/// # Errors
/// For the first number that is no cell, lengths that do not fit, or a `step` of zero.
///
/// ```
/// use rustsci_healpix::{Degrees, Depth, vertices::nested_vertices};
/// let (mut lon, mut lat) = ([0.0; 4], [0.0; 4]);
/// nested_vertices::<Degrees>(Depth::new(4)?, &[10], 1, &mut lon, &mut lat)?;
/// assert_eq!(lon, [36.5625, 39.375, 36.5625, 33.75]);
/// # Ok::<(), rustsci_healpix::Error>(())
/// ```
#[inline(always)]
pub fn nested_vertices<U: AngleUnit>(
    depth: Depth,
    cells: &[u64],
    step: usize,
    lon: &mut [f64],
    lat: &mut [f64],
) -> Result<()> {
    check_cells(cells, depth.cells())?;
    check_shapes(cells.len(), step, lon, lat)?;
    let size = 1.0 / depth.nside() as f64;
    each(cells, step, lon, lat, |cell, offsets, lon, lat| {
        let (base, i, j) = nested::split(depth, cell);
        let (i, j) = (float(i), float(j));
        for ((&(dx, dy), lon), lat) in offsets.iter().zip(lon).zip(lat) {
            let (x, y) = ((i + dx) * size, (j + dy) * size);
            (*lon, *lat) = InFacet { base, x, y }.to_lonlat::<U>();
        }
    });
    Ok(())
}

/// Finds the corners of each cell (ring) and points between them; see [`nested_vertices`].
///
/// # Errors
/// For the first number that is no cell, lengths that do not fit, a `step` of zero, or `nside` out of range.
#[inline(always)]
pub fn ring_vertices<U: AngleUnit>(
    nside: u64,
    cells: &[u64],
    step: usize,
    lon: &mut [f64],
    lat: &mut [f64],
) -> Result<()> {
    check_nside(nside)?;
    check_cells(cells, 12 * nside * nside)?;
    check_shapes(cells.len(), step, lon, lat)?;
    let along = nside as f64;
    each(cells, step, lon, lat, |cell, offsets, lon, lat| {
        let (base, i, j) = ring::split(nside, cell);
        let (i, j) = (float(i), float(j));
        for ((&(dx, dy), lon), lat) in offsets.iter().zip(lon).zip(lat) {
            let (x, y) = ((i + dx) / along, (j + dy) / along);
            (*lon, *lat) = InFacet { base, x, y }.to_lonlat::<U>();
        }
    });
    Ok(())
}

fn check_shapes(cells: usize, step: usize, lon: &[f64], lat: &[f64]) -> Result<()> {
    let points = step
        .checked_mul(4)
        .and_then(|points| points.checked_mul(cells));
    let Some(points) = points.filter(|_| step > 0) else {
        return Err(Error::Parameter(format!(
            "step must be at least 1, and not {step}"
        )));
    };
    same_length("longitudes", points, lon.len())?;
    same_length("latitudes", points, lat.len())
}

/// Points `1/step` of an edge apart around a cell.
fn offsets(step: usize) -> Vec<(f64, f64)> {
    let along = |s: usize| s as f64 / step as f64;
    (0..4 * step)
        .map(|place| {
            let part = along(place % step);
            let (from, to) = (CORNERS[place / step], CORNERS[(place / step + 1) % 4]);
            (
                from.0 + (to.0 - from.0) * part,
                from.1 + (to.1 - from.1) * part,
            )
        })
        .collect()
}

#[inline(always)]
fn each(
    cells: &[u64],
    step: usize,
    lon: &mut [f64],
    lat: &mut [f64],
    place: impl Fn(u64, &[(f64, f64)], &mut [f64], &mut [f64]),
) {
    if step == 1 {
        // With a length that the compiler knows, the four corners are computed side by side.
        let (lon, lat) = (lon.as_chunks_mut::<4>().0, lat.as_chunks_mut::<4>().0);
        for ((&cell, lon), lat) in cells.iter().zip(lon).zip(lat) {
            place(cell, &CORNERS, lon, lat);
        }
        return;
    }
    let offsets = offsets(step);
    let pieces = lon.chunks_mut(4 * step).zip(lat.chunks_mut(4 * step));
    for (&cell, (lon, lat)) in cells.iter().zip(pieces) {
        place(cell, &offsets, lon, lat);
    }
}
