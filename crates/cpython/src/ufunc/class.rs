//! The class `ufunc`.

use std::mem::offset_of;

use pyo3::exceptions::{
    PyDeprecationWarning, PyRuntimeError, PySystemError, PyTypeError, PyValueError,
};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyEllipsis, PyString, PyTuple};
use rustsci_array::DType;
use rustsci_array::products::{self, Generalized};
use rustsci_array::ufunc::{self, Ufunc};
use smallvec::SmallVec;

use super::attributes::ATTRIBUTES;
use super::call::{is_plain, quick, run};
use super::{arguments, generalized, methods, overrides};
use crate::c_api::{Class, Held, TypeCell, allocate, borrowed, slot};
use crate::call::builtin;

/// An instance.
#[repr(C)]
struct Object {
    head: ffi::PyObject,
    vectorcall: ffi::vectorcallfunc,
    kind: Kind,
}

/// What a ufunc does: something elementwise, or something to the last axes.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Elementwise(&'static Ufunc),
    Generalized(&'static Generalized),
}

impl Kind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Elementwise(ufunc) => ufunc.name,
            Self::Generalized(ufunc) => ufunc.name,
        }
    }

    /// Numbers of inputs and outputs.
    pub(super) fn counts(self) -> (usize, usize) {
        match self {
            Self::Elementwise(ufunc) => (ufunc.nin, ufunc.nout),
            Self::Generalized(_) => (2, 1),
        }
    }

    pub(super) fn types(self) -> Vec<String> {
        match self {
            Self::Elementwise(ufunc) => ufunc.types(),
            Self::Generalized(_) => DType::ALL
                .iter()
                .map(|dtype| dtype.char())
                .map(|code| format!("{code}{code}->{code}"))
                .collect(),
        }
    }
}

static UFUNC: TypeCell = TypeCell::empty();

/// The objects of all ufuncs, by the order of the table.
static OBJECTS: std::sync::OnceLock<Vec<Held>> = std::sync::OnceLock::new();

/// All kinds, elementwise ones first.
fn kinds() -> impl Iterator<Item = Kind> {
    let elementwise = ufunc::all().iter().map(Kind::Elementwise);
    elementwise.chain(products::all().iter().map(Kind::Generalized))
}

/// The object of the ufunc with a name.
pub(crate) fn object<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
    let index = kinds().position(|kind| kind.name() == name);
    index
        .and_then(|index| OBJECTS.get()?.get(index))
        .map(|object| object.bind(py))
        .ok_or_else(|| PySystemError::new_err(format!("there is no ufunc '{name}'")))
}

/// Whether an object is one of our ufuncs.
pub(crate) fn is_instance(object: &Bound<'_, PyAny>) -> bool {
    UFUNC.is_instance(object)
}

/// The ufunc behind an object.
pub(super) fn kind(object: &Bound<'_, PyAny>) -> PyResult<Kind> {
    if !is_instance(object) {
        return Err(PyTypeError::new_err(format!(
            "expected a ufunc, not {}",
            object.get_type().name()?
        )));
    }
    // SAFETY: the object is an instance; its field never changes.
    Ok(unsafe { (*object.as_ptr().cast::<Object>()).kind })
}

/// The elementwise ufunc behind an object.
pub(super) fn this(object: &Bound<'_, PyAny>) -> PyResult<&'static Ufunc> {
    match kind(object)? {
        Kind::Elementwise(ufunc) => Ok(ufunc),
        Kind::Generalized(ufunc) => Err(PyRuntimeError::new_err(format!(
            "Reduction not defined on ufunc with signature: '{}'",
            ufunc.name
        ))),
    }
}

unsafe extern "C" fn vectorcall(
    callable: *mut ffi::PyObject,
    arguments: *const *mut ffi::PyObject,
    count: usize,
    keywords: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    slot(|py| {
        // SAFETY: CPython hands over live objects as the protocol says; the callable is an instance.
        let (callable, kind, objects, names) = unsafe {
            let count = ffi::PyVectorcall_NARGS(count) as usize;
            let names =
                (!keywords.is_null()).then(|| borrowed(py, keywords).cast_unchecked::<PyTuple>());
            let all = count + names.map_or(0, |names| names.len());
            let objects: SmallVec<[Bound<'_, PyAny>; 4]> = (0..all)
                .map(|index| borrowed(py, *arguments.add(index)).to_owned())
                .collect();
            let callable_object = borrowed(py, callable);
            (
                callable_object,
                (*callable.cast::<Object>()).kind,
                objects,
                names,
            )
        };
        if let Kind::Elementwise(ufunc) = kind {
            let (operands, further) = objects.split_at(ufunc.nin.min(objects.len()));
            let out = match (further, &names) {
                ([], None) => Some(None),
                ([out], Some(names)) if names.get_item(0)?.eq("out")? => Some(Some(out)),
                ([out], None) if !out.is_none() => Some(Some(out)),
                _ => None,
            };
            let operands: SmallVec<[&Bound<'_, PyAny>; 3]> = operands.iter().collect();
            if let Some(out) = out
                && let Some(result) = quick(py, ufunc, &operands, out)
            {
                return result.map(Bound::into_ptr);
            }
        }
        let named = names.map_or(0, |names| names.len());
        let (positional, values) = objects.split_at(objects.len() - named);
        let keywords = match names {
            None => None,
            Some(names) => {
                let keywords = PyDict::new(py);
                for (name, value) in names.iter().zip(values) {
                    keywords.set_item(name, value)?;
                }
                Some(keywords)
            }
        };
        call(&callable, kind, positional, keywords.as_ref()).map(Bound::into_ptr)
    })
}

fn call<'py>(
    function: &Bound<'py, PyAny>,
    kind: Kind,
    positional: &[Bound<'py, PyAny>],
    keywords: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = function.py();
    let (nin, nout) = kind.counts();
    let (least, most) = (nin, nin + nout);
    if positional.len() < least || positional.len() > most {
        let were = if positional.len() == 1 { "was" } else { "were" };
        return Err(PyTypeError::new_err(format!(
            "{}() takes from {least} to {most} positional arguments but {} {were} given",
            kind.name(),
            positional.len()
        )));
    }
    let (inputs, further) = positional.split_at(nin);
    if further.iter().any(|out| out.is_instance_of::<PyEllipsis>()) {
        return Err(PyTypeError::new_err(
            "out=... is only allowed as a keyword argument.",
        ));
    }
    if let ("maximum" | "minimum", [_]) = (kind.name(), further) {
        PyErr::warn(
            py,
            &py.get_type::<PyDeprecationWarning>(),
            c"Passing more than 2 positional arguments to np.maximum and np.minimum is deprecated. If you meant to use the \
              third argument as an output, use the `out` keyword argument instead. If you hoped to work with more than 2 \
              inputs, combine them into a single array and get the extrema for the relevant axis.",
            1,
        )?;
    }
    let by_name = match keywords {
        Some(keywords) => keywords.get_item("out")?,
        None => None,
    };
    if by_name.is_some() && !further.is_empty() {
        return Err(PyTypeError::new_err(
            "cannot specify 'out' as both a positional and keyword argument",
        ));
    }
    if let Some(out) = &by_name {
        match out.cast::<PyTuple>() {
            Ok(outs) if outs.len() != nout => {
                return Err(PyValueError::new_err(
                    "The 'out' tuple must have exactly one entry per ufunc output",
                ));
            }
            Err(_) if nout > 1 && !out.is_none() => {
                return Err(PyTypeError::new_err("'out' must be a tuple of arrays"));
            }
            _ => {}
        }
    }
    if let Some(answer) = taken_over(function, inputs, further, by_name, keywords)? {
        return Ok(answer);
    }
    let mut outs = further
        .iter()
        .map(|out| arguments::checked_output(out.clone()))
        .collect::<PyResult<SmallVec<[_; 2]>>>()?;
    if outs.iter().all(Option::is_none) {
        outs.clear();
    }
    let (request, core) = match kind {
        Kind::Elementwise(ufunc) => (arguments::request(&ufunc.into(), outs, keywords)?, None),
        Kind::Generalized(ufunc) => generalized::request(ufunc, outs, keywords)?,
    };
    match (kind, core) {
        (Kind::Elementwise(ufunc), _) => run(py, ufunc, inputs, &request),
        (Kind::Generalized(ufunc), core) => {
            generalized::run(py, ufunc, inputs, &request, &core.unwrap_or_default())
        }
    }
}

/// Asks the operands of a call to take over; nothing about the arguments has been checked yet.
fn taken_over<'py>(
    function: &Bound<'py, PyAny>,
    inputs: &[Bound<'py, PyAny>],
    further: &[Bound<'py, PyAny>],
    by_name: Option<Bound<'py, PyAny>>,
    keywords: Option<&Bound<'py, PyDict>>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let py = function.py();
    let outs: SmallVec<[Bound<'py, PyAny>; 2]> = match &by_name {
        Some(out) => match out.cast::<PyTuple>() {
            Ok(outs) => outs.iter().collect(),
            Err(_) => SmallVec::from_iter([out.clone()]),
        },
        None => further.iter().cloned().collect(),
    };
    let mask = match keywords {
        Some(keywords) => keywords.get_item("where")?,
        None => None,
    };
    if inputs.iter().chain(&outs).chain(&mask).all(is_plain) {
        return Ok(None);
    }
    let outs: SmallVec<[_; 2]> = outs
        .into_iter()
        .map(|out| Some(out).filter(|out| !out.is_none()))
        .collect();
    let arguments = PyTuple::new(py, inputs)?;
    let keywords = overrides::with_out(py, keywords, &outs)?;
    overrides::ask(function, "__call__", &arguments, &outs, &keywords)
}

/// Carries out a call or a method without asking the operands to take over.
pub(crate) fn without_overrides<'py>(
    function: &Bound<'py, PyAny>,
    method: &str,
    inputs: &Bound<'py, PyTuple>,
    keywords: &Bound<'py, PyDict>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = function.py();
    if method == "__call__" {
        let inputs: Vec<Bound<'py, PyAny>> = inputs.iter().collect();
        return match kind(function)? {
            Kind::Elementwise(ufunc) => {
                let request = arguments::request(&ufunc.into(), SmallVec::new(), Some(keywords))?;
                run(py, ufunc, &inputs, &request)
            }
            Kind::Generalized(ufunc) => {
                let (request, core) = generalized::request(ufunc, SmallVec::new(), Some(keywords))?;
                generalized::run(py, ufunc, &inputs, &request, &core.unwrap_or_default())
            }
        };
    }
    methods::without_overrides(function, method, inputs, keywords)
}

unsafe extern "C" fn repr(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
    slot(|py| {
        // SAFETY: the slot's argument is a live instance.
        let object = unsafe { borrowed(py, object) };
        let text = format!("<ufunc '{}'>", kind(&object)?.name());
        Ok(PyString::new(py, &text).into_any().into_ptr())
    })
}

/// Makes the class, and an object for each ufunc.
pub(crate) fn add_class(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    // SAFETY: the functions fit their slots and are written for `Object`, which has the field named.
    let class = unsafe {
        Class::new(
            c"rustsci.ufunc",
            c"A function that works elementwise on whole arrays.",
            size_of::<Object>(),
        )
        .flags(ffi::Py_TPFLAGS_HAVE_VECTORCALL)
        .offset(c"__vectorcalloffset__", offset_of!(Object, vectorcall))
        .slot(ffi::Py_tp_call, ffi::PyVectorcall_Call as *mut _)
        .slot(ffi::Py_tp_repr, repr as *mut _)
        .attributes(ATTRIBUTES)
        .build(py, &[])?
    };
    UFUNC.set(&class);
    for method in methods::METHODS {
        class.setattr(method.header.name, builtin(py, method)?)?;
    }
    let mut objects = Vec::new();
    for kind in kinds() {
        // SAFETY: the class has the size of `Object`; its fields are written before anyone sees the object.
        let object = unsafe {
            let object = allocate(py, class.as_ptr().cast())?;
            let this = object.as_ptr().cast::<Object>();
            (&raw mut (*this).vectorcall).write(vectorcall);
            (&raw mut (*this).kind).write(kind);
            object
        };
        module.add(kind.name(), &object)?;
        objects.push(Held::new(object));
    }
    let _ = OBJECTS.set(objects);
    module.add("ufunc", class)
}
