//! The plane of projection.

use rustsci_array::{Array, Result};
use rustsci_healpix::{Degrees, Radians, projection};

use super::arguments::{Cells, Coordinates, Grid, Threads};
use super::blocks::{BLOCK, each, same_shape, two_doubles};
use crate::{Function, export};

pub(crate) static ROWS: &[&Function] = &[&LONLAT_TO_XY, &XY_TO_LONLAT, &CELLS_TO_XY];

/// Return where in the plane positions are.
#[export(
    module = "healpix",
    name = "_healpix_lonlat_to_xy",
    signature = "(lon, lat, degrees, num_threads=0)"
)]
fn lonlat_to_xy(
    lon: Coordinates,
    lat: Coordinates,
    degrees: bool,
    threads: Threads,
) -> Result<(Array, Array)> {
    same_shape(&lon.0, &lat.0, "'lon' and 'lat'")?;
    let shape = lon.0.shape();
    let (mut lon, mut lat) = (lon.0.reader::<f64>(), lat.0.reader::<f64>());
    let (lon, lat) = (lon.all()?, lat.all()?);
    two_doubles(shape, |x, y| {
        let blocks = lon
            .chunks(BLOCK)
            .zip(lat.chunks(BLOCK))
            .zip(x.chunks_mut(BLOCK))
            .zip(y.chunks_mut(BLOCK));
        each(
            threads,
            blocks,
            #[inline(always)]
            |(((lon, lat), x), y)| {
                if degrees {
                    projection::lonlat_to_xy::<Degrees>(lon, lat, x, y)
                } else {
                    projection::lonlat_to_xy::<Radians>(lon, lat, x, y)
                }
            },
        )
    })
}

/// Return the positions of points of the plane.
#[export(
    module = "healpix",
    name = "_healpix_xy_to_lonlat",
    signature = "(x, y, degrees, num_threads=0)"
)]
fn xy_to_lonlat(
    x: Coordinates,
    y: Coordinates,
    degrees: bool,
    threads: Threads,
) -> Result<(Array, Array)> {
    same_shape(&x.0, &y.0, "'x' and 'y'")?;
    let shape = x.0.shape();
    let (mut x, mut y) = (x.0.reader::<f64>(), y.0.reader::<f64>());
    let (x, y) = (x.all()?, y.all()?);
    two_doubles(shape, |lon, lat| {
        let blocks = x
            .chunks(BLOCK)
            .zip(y.chunks(BLOCK))
            .zip(lon.chunks_mut(BLOCK))
            .zip(lat.chunks_mut(BLOCK));
        each(
            threads,
            blocks,
            #[inline(always)]
            |(((x, y), lon), lat)| {
                if degrees {
                    projection::xy_to_lonlat::<Degrees>(x, y, lon, lat)
                } else {
                    projection::xy_to_lonlat::<Radians>(x, y, lon, lat)
                }
            },
        )
    })
}

/// Return where in the plane the centres of cells are.
#[export(
    module = "healpix",
    name = "_healpix_cells_to_xy",
    signature = "(cells, nside, nested, num_threads=0)"
)]
fn cells_to_xy(
    cells: Cells,
    nside: usize,
    nested: bool,
    threads: Threads,
) -> Result<(Array, Array)> {
    let grid = Grid::new(nside, nested)?;
    let mut reader = cells.0.reader::<u64>();
    let numbers = reader.all()?;
    two_doubles(cells.0.shape(), |x, y| {
        let blocks = numbers
            .chunks(BLOCK)
            .zip(x.chunks_mut(BLOCK))
            .zip(y.chunks_mut(BLOCK));
        each(
            threads,
            blocks,
            #[inline(always)]
            |((cells, x), y)| match grid {
                Grid::Nested(depth) => projection::nested_to_xy(depth, cells, x, y),
                Grid::Ring(nside) => projection::ring_to_xy(nside, cells, x, y),
            },
        )
    })
}
