//! Plain numbers: what statistics are computed of.

use rustsci_array::{Array, DType, Error, Result};

use super::{Argument, FromArgument};
use crate::object::View;

/// Whole numbers up to this size are floating-point numbers as well.
const EXACT: u64 = 1 << 53;

/// Numbers of Python's own, taken out of a list.
#[derive(Clone, Debug)]
pub enum PlainNumbers {
    /// Floats, among which there may have been whole numbers that floats hold exactly.
    Floats {
        /// The numbers.
        values: Vec<f64>,
        /// The size of the largest whole number, if there was one.
        whole: Option<u64>,
    },
    /// Whole numbers of up to 64 bits.
    Integers {
        /// The numbers.
        values: Vec<i64>,
        /// Whether there were truth values among them.
        booleans: bool,
    },
}

/// One number on its way in.
#[derive(Clone, Copy, Debug)]
pub enum PlainNumber {
    /// A float.
    Float(f64),
    /// A whole number.
    Integer(i64),
    /// A truth value.
    Boolean(bool),
}

impl PlainNumbers {
    /// No numbers, with room for some.
    #[must_use]
    pub fn with_capacity(count: usize, first: PlainNumber) -> Self {
        match first {
            PlainNumber::Float(_) => Self::Floats {
                values: Vec::with_capacity(count),
                whole: None,
            },
            _ => Self::Integers {
                values: Vec::with_capacity(count),
                booleans: false,
            },
        }
    }

    /// Adds a number; false if floats and whole numbers that no float holds came together.
    #[inline]
    pub fn push(&mut self, number: PlainNumber) -> bool {
        match (self, number) {
            (Self::Floats { values, .. }, PlainNumber::Float(value)) => values.push(value),
            (Self::Floats { values, whole }, PlainNumber::Integer(value)) => {
                let size = value.unsigned_abs();
                if size > EXACT {
                    return false;
                }
                *whole = Some(whole.unwrap_or(0).max(size));
                values.push(value as f64);
            }
            (Self::Integers { values, .. }, PlainNumber::Integer(value)) => values.push(value),
            (Self::Integers { values, booleans }, PlainNumber::Boolean(value)) => {
                *booleans = true;
                values.push(value.into());
            }
            (numbers @ Self::Floats { .. }, PlainNumber::Boolean(value)) => {
                return numbers.push(PlainNumber::Integer(value.into()));
            }
            (numbers @ Self::Integers { .. }, PlainNumber::Float(value)) => {
                let Some(floats) = numbers.as_floats() else {
                    return false;
                };
                *numbers = floats;
                return numbers.push(PlainNumber::Float(value));
            }
        }
        true
    }

    /// The numbers as floats, if these hold them.
    fn as_floats(&self) -> Option<Self> {
        match self {
            Self::Floats { .. } => Some(self.clone()),
            Self::Integers { values, .. } => {
                let whole = values.iter().map(|value| value.unsigned_abs()).max();
                let floats = || values.iter().map(|&value| value as f64).collect();
                (whole.unwrap_or(0) <= EXACT).then(|| Self::Floats {
                    values: floats(),
                    whole,
                })
            }
        }
    }
}

/// Numbers to compute statistics of: a list or tuple of Python's own, or an array with one axis.
#[derive(Clone, Debug)]
pub enum Numbers {
    /// Those of a list.
    Plain(PlainNumbers),
    /// An array of float64.
    Doubles(Array),
    /// Something else, which Python has to look at.
    Other,
}

/// Numbers as they lie in memory.
#[derive(Clone, Copy, Debug)]
pub enum Data<'a> {
    /// Floats, and the size of the largest that was a whole number, if one was.
    Floats(&'a [f64], Option<u64>),
    /// Whole numbers, and whether there were truth values among them.
    Integers(&'a [i64], bool),
}

impl Numbers {
    /// Runs `work` on the numbers, if they are plain.
    ///
    /// # Errors
    /// Those of the work, and if there is no memory for a packed copy.
    pub fn with<R>(&self, work: impl FnOnce(Data<'_>) -> Result<Option<R>>) -> Result<Option<R>> {
        match self {
            Self::Plain(PlainNumbers::Floats { values, whole }) => {
                work(Data::Floats(values, *whole))
            }
            Self::Plain(PlainNumbers::Integers { values, booleans }) => {
                work(Data::Integers(values, *booleans))
            }
            Self::Doubles(array) => work(Data::Floats(array.reader::<f64>().all()?, None)),
            Self::Other => Ok(None),
        }
    }

    /// Runs `work` on the numbers as floats, if these hold them.
    ///
    /// # Errors
    /// As for [`Numbers::with`].
    pub fn with_floats<R>(
        &self,
        work: impl FnOnce(&[f64]) -> Result<Option<R>>,
    ) -> Result<Option<R>> {
        match self {
            Self::Plain(numbers) => match numbers.as_floats() {
                Some(PlainNumbers::Floats { values, .. }) => work(&values),
                _ => Ok(None),
            },
            Self::Doubles(array) => work(array.reader::<f64>().all()?),
            Self::Other => Ok(None),
        }
    }

    fn of_array(array: &Array, argument: &Argument<'_>) -> Result<Self> {
        if array.ndim() != 1 {
            return Err(Error::type_(format!(
                "{}() takes numbers along one axis, not an array of shape {}; pass a.ravel() for all of them",
                argument.function.trim_start_matches("_stats_"),
                rustsci_array::array::shape_text(array.shape())
            )));
        }
        Ok(match array.dtype() {
            DType::Float64 => Self::Doubles(array.clone()),
            DType::Float16 | DType::Float32 => Self::Doubles(array.as_dtype(&DType::Float64)?),
            DType::Bool => integers(array, true)?,
            // Larger numbers than fit are Python's to handle.
            DType::UInt64
                if array
                    .to_vec::<u64>()?
                    .iter()
                    .any(|&value| i64::try_from(value).is_err()) =>
            {
                Self::Other
            }
            dtype if dtype.is_integer() => integers(array, false)?,
            _ => Self::Other,
        })
    }
}

fn integers(array: &Array, booleans: bool) -> Result<Numbers> {
    let values = array.as_dtype(&DType::Int64)?.to_vec()?;
    Ok(Numbers::Plain(PlainNumbers::Integers { values, booleans }))
}

impl<'a> FromArgument<'a> for Numbers {
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        match argument.object.view() {
            View::Array(array) => Self::of_array(&array, argument),
            View::Sequence => Ok(argument
                .object
                .plain_numbers()
                .map_or(Self::Other, Self::Plain)),
            _ => Ok(Self::Other),
        }
    }

    fn elements(&self) -> usize {
        match self {
            Self::Plain(PlainNumbers::Floats { values, .. }) => values.len(),
            Self::Plain(PlainNumbers::Integers { values, .. }) => values.len(),
            Self::Doubles(array) => array.size(),
            Self::Other => 0,
        }
    }
}
