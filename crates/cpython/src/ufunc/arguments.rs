//! The arguments of a ufunc's call.

use pyo3::exceptions::{PyTypeError, PyUserWarning, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyEllipsis, PyString, PyTuple};
use rustsci_array::DType;
use rustsci_array::array::CopyOrder;
use rustsci_array::dtype::Casting;
use rustsci_array::ufunc::{Signature, Ufunc};
use rustsci_bind::{Argument, FromArgument};
use smallvec::SmallVec;

use super::call::Request;
use crate::c_api::borrowed;
use crate::call::{IntoPyErr, Object};
use crate::{dtype, ndarray};

/// An argument converted as functions of the common table take it.
pub(super) fn converted<'py, T: for<'a> FromArgument<'a>>(
    object: &Bound<'py, PyAny>,
    function: &'static str,
    name: &'static str,
) -> PyResult<T> {
    // SAFETY: the object outlives the conversion.
    let object = Object(unsafe { borrowed(object.py(), object.as_ptr()) });
    let py = object.0.py();
    T::from_argument(&Argument {
        object: &object,
        name,
        function,
    })
    .map_err(|error| error.into_py_err(py))
}

/// Arrays to write results to, as `out=` takes them: one, or a tuple of as many as there are results.
pub(super) fn outputs<'py>(
    out: &Bound<'py, PyAny>,
    count: usize,
) -> PyResult<SmallVec<[Option<Bound<'py, PyAny>>; 2]>> {
    if out.is_none() {
        return Ok(SmallVec::new());
    }
    let items: SmallVec<[Bound<'py, PyAny>; 2]> = match out.cast::<PyTuple>() {
        Ok(tuple) if tuple.len() == count => tuple.iter().collect(),
        Ok(_) => {
            return Err(PyValueError::new_err(
                "The 'out' tuple must have exactly one entry per ufunc output",
            ));
        }
        Err(_) if count > 1 => {
            return Err(PyTypeError::new_err("'out' must be a tuple of arrays"));
        }
        Err(_) => SmallVec::from_iter([out.clone()]),
    };
    items.into_iter().map(checked_output).collect()
}

/// One output: an array or None.
pub(super) fn checked_output(out: Bound<'_, PyAny>) -> PyResult<Option<Bound<'_, PyAny>>> {
    if out.is_none() {
        return Ok(None);
    }
    if out.is_instance_of::<PyEllipsis>() {
        return Err(PyTypeError::new_err(
            "must use `...` as `out=...` and not per-operand/in a tuple",
        ));
    }
    if ndarray::is_instance(&out) || out.get_type().hasattr("__array_ufunc__")? {
        return Ok(Some(out));
    }
    Err(PyTypeError::new_err("return arrays must be of ArrayType"))
}

/// What there is to know of a ufunc to read the arguments of a call.
#[derive(Clone, Copy)]
pub(super) struct Callee {
    pub(super) name: &'static str,
    pub(super) nin: usize,
    pub(super) nout: usize,
}

impl From<&'static Ufunc> for Callee {
    fn from(ufunc: &'static Ufunc) -> Self {
        Self {
            name: ufunc.name,
            nin: ufunc.nin,
            nout: ufunc.nout,
        }
    }
}

/// Reads what a call is asked for from its keywords.
pub(super) fn request<'py>(
    ufunc: &Callee,
    outs: SmallVec<[Option<Bound<'py, PyAny>>; 2]>,
    keywords: Option<&Bound<'py, PyDict>>,
) -> PyResult<Request<'py>> {
    let name = ufunc.name;
    let mut request = Request {
        outs,
        ..Request::default()
    };
    let Some(keywords) = keywords else {
        return Ok(request);
    };
    let any_out = request.outs.iter().any(Option::is_some) || keywords.contains("out")?;
    for (keyword, value) in keywords.iter() {
        match keyword.cast::<PyString>()?.to_str()? {
            "out" if value.is_instance_of::<PyEllipsis>() => request.scalars = false,
            "out" => {
                if request.outs.iter().any(Option::is_some) {
                    return Err(PyTypeError::new_err(
                        "cannot specify 'out' as both a positional and keyword argument",
                    ));
                }
                request.outs = outputs(&value, ufunc.nout)?;
            }
            "where" => {
                if value.is(true.into_pyobject(value.py())?) {
                    continue;
                }
                if !any_out {
                    PyErr::warn(
                        value.py(),
                        &value.py().get_type::<PyUserWarning>(),
                        c"'where' used without 'out', expect uninitialized memory in output. If this is intended, use \
                          out=None.",
                        1,
                    )?;
                }
                request.mask = Some(value);
            }
            "casting" => request.casting = converted::<Casting>(&value, name, "casting")?,
            "order" if value.is_none() => {}
            "order" => request.order = converted::<CopyOrder>(&value, name, "order")?,
            "subok" => {
                request.subok = value
                    .extract()
                    .map_err(|_| PyTypeError::new_err("'subok' must be a boolean"))?;
            }
            key @ ("dtype" | "signature" | "sig") => {
                if value.is_none() && key == "dtype" {
                    continue;
                }
                if request.signature.is_some() {
                    return Err(PyTypeError::new_err(
                        if key == "dtype" || keywords.contains("dtype")? {
                            "cannot specify both 'signature' and 'dtype'"
                        } else {
                            "cannot specify both 'sig' and 'signature'"
                        },
                    ));
                }
                request.signature = Some(match key {
                    "dtype" => for_outputs(ufunc, &dtype::from_object(&value)?),
                    _ => signature(ufunc, &value)?,
                });
            }
            other => {
                return Err(PyTypeError::new_err(format!(
                    "{name}() got an unexpected keyword argument '{other}'"
                )));
            }
        }
    }
    Ok(request)
}

/// The signature in which all outputs have one type.
pub(super) fn for_outputs(ufunc: &Callee, dtype: &DType) -> Signature {
    let mut signature = Signature::from_elem(None, ufunc.nin);
    signature.extend(std::iter::repeat_n(Some(dtype.clone()), ufunc.nout));
    signature
}

/// Types of all operands, as text (`"dd->d"`) or as a tuple in which None leaves one open.
pub(super) fn signature(ufunc: &Callee, value: &Bound<'_, PyAny>) -> PyResult<Signature> {
    let count = ufunc.nin + ufunc.nout;
    if let Ok(text) = value.cast::<PyString>() {
        return from_text(ufunc, text.to_str()?);
    }
    if value.is_instance_of::<PyBytes>() {
        let text = value.call_method0("decode")?;
        return from_text(ufunc, text.cast::<PyString>()?.to_str()?);
    }
    if let Ok(tuple) = value.cast::<PyTuple>() {
        if tuple.len() == 1 && count != 1 {
            return Err(one_type(tuple.get_item(0)?.is_none()));
        }
        if tuple.len() != count {
            return Err(PyValueError::new_err(format!(
                "a type-tuple must be specified of length {count} for ufunc '{}'",
                ufunc.name
            )));
        }
        let one = |item: Bound<'_, PyAny>| {
            if item.is_none() {
                return Ok(None);
            }
            dtype::from_object(&item).map(Some)
        };
        return tuple.iter().map(one).collect();
    }
    Err(PyTypeError::new_err(
        "the signature object to ufunc must be a string or a tuple.",
    ))
}

/// A signature is the types of all operands; `dtype=` is for one.
#[cold]
fn one_type(is_none: bool) -> PyErr {
    PyTypeError::new_err(if is_none {
        "a single item type tuple cannot contain None."
    } else {
        "Use `dtype` or  fill the tuple with more than one 'None'."
    })
}

fn from_text(ufunc: &Callee, text: &str) -> PyResult<Signature> {
    let wrong = || {
        PyValueError::new_err(format!(
            "a type-string for {}, requires 1 typecode, or {} typecode(s) before and {} after the -> sign",
            ufunc.name, ufunc.nin, ufunc.nout
        ))
    };
    let one = |code: char| {
        rustsci_array::dtype::parse(code.encode_utf8(&mut [0; 4]))
            .ok_or_else(|| PyValueError::new_err(format!("data type '{code}' not understood")))
    };
    if text.chars().count() == 1 {
        return Err(one_type(false));
    }
    let parts = text.split_once("->").filter(|(inputs, outputs)| {
        inputs.chars().count() == ufunc.nin && outputs.chars().count() == ufunc.nout
    });
    let Some((inputs, outputs)) = parts else {
        return Err(wrong());
    };
    inputs
        .chars()
        .chain(outputs.chars())
        .map(|code| one(code).map(Some))
        .collect()
}
