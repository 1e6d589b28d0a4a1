//! What other code asks arrays for: `__array__`, `__array_ufunc__`, `__array_function__`, the array API.

use pyo3::IntoPyObjectExt;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use rustsci_array::DType;
use rustsci_array::array::CopyOrder;
use rustsci_bind::Header;

use super::{array, converted, is_exact, is_instance, wrap};
use crate::c_api::TypeCell;
use crate::call::{Call, HostFunction};
use crate::scalar;

type Result<'py> = PyResult<Bound<'py, PyAny>>;

/// The class's own `__array_ufunc__` and `__array_finalize__`, which override nothing.
static DEFAULT_UFUNC: TypeCell = TypeCell::empty();
static DEFAULT_FINALIZE: TypeCell = TypeCell::empty();

pub(super) fn remember_defaults(class: &Bound<'_, PyAny>) -> PyResult<()> {
    DEFAULT_UFUNC.set(&class.getattr("__array_ufunc__")?);
    DEFAULT_FINALIZE.set(&class.getattr("__array_finalize__")?);
    Ok(())
}

/// Whether an `__array_ufunc__` is that of arrays themselves, ours or NumPy's, which overrides nothing.
pub(crate) fn is_default_ufunc(method: &Bound<'_, PyAny>) -> bool {
    method.as_ptr() == DEFAULT_UFUNC.get().cast() || is_of_numpy(method)
}

/// Whether a method of a protocol is that of NumPy's own arrays, which are array-likes to us: left to the protocol,
/// they and our arrays would each refuse the other.
pub(crate) fn is_of_numpy(method: &Bound<'_, PyAny>) -> bool {
    let class = method.getattr_opt("__objclass__").ok().flatten();
    let module = class.and_then(|class| class.getattr("__module__").ok());
    module.is_some_and(|module| module.eq("numpy").unwrap_or(false))
}

/// Whether an `__array_finalize__` is that of arrays themselves, which does nothing.
pub(super) fn is_default_finalize(method: &Bound<'_, PyAny>) -> bool {
    method.as_ptr() == DEFAULT_FINALIZE.get().cast()
}

fn to_array<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    let own = call.required(0)?;
    let dtype: Option<DType> = call.get(1)?;
    let copy: Option<bool> = call.get(2)?;
    let current = array(own).clone();
    let dtype = dtype.unwrap_or_else(|| current.dtype().clone());
    if dtype == *current.dtype() && copy != Some(true) {
        if is_exact(own) {
            return Ok(own.to_owned());
        }
        return super::wrap_view(own, current);
    }
    if copy == Some(false) {
        return Err(PyValueError::new_err(
            "Unable to avoid copy while creating an array as requested.",
        ));
    }
    wrap(call.py, converted(call.py, &current, &dtype, CopyOrder::K)?)
}

fn array_ufunc<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    let py = call.py;
    let (ufunc, method) = (call.required(1)?, call.required(2)?);
    let (arguments, keywords) = call.bindings.as_passed(py)?;
    let inputs = arguments.get_slice(3, arguments.len());
    let outs = match keywords.get_item("out")? {
        Some(out) => match out.cast::<PyTuple>() {
            Ok(outs) => outs.iter().collect(),
            Err(_) => vec![out],
        },
        None => Vec::new(),
    };
    // Another class with an override of its own has to be asked, not read.
    for operand in inputs.iter().chain(outs) {
        let overridden = match operand.get_type().getattr_opt("__array_ufunc__")? {
            Some(protocol) => !is_default_ufunc(&protocol),
            None => false,
        };
        if overridden && !operand.get_type().is(call.required(0)?.get_type()) {
            return Ok(py.NotImplemented().into_bound(py));
        }
        if overridden && is_instance(&operand) {
            continue;
        }
        if overridden {
            return Ok(py.NotImplemented().into_bound(py));
        }
    }
    if !crate::ufunc::is_instance(ufunc) {
        return py
            .import("rustsci.interop")?
            .getattr("_foreign_ufunc")?
            .call1((ufunc, method, inputs, keywords));
    }
    let method: String = method.extract()?;
    crate::ufunc::without_overrides(ufunc, &method, &inputs, &keywords)
}

fn array_function<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    let (arguments, _) = call.bindings.as_passed(call.py)?;
    call.py
        .import("rustsci.overrides")?
        .getattr("default_array_function")?
        .call1(arguments.get_slice(1, arguments.len()))
}

fn namespace<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    if let Some(version) = call.not_none(1) {
        let version: String = version.extract()?;
        if !["2021.12", "2022.12", "2023.12", "2024.12"].contains(&version.as_str()) {
            return Err(PyValueError::new_err(format!(
                "Version \"{version}\" of the Array API Standard is not supported."
            )));
        }
    }
    Ok(call.py.import("rustsci")?.into_any())
}

fn to_device<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    let device: String = call.get(1)?;
    if call.not_none(2).is_some() {
        return Err(PyValueError::new_err(
            "The stream argument in to_device() is not supported",
        ));
    }
    if device != "cpu" {
        return Err(PyValueError::new_err(format!(
            "Unsupported device: {device}."
        )));
    }
    Ok(call.required(0)?.to_owned())
}

fn format<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    let own = call.required(0)?;
    let specification = call.required(1)?;
    if array(own).ndim() == 0 {
        let element = scalar::object(call.py, &array(own).get(&[]))?;
        return element.call_method1("__format__", (specification,));
    }
    if specification.len()? == 0 {
        return Ok(own.str()?.into_any());
    }
    Err(PyTypeError::new_err(
        "unsupported format string passed to numpy.ndarray.__format__",
    ))
}

fn complex<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    let value = super::number::only_element(call.required(0)?)?.to_complex();
    Ok(pyo3::types::PyComplex::from_doubles(call.py, value.re, value.im).into_any())
}

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

pub(super) static METHODS: &[HostFunction] = &[
    method(
        "__array__",
        "(self, /, dtype=None, *, copy=None)",
        "Return the array as a plain ndarray.",
        to_array,
    ),
    method(
        "__array_ufunc__",
        "(self, ufunc, method, /, *inputs, **kwargs)",
        "Carry out a ufunc on arrays, unless an operand of another class overrides it.",
        array_ufunc,
    ),
    method(
        "__array_function__",
        "(self, func, types, args, kwargs, /)",
        "Carry out a function on arrays, unless an argument of another class overrides it.",
        array_function,
    ),
    method(
        "__array_namespace__",
        "(self, /, *, api_version=None)",
        "Return the module `rustsci`.",
        namespace,
    ),
    method(
        "to_device",
        "(self, device, /, *, stream=None)",
        "Return the array, which is where it can be.",
        to_device,
    ),
    method(
        "__format__",
        "(self, spec, /)",
        "Format the only element.",
        format,
    ),
    method(
        "__complex__",
        "(self, /)",
        "Return the only element as a Python complex.",
        complex,
    ),
    method(
        "setflags",
        "(self, /, write=None, align=None, uic=None)",
        "Set flags.",
        |call| {
            let own = call.required(0)?;
            if let Some(aligned) = call.not_none(2)
                && aligned.is_truthy()?
                && !array(own).is_aligned()
            {
                return Err(PyValueError::new_err(
                    "cannot set aligned flag of mis-aligned array to True",
                ));
            }
            if let Some(write_back) = call.not_none(3)
                && write_back.is_truthy()?
            {
                return Err(PyValueError::new_err(
                    "cannot set WRITEBACKIFCOPY flag to True",
                ));
            }
            if let Some(write) = call.not_none(1) {
                super::flags::set_writeable(own, write.is_truthy()?)?;
            }
            Ok(call.py.None().into_bound(call.py))
        },
    ),
    method(
        "__sizeof__",
        "(self, /)",
        "Return the bytes in use.",
        |call| {
            let own = call.required(0)?;
            let current = array(own);
            let elements = if super::base(own).is_none() {
                current.buffer().len()
            } else {
                0
            };
            let axes = 2 * size_of::<usize>() * current.ndim();
            (size_of::<super::Object>() + axes + elements).into_bound_py_any(call.py)
        },
    ),
];
