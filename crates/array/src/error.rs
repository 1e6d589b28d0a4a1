//! What can go wrong, and which Python exception it becomes.

use std::any::Any;

use rustsci_buffer::OutOfMemory;

/// Result of this crate's operations.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The exception type that an [`Error`] becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(
    missing_docs,
    reason = "each variant is named after its exception type"
)]
pub enum Exception {
    Value,
    Type,
    Index,
    Overflow,
    Memory,
    ZeroDivision,
    FloatingPoint,
    Buffer,
    Runtime,
    Attribute,
    NotImplemented,
    Assertion,
    /// `numpy.exceptions.DTypePromotionError`.
    Promotion,
    /// `numpy.exceptions.TooHardError`.
    TooHard,
    /// `numpy.exceptions.AxisError`, by message.
    Axis,
    /// Casting of a ufunc's operands (a `TypeError`).
    Casting,
    /// A ufunc has no loop for the operands' types (a `TypeError`).
    NoLoop,
}

/// A failed operation: it left its inputs as they were.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// An exception with its message.
    #[error("{1}")]
    Message(Exception, String),
    /// An axis outside the array's dimensions.
    #[error("{}axis {axis} is out of bounds for array of dimension {ndim}", prefix.as_deref().map(|p| format!("{p}: ")).unwrap_or_default())]
    Axis {
        /// The axis as it was given.
        axis: isize,
        /// The array's number of dimensions.
        ndim: usize,
        /// What the axis was for, if that helps.
        prefix: Option<String>,
    },
    /// No memory for an array.
    #[error(
        "Unable to allocate {bytes} bytes for an array with shape {shape:?} and data type {dtype}"
    )]
    Memory {
        /// Bytes asked for.
        bytes: usize,
        /// The array's shape.
        shape: Vec<usize>,
        /// The array's dtype.
        dtype: String,
    },
    /// A Python exception on its way through, in the interpreter's own form.
    #[error("an exception of the interpreter")]
    Host(Box<dyn Any + Send + Sync>),
}

macro_rules! constructors {
    ($($name:ident => $exception:ident),* $(,)?) => {$(
        #[doc = concat!("An [`Exception::", stringify!($exception), "`] with a message.")]
        #[cold]
        pub fn $name(message: impl Into<String>) -> Self {
            Self::Message(Exception::$exception, message.into())
        }
    )*};
}

impl Error {
    constructors! {
        value => Value, type_ => Type, index => Index, overflow => Overflow, zero_division => ZeroDivision,
        floating_point => FloatingPoint, buffer => Buffer, runtime => Runtime, attribute => Attribute,
        not_implemented => NotImplemented, promotion => Promotion, too_hard => TooHard,
        casting => Casting, no_loop => NoLoop,
    }

    /// An axis outside the array's dimensions.
    #[cold]
    pub fn axis(axis: isize, ndim: usize) -> Self {
        Self::Axis {
            axis,
            ndim,
            prefix: None,
        }
    }
}

impl From<OutOfMemory> for Error {
    fn from(error: OutOfMemory) -> Self {
        Self::Message(Exception::Memory, error.to_string())
    }
}
