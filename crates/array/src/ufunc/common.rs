//! Inputs of functions that are no ufuncs but promote as they do.

use super::Input;
use super::input::effective_dtypes;
use crate::dtype::promote_all;
use crate::exec::with_status;
use crate::{Array, DType, Error, Result, Scalar};

/// The dtype that all inputs have in common; Python numbers count by their class only.
pub(crate) fn common_dtype(inputs: &[Input<'_>]) -> DType {
    promote_all(&effective_dtypes(inputs)).unwrap_or(DType::Float64)
}

impl Input<'_> {
    /// The input as an array: an array is itself, a value becomes one of the given dtype. Of a Python integer that is
    /// too large the lowest bits are taken.
    ///
    /// # Errors
    /// If a Python integer has more than 64 bits.
    pub(crate) fn to_array(&self, dtype: &DType) -> Result<Array> {
        let value = match *self {
            Self::Array(array) => return Ok(array.clone()),
            Self::Scalar(value) => return Array::from_scalar(&value),
            Self::Int(value) if dtype.is_inexact() => Scalar::Float64(value as f64),
            Self::Int(value) => i64::try_from(value)
                .or_else(|_| u64::try_from(value).map(|value| value as i64))
                .map(Scalar::Int64)
                .map_err(|_| Error::overflow("Python int too large to convert to C long"))?,
            Self::Float(value) => Scalar::Float64(value),
            Self::Complex(value) => Scalar::Complex128(value),
        };
        Array::from_scalar(&with_status(|| value.cast(dtype)))
    }
}

macro_rules! known {
    ($($name:ident),* $(,)?) => {
        /// Ufuncs that other operations are made of, found once.
        pub(crate) mod known {
            use std::sync::OnceLock;

            use crate::ufunc::{Ufunc, get};
            use crate::{Error, Result};

            $(
                #[doc = concat!("The ufunc `", stringify!($name), "`.")]
                pub(crate) fn $name() -> Result<&'static Ufunc> {
                    static FOUND: OnceLock<Option<&'static Ufunc>> = OnceLock::new();
                    FOUND
                        .get_or_init(|| get(stringify!($name)))
                        .ok_or_else(|| Error::runtime(concat!("there is no ufunc ", stringify!($name))))
                }
            )*
        }
    };
}

known!(add, subtract, multiply, divide, rint, sqrt, isnan);
