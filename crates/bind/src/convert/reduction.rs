//! The arguments that reductions take.

use rustsci_array::ufunc::{Initial, Input};
use rustsci_array::{Array, DType, Error, Result};

use super::{Argument, FromArgument, Operand};
use crate::object::View;

/// `where=`: an array of truth values, or all elements.
#[derive(Clone, Debug)]
pub struct Where(pub Option<Array>);

impl<'a> FromArgument<'a> for Where {
    #[inline]
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        if let View::Bool(true) | View::Missing = argument.object.view() {
            return Ok(Self(None));
        }
        let mask = match argument.object.view() {
            View::Array(_) | View::Scalar(_) => argument.object.to_array(None)?,
            // Anything else is read as truth values.
            _ => argument.object.to_array(Some(&DType::Bool))?,
        };
        if *mask.dtype() == DType::Bool {
            return Ok(Self(Some(mask)));
        }
        Err(Error::type_(format!(
            "Cannot cast array data from dtype('{}') to dtype('bool') according to the rule 'safe'",
            mask.dtype()
        )))
    }
}

/// `initial=`: not given, None (start with the first element), or a value.
#[derive(Clone, Debug)]
pub enum Start {
    /// The identity of the operation.
    Default,
    /// The first element.
    None,
    /// A value.
    Value(Operand),
}

impl<'a> FromArgument<'a> for Start {
    #[inline]
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        match argument.object.view() {
            View::Missing => Ok(Self::Default),
            View::None => Ok(Self::None),
            _ => match Operand::from_argument(argument)? {
                Operand::Array(array) if array.ndim() > 0 => {
                    Err(argument.expected("a single value"))
                }
                value => Ok(Self::Value(value)),
            },
        }
    }
}

impl Start {
    /// The value as the core takes it.
    pub fn initial(&self) -> Initial<'_> {
        match self {
            Self::Default => Initial::Default,
            Self::None => Initial::None,
            Self::Value(Operand::Array(array)) => Initial::Value(Input::Array(array)),
            Self::Value(Operand::Scalar(value)) => Initial::Value(Input::Scalar(*value)),
            Self::Value(Operand::Int(value)) => Initial::Value(Input::Int(*value)),
            Self::Value(Operand::Float(value)) => Initial::Value(Input::Float(*value)),
            Self::Value(Operand::Complex(value)) => Initial::Value(Input::Complex(*value)),
        }
    }
}
