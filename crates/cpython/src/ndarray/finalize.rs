//! Subclasses: `__array_finalize__`, `__array_wrap__`, and new arrays that take after others.

use pyo3::exceptions::PyTypeError;
use pyo3::ffi;
use pyo3::prelude::*;
use rustsci_array::Array;
use rustsci_bind::Header;

use super::{NDARRAY, array, instance, is_exact, is_instance, owner, protocols};
use crate::call::HostFunction;
use crate::scalar;

/// Tells a new instance of a subclass what it was made from.
pub(super) fn finalize<'py>(
    object: &Bound<'py, PyAny>,
    parent: Option<&Bound<'py, PyAny>>,
) -> PyResult<()> {
    let method = object.get_type().getattr("__array_finalize__")?;
    if method.is_none() || protocols::is_default_finalize(&method) {
        return Ok(());
    }
    if !method.is_callable() {
        return Err(PyTypeError::new_err(format!(
            "'{}' object is not callable",
            method.get_type().name()?
        )));
    }
    object.getattr("__array_finalize__")?.call1((parent,))?;
    Ok(())
}

/// An instance of a class, made from `parent`, that shows memory of `of` (or its own).
pub(crate) fn wrap_subclass<'py>(
    class: &Bound<'py, PyAny>,
    new: Array,
    parent: Option<&Bound<'py, PyAny>>,
    of: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let (py, class) = (class.py(), class.as_ptr().cast::<ffi::PyTypeObject>());
    let object = instance(py, class, new, of.map(|of| owner(of, class)))?;
    if class != NDARRAY.get() {
        finalize(&object, parent)?;
    }
    Ok(object)
}

/// A new array in the class of another, which it is made from.
pub(crate) fn wrap_like<'py>(
    own: &Bound<'py, PyAny>,
    new: Array,
    of: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    wrap_subclass(&own.get_type(), new, Some(own), of)
}

pub(super) static METHODS: &[HostFunction] = &[
    HostFunction {
        header: Header::new(
            "__array_finalize__",
            "(self, obj, /)",
            "Called on each new instance of a subclass with the array it was made from; does nothing by itself.",
        )
        .of_class("ndarray"),
        call: |call| Ok(call.py.None().into_bound(call.py)),
    },
    HostFunction {
        header: Header::new(
            "__array_wrap__",
            "(self, array, context=None, return_scalar=False, /)",
            "Return the result of a function as an array of this class.",
        )
        .of_class("ndarray"),
        call: |call| {
            let (own, result) = (call.required(0)?, call.required(1)?);
            if !is_instance(result) {
                return Err(PyTypeError::new_err("can only be called with ndarray object"));
            }
            let to_scalar: bool = call.get(3)?;
            if to_scalar && is_exact(own) && array(result).ndim() == 0 {
                return scalar::object(call.py, &array(result).get(&[]));
            }
            if own.get_type().is(result.get_type()) {
                return Ok(result.to_owned());
            }
            wrap_like(own, array(result).clone(), Some(result))
        },
    },
];
