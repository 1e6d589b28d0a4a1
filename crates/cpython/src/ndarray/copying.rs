//! Copies, casts and views.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyType;
use rustsci_array::array::CopyOrder;
use rustsci_array::dtype::{Casting, can_cast};
use rustsci_array::{Array, DType};
use rustsci_bind::Header;
use rustsci_bind::convert::Conversion;

use super::{array, is_exact, wrap, wrap_like, wrap_subclass};
use crate::call::{Call, HostFunction, IntoPyErr, LARGE, error_state};
use crate::dtype;

type Result<'py> = PyResult<Bound<'py, PyAny>>;

const fn method(
    name: &'static str,
    signature: &'static str,
    doc: &'static str,
    call: for<'py> fn(&Call<'_, 'py>) -> Result<'py>,
) -> HostFunction {
    HostFunction {
        header: Header::new(name, signature, doc).of_class("ndarray"),
        call,
    }
}

/// The memory order that an argument asks for.
pub(crate) fn copy_order(
    call: &Call<'_, '_>,
    index: usize,
    default: CopyOrder,
) -> PyResult<CopyOrder> {
    Ok(call.get::<Option<CopyOrder>>(index)?.unwrap_or(default))
}

/// A new array in the class of another; `subok` says whether a subclass is kept.
fn like<'py>(own: &Bound<'py, PyAny>, new: Array, subok: bool) -> Result<'py> {
    if subok && !is_exact(own) {
        wrap_like(own, new, None)
    } else {
        wrap(own.py(), new)
    }
}

/// Converts between dtypes beside other Python threads, where there is much to do.
pub(crate) fn converted(
    py: Python<'_>,
    source: &Array,
    dtype: &DType,
    order: CopyOrder,
) -> PyResult<Array> {
    let result = beside(py, source, || source.converted(dtype, order));
    let result = result.map_err(|error| error.into_py_err(py))?;
    error_state::settle(py)?;
    Ok(result)
}

/// The same, if every value is kept.
fn converted_exactly(
    py: Python<'_>,
    source: &Array,
    dtype: &DType,
    order: CopyOrder,
) -> PyResult<Array> {
    let result = beside(py, source, || source.converted_exactly(dtype, order));
    // Imaginary parts are warned of whether they are kept or not.
    error_state::settle(py)?;
    result.map_err(|error| error.into_py_err(py))
}

/// Does work on an array beside other Python threads, where there is much to do.
fn beside<R: Send>(py: Python<'_>, source: &Array, work: impl FnOnce() -> R + Send) -> R {
    if source.size() >= LARGE {
        py.detach(work)
    } else {
        work()
    }
}

fn copy<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    let own = call.required(0)?;
    let order = copy_order(call, 1, CopyOrder::C)?;
    let source = array(own).clone();
    let new = converted(call.py, &source, source.dtype(), order)?;
    like(own, new, true)
}

fn python_copy<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    let own = call.required(0)?;
    let source = array(own).clone();
    let new = converted(call.py, &source, source.dtype(), CopyOrder::K)?;
    like(own, new, true)
}

fn astype<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    let py = call.py;
    let own = call.required(0)?;
    let dtype: DType = match call.required(1)? {
        object if object.is_none() => DType::Float64,
        _ => call.get(1)?,
    };
    let order = copy_order(call, 2, CopyOrder::K)?;
    let conversion = call.get::<Option<Conversion>>(3)?;
    let conversion = conversion.unwrap_or(Conversion::Rule(Casting::Unsafe));
    let subok: bool = call.get(4)?;
    let copy = match call.given(5) {
        None => Some(true),
        // A truth value asks for a copy, or for one where needed; NumPy's enumeration knows "never" as well.
        Some(copy) if copy.get_type().name()? == "_CopyMode" => {
            match copy.getattr("value")?.extract::<i32>()? {
                0 => Some(false),
                1 => Some(true),
                _ => None,
            }
        }
        Some(copy) => copy.is_truthy()?.then_some(true),
    };
    let source = array(own).clone();
    if let Conversion::Rule(casting) = conversion
        && !can_cast(source.dtype(), &dtype, casting)
    {
        return Err(PyTypeError::new_err(format!(
            "Cannot cast array data from {} to {} according to the rule '{}'",
            dtype::object(py, source.dtype()).repr()?,
            dtype::object(py, &dtype).repr()?,
            casting.name()
        )));
    }
    let ordered = match order {
        CopyOrder::C => source.is_c_contiguous(),
        CopyOrder::F => source.is_f_contiguous(),
        CopyOrder::A => source.is_c_contiguous() || source.is_f_contiguous(),
        CopyOrder::K => true,
    };
    if copy != Some(true) && dtype == *source.dtype() && ordered && (subok || is_exact(own)) {
        return Ok(own.to_owned());
    }
    if copy == Some(false) {
        return Err(PyValueError::new_err(
            "Unable to avoid copy while casting in never copy mode.",
        ));
    }
    let new = match conversion {
        Conversion::Rule(_) => converted(py, &source, &dtype, order)?,
        Conversion::SameValue => converted_exactly(py, &source, &dtype, order)?,
    };
    like(own, new, subok)
}

fn view<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    let py = call.py;
    let own = call.required(0)?;
    let (mut class, mut dtype) = (call.not_none(2).map(|class| class.to_owned()), None);
    if let Some(argument) = call.not_none(1) {
        let is_class = argument
            .cast::<PyType>()
            .is_ok_and(|class| class.is_subclass(&super::class(py)).unwrap_or(false));
        if is_class {
            if class.is_some() {
                return Err(PyValueError::new_err("Cannot specify output type twice."));
            }
            class = Some(argument.to_owned());
        } else {
            dtype = Some(dtype::from_object(argument)?);
        }
    }
    if let Some(class) = &class
        && !class
            .cast::<PyType>()
            .is_ok_and(|class| class.is_subclass(&super::class(py)).unwrap_or(false))
    {
        return Err(PyValueError::new_err(
            "Type must be a sub-type of ndarray type",
        ));
    }
    let current = array(own);
    let new = match &dtype {
        Some(dtype) => current
            .viewed(dtype)
            .map_err(|error| error.into_py_err(py))?,
        None => current.clone(),
    };
    let class = class.unwrap_or_else(|| own.get_type().into_any());
    wrap_subclass(&class, new, Some(own), Some(own))
}

pub(super) static METHODS: &[HostFunction] = &[
    method("copy", "(self, /, order='C')", "Return a copy.", copy),
    method("__copy__", "(self, /)", "Return a copy.", python_copy),
    method(
        "__deepcopy__",
        "(self, memo=None, /)",
        "Return a copy.",
        python_copy,
    ),
    method(
        "astype",
        "(self, /, dtype, order='K', casting='unsafe', subok=True, copy=True)",
        "Return a copy whose elements are of another type.",
        astype,
    ),
    method(
        "view",
        "(self, /, dtype=None, type=None)",
        "Return the same memory as an array of another dtype or class.",
        view,
    ),
];
