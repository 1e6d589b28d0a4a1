//! The attributes that scalars share with arrays.

use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple, PyType};
use rustsci_array::dtype::Class;
use rustsci_array::{Array, Scalar};

use super::convert::own;
use super::object;
use crate::c_api::Attribute;
use crate::call::IntoPyErr;
use crate::{dtype, ndarray};

type Object<'py> = Bound<'py, PyAny>;

/// The scalar as an array without axes.
pub(super) fn as_array<'py>(scalar: &Object<'py>) -> PyResult<Object<'py>> {
    let py = scalar.py();
    let array = Array::from_scalar(&own(scalar)?).map_err(|error| error.into_py_err(py))?;
    ndarray::wrap(py, array)
}

fn empty_tuple<'py>(scalar: &Object<'py>) -> PyResult<Object<'py>> {
    Ok(PyTuple::empty(scalar.py()).into_any())
}

fn item_size<'py>(scalar: &Object<'py>) -> PyResult<Object<'py>> {
    own(scalar)?
        .dtype()
        .item_size()
        .into_bound_py_any(scalar.py())
}

fn itself<'py>(scalar: &Object<'py>) -> PyResult<Object<'py>> {
    Ok(scalar.clone())
}

/// The attribute `dtype`, which the classes have as well as their instances: that is how NumPy understands
/// `numpy.dtype(rustsci.float64)`.
#[pyclass(name = "_dtype_attribute", module = "rustsci", frozen)]
pub(super) struct DTypeAttribute;

#[pymethods]
impl DTypeAttribute {
    fn __get__<'py>(
        slf: Bound<'py, Self>,
        instance: Option<&Object<'py>>,
        class: Option<&Object<'py>>,
    ) -> PyResult<Object<'py>> {
        let py = slf.py();
        if let Some(scalar) = instance {
            return Ok(dtype::object(py, &own(scalar)?.dtype()));
        }
        let class = class.and_then(|class| class.cast::<PyType>().ok());
        let Some(dtype) = class.and_then(super::dtype_of_class) else {
            return Ok(slf.into_any());
        };
        let own = dtype::object(py, &dtype);
        Ok(dtype::of_numpy(&own)?.unwrap_or(own))
    }
}

pub(super) static ATTRIBUTES: &[Attribute] = &[
    Attribute::new(c"shape", c"The empty shape.", empty_tuple),
    Attribute::new(c"strides", c"No strides.", empty_tuple),
    Attribute::new(c"ndim", c"No axes.", |scalar| {
        0.into_bound_py_any(scalar.py())
    }),
    Attribute::new(c"size", c"One element.", |scalar| {
        1.into_bound_py_any(scalar.py())
    }),
    Attribute::new(c"itemsize", c"Bytes of the value.", item_size),
    Attribute::new(c"nbytes", c"Bytes of the value.", item_size),
    Attribute::new(c"T", c"The scalar itself.", itself),
    Attribute::new(c"base", c"A scalar owns its value.", |scalar| {
        Ok(scalar.py().None().into_bound(scalar.py()))
    }),
    Attribute::new(c"device", c"Where the value is.", |scalar| {
        "cpu".into_bound_py_any(scalar.py())
    }),
    Attribute::new(c"real", c"The real part.", |scalar| {
        let value = own(scalar)?;
        match value.dtype().class() {
            Class::Complex => {
                let part = Scalar::Float64(value.to_complex().re).cast(&value.dtype().real());
                object(scalar.py(), &part)
            }
            _ => object(scalar.py(), &value),
        }
    }),
    Attribute::new(c"imag", c"The imaginary part.", |scalar| {
        let value = own(scalar)?;
        let part = match value.dtype().class() {
            Class::Complex => Scalar::Float64(value.to_complex().im).cast(&value.dtype().real()),
            _ => Scalar::zero(&value.dtype()),
        };
        object(scalar.py(), &part)
    }),
    Attribute::new(c"flags", c"The flags of an array of the value.", |scalar| {
        let array = Array::from_scalar(&own(scalar)?)
            .map_err(|error| error.into_py_err(scalar.py()))?
            .readonly();
        ndarray::wrap(scalar.py(), array)?.getattr("flags")
    }),
    Attribute::new(c"flat", c"An iterator over the only element.", |scalar| {
        as_array(scalar)?.getattr("flat")
    }),
    Attribute::new(c"data", c"The value as a buffer.", |scalar| {
        scalar
            .py()
            .import("builtins")?
            .getattr("memoryview")?
            .call1((scalar,))
    }),
    Attribute::new(
        c"__array_interface__",
        c"The array protocol's description.",
        |scalar| {
            let array = as_array(scalar)?;
            let interface = array.getattr("__array_interface__")?;
            // The description holds an address only, so what is there must stay.
            interface.cast::<PyDict>()?.set_item("__ref", array)?;
            Ok(interface)
        },
    ),
];
