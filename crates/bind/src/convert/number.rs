//! Plain numbers, truth values and text.

use rustsci_array::{Error, Result, Scalar};

use super::{Argument, FromArgument};
use crate::object::View;

impl<'a> FromArgument<'a> for bool {
    #[inline]
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        match argument.object.view() {
            View::Bool(value) => Ok(value),
            _ => argument.object.truth(),
        }
    }
}

impl<'a> FromArgument<'a> for isize {
    #[inline]
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        argument.object.to_index()
    }
}

impl<'a> FromArgument<'a> for usize {
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        let value = argument.object.to_index()?;
        Self::try_from(value).map_err(|_| {
            Error::value(format!(
                "{}() argument '{}' must not be negative, got {value}",
                argument.function, argument.name
            ))
        })
    }
}

impl<'a> FromArgument<'a> for f64 {
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        match argument.object.view() {
            View::Float(value) => Ok(value),
            _ => argument.object.to_float(),
        }
    }
}

impl<'a> FromArgument<'a> for String {
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        match argument.object.view() {
            View::Str(text) => Ok(text.to_owned()),
            _ => Err(argument.expected("str")),
        }
    }
}

/// A single value: a scalar, a number, or an array without axes.
impl<'a> FromArgument<'a> for Scalar {
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        if let View::Scalar(value) = argument.object.view() {
            return Ok(value);
        }
        let array = argument.object.to_array(None)?;
        if array.ndim() == 0 {
            Ok(array.get(&[]))
        } else {
            Err(argument.expected("a scalar"))
        }
    }
}
