//! Conversions that keep every value or fail: NumPy's `casting="same_value"`.

use rustsci_buffer::Order;

use super::{Array, CopyOrder};
use crate::dtype::{Class, Number};
use crate::exec::take_reported;
use crate::{DType, Error, Result};

/// Elements that are compared at a time.
const BLOCK: usize = 1 << 12;

impl Array {
    /// A copy with another dtype whose elements are equal to this array's; a NaN is equal to a NaN, and a truth value is
    /// a truth value whatever number it was.
    ///
    /// # Errors
    /// `ValueError` if an element cannot be kept; or if memory cannot be had.
    pub fn converted_exactly(&self, dtype: &DType, order: CopyOrder) -> Result<Self> {
        let copy = self.converted(dtype, order)?;
        let lost = copy.lost_of(self)?;
        // The conditions of the conversions say less than the error, and there are none without it.
        take_reported();
        let Some(detail) = lost else { return Ok(copy) };
        let (from, to) = (c_name(self.dtype()), c_name(dtype));
        Err(Error::value(format!(
            "could not cast 'same_value' {from} to {to}{detail}"
        )))
    }

    /// What this array, converted from `source`, does not have of its values, in words for a message.
    fn lost_of(&self, source: &Self) -> Result<Option<&'static str>> {
        let to_truth = *self.dtype() == DType::Bool;
        if to_truth || *source.dtype() == DType::Bool || self.dtype() == source.dtype() {
            return Ok(None);
        }
        if !self.real().is_equal_to(&source.real())? {
            return Ok(Some(""));
        }
        let kept = match (self.imaginary(), source.imaginary()) {
            (Some(own), Some(theirs)) => own.is_equal_to(&theirs)?,
            (None, Some(theirs)) if theirs.any_as_double(|value| value != 0.0)? => {
                return Ok(Some(": imag is not 0"));
            }
            _ => true,
        };
        Ok((!kept).then_some(""))
    }

    /// Whether these real numbers, converted from `source`, are equal to them.
    fn is_equal_to(&self, source: &Self) -> Result<bool> {
        use Class::{Floating, Signed, Unsigned};
        // What wraps or overflows on the way may do so again on the way back.
        let wrong = match (source.dtype().class(), self.dtype().class()) {
            (Signed, Unsigned) => source.any_as_double(|value| value < 0.0)?,
            (Unsigned, Signed) => self.any_as_double(|value| value < 0.0)?,
            (Floating, Signed | Unsigned) => source.any_as_double(|value| !value.is_finite())?,
            (Signed | Unsigned, Floating) => self.any_as_double(|value| !value.is_finite())?,
            _ => false,
        };
        Ok(!wrong && self.converts_back_to(source)?)
    }

    /// Whether any element passes a test; it is converted to double precision for it.
    fn any_as_double(&self, test: impl Fn(f64) -> bool) -> Result<bool> {
        fn any<T: Number>(array: &Array, test: impl Fn(f64) -> bool) -> Result<bool> {
            let mut reader = array.reader::<T>();
            for start in (0..array.size()).step_by(BLOCK) {
                let block = reader.block(start, BLOCK.min(array.size() - start))?;
                if block.iter().any(|&value| test(value.cast())) {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        dispatch!(self.dtype(), T => any::<T>(self, test))
    }

    /// Whether the elements become those of `source` again when they are converted to its dtype.
    fn converts_back_to(&self, source: &Self) -> Result<bool> {
        fn all<T: Number + PartialEq>(a: &Array, b: &Array) -> Result<bool> {
            let (mut first, mut second) = (a.reader::<T>(), b.reader::<T>());
            for start in (0..a.size()).step_by(BLOCK) {
                let count = BLOCK.min(a.size() - start);
                let pairs = first.block(start, count)?.iter();
                #[expect(clippy::eq_op, reason = "only a NaN differs from itself")]
                let differ = |(a, b): (&T, &T)| a != b && (a == a || b == b);
                if pairs.zip(second.block(start, count)?).any(differ) {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        let back = self.converted(source.dtype(), Order::C.into())?;
        dispatch!(source.dtype(), T => all::<T>(&back, source))
    }
}

/// The C type that NumPy names in such an error.
const fn c_name(dtype: &DType) -> &'static str {
    match dtype {
        DType::Bool => "bool",
        DType::Int8 => "byte",
        DType::UInt8 => "ubyte",
        DType::Int16 => "short",
        DType::UInt16 => "ushort",
        DType::Int32 => "int",
        DType::UInt32 => "uint",
        DType::Int64 => "long",
        DType::UInt64 => "ulong",
        DType::Float16 => "half",
        DType::Float32 => "float",
        DType::Float64 => "double",
        DType::Complex64 => "cfloat",
        DType::Complex128 => "cdouble",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dtype::f16;

    fn kept<T: Number>(values: &[T], dtype: &DType) -> bool {
        let array = Array::from_slice(values).expect("there is memory");
        array.converted_exactly(dtype, CopyOrder::K).is_ok()
    }

    #[test]
    fn integers_that_fit_are_kept() {
        assert!(kept(&[-128_i64, 127], &DType::Int8));
        assert!(!kept(&[128_i64], &DType::Int8));
        assert!(!kept(&[-1_i8], &DType::UInt64));
        assert!(!kept(&[u64::MAX], &DType::Int64));
        assert!(!kept(&[-1_i64], &DType::UInt64));
    }

    #[test]
    fn numbers_that_are_rounded_are_not() {
        assert!(kept(&[1.0_f64, f64::NAN, -0.0], &DType::Float32));
        assert!(!kept(&[0.1_f64], &DType::Float32));
        assert!(!kept(&[(1_i64 << 53) + 1], &DType::Float64));
        assert!(!kept(&[u64::MAX], &DType::Float64));
        assert!(!kept(&[f64::NAN], &DType::Int32));
        assert!(!kept(&[f16::NEG_INFINITY], &DType::Int32));
        assert!(!kept(&[i64::MIN], &DType::Float16));
        assert!(!kept(&[1.844_674_407_370_955_2e19], &DType::UInt64));
    }
}
