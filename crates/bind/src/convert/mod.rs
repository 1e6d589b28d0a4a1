//! From a bound argument to the type that a function takes.

mod array;
mod axes;
mod creation;
mod dtype;
mod forced;
mod mode;
mod number;
mod numbers;
mod reduction;

use rustsci_array::{Error, Result};

pub use array::{Operand, Positions, Target};
pub use axes::{Axes, Sizes, Unpacked, UnpackedOrNone};
pub use creation::{Device, Like};
pub use dtype::Conversion;
pub use forced::Doubles;
pub use mode::{FieldOrder, SelectKind, SortKind};
pub use numbers::{Data, Numbers, PlainNumber, PlainNumbers};
pub use reduction::{Start, Where};

use crate::object::{Object, View};

/// An argument on its way to a parameter.
pub struct Argument<'a> {
    /// The object given, or the parameter's default.
    pub object: &'a dyn Object,
    /// The parameter.
    pub name: &'static str,
    /// The function.
    pub function: &'static str,
}

impl Argument<'_> {
    /// The error for an object of the wrong kind.
    #[cold]
    pub fn expected(&self, what: &str) -> Error {
        Error::type_(format!(
            "{}() argument '{}' must be {what}, not {}",
            self.function,
            self.name,
            self.object.type_name()
        ))
    }
}

/// A type that a function's parameter may have.
pub trait FromArgument<'a>: Sized {
    /// Converts the argument.
    ///
    /// # Errors
    /// If it is not of the right kind.
    fn from_argument(argument: &Argument<'a>) -> Result<Self>;

    /// How many elements of arrays the function may have to work through on account of this argument.
    #[inline]
    fn elements(&self) -> usize {
        0
    }
}

/// None, or no argument at all, is `None`.
impl<'a, T: FromArgument<'a>> FromArgument<'a> for Option<T> {
    #[inline]
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        match argument.object.view() {
            View::None | View::Missing => Ok(None),
            _ => T::from_argument(argument).map(Some),
        }
    }

    fn elements(&self) -> usize {
        self.as_ref().map_or(0, T::elements)
    }
}

/// The members of a sequence.
impl<'a, T> FromArgument<'a> for Vec<T>
where
    T: for<'b> FromArgument<'b>,
{
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        let Some(items) = argument.object.items()? else {
            return Err(argument.expected("a sequence"));
        };
        let member = |object: &dyn Object| {
            T::from_argument(&Argument {
                object,
                name: argument.name,
                function: argument.function,
            })
        };
        items.iter().map(|item| member(item.as_ref())).collect()
    }

    fn elements(&self) -> usize {
        self.iter().map(T::elements).sum()
    }
}

/// The object itself, for functions that ask it questions of their own.
impl<'a> FromArgument<'a> for &'a dyn Object {
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        Ok(argument.object)
    }
}
