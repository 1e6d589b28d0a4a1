//! Every spelling of a dtype.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList, PyString, PyTuple, PyType};
use rustsci_array::DType;
use rustsci_array::dtype::parse;

use super::value;
use crate::call::errors::unsupported;
use crate::scalar;

/// The dtype that an object names: None is float64.
pub(crate) fn from_object(object: &Bound<'_, PyAny>) -> PyResult<DType> {
    let py = object.py();
    if let Some(dtype) = value(object) {
        return Ok(dtype);
    }
    if object.is_none() {
        return Ok(DType::Float64);
    }
    if let Ok(class) = object.cast::<PyType>() {
        return from_class(class);
    }
    if let Ok(text) = object.cast::<PyString>() {
        return from_text(py, text.to_str()?);
    }
    if let Ok(text) = object.cast::<PyBytes>() {
        return from_text(py, &String::from_utf8_lossy(text.as_bytes()));
    }
    if object.is_instance_of::<PyTuple>()
        || object.is_instance_of::<PyList>()
        || object.is_instance_of::<PyDict>()
    {
        return Err(not_supported(
            py,
            &format!("structured data type {}", object.repr()?),
        ));
    }
    from_attribute(object)?.ok_or_else(|| cannot_interpret(object))
}

/// The dtype of an object that has one.
fn from_attribute(object: &Bound<'_, PyAny>) -> PyResult<Option<DType>> {
    if let Some(dtype) = object.getattr_opt("__numpy_dtype__")? {
        let name = dtype.getattr_opt("str")?;
        return match (value(&dtype), name) {
            (Some(dtype), _) => Ok(Some(dtype)),
            // NumPy's own is understood by its name.
            (None, Some(name)) if name.is_instance_of::<PyString>() => from_object(&name).map(Some),
            _ => Err(PyValueError::new_err(
                "the `__numpy_dtype__` attribute must be a dtype",
            )),
        };
    }
    match object.getattr_opt("dtype")? {
        Some(dtype) if value(&dtype).is_some() => Ok(value(&dtype)),
        // Another library's dtype is understood by its array protocol name.
        Some(dtype) if !dtype.is_instance_of::<PyType>() => match dtype.getattr_opt("str")? {
            Some(name) if name.is_instance_of::<PyString>() => from_object(&name).map(Some),
            _ => Ok(None),
        },
        _ => match object.getattr_opt("str")? {
            Some(name) if object.hasattr("itemsize")? => from_object(&name).map(Some),
            _ => Ok(None),
        },
    }
}

fn from_class(class: &Bound<'_, PyType>) -> PyResult<DType> {
    let py = class.py();
    if let Some(dtype) = scalar::dtype_of_class(class) {
        return Ok(dtype);
    }
    let pointer = class.as_type_ptr();
    if pointer == &raw mut ffi::PyFloat_Type {
        return Ok(DType::Float64);
    }
    if pointer == &raw mut ffi::PyLong_Type {
        return Ok(DType::Int64);
    }
    if pointer == &raw mut ffi::PyBool_Type {
        return Ok(DType::Bool);
    }
    if pointer == &raw mut ffi::PyComplex_Type {
        return Ok(DType::Complex128);
    }
    // NumPy's own scalar types go by their names.
    if class.module()? == "numpy"
        && let Some(dtype) = parse(class.name()?.to_str()?)
    {
        return Ok(dtype);
    }
    if let Some(message) = of_many(class)? {
        return Err(PyTypeError::new_err(message));
    }
    match class.getattr_opt("dtype")? {
        Some(dtype) if value(&dtype).is_some() => {
            value(&dtype).ok_or_else(|| cannot_interpret(class))
        }
        _ if pointer == &raw mut ffi::PyUnicode_Type
            || pointer == &raw mut ffi::PyBytes_Type
            || pointer == &raw mut ffi::PyBaseObject_Type
            || class.is_subclass_of::<PyAny>()? =>
        {
            Err(not_supported(py, &format!("data type {}", class.repr()?)))
        }
        _ => Err(cannot_interpret(class)),
    }
}

/// Why a class of many dtypes is none, if it is one.
fn of_many(class: &Bound<'_, PyType>) -> PyResult<Option<&'static str>> {
    let module = class.module()?;
    if module != "rustsci" && module != "numpy" {
        return Ok(None);
    }
    Ok(match class.name()?.to_str()? {
        "inexact" | "floating" | "number" => {
            Some("Converting `np.inexact` or `np.floating` to a dtype not allowed")
        }
        "integer" | "signedinteger" => {
            Some("Converting 'np.integer' or 'np.signedinteger' to a dtype is not allowed")
        }
        "unsignedinteger" => Some("Converting `np.unsignedinteger` to a dtype is not allowed"),
        "complexfloating" => Some("Converting `np.complex` to a dtype is not allowed."),
        "character" => Some("Converting `np.character` to a dtype is not allowed."),
        "generic" | "flexible" => Some("Converting `np.generic` to a dtype is not allowed."),
        _ => None,
    })
}

fn from_text(py: Python<'_>, text: &str) -> PyResult<DType> {
    if let Some(dtype) = parse(text) {
        return Ok(dtype);
    }
    let swapped = if cfg!(target_endian = "big") {
        '<'
    } else {
        '>'
    };
    if let Some(bare) = text.strip_prefix(swapped)
        && let Some(dtype) = parse(bare)
        && dtype.name() != bare
    {
        if dtype.item_size() == 1 {
            return Ok(dtype);
        }
        return Err(not_supported(
            py,
            &format!("byte-swapped data type '{text}'"),
        ));
    }
    if text.contains(',') || text.starts_with('(') {
        return Err(not_supported(py, &format!("structured data type '{text}'")));
    }
    let bare = text.trim_start_matches(['<', '>', '=', '|']);
    let sized = |name: &str| {
        bare.strip_prefix(name)
            .is_some_and(|size| size.bytes().all(|c| c.is_ascii_digit()))
    };
    if ["O", "S", "U", "V", "a"].into_iter().any(sized)
        || bare.starts_with("M8")
        || bare.starts_with("m8")
        || [
            "object",
            "str",
            "bytes",
            "void",
            "datetime64",
            "timedelta64",
            "M",
            "m",
            "c",
            "T",
        ]
        .into_iter()
        .any(|name| bare.split('[').next() == Some(name))
    {
        return Err(not_supported(py, &format!("data type '{text}'")));
    }
    if [
        "int0", "uint0", "bool8", "bytes0", "str0", "void0", "object0",
    ]
    .contains(&text)
    {
        return Err(PyTypeError::new_err(format!(
            "data type '{text}' not understood: the name was removed in NumPy 2.0"
        )));
    }
    Err(PyTypeError::new_err(format!(
        "data type '{text}' not understood"
    )))
}

#[cold]
fn cannot_interpret(object: &Bound<'_, PyAny>) -> PyErr {
    match object.repr() {
        Ok(text) => PyTypeError::new_err(format!("Cannot interpret '{text}' as a data type")),
        Err(error) => error,
    }
}

#[cold]
fn not_supported(py: Python<'_>, what: &str) -> PyErr {
    unsupported(py, format!("{what} is not supported"))
}
