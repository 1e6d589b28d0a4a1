//! The cells that regions of the sky overlap.

use std::f64::consts::PI;

use rustsci_array::{Array, DType, Error, Result};
use rustsci_buffer::{Order, simd};
use rustsci_healpix::Depth;
use rustsci_healpix::coverage::{
    Complement, Cone, Covered, Ellipse, Polygon, Region, Touch, Union, Zone, cover, flat,
    intersection, nested_cells, ranges, rectangle, ring_cells,
};

use super::arguments::{Grid, depth_of};
use super::blocks::failed;
use crate::convert::{Argument, FromArgument};
use crate::object::{Object, View};
use crate::{Function, export};

pub(crate) static ROWS: &[&Function] = &[&COVER_CELLS, &COVER_RANGES, &QUERY];

/// A region, described by a tuple of its kind and its parameters (angles in radians).
struct Described(Box<dyn Region>);

/// The items of a tuple on their way to a region's parameters.
struct Items<'a> {
    kind: String,
    rest: Vec<Box<dyn Object + 'a>>,
    function: &'static str,
}

impl Items<'_> {
    fn argument<'b, T: FromArgument<'b>>(&'b self, index: usize) -> Result<T> {
        let object = self.rest.get(index).ok_or_else(|| {
            Error::type_(format!(
                "{}() region '{}' has no parameter {index}",
                self.function, self.kind
            ))
        })?;
        T::from_argument(&Argument {
            object: object.as_ref(),
            name: "region",
            function: self.function,
        })
    }

    fn numbers<const N: usize>(&self) -> Result<[f64; N]> {
        let mut numbers = [0.0; N];
        for (index, number) in numbers.iter_mut().enumerate() {
            *number = self.argument(index)?;
        }
        Ok(numbers)
    }

    fn region(&self, index: usize) -> Result<Box<dyn Region>> {
        self.argument::<Described>(index)
            .map(|described| described.0)
    }

    fn doubles(&self, index: usize) -> Result<Vec<f64>> {
        let array: Array = self.argument(index)?;
        array.as_dtype(&DType::Float64)?.to_vec::<f64>()
    }

    fn build(&self) -> Result<Box<dyn Region>> {
        Ok(match self.kind.as_str() {
            "cone" => {
                let [lon, lat, radius] = self.numbers()?;
                Box::new(Cone::new(lon, lat, radius).map_err(failed)?)
            }
            "ellipse" => {
                let [lon, lat, a, b, angle] = self.numbers()?;
                Box::new(Ellipse::new(lon, lat, a, b, angle).map_err(failed)?)
            }
            "box" => {
                let [lon, lat, a, b, angle] = self.numbers()?;
                Box::new(rectangle(lon, lat, a, b, angle).map_err(failed)?)
            }
            "zone" => {
                let [west, south, east, north] = self.numbers()?;
                Box::new(Zone::new(west, south, east, north).map_err(failed)?)
            }
            "polygon" => {
                let (lon, lat) = (self.doubles(0)?, self.doubles(1)?);
                Box::new(Polygon::new(&lon, &lat).map_err(failed)?)
            }
            "even-odd polygon" => {
                let (lon, lat) = (self.doubles(0)?, self.doubles(1)?);
                Box::new(Polygon::even_odd(&lon, &lat).map_err(failed)?)
            }
            "complement" => Box::new(Complement(self.region(0)?)),
            "union" => Box::new(Union(self.region(0)?, self.region(1)?)),
            "intersection" => Box::new(intersection(self.region(0)?, self.region(1)?)),
            "sky" => Box::new(Cone::new(0.0, 0.0, PI).map_err(failed)?),
            kind => {
                return Err(Error::value(format!(
                    "there is no region of the kind '{kind}'"
                )));
            }
        })
    }
}

impl<'a> FromArgument<'a> for Described {
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        let mut items = argument
            .object
            .items()?
            .ok_or_else(|| argument.expected("a tuple that describes a region"))?;
        if items.is_empty() {
            return Err(argument.expected("a tuple that describes a region"));
        }
        let kind = match items.remove(0).view() {
            View::Str(kind) => kind.to_owned(),
            _ => return Err(argument.expected("a tuple that begins with a kind of region")),
        };
        let items = Items {
            kind,
            rest: items,
            function: argument.function,
        };
        items.build().map(Self)
    }

    /// A coverage takes long enough to let other threads run meanwhile.
    fn elements(&self) -> usize {
        1 << 20
    }
}

/// The cells that a region overlaps.
fn covering(region: &Described, depth: Depth) -> Vec<Covered> {
    simd::vectorized(
        #[inline(always)]
        || cover(&region.0, depth),
    )
}

/// Return the cells that a region overlaps, their depths, and whether it contains them.
#[export(
    module = "healpix",
    name = "_healpix_cover",
    signature = "(region, nside, flat)"
)]
fn cover_cells(region: Described, nside: usize, one_depth: bool) -> Result<Vec<Array>> {
    let depth = depth_of(nside as u64)?;
    let covered = covering(&region, depth);
    let (cells, depths, full): (Vec<u64>, Vec<u8>, Vec<u8>) = if one_depth {
        let cells = flat(&covered, depth);
        let numbers = cells.iter().map(|cell| cell.0).collect();
        let full = cells.iter().map(|cell| u8::from(cell.1)).collect();
        (numbers, vec![depth.get(); cells.len()], full)
    } else {
        (
            covered.iter().map(|cell| cell.cell).collect(),
            covered.iter().map(|cell| cell.depth.get()).collect(),
            covered.iter().map(|cell| u8::from(cell.full)).collect(),
        )
    };
    Ok(vec![
        Array::from_slice(&cells)?,
        Array::from_slice(&depths)?,
        Array::from_slice(&full)?.as_dtype(&DType::Bool)?,
    ])
}

/// Return the ranges of cells of a depth that a region overlaps, as an array of two columns.
#[export(
    module = "healpix",
    name = "_healpix_cover_ranges",
    signature = "(region, nside)"
)]
fn cover_ranges(region: Described, nside: usize) -> Result<Array> {
    let depth = depth_of(nside as u64)?;
    let shift = 2 * (29 - depth.get());
    let found = ranges(&covering(&region, depth));
    let limits: Vec<u64> = found
        .iter()
        .flat_map(|range| [range.start >> shift, range.end >> shift])
        .collect();
    Array::from_shape(&[found.len(), 2], &limits)
}

/// Return the cells in order that a region overlaps, or whose centres are in it; or the ranges that they make up.
#[export(
    module = "healpix",
    name = "_healpix_query",
    signature = "(region, nside, nested, inclusive, as_ranges=False)"
)]
fn query(
    region: Described,
    nside: usize,
    in_nested: bool,
    inclusive: bool,
    as_ranges: bool,
) -> Result<Array> {
    let touch = if inclusive {
        Touch::Overlapping
    } else {
        Touch::Centred
    };
    let grid = Grid::new(nside, in_nested)?;
    let found = simd::vectorized(
        #[inline(always)]
        || match grid {
            Grid::Nested(depth) => nested_cells(&region.0, depth, touch),
            Grid::Ring(nside) => ring_cells(&region.0, nside, touch),
        },
    );
    if as_ranges {
        let limits: Vec<i64> = found
            .iter()
            .flat_map(|range| [range.start, range.end])
            .map(u64::cast_signed)
            .collect();
        return Array::from_shape(&[found.len(), 2], &limits);
    }
    let count = found
        .iter()
        .map(|range| range.end - range.start)
        .sum::<u64>();
    let cells = Array::empty(&[count as usize], &DType::Int64, Order::C)?;
    cells
        .writer::<i64>()?
        .update(0, cells.size(), |mut out: &mut [i64]| {
            for range in &found {
                let (here, rest) = out.split_at_mut((range.end - range.start) as usize);
                for (out, cell) in here.iter_mut().zip(range.start.cast_signed()..) {
                    *out = cell;
                }
                out = rest;
            }
        })?;
    Ok(cells)
}
