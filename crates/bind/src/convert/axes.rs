//! Axes and shapes.

use rustsci_array::array::normalize_axis;
use rustsci_array::{Error, Result, Scalar};
use rustsci_buffer::Shape;
use smallvec::SmallVec;

use super::{Argument, FromArgument};
use crate::object::{Object, View};

/// Whole numbers given as one or as a sequence: a shape, in which lengths below zero may have a meaning.
#[derive(Clone, Debug, Default)]
pub struct Sizes(pub SmallVec<[isize; 6]>);

/// One axis or several.
#[derive(Clone, Debug)]
pub struct Axes(pub SmallVec<[isize; 6]>);

/// A length or an axis: an integer, but no truth value.
fn whole(object: &dyn Object) -> Result<isize> {
    match object.view() {
        View::Bool(_) | View::Scalar(Scalar::Bool(_)) => {
            Err(Error::type_("an integer is required"))
        }
        _ => object.to_index(),
    }
}

/// One whole number, or the members of a sequence.
fn one_or_several(argument: &Argument<'_>) -> Result<SmallVec<[isize; 6]>> {
    if let View::Int(_) | View::Scalar(_) = argument.object.view() {
        return Ok(smallvec::smallvec![whole(argument.object)?]);
    }
    match argument.object.items()? {
        Some(items) => items.iter().map(|item| whole(item.as_ref())).collect(),
        None => Ok(smallvec::smallvec![whole(argument.object)?]),
    }
}

impl<'a> FromArgument<'a> for Sizes {
    #[inline]
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        let lengths = one_or_several(argument);
        if lengths.is_err() && beyond_addresses(argument.object)? {
            return Err(Error::value("Maximum allowed dimension exceeded"));
        }
        lengths.map(Self)
    }
}

/// Whether a length is larger than any address.
#[cold]
fn beyond_addresses(object: &dyn Object) -> Result<bool> {
    let is_beyond = |object: &dyn Object| match object.view() {
        View::Int(value) => isize::try_from(value).is_err(),
        _ => false,
    };
    Ok(is_beyond(object)
        || object
            .items()?
            .is_some_and(|items| items.iter().any(|item| is_beyond(item.as_ref()))))
}

impl<'a> FromArgument<'a> for Axes {
    #[inline]
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        one_or_several(argument).map(Self)
    }
}

impl Sizes {
    /// The lengths of a new array's axes.
    ///
    /// # Errors
    /// If one is below zero.
    pub fn shape(&self) -> Result<Shape> {
        if self.0.iter().any(|&n| n < 0) {
            return Err(Error::value("negative dimensions are not allowed"));
        }
        Ok(self.0.iter().map(|&n| n as usize).collect())
    }
}

impl Axes {
    /// The axes counted from the front, in ascending order.
    ///
    /// # Errors
    /// If one does not exist or comes twice.
    pub fn sorted(&self, ndim: usize) -> Result<SmallVec<[usize; 6]>> {
        let mut axes = self
            .0
            .iter()
            .map(|&axis| normalize_axis(axis, ndim))
            .collect::<Result<SmallVec<[usize; 6]>>>()?;
        axes.sort_unstable();
        if axes.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(Error::value("duplicate value in 'axis'"));
        }
        Ok(axes)
    }
}

/// Whole numbers given one by one, or as one sequence (`*shape`).
#[derive(Clone, Debug)]
pub struct Unpacked(pub SmallVec<[isize; 6]>);

/// Whole numbers given one by one, or as one sequence, or none at all (`*axes`).
#[derive(Clone, Debug)]
pub struct UnpackedOrNone(pub Option<SmallVec<[isize; 6]>>);

impl<'a> FromArgument<'a> for Unpacked {
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        UnpackedOrNone::from_argument(argument).map(|unpacked| Self(unpacked.0.unwrap_or_default()))
    }
}

impl<'a> FromArgument<'a> for UnpackedOrNone {
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        let items = argument.object.items()?.unwrap_or_default();
        let several = |items: &[Box<dyn crate::Object + '_>]| {
            items
                .iter()
                .map(|item| whole(item.as_ref()))
                .collect::<Result<_>>()
        };
        match &items[..] {
            [] => Ok(Self(None)),
            [only] => match only.view() {
                View::None => Ok(Self(None)),
                View::Int(_) => several(&items).map(|sizes| Self(Some(sizes))),
                _ => match only.items()? {
                    Some(inner) => several(&inner).map(|sizes| Self(Some(sizes))),
                    None => several(&items).map(|sizes| Self(Some(sizes))),
                },
            },
            _ => several(&items).map(|sizes| Self(Some(sizes))),
        }
    }
}
