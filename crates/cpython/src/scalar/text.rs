//! Scalars as text.

use pyo3::ffi;
use pyo3::prelude::*;
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

/// The release of NumPy as which to print (`set_printoptions(legacy=…)`), if it is not the present one.
fn imitated(py: Python<'_>) -> PyResult<Option<(u64, u64)>> {
    // Options that nobody has loaded nobody has changed.
    let modules = py.import("sys")?.getattr("modules")?;
    let Ok(options) = modules.get_item("rustsci.printing.options") else {
        return Ok(None);
    };
    let current = options.getattr("current_options")?.call0()?;
    let release = current.getattr("legacy")?.extract()?;
    Ok((release <= (2, 2)).then_some(release))
}

pub(super) unsafe extern "C" fn str(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
    converted(object, |py, value| {
        let style = match imitated(py)? {
            None => ScalarStyle::Current,
            Some(release) if release <= (1, 13) => ScalarStyle::V1_13Str,
            Some(_) => ScalarStyle::UntilV2_2,
        };
        Ok(PyString::new(py, &number_text(&value, style)).into_any())
    })
}

pub(super) unsafe extern "C" fn repr(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
    converted(object, |py, value| {
        let imitated = imitated(py)?;
        let style = match imitated {
            None => ScalarStyle::Current,
            Some(release) if release <= (1, 13) => ScalarStyle::V1_13Repr,
            Some(_) => ScalarStyle::UntilV2_2,
        };
        let number = number_text(&value, style);
        // Before release 2.0 the type went without saying.
        let text = match value {
            _ if imitated.is_some_and(|release| release <= (1, 25)) => number,
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
