//! Scalars as text.

use pyo3::ffi;
use pyo3::types::PyString;
use rustsci_array::Scalar;
use rustsci_array::format::{ScalarStyle, complex_str, float_str};

use super::convert::converted;

/// The number alone, as `str` gives it.
pub(crate) fn number_text(value: &Scalar, style: ScalarStyle) -> String {
    match *value {
        Scalar::Bool(value) => if value.get() { "True" } else { "False" }.to_owned(),
        Scalar::Int8(value) => value.to_string(),
        Scalar::Int16(value) => value.to_string(),
        Scalar::Int32(value) => value.to_string(),
        Scalar::Int64(value) => value.to_string(),
        Scalar::UInt8(value) => value.to_string(),
        Scalar::UInt16(value) => value.to_string(),
        Scalar::UInt32(value) => value.to_string(),
        Scalar::UInt64(value) => value.to_string(),
        Scalar::Float16(value) => float_str(value, style),
        Scalar::Float32(value) => float_str(value, style),
        Scalar::Float64(value) => float_str(value, style),
        Scalar::Complex64(value) => complex_str(value, style),
        Scalar::Complex128(value) => complex_str(value, style),
    }
}

pub(super) unsafe extern "C" fn str(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
    converted(object, |py, value| {
        Ok(PyString::new(py, &number_text(&value, ScalarStyle::Current)).into_any())
    })
}

pub(super) unsafe extern "C" fn repr(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
    converted(object, |py, value| {
        let number = number_text(&value, ScalarStyle::Current);
        let text = match value {
            Scalar::Bool(_) => format!("np.{number}_"),
            _ => format!(
                "np.{}({})",
                value.dtype().name(),
                number.trim_matches(['(', ')'])
            ),
        };
        Ok(PyString::new(py, &text).into_any())
    })
}
