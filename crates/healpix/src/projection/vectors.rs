//! Unit vectors and cells.

use super::check::{check_cells, check_nside, same_length};
use super::facet::InFacet;
use super::inverse::{check_offsets, in_nested, in_ring};
use crate::scheme::{nested, ring};
use crate::whole::integer;
use crate::{Depth, Error, Result};

/// Finds the cells (nested) in the directions of vectors, which may have any length but zero.
///
/// # Errors
/// For the first vector that has no direction, or lengths that differ.
///
/// ```
/// use rustsci_healpix::{Depth, projection::vectors_to_nested};
/// let mut cells = [0];
/// vectors_to_nested(Depth::new(0)?, &[1.0], &[0.0], &[0.0], &mut cells)?;
/// assert_eq!(cells, [4]);
/// # Ok::<(), rustsci_healpix::Error>(())
/// ```
#[inline(always)]
pub fn vectors_to_nested(
    depth: Depth,
    x: &[f64],
    y: &[f64],
    z: &[f64],
    cells: &mut [u64],
) -> Result<()> {
    check_vectors(x, y, z)?;
    same_length("cells", x.len(), cells.len())?;
    let nside = depth.nside() as f64;
    for (((cell, &x), &y), &z) in cells.iter_mut().zip(x).zip(y).zip(z) {
        let place = InFacet::of_vector(x, y, z);
        let (i, j, _, _) = place.split(nside);
        *cell = nested::join(depth, place.base, integer(i), integer(j));
    }
    Ok(())
}

/// Finds the cells (ring) in the directions of vectors, which may have any length but zero.
///
/// # Errors
/// For the first vector that has no direction, lengths that differ, or `nside` out of range.
#[inline(always)]
pub fn vectors_to_ring(
    nside: u64,
    x: &[f64],
    y: &[f64],
    z: &[f64],
    cells: &mut [u64],
) -> Result<()> {
    check_nside(nside)?;
    check_vectors(x, y, z)?;
    same_length("cells", x.len(), cells.len())?;
    for (((cell, &x), &y), &z) in cells.iter_mut().zip(x).zip(y).zip(z) {
        let place = InFacet::of_vector(x, y, z);
        let (i, j, _, _) = place.split(nside as f64);
        *cell = ring::join(nside, place.base, integer(i), integer(j));
    }
    Ok(())
}

/// Finds the unit vectors to a place in each cell (nested).
///
/// # Errors
/// For the first number that is no cell, offsets outside 0 to 1, or lengths that differ.
#[inline(always)]
pub fn nested_to_vectors(
    depth: Depth,
    cells: &[u64],
    offsets: (f64, f64),
    x: &mut [f64],
    y: &mut [f64],
    z: &mut [f64],
) -> Result<()> {
    check_cells(cells, depth.cells())?;
    check_offsets(offsets)?;
    check_outputs(cells.len(), x, y, z)?;
    let size = 1.0 / depth.nside() as f64;
    for (((&cell, x), y), z) in cells.iter().zip(x).zip(y).zip(z) {
        [*x, *y, *z] = in_nested(depth, size, cell, offsets).to_vector();
    }
    Ok(())
}

/// Finds the unit vectors to a place in each cell (ring).
///
/// # Errors
/// For the first number that is no cell, offsets outside 0 to 1, lengths that differ, or `nside` out of range.
#[inline(always)]
pub fn ring_to_vectors(
    nside: u64,
    cells: &[u64],
    offsets: (f64, f64),
    x: &mut [f64],
    y: &mut [f64],
    z: &mut [f64],
) -> Result<()> {
    check_nside(nside)?;
    check_cells(cells, 12 * nside * nside)?;
    check_offsets(offsets)?;
    check_outputs(cells.len(), x, y, z)?;
    for (((&cell, x), y), z) in cells.iter().zip(x).zip(y).zip(z) {
        [*x, *y, *z] = in_ring(nside, cell, offsets).to_vector();
    }
    Ok(())
}

#[inline(always)]
fn check_vectors(x: &[f64], y: &[f64], z: &[f64]) -> Result<()> {
    same_length("y", x.len(), y.len())?;
    same_length("z", x.len(), z.len())?;
    let usable = |x: f64, y: f64, z: f64| {
        let size = x.abs() + y.abs() + z.abs();
        (size > 0.0)
            & (x.abs() < f64::INFINITY)
            & (y.abs() < f64::INFINITY)
            & (z.abs() < f64::INFINITY)
    };
    let mut vectors = x.iter().zip(y).zip(z);
    if vectors
        .clone()
        .fold(true, |good, ((&x, &y), &z)| good & usable(x, y, z))
    {
        return Ok(());
    }
    let index = vectors
        .position(|((&x, &y), &z)| !usable(x, y, z))
        .unwrap_or_default();
    Err(Error::Vector {
        index,
        value: [x[index], y[index], z[index]],
    })
}

fn check_outputs(length: usize, x: &[f64], y: &[f64], z: &[f64]) -> Result<()> {
    same_length("x", length, x.len())?;
    same_length("y", length, y.len())?;
    same_length("z", length, z.len())
}
