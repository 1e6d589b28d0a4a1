//! Positions on the sphere and the cells they are in.

use rustsci_array::{Array, DType, Result};
use rustsci_healpix::{Depth, interpolation, projection, scheme};

use super::arguments::{Cells, Coordinates, Grid, Threads, in_unit};
use super::blocks::{
    BLOCK, by_place, cells, doubles, each, same_shape, two_doubles, with_axis, with_first_axis,
};
use crate::{Function, export};

pub(crate) static ROWS: &[&Function] = &[
    &LONLAT_TO_CELLS,
    &LONLAT_TO_CELLS_WITH_OFFSETS,
    &CELLS_TO_LONLAT,
    &VECTORS_TO_CELLS,
    &CELLS_TO_VECTORS,
    &WEIGHTS,
    &RING_WEIGHTS,
];

/// Return the cells that positions are in.
#[export(
    module = "healpix",
    name = "_healpix_lonlat_to_cells",
    signature = "(lon, lat, nside, nested, degrees, num_threads=0)"
)]
fn lonlat_to_cells(
    lon: Coordinates,
    lat: Coordinates,
    nside: usize,
    nested: bool,
    degrees: bool,
    threads: Threads,
) -> Result<Array> {
    same_shape(&lon.0, &lat.0, "'lon' and 'lat'")?;
    let grid = Grid::new(nside, nested)?;
    let (mut x, mut y) = (lon.0.reader::<f64>(), lat.0.reader::<f64>());
    let (x, y) = (x.all()?, y.all()?);
    cells(lon.0.shape(), |out| {
        let blocks = x
            .chunks(BLOCK)
            .zip(y.chunks(BLOCK))
            .zip(out.chunks_mut(BLOCK));
        in_unit!(degrees, U => match grid {
            Grid::Nested(depth) => each(threads, blocks, #[inline(always)] |((x, y), out)| {
                projection::lonlat_to_nested::<U>(depth, x, y, out)
            }),
            Grid::Ring(nside) => each(threads, blocks, #[inline(always)] |((x, y), out)| {
                projection::lonlat_to_ring::<U>(nside, x, y, out)
            }),
        })
    })
}

/// Return the cells that positions are in, and where in them.
#[export(
    module = "healpix",
    name = "_healpix_lonlat_to_cells_with_offsets",
    signature = "(lon, lat, nside, nested, degrees, num_threads=0)"
)]
fn lonlat_to_cells_with_offsets(
    lon: Coordinates,
    lat: Coordinates,
    nside: usize,
    nested: bool,
    degrees: bool,
    threads: Threads,
) -> Result<Vec<Array>> {
    same_shape(&lon.0, &lat.0, "'lon' and 'lat'")?;
    let grid = Grid::new(nside, nested)?;
    let (mut x, mut y) = (lon.0.reader::<f64>(), lat.0.reader::<f64>());
    let (x, y) = (x.all()?, y.all()?);
    let mut offsets = Vec::new();
    let found = cells(lon.0.shape(), |out| {
        let (dx, dy) = two_doubles(lon.0.shape(), |dx, dy| {
            let blocks = x
                .chunks(BLOCK)
                .zip(y.chunks(BLOCK))
                .zip(out.chunks_mut(BLOCK))
                .zip(dx.chunks_mut(BLOCK))
                .zip(dy.chunks_mut(BLOCK));
            in_unit!(degrees, U => each(threads, blocks, #[inline(always)] |((((x, y), out), dx), dy)| match grid {
                Grid::Nested(depth) => projection::lonlat_to_nested_with_offsets::<U>(depth, x, y, out, dx, dy),
                Grid::Ring(nside) => projection::lonlat_to_ring_with_offsets::<U>(nside, x, y, out, dx, dy),
            }))
        })?;
        offsets.extend([dx, dy]);
        Ok(())
    })?;
    offsets.insert(0, found);
    Ok(offsets)
}

/// Return longitude and latitude of a place in each cell.
#[export(
    module = "healpix",
    name = "_healpix_cells_to_lonlat",
    signature = "(cells, nside, nested, degrees, dx=0.5, dy=0.5, num_threads=0)"
)]
fn cells_to_lonlat(
    cells: Cells,
    nside: usize,
    nested: bool,
    degrees: bool,
    dx: f64,
    dy: f64,
    threads: Threads,
) -> Result<(Array, Array)> {
    let grid = Grid::new(nside, nested)?;
    let mut reader = cells.0.reader::<u64>();
    let numbers = reader.all()?;
    two_doubles(cells.0.shape(), |lon, lat| {
        let blocks = numbers
            .chunks(BLOCK)
            .zip(lon.chunks_mut(BLOCK))
            .zip(lat.chunks_mut(BLOCK));
        in_unit!(degrees, U => match grid {
            Grid::Nested(depth) => each(threads, blocks, #[inline(always)] |((cells, lon), lat)| {
                projection::nested_to_lonlat::<U>(depth, cells, (dx, dy), lon, lat)
            }),
            Grid::Ring(nside) => each(threads, blocks, #[inline(always)] |((cells, lon), lat)| {
                projection::ring_to_lonlat::<U>(nside, cells, (dx, dy), lon, lat)
            }),
        })
    })
}

/// Return the cells in the directions of vectors.
#[export(
    module = "healpix",
    name = "_healpix_vectors_to_cells",
    signature = "(x, y, z, nside, nested, num_threads=0)"
)]
fn vectors_to_cells(
    x: Coordinates,
    y: Coordinates,
    z: Coordinates,
    nside: usize,
    nested: bool,
    threads: Threads,
) -> Result<Array> {
    same_shape(&x.0, &y.0, "'x' and 'y'")?;
    same_shape(&x.0, &z.0, "'x' and 'z'")?;
    let grid = Grid::new(nside, nested)?;
    let shape = x.0.shape();
    let (mut x, mut y, mut z) = (
        x.0.reader::<f64>(),
        y.0.reader::<f64>(),
        z.0.reader::<f64>(),
    );
    let (x, y, z) = (x.all()?, y.all()?, z.all()?);
    cells(shape, |out| {
        let blocks = x
            .chunks(BLOCK)
            .zip(y.chunks(BLOCK))
            .zip(z.chunks(BLOCK))
            .zip(out.chunks_mut(BLOCK));
        each(
            threads,
            blocks,
            #[inline(always)]
            |(((x, y), z), out)| match grid {
                Grid::Nested(depth) => projection::vectors_to_nested(depth, x, y, z, out),
                Grid::Ring(nside) => projection::vectors_to_ring(nside, x, y, z, out),
            },
        )
    })
}

/// Return the unit vectors to a place in each cell.
#[export(
    module = "healpix",
    name = "_healpix_cells_to_vectors",
    signature = "(cells, nside, nested, dx=0.5, dy=0.5, num_threads=0)"
)]
fn cells_to_vectors(
    cells: Cells,
    nside: usize,
    nested: bool,
    dx: f64,
    dy: f64,
    threads: Threads,
) -> Result<Vec<Array>> {
    let grid = Grid::new(nside, nested)?;
    let shape = cells.0.shape();
    let mut reader = cells.0.reader::<u64>();
    let numbers = reader.all()?;
    let mut others = Vec::new();
    let first = doubles(shape, |x| {
        let (y, z) = two_doubles(shape, |y, z| {
            let blocks = numbers
                .chunks(BLOCK)
                .zip(x.chunks_mut(BLOCK))
                .zip(y.chunks_mut(BLOCK))
                .zip(z.chunks_mut(BLOCK));
            each(
                threads,
                blocks,
                #[inline(always)]
                |(((cells, x), y), z)| match grid {
                    Grid::Nested(depth) => {
                        projection::nested_to_vectors(depth, cells, (dx, dy), x, y, z)
                    }
                    Grid::Ring(nside) => {
                        projection::ring_to_vectors(nside, cells, (dx, dy), x, y, z)
                    }
                },
            )
        })?;
        others.extend([y, z]);
        Ok(())
    })?;
    others.insert(0, first);
    Ok(others)
}

/// Return the four cells around each position, and their weights for bilinear interpolation.
#[export(
    module = "healpix",
    name = "_healpix_weights",
    signature = "(lon, lat, nside, nested, degrees, num_threads=0)"
)]
fn weights(
    lon: Coordinates,
    lat: Coordinates,
    nside: usize,
    nested: bool,
    degrees: bool,
    threads: Threads,
) -> Result<(Array, Array)> {
    same_shape(&lon.0, &lat.0, "'lon' and 'lat'")?;
    let grid = Grid::new(nside, nested)?;
    let shape = with_axis(lon.0.shape(), 4);
    let (mut x, mut y) = (lon.0.reader::<f64>(), lat.0.reader::<f64>());
    let (x, y) = (x.all()?, y.all()?);
    let mut shares = None;
    let found = cells(&shape, |out| {
        shares = Some(doubles(&shape, |weights| {
            let blocks = x
                .chunks(BLOCK)
                .zip(y.chunks(BLOCK))
                .zip(out.chunks_mut(4 * BLOCK))
                .zip(weights.chunks_mut(4 * BLOCK));
            in_unit!(degrees, U => each(threads, blocks, #[inline(always)] |(((x, y), out), weights)| match grid {
                Grid::Nested(depth) => interpolation::nested_weights::<U>(depth, x, y, out, weights),
                Grid::Ring(nside) => interpolation::ring_weights::<U>(nside, x, y, out, weights),
            }))
        })?);
        Ok(())
    })?;
    shares
        .map(|shares| (found, shares))
        .ok_or_else(|| rustsci_array::Error::runtime("the weights were not computed"))
}

/// Return the two cells of the ring above each position and the two of the ring below, and their weights, in the first
/// axis.
#[export(
    module = "healpix",
    name = "_healpix_ring_weights",
    signature = "(lon, lat, nside, nested, degrees, num_threads=0)"
)]
fn ring_weights(
    lon: Coordinates,
    lat: Coordinates,
    nside: usize,
    in_nested: bool,
    degrees: bool,
    threads: Threads,
) -> Result<(Array, Array)> {
    same_shape(&lon.0, &lat.0, "'lon' and 'lat'")?;
    let grid = Grid::new(nside, in_nested)?;
    let length = lon.0.size();
    let shape = with_first_axis(4, lon.0.shape());
    let (mut x, mut y) = (lon.0.reader::<f64>(), lat.0.reader::<f64>());
    let (x, y) = (x.all()?, y.all()?);
    let mut shares = None;
    let found = cells(&shape, |out| {
        shares = Some(doubles(&shape, |weights| {
            let blocks = x
                .chunks(BLOCK)
                .zip(y.chunks(BLOCK))
                .zip(by_place(out, length))
                .zip(by_place(weights, length));
            in_unit!(degrees, U => each(threads, blocks, #[inline(always)] |(((x, y), mut out), weights)| {
                interpolation::ring_weights_by_place::<U>(nside as u64, x, y, &mut out, weights)?;
                match grid {
                    Grid::Nested(depth) => out.into_iter().try_for_each(|cells| to_nested(depth, cells)),
                    Grid::Ring(_) => Ok(()),
                }
            }))
        })?);
        Ok(())
    })?;
    let found = found.viewed(&DType::Int64)?;
    shares
        .map(|shares| (found, shares))
        .ok_or_else(|| rustsci_array::Error::runtime("the weights were not computed"))
}

/// Turns ring cells into nested ones, in their place.
#[inline(always)]
fn to_nested(depth: Depth, cells: &mut [u64]) -> rustsci_healpix::Result<()> {
    let mut ring = [0; 256];
    for piece in cells.chunks_mut(ring.len()) {
        let ring = &mut ring[..piece.len()];
        ring.copy_from_slice(piece);
        scheme::ring_to_nested(depth, ring, piece)?;
    }
    Ok(())
}
