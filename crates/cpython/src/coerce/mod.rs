//! From Python objects to arrays.

mod buffer;
mod element;
mod elements;
mod files;
mod functions;
mod interface;
mod nested;

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList, PyString, PyTuple, PyType};
use rustsci_array::array::CopyOrder;
use rustsci_array::{Array, DType};
use rustsci_buffer::layout::MAX_DIMS;

use crate::call::{HostFunction, IntoPyErr, error_state};
use crate::{ndarray, scalar};

pub(crate) use buffer::buffer_bytes;
pub(crate) use element::{element, of_sequence, plain_element};
pub(crate) use nested::quick_array;

pub(crate) use buffer::over;
pub(crate) use files::{METHODS as FILE_METHODS, with_file};

/// The functions that make arrays of Python objects.
pub(crate) static FUNCTIONS: [&[HostFunction]; 3] =
    [functions::FUNCTIONS, elements::FUNCTIONS, files::FUNCTIONS];

use functions::cannot_avoid;

/// What an object turned out to be.
pub(crate) enum Found<'py> {
    /// An array object: the one given, or what it gave of itself.
    Object(Bound<'py, PyAny>),
    /// An array over memory that another object owns.
    Foreign(Array, Bound<'py, PyAny>),
    /// A new array.
    New(Array),
}

impl Found<'_> {
    /// The array alone.
    fn into_array(self) -> Array {
        match self {
            Self::Object(object) => ndarray::array(&object).clone(),
            Self::Foreign(array, _) | Self::New(array) => array,
        }
    }
}

/// An object as an array; what is one already, or can lend its memory, is not copied. A dtype that is given decides
/// how Python numbers are read; other arrays keep theirs.
pub(crate) fn find<'py>(
    object: &Bound<'py, PyAny>,
    dtype: Option<&DType>,
    copy: Option<bool>,
) -> PyResult<Found<'py>> {
    find_to(object, dtype, copy, MAX_DIMS)
}

/// As [`find`], where sequences are looked into to a depth only; deeper ones are elements.
fn find_to<'py>(
    object: &Bound<'py, PyAny>,
    dtype: Option<&DType>,
    copy: Option<bool>,
    ndmax: usize,
) -> PyResult<Found<'py>> {
    if ndarray::is_instance(object) {
        return Ok(Found::Object(object.clone()));
    }
    if let Some(value) = number(object, dtype)? {
        let array = Array::from_scalar(&value).map_err(|error| error.into_py_err(object.py()))?;
        return Ok(Found::New(array));
    }
    if !object.is_exact_instance_of::<PyList>()
        && !object.is_exact_instance_of::<PyTuple>()
        && let Some(found) = by_protocol(object, dtype, copy)?
    {
        return Ok(found);
    }
    nested::array(object, dtype, ndmax).map(Found::New)
}

/// The value of a scalar or a Python number.
fn number(
    object: &Bound<'_, PyAny>,
    dtype: Option<&DType>,
) -> PyResult<Option<rustsci_array::Scalar>> {
    if let Some(value) = scalar::value(object) {
        return Ok(Some(value));
    }
    match dtype {
        Some(dtype) => element::of_number(object, dtype),
        None => element::of_plain_number(object),
    }
}

/// An object that presents itself as an array.
fn by_protocol<'py>(
    object: &Bound<'py, PyAny>,
    dtype: Option<&DType>,
    copy: Option<bool>,
) -> PyResult<Option<Found<'py>>> {
    if object.is_instance_of::<PyString>()
        || object.is_instance_of::<PyBytes>()
        || object.is_instance_of::<PyType>()
    {
        return Ok(None);
    }
    if let Some((array, owner)) = buffer::array(object)? {
        return Ok(Some(Found::Foreign(array, owner)));
    }
    if let Some((array, owner)) = interface::array(object)? {
        return Ok(Some(Found::Foreign(array, owner)));
    }
    by_method(object, dtype, copy)
}

/// An object that has a method `__array__`.
fn by_method<'py>(
    object: &Bound<'py, PyAny>,
    dtype: Option<&DType>,
    copy: Option<bool>,
) -> PyResult<Option<Found<'py>>> {
    let py = object.py();
    let Some(method) = object.getattr_opt("__array__")? else {
        return Ok(None);
    };
    let arguments = match dtype {
        Some(dtype) => PyTuple::new(py, [crate::dtype::object(py, dtype)])?,
        None => PyTuple::empty(py),
    };
    let keywords = match copy {
        Some(copy) => {
            let keywords = PyDict::new(py);
            keywords.set_item("copy", copy)?;
            Some(keywords)
        }
        None => None,
    };
    let array = match method.call(&arguments, keywords.as_ref()) {
        // Methods from before NumPy 2 know nothing of `copy`.
        Err(error)
            if keywords.is_some()
                && error.is_instance_of::<PyTypeError>(py)
                && error.to_string().contains("copy") =>
        {
            PyErr::warn(
                py,
                &py.get_type::<pyo3::exceptions::PyDeprecationWarning>(),
                c"__array__ implementation doesn't accept a copy keyword, so passing copy=False failed. __array__ \
                  must implement 'dtype' and 'copy' keyword arguments. To learn more, see the migration guide \
                  https://numpy.org/devdocs/numpy_2_0_migration_guide.html",
                1,
            )?;
            let array = method.call1(arguments)?;
            if copy == Some(false) {
                return Err(cannot_avoid());
            }
            // It may be no copy.
            if ndarray::is_instance(&array) {
                let copied = ndarray::array(&array)
                    .copied(CopyOrder::K)
                    .map_err(|error| error.into_py_err(py))?;
                return Ok(Some(Found::New(copied)));
            }
            array
        }
        other => other?,
    };
    if ndarray::is_instance(&array) {
        return Ok(Some(Found::Object(array)));
    }
    // Another library's array will do as well if it lends its memory.
    match buffer::array(&array)? {
        Some((array, owner)) => Ok(Some(Found::Foreign(array, owner))),
        None => Err(PyValueError::new_err(
            "object __array__ method not producing an array",
        )),
    }
}

/// An object as an array, of the given dtype if one is asked for.
pub(crate) fn to_array(object: &Bound<'_, PyAny>, dtype: Option<&DType>) -> PyResult<Array> {
    let array = find(object, dtype, None)?.into_array();
    match dtype {
        Some(dtype) if dtype != array.dtype() => {
            ndarray::converted(object.py(), &array, dtype, CopyOrder::K)
        }
        _ => Ok(array),
    }
}

/// The array that an object presents itself as, if it does.
pub(crate) fn array_protocols(object: &Bound<'_, PyAny>) -> PyResult<Option<Array>> {
    Ok(by_protocol(object, None, None)?.map(Found::into_array))
}

/// Tells that imaginary parts are lost.
pub(crate) fn warn_if_complex(py: Python<'_>, from: &DType, to: &DType) -> PyResult<()> {
    if from.is_complex() && !to.is_complex() && *to != DType::Bool {
        scalar::warn_complex(py)?;
    }
    Ok(())
}

/// An object as the source of an assignment to elements of a dtype.
pub(crate) fn for_assignment(object: &Bound<'_, PyAny>, dtype: &DType) -> PyResult<Array> {
    let py = object.py();
    if let Some(value) = scalar::value(object) {
        let value = element::from_scalar(py, value, dtype)?;
        error_state::settle(py)?;
        return Array::from_scalar(&value).map_err(|error| error.into_py_err(py));
    }
    for_picks(object, dtype)
}

/// An object as the source of an assignment to elements that are picked out one by one: a scalar is cast there, as an
/// array would be.
pub(crate) fn for_picks(object: &Bound<'_, PyAny>, dtype: &DType) -> PyResult<Array> {
    let py = object.py();
    let array = find(object, Some(dtype), None)?.into_array();
    if array.dtype().is_complex() && !dtype.is_complex() {
        // Before anything is written, since the warning may have been made an error.
        let real = array.as_dtype(dtype);
        error_state::settle(py)?;
        return real.map_err(|error| error.into_py_err(py));
    }
    if array.ndim() == 0 && array.dtype() != dtype {
        let value = rustsci_array::dtype::convert(&array.get(&[]), dtype);
        error_state::settle(py)?;
        return Array::from_scalar(&value).map_err(|error| error.into_py_err(py));
    }
    Ok(array)
}

/// An object as truth values that say where to work.
pub(crate) fn to_mask(object: &Bound<'_, PyAny>) -> PyResult<Array> {
    if !ndarray::is_instance(object) && scalar::value(object).is_none() {
        return to_array(object, Some(&DType::Bool));
    }
    let array = find(object, None, None)?.into_array();
    if *array.dtype() == DType::Bool {
        return Ok(array);
    }
    Err(PyTypeError::new_err(format!(
        "Cannot cast array data from dtype('{}') to dtype('bool') according to the rule 'safe'",
        array.dtype().name()
    )))
}
