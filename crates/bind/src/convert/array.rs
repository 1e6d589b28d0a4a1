//! Arrays, and what may stand for one.

use rustsci_array::dtype::{Complex, Weak, convert, promote_all, promote_weak};
use rustsci_array::exec::with_status;
use rustsci_array::ufunc::{Input, from_complex, integer, rounded};
use rustsci_array::{Array, DType, Error, Result, Scalar};

use super::{Argument, FromArgument};
use crate::object::View;

/// Anything that can become an array.
impl<'a> FromArgument<'a> for Array {
    #[inline]
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        match argument.object.view() {
            View::Array(array) => Ok(array),
            _ => argument.object.to_array(None),
        }
    }

    fn elements(&self) -> usize {
        self.size()
    }
}

/// Positions of elements. A list without any has no dtype that could be wrong.
#[derive(Clone, Debug)]
pub struct Positions(pub Array);

impl<'a> FromArgument<'a> for Positions {
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        if let View::Array(array) = argument.object.view() {
            return Ok(Self(array));
        }
        let array = argument.object.to_array(None)?;
        if array.size() == 0 && *array.dtype() == DType::Float64 {
            return array.as_dtype(&DType::Int64).map(Self);
        }
        Ok(Self(array))
    }

    fn elements(&self) -> usize {
        self.0.size()
    }
}

/// An array that is written to: it must be one already.
#[derive(Clone, Debug)]
pub struct Target(pub Array);

impl<'a> FromArgument<'a> for Target {
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        match argument.object.view() {
            View::Array(array) => Ok(Self(array)),
            _ if argument.name == "out" => Err(Error::type_("output must be an array")),
            _ => Err(argument.expected("numpy.ndarray")),
        }
    }

    fn elements(&self) -> usize {
        self.0.size()
    }
}

/// An array, or a Python number, which takes part in promotion by its kind only.
#[derive(Clone, Debug)]
pub enum Operand {
    /// An array.
    Array(Array),
    /// A value with a dtype of its own.
    Scalar(Scalar),
    /// A whole number.
    Int(i128),
    /// A floating-point number.
    Float(f64),
    /// A complex number.
    Complex(Complex<f64>),
}

impl<'a> FromArgument<'a> for Operand {
    #[inline]
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        Ok(match argument.object.view() {
            View::Array(array) => Self::Array(array),
            View::Scalar(value) => Self::Scalar(value),
            View::Bool(value) => Self::Scalar(Scalar::Bool(value.into())),
            View::Int(value) => Self::Int(value),
            View::Float(value) => Self::Float(value),
            View::Complex(value) => Self::Complex(value),
            _ => Self::Array(argument.object.to_array(None)?),
        })
    }

    fn elements(&self) -> usize {
        match self {
            Self::Array(array) => array.size(),
            _ => 0,
        }
    }
}

impl Operand {
    /// The dtype that all operands have in common.
    ///
    /// # Errors
    /// If there is no operand.
    pub fn common_dtype(operands: &[Self]) -> Result<DType> {
        // By itself an integer that no signed type holds is an unsigned one.
        if let [Self::Int(value)] = operands
            && *value > i128::from(i64::MAX)
        {
            return Ok(DType::UInt64);
        }
        let (mut strong, mut weak): (Vec<DType>, Option<Weak>) = (Vec::new(), None);
        for operand in operands {
            let kind = match operand {
                Self::Array(array) => {
                    strong.push(array.dtype().clone());
                    continue;
                }
                Self::Scalar(value) => {
                    strong.push(value.dtype());
                    continue;
                }
                Self::Int(_) => Weak::Int,
                Self::Float(_) => Weak::Float,
                Self::Complex(_) => Weak::Complex,
            };
            weak = Some(match (weak, kind) {
                (Some(Weak::Complex), _) | (_, Weak::Complex) => Weak::Complex,
                (Some(Weak::Float), _) | (_, Weak::Float) => Weak::Float,
                _ => Weak::Int,
            });
        }
        match (promote_all(&strong), weak) {
            (Some(dtype), Some(weak)) => Ok(promote_weak(&dtype, weak)),
            (Some(dtype), None) => Ok(dtype),
            (None, Some(weak)) => Ok(weak.default_dtype()),
            (None, None) => Err(Error::value("at least one array or dtype is required")),
        }
    }

    /// The operand as a ufunc takes it.
    pub fn input(&self) -> Input<'_> {
        match self {
            Self::Array(array) => Input::Array(array),
            Self::Scalar(value) => Input::Scalar(*value),
            Self::Int(value) => Input::Int(*value),
            Self::Float(value) => Input::Float(*value),
            Self::Complex(value) => Input::Complex(*value),
        }
    }

    /// The operand as an array of the given dtype.
    ///
    /// # Errors
    /// If a whole number does not fit the dtype.
    pub fn to_array(&self, dtype: &DType) -> Result<Array> {
        match self {
            Self::Array(array) => array.as_dtype(dtype),
            Self::Scalar(value) => Array::from_scalar(&convert(value, dtype)),
            Self::Int(value) if *dtype == DType::Bool && i64::try_from(*value).is_err() => {
                Err(Error::overflow("Python int too large to convert to C long"))
            }
            Self::Int(value) => Array::from_scalar(&with_status(|| integer(*value, dtype))?),
            Self::Float(value) => Array::from_scalar(&convert(&Scalar::from(*value), dtype)),
            Self::Complex(value) => Array::from_scalar(&convert(&Scalar::from(*value), dtype)),
        }
    }

    /// The operand as what is assigned to elements of the given dtype: a Python number has to fit it.
    ///
    /// # Errors
    /// If it does not.
    pub fn for_assignment(&self, dtype: &DType) -> Result<Array> {
        match self {
            Self::Float(value) if dtype.is_integer() => {
                Array::from_scalar(&rounded(*value, dtype)?)
            }
            Self::Complex(value) => Array::from_scalar(&from_complex(*value, dtype)?),
            other => other.to_array(dtype),
        }
    }
}
