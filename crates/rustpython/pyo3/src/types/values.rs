//! Text, bytes and numbers.

use super::{PyBytes, PyComplex, PyFloat, PyString};
use crate::{Bound, PyResult, Python};

impl PyString {
    /// Text.
    #[expect(clippy::new_ret_no_self, reason = "PyO3's name")]
    pub fn new<'py>(py: Python<'py>, text: &str) -> Bound<'py, Self> {
        Bound::wrap(py, py.vm().ctx.new_str(text).into())
    }

    /// Text of which there is one object.
    pub fn intern<'py>(py: Python<'py>, text: &str) -> Bound<'py, Self> {
        Bound::wrap(py, py.vm().ctx.intern_str(text).to_owned().into())
    }
}

impl Bound<'_, PyString> {
    /// The text.
    pub fn to_str(&self) -> PyResult<&str> {
        self.payload()
            .to_str()
            .ok_or_else(crate::convert::surrogates)
    }
}

impl PartialEq<str> for Bound<'_, PyString> {
    fn eq(&self, other: &str) -> bool {
        self.payload().to_str() == Some(other)
    }
}

impl PartialEq<&str> for Bound<'_, PyString> {
    fn eq(&self, other: &&str) -> bool {
        self == *other
    }
}

impl PyBytes {
    /// Bytes.
    #[expect(clippy::new_ret_no_self, reason = "PyO3's name")]
    pub fn new<'py>(py: Python<'py>, bytes: &[u8]) -> Bound<'py, Self> {
        Bound::wrap(py, py.vm().ctx.new_bytes(bytes.to_vec()).into())
    }
}

impl Bound<'_, PyBytes> {
    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        self.payload().as_bytes()
    }
}

impl PyFloat {
    /// A number.
    #[expect(clippy::new_ret_no_self, reason = "PyO3's name")]
    pub fn new(py: Python<'_>, value: f64) -> Bound<'_, Self> {
        Bound::wrap(py, py.vm().ctx.new_float(value).into())
    }
}

impl Bound<'_, PyFloat> {
    /// The number.
    pub fn value(&self) -> f64 {
        self.payload().to_f64()
    }
}

impl PyComplex {
    /// A number.
    pub fn from_doubles(py: Python<'_>, real: f64, imag: f64) -> Bound<'_, Self> {
        let value = num_complex::Complex64::new(real, imag);
        Bound::wrap(py, py.vm().ctx.new_complex(value).into())
    }
}

impl Bound<'_, PyComplex> {
    /// The real part.
    pub fn real(&self) -> f64 {
        self.payload().as_complex().re
    }

    /// The imaginary part.
    pub fn imag(&self) -> f64 {
        self.payload().as_complex().im
    }
}
