//! What a call of a ufunc is given.

use rustsci_buffer::Complex;
use smallvec::SmallVec;

use crate::array::CopyOrder;
use crate::dtype::{Casting, Class, Weak, promote_all, promote_weak};
use crate::{Array, DType, Error, Result, Scalar};

/// One input.
#[derive(Clone, Debug)]
pub enum Input<'a> {
    /// An array.
    Array(&'a Array),
    /// One value with a dtype of its own.
    Scalar(Scalar),
    /// A Python `int`, which takes the type of what it meets.
    Int(i128),
    /// A Python `float`.
    Float(f64),
    /// A Python `complex`.
    Complex(Complex<f64>),
}

impl Input<'_> {
    /// The class of a Python number.
    #[inline]
    pub fn weak(&self) -> Option<Weak> {
        match self {
            Self::Array(_) | Self::Scalar(_) => None,
            Self::Int(_) => Some(Weak::Int),
            Self::Float(_) => Some(Weak::Float),
            Self::Complex(_) => Some(Weak::Complex),
        }
    }

    /// The input's own dtype, if it has one.
    #[inline]
    pub fn dtype(&self) -> Option<DType> {
        match self {
            Self::Array(array) => Some(array.dtype().clone()),
            Self::Scalar(scalar) => Some(scalar.dtype()),
            _ => None,
        }
    }

    /// The input's shape.
    #[inline]
    pub fn shape(&self) -> &[usize] {
        match self {
            Self::Array(array) => array.shape(),
            _ => &[],
        }
    }

    /// A Python number as a value of its natural type; one too large for 64 bits, and anything else, as it is.
    pub(super) fn with_own_dtype(&self) -> Self {
        match *self {
            Self::Int(value) => match (i64::try_from(value), u64::try_from(value)) {
                (Ok(value), _) => Self::Scalar(Scalar::Int64(value)),
                (_, Ok(value)) => Self::Scalar(Scalar::UInt64(value)),
                _ => self.clone(),
            },
            Self::Float(value) => Self::Scalar(Scalar::Float64(value)),
            Self::Complex(value) => Self::Scalar(Scalar::Complex128(value)),
            _ => self.clone(),
        }
    }

    /// A value that is no array, converted to a dtype as Python's `int` and `float` convert: nothing is lost but a
    /// fraction.
    ///
    /// # Errors
    /// If a Python number does not fit the dtype.
    pub fn converted(&self, dtype: &DType) -> Result<Scalar> {
        match *self {
            Self::Float(value) | Self::Scalar(Scalar::Float64(value)) if dtype.is_integer() => {
                rounded(value, dtype)
            }
            Self::Complex(value) => from_complex(value, dtype),
            _ => self.to_scalar(dtype),
        }
    }

    /// A value that is no array, cast to a dtype.
    ///
    /// # Errors
    /// If a Python integer does not fit the dtype.
    pub fn to_scalar(&self, dtype: &DType) -> Result<Scalar> {
        Ok(match *self {
            Self::Array(array) => array.item(0).cast(dtype),
            Self::Scalar(scalar) => scalar.cast(dtype),
            Self::Int(value) => integer(value, dtype)?,
            Self::Float(value) => Scalar::Float64(value).cast(dtype),
            Self::Complex(value) => Scalar::Complex128(value).cast(dtype),
        })
    }
}

/// A Python integer as a value of a dtype.
///
/// # Errors
/// If it does not fit an integer dtype.
pub fn integer(value: i128, dtype: &DType) -> Result<Scalar> {
    if dtype.is_integer() {
        let (low, high) = integer_range(dtype);
        if value < low || value > high {
            return Err(Error::overflow(format!(
                "Python integer {value} out of bounds for {dtype}"
            )));
        }
        return Ok(if value > i128::from(i64::MAX) {
            Scalar::UInt64(value as u64)
        } else {
            Scalar::Int64(value as i64)
        }
        .cast(dtype));
    }
    Ok(Scalar::Float64(value as f64).cast(dtype))
}

/// A Python float as a value of an integer dtype, without its fraction.
///
/// # Errors
/// If it is not finite, or does not fit.
pub fn rounded(value: f64, dtype: &DType) -> Result<Scalar> {
    if value.is_nan() {
        return Err(Error::value("cannot convert float NaN to integer"));
    }
    if value.is_infinite() {
        return Err(Error::overflow("cannot convert float infinity to integer"));
    }
    integer(value.trunc() as i128, dtype)
}

/// A Python complex number as a value of a dtype.
///
/// # Errors
/// If the dtype is of real numbers.
pub fn from_complex(value: Complex<f64>, dtype: &DType) -> Result<Scalar> {
    match dtype.class() {
        Class::Complex | Class::Bool => Ok(Scalar::Complex128(value).cast(dtype)),
        Class::Floating => Err(Error::type_(
            "float() argument must be a string or a real number, not 'complex'",
        )),
        Class::Signed | Class::Unsigned => Err(Error::type_(
            "int() argument must be a string, a bytes-like object or a real number, not 'complex'",
        )),
    }
}

/// The least and greatest value of an integer dtype.
pub fn integer_range(dtype: &DType) -> (i128, i128) {
    let bits = 8 * dtype.item_size() as u32;
    match dtype.class() {
        Class::Signed => (-(1_i128 << (bits - 1)), (1_i128 << (bits - 1)) - 1),
        _ => (0, (1_i128 << bits) - 1),
    }
}

/// The dtype of each input where Python numbers have taken the type of what they meet.
pub(super) fn effective_dtypes(inputs: &[Input<'_>]) -> SmallVec<[DType; 4]> {
    let strong: SmallVec<[DType; 4]> = inputs.iter().filter_map(Input::dtype).collect();
    let strong = promote_all(&strong);
    inputs
        .iter()
        .map(|input| match (input.dtype(), &strong, input.weak()) {
            (Some(own), _, _) => own,
            (None, Some(strong), Some(weak)) => promote_weak(strong, weak),
            (None, _, weak) => weak.map_or(DType::Float64, Weak::default_dtype),
        })
        .collect()
}

/// Types asked for by `dtype=` or `signature=`: one for each operand, where given.
pub type Signature = SmallVec<[Option<DType>; 4]>;

/// The optional arguments of a call.
#[derive(Clone, Debug)]
pub struct Options<'a> {
    /// Arrays to write the results to.
    pub out: [Option<&'a Array>; 2],
    /// Where to compute (of truth values, broadcast with the operands).
    pub mask: Option<&'a Array>,
    /// Which casts of operands are allowed.
    pub casting: Casting,
    /// Memory order of new results.
    pub order: CopyOrder,
    /// Types to compute with.
    pub signature: Option<Signature>,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self {
            out: [None; 2],
            mask: None,
            casting: Casting::SameKind,
            order: CopyOrder::K,
            signature: None,
        }
    }
}
