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
    each(
        cells,
        step,
        lon,
        lat,
        #[inline(always)]
        |cell| nested::split(depth, cell),
        #[inline(always)]
        |(base, i, j), (dx, dy)| {
            let (x, y) = ((i + dx) * size, (j + dy) * size);
            InFacet { base, x, y }.to_lonlat::<U>()
        },
    );
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
    each(
        cells,
        step,
        lon,
        lat,
        #[inline(always)]
        |cell| ring::split(nside, cell),
        #[inline(always)]
        |(base, i, j), (dx, dy)| {
            let (x, y) = ((i + dx) / along, (j + dy) / along);
            InFacet { base, x, y }.to_lonlat::<U>()
        },
    );
    Ok(())
}

fn check_shapes(cells: usize, step: usize, lon: &[f64], lat: &[f64]) -> Result<()> {
    let points = point_count(cells, step)?;
    same_length("longitudes", points, lon.len())?;
    same_length("latitudes", points, lat.len())
}

/// How many points all cells have.
fn point_count(cells: usize, step: usize) -> Result<usize> {
    step.checked_mul(4)
        .and_then(|points| points.checked_mul(cells))
        .filter(|_| step > 0)
        .ok_or_else(|| Error::Parameter(format!("step must be at least 1, and not {step}")))
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
    split: impl Fn(u64) -> (u64, u64, u64),
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
            let (base, i, j) = split(cell);
            *found = (base, float(i), float(j));
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

/// Finds the unit vectors to the corners of each cell (nested) and to `step − 1` points between two of them: for each
/// cell the first, second and third components of 4 `step` points, from the northern corner on against the clock.
///
/// # Errors
/// For the first number that is no cell, lengths that do not fit, or a `step` of zero.
///
/// ```
/// use rustsci_healpix::{Depth, vertices::nested_boundaries};
/// let mut out = [0.0; 12];
/// nested_boundaries(Depth::new(0)?, &[0], 1, &mut out)?;
/// assert_eq!(out[8..], [1.0, 2.0 / 3.0, 0.0, 2.0 / 3.0]);
/// # Ok::<(), rustsci_healpix::Error>(())
/// ```
#[inline(always)]
pub fn nested_boundaries(depth: Depth, cells: &[u64], step: usize, out: &mut [f64]) -> Result<()> {
    check_cells(cells, depth.cells())?;
    boundaries(depth.nside(), cells, step, out, |cell| {
        nested::split(depth, cell)
    })
}

/// Finds the unit vectors to the corners of each cell (ring) and to points between them; see [`nested_boundaries`].
///
/// # Errors
/// For the first number that is no cell, lengths that do not fit, a `step` of zero, or `nside` out of range.
#[inline(always)]
pub fn ring_boundaries(nside: u64, cells: &[u64], step: usize, out: &mut [f64]) -> Result<()> {
    check_nside(nside)?;
    check_cells(cells, 12 * nside * nside)?;
    boundaries(nside, cells, step, out, |cell| ring::split(nside, cell))
}

#[inline(always)]
fn boundaries(
    nside: u64,
    cells: &[u64],
    step: usize,
    out: &mut [f64],
    place: impl Fn(u64) -> (u64, u64, u64),
) -> Result<()> {
    let points = point_count(cells.len(), step)?;
    same_length("components", 3 * points, out.len())?;
    let mut offsets = offsets(step);
    // From the north on.
    offsets.rotate_left(2 * step);
    let size = 1.0 / nside as f64;
    let count = offsets.len();
    for (&cell, out) in cells.iter().zip(out.chunks_mut(3 * count)) {
        let (base, i, j) = place(cell);
        let (i, j) = (float(i), float(j));
        let (x, rest) = out.split_at_mut(count);
        let (y, z) = rest.split_at_mut(count);
        for (((x, y), z), &(dx, dy)) in x.iter_mut().zip(y).zip(z).zip(&offsets) {
            let place = InFacet {
                base,
                x: (i + dx) * size,
                y: (j + dy) * size,
            };
            [*x, *y, *z] = place.to_vector();
        }
    }
    Ok(())
}
