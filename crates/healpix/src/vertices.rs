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
    let place = |cell| {
        let (base, i, j) = nested::split(depth, cell);
        (base, float(i), float(j))
    };
    each(cells, step, lon, lat, place, |(base, i, j), (dx, dy)| {
        let (x, y) = ((i + dx) * size, (j + dy) * size);
        InFacet { base, x, y }.to_lonlat::<U>()
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
    let place = |cell| {
        let (base, i, j) = ring::split(nside, cell);
        (base, float(i), float(j))
    };
    each(cells, step, lon, lat, place, |(base, i, j), (dx, dy)| {
        let (x, y) = ((i + dx) / along, (j + dy) / along);
        InFacet { base, x, y }.to_lonlat::<U>()
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

/// Base cell, and place in it in cells.
type Place = (u64, f64, f64);

/// Cells that are looked at together.
const BATCH: usize = 64;

/// Computes all points of the cells, one corner of many cells at a time, which vector instructions do side by side.
#[inline(always)]
fn each(
    cells: &[u64],
    step: usize,
    lon: &mut [f64],
    lat: &mut [f64],
    place: impl Fn(u64) -> Place,
    point: impl Fn(Place, (f64, f64)) -> (f64, f64),
) {
    let offsets = offsets(step);
    let count = offsets.len();
    let mut places = [(0, 0.0, 0.0); BATCH];
    let mut points = [(0.0, 0.0); BATCH];
    let pieces = lon
        .chunks_mut(BATCH * count)
        .zip(lat.chunks_mut(BATCH * count));
    for (cells, (lon, lat)) in cells.chunks(BATCH).zip(pieces) {
        for (found, &cell) in places.iter_mut().zip(cells) {
            *found = place(cell);
        }
        for (corner, &offset) in offsets.iter().enumerate() {
            for (found, &place) in points.iter_mut().zip(&places[..cells.len()]) {
                *found = point(place, offset);
            }
            let out = lon[corner..]
                .iter_mut()
                .step_by(count)
                .zip(lat[corner..].iter_mut().step_by(count));
            for ((lon, lat), &(x, y)) in out.zip(&points[..cells.len()]) {
                (*lon, *lat) = (x, y);
            }
        }
    }
}
