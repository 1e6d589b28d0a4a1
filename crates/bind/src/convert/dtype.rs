//! Dtypes, casting rules and memory orders.

use rustsci_array::array::CopyOrder;
use rustsci_array::dtype::Casting;
use rustsci_array::{DType, Error, Order, Result};

use super::{Argument, FromArgument};
use crate::object::View;

impl<'a> FromArgument<'a> for DType {
    #[inline]
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        match argument.object.view() {
            View::DType(dtype) => Ok(dtype),
            _ => argument.object.to_dtype(),
        }
    }
}

fn casting_name<'a>(argument: &Argument<'a>) -> Result<&'a str> {
    match argument.object.view() {
        View::Str(name) => Ok(name),
        _ => Err(argument.expected("str")),
    }
}

impl<'a> FromArgument<'a> for Casting {
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        let name = casting_name(argument)?;
        Self::parse(name).ok_or_else(|| {
            Error::value(format!(
                "casting must be one of 'no', 'equiv', 'safe', 'same_kind', 'unsafe' (got '{name}')"
            ))
        })
    }
}

/// What a conversion of an array's elements may change: what a rule lets it, or no value at all.
pub enum Conversion {
    /// What the dtypes say.
    Rule(Casting),
    /// What the values say: each has to be the same afterwards.
    SameValue,
}

impl<'a> FromArgument<'a> for Conversion {
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        let name = casting_name(argument)?;
        if name == "same_value" {
            return Ok(Self::SameValue);
        }
        Casting::parse(name).map(Self::Rule).ok_or_else(|| {
            Error::value(format!(
                "casting must be one of 'no', 'equiv', 'safe', 'same_kind', 'unsafe', 'same_value' (got '{name}')"
            ))
        })
    }
}

impl<'a> FromArgument<'a> for CopyOrder {
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        let name = match argument.object.view() {
            View::Str(name) => name,
            View::Bytes(name) => std::str::from_utf8(name).unwrap_or_default(),
            _ => return Err(argument.expected("str")),
        };
        match name {
            "C" | "c" => Ok(Self::C),
            "F" | "f" => Ok(Self::F),
            "A" | "a" => Ok(Self::A),
            "K" | "k" => Ok(Self::K),
            _ => Err(Error::value(format!(
                "order must be one of 'C', 'F', 'A', or 'K' (got '{name}')"
            ))),
        }
    }
}

/// An order that needs no array to decide it: `A` and `K` of nothing are `C`.
impl<'a> FromArgument<'a> for Order {
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        match CopyOrder::from_argument(argument)? {
            CopyOrder::C => Ok(Self::C),
            CopyOrder::F => Ok(Self::F),
            _ => Err(Error::value(
                "only 'C' or 'F' order is permitted".to_owned(),
            )),
        }
    }
}
