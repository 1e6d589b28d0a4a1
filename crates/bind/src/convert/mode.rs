//! What becomes of indices out of bounds, and on which side equal elements are found.

use rustsci_array::selection::Mode;
use rustsci_array::sorting::Side;
use rustsci_array::{Error, Result};

use super::{Argument, FromArgument};
use crate::object::View;

impl<'a> FromArgument<'a> for Mode {
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        match argument.object.view() {
            View::Str(name) => Self::parse(name),
            View::Int(_) => Self::from_number(argument.object.to_index()?),
            _ => Err(argument.expected("str or int")),
        }
    }
}

impl<'a> FromArgument<'a> for Side {
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        match argument.object.view() {
            View::Str("left") => Ok(Self::Left),
            View::Str("right") => Ok(Self::Right),
            View::Str(name) => Err(Error::value(format!(
                "search side must be 'left' or 'right' (got '{name}')"
            ))),
            _ => Err(argument.expected("str")),
        }
    }
}

/// The way to sort: every one that NumPy offers gives the order that a stable one does.
#[derive(Clone, Copy, Debug)]
pub struct SortKind;

impl<'a> FromArgument<'a> for SortKind {
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        match argument.object.view() {
            View::None => Ok(Self),
            View::Str(name) => match name.chars().next() {
                Some('q' | 'Q' | 'h' | 'H' | 'm' | 'M' | 's' | 'S') => Ok(Self),
                _ => Err(Error::value(format!(
                    "sort kind must be one of 'quick', 'heap', or 'stable' (got '{name}')"
                ))),
            },
            _ => Err(argument.expected("str")),
        }
    }
}

/// The way to select: there is one.
#[derive(Clone, Copy, Debug)]
pub struct SelectKind;

impl<'a> FromArgument<'a> for SelectKind {
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        match argument.object.view() {
            View::Str("introselect") => Ok(Self),
            View::Str(name) => Err(Error::value(format!(
                "select kind must be 'introselect' (got '{name}')"
            ))),
            _ => Err(argument.expected("str")),
        }
    }
}

/// `order=`: the fields to sort by, of which there are none.
#[derive(Clone, Copy, Debug)]
pub struct FieldOrder;

impl<'a> FromArgument<'a> for FieldOrder {
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        match argument.object.view() {
            View::None => Ok(Self),
            _ => Err(Error::value(
                "Cannot specify order when the array has no fields.",
            )),
        }
    }
}
