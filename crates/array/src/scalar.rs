//! One value with its dtype.

use rustsci_buffer::{Bool, Buffer, Complex, Value, load, store};

use crate::DType;
use crate::dtype::{Cast, Number};

macro_rules! define {
    ($(($variant:ident, $type:ty, $name:literal, $char:literal, $number:literal)),* $(,)?) => {
        /// One value with its dtype: what an array gives when all its axes are indexed.
        #[derive(Clone, Copy, Debug, PartialEq)]
        #[allow(missing_docs, reason = "each variant bears its dtype's name")]
        pub enum Scalar {
            $($variant($type)),*
        }

        impl Scalar {
            /// The value's dtype.
            pub const fn dtype(&self) -> DType {
                match self { $(Self::$variant(_) => DType::$variant),* }
            }

            /// The value as another Rust type, converted as arrays are.
            pub fn to<T: Number>(&self) -> T
            where
                $($type: Cast<T>),*
            {
                match *self { $(Self::$variant(value) => value.cast()),* }
            }
        }

        $(impl From<$type> for Scalar {
            fn from(value: $type) -> Self {
                Self::$variant(value)
            }
        })*
    };
}

for_each_dtype!(define);

/// Evaluates an expression with a name bound to a scalar's value in its own Rust type.
#[macro_export]
macro_rules! with_scalar {
    ($scalar:expr, $value:ident => $body:expr) => {
        match $scalar {
            $crate::Scalar::Bool($value) => $body,
            $crate::Scalar::Int8($value) => $body,
            $crate::Scalar::UInt8($value) => $body,
            $crate::Scalar::Int16($value) => $body,
            $crate::Scalar::UInt16($value) => $body,
            $crate::Scalar::Int32($value) => $body,
            $crate::Scalar::UInt32($value) => $body,
            $crate::Scalar::Int64($value) => $body,
            $crate::Scalar::UInt64($value) => $body,
            $crate::Scalar::Float16($value) => $body,
            $crate::Scalar::Float32($value) => $body,
            $crate::Scalar::Float64($value) => $body,
            $crate::Scalar::Complex64($value) => $body,
            $crate::Scalar::Complex128($value) => $body,
        }
    };
}

impl Scalar {
    /// The value without its dtype, as kernels take it.
    #[inline]
    pub(crate) fn to_value(self) -> Value {
        with_scalar!(self, value => Value::new(value))
    }

    /// A kernel's value with its dtype.
    #[inline]
    pub(crate) fn from_value(value: Value, dtype: &DType) -> Self {
        dispatch!(dtype, T => value.get::<T>().to_scalar())
    }

    /// The element of type `dtype` at a byte offset of a buffer.
    ///
    /// # Panics
    /// If the element does not lie inside the buffer.
    #[inline]
    pub fn load(buffer: &Buffer, offset: usize, dtype: &DType) -> Self {
        dispatch!(dtype, T => load::<T>(buffer, offset).to_scalar())
    }

    /// Writes the value, converted to `dtype`, at a byte offset of a buffer.
    ///
    /// # Panics
    /// If the element does not lie inside the buffer, or the memory is read-only.
    #[inline]
    pub fn store(&self, buffer: &Buffer, offset: usize, dtype: &DType) {
        dispatch!(dtype, T => store::<T>(buffer, offset, self.to::<T>()));
    }

    /// The value converted to another dtype.
    #[must_use]
    pub fn cast(&self, dtype: &DType) -> Self {
        dispatch!(dtype, T => self.to::<T>().to_scalar())
    }

    /// Zero of a dtype.
    pub fn zero(dtype: &DType) -> Self {
        dispatch!(dtype, T => T::default().to_scalar())
    }

    /// One of a dtype.
    pub fn one(dtype: &DType) -> Self {
        Self::Bool(Bool::TRUE).cast(dtype)
    }

    /// Whether the value is not zero.
    pub fn truth(&self) -> bool {
        self.to::<Bool>().get()
    }

    /// The value as a complex number.
    pub fn to_complex(&self) -> Complex<f64> {
        self.to()
    }

    /// The value as an operand of an elementwise operation, over which it is broadcast.
    #[inline]
    pub fn operand(&self) -> rustsci_buffer::Operand<'_> {
        with_scalar!(self, value => rustsci_buffer::Operand::value(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_convert_as_arrays_do() {
        assert_eq!(Scalar::from(300_i32).cast(&DType::UInt8), Scalar::UInt8(44));
        assert_eq!(
            Scalar::one(&DType::Complex64),
            Scalar::Complex64(Complex::new(1.0, 0.0))
        );
        assert!(!Scalar::zero(&DType::Float16).truth());
    }
}
