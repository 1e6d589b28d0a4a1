//! Arguments that only pixels of the sphere need.

use std::num::NonZeroUsize;

use rustsci_array::{Array, DType, Error, Result};
use rustsci_healpix::Depth;

use crate::convert::{Argument, FromArgument};

/// Numbers of cells: integers of any size, or doubles that are whole.
#[derive(Clone, Debug)]
pub(super) struct Cells(pub(super) Array);

impl<'a> FromArgument<'a> for Cells {
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        let array = Array::from_argument(argument)?;
        let bad = |index: usize, value: String| {
            Error::value(format!(
                "The input HEALPix array contains values out of range: element {index} is {value}, which is no cell"
            ))
        };
        if matches!(
            array.dtype(),
            DType::UInt8 | DType::UInt16 | DType::UInt32 | DType::UInt64
        ) {
            return array.as_dtype(&DType::UInt64).map(Self);
        }
        if array.dtype().is_integer() {
            let signed = array.as_dtype(&DType::Int64)?;
            let mut reader = signed.reader::<i64>();
            let values = reader.all()?;
            if let Some(index) = values.iter().position(|&cell| cell < 0) {
                return Err(bad(index, values[index].to_string()));
            }
            return signed.viewed(&DType::UInt64).map(Self);
        }
        if !is_real(array.dtype()) {
            return Err(argument.expected("an array of cell numbers"));
        }
        let doubles = array.as_dtype(&DType::Float64)?;
        let mut reader = doubles.reader::<f64>();
        let values = reader.all()?;
        let no_cell = |&cell: &f64| !(0.0..9.0e15).contains(&cell) || cell.fract() != 0.0;
        if let Some(index) = values.iter().position(no_cell) {
            return Err(bad(index, values[index].to_string()));
        }
        doubles.as_dtype(&DType::UInt64).map(Self)
    }

    fn elements(&self) -> usize {
        self.0.size()
    }
}

fn is_real(dtype: &DType) -> bool {
    dtype.is_inexact() && !dtype.is_complex()
}

/// Angles and coordinates, in double precision.
#[derive(Clone, Debug)]
pub(super) struct Coordinates(pub(super) Array);

impl<'a> FromArgument<'a> for Coordinates {
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        let array = Array::from_argument(argument)?;
        if !array.dtype().is_integer() && !is_real(array.dtype()) {
            return Err(argument.expected("an array of real numbers"));
        }
        array.as_dtype(&DType::Float64).map(Self)
    }

    fn elements(&self) -> usize {
        self.0.size()
    }
}

/// How many threads to use: as many as the process has where none or zero is given.
#[derive(Clone, Copy, Debug)]
pub(super) struct Threads(pub(super) Option<NonZeroUsize>);

impl<'a> FromArgument<'a> for Threads {
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        Option::<usize>::from_argument(argument)
            .map(|threads| Self(threads.and_then(NonZeroUsize::new)))
    }
}

/// How the sphere is cut, and how cells are numbered.
#[derive(Clone, Copy, Debug)]
pub(super) enum Grid {
    /// The nested scheme.
    Nested(Depth),
    /// The ring scheme, at so many cells along a base cell's edge.
    Ring(u64),
}

impl Grid {
    pub(super) fn new(nside: usize, nested: bool) -> Result<Self> {
        let nside = nside as u64;
        if nested {
            return depth_of(nside).map(Self::Nested);
        }
        if (1..=1 << 29).contains(&nside) {
            return Ok(Self::Ring(nside));
        }
        Err(Error::value(format!(
            "nside must be between 1 and 2**29, not {nside}"
        )))
    }
}

/// The depth of the nested scheme at so many cells along a base cell's edge.
pub(super) fn depth_of(nside: u64) -> Result<Depth> {
    Depth::of_nside(nside).ok_or_else(|| {
        Error::value(format!(
            "in the nested scheme nside must be a power of two, at most 2**29, not {nside}"
        ))
    })
}

/// Runs generic code for the unit of angles.
macro_rules! in_unit {
    ($degrees:expr, $unit:ident => $call:expr) => {
        if $degrees {
            type $unit = rustsci_healpix::Degrees;
            $call
        } else {
            type $unit = rustsci_healpix::Radians;
            $call
        }
    };
}
pub(super) use in_unit;
