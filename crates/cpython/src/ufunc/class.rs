//! The class `ufunc`.

use std::mem::offset_of;

use pyo3::IntoPyObjectExt;
use pyo3::exceptions::{PySystemError, PyTypeError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString, PyTuple};
use rustsci_array::ufunc::{self, Identity, Ufunc};
use smallvec::SmallVec;

use super::call::{is_plain, quick, run};
use super::{arguments, methods, overrides};
use crate::c_api::{Attribute, Class, Held, TypeCell, borrowed, owned, slot};
use crate::call::builtin;

/// An instance.
#[repr(C)]
struct Object {
    head: ffi::PyObject,
    vectorcall: ffi::vectorcallfunc,
    ufunc: &'static Ufunc,
}

static UFUNC: TypeCell = TypeCell::empty();

/// The objects of all ufuncs, by the order of the table.
static OBJECTS: std::sync::OnceLock<Vec<Held>> = std::sync::OnceLock::new();

/// The object of the ufunc with a name.
pub(crate) fn object<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
    let index = ufunc::all().iter().position(|ufunc| ufunc.name == name);
    index
        .and_then(|index| OBJECTS.get()?.get(index))
        .map(|object| object.bind(py))
        .ok_or_else(|| PySystemError::new_err(format!("there is no ufunc '{name}'")))
}

/// The ufunc behind an object.
pub(super) fn this(object: &Bound<'_, PyAny>) -> PyResult<&'static Ufunc> {
    if !UFUNC.is_instance(object) {
        return Err(PyTypeError::new_err(format!(
            "expected a ufunc, not {}",
            object.get_type().name()?
        )));
    }
    // SAFETY: the object is an instance; its field never changes.
    Ok(unsafe { (*object.as_ptr().cast::<Object>()).ufunc })
}

unsafe extern "C" fn vectorcall(
    callable: *mut ffi::PyObject,
    arguments: *const *mut ffi::PyObject,
    count: usize,
    keywords: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    slot(|py| {
        // SAFETY: CPython hands over live objects as the protocol says; the callable is an instance.
        let (callable, ufunc, objects, names) = unsafe {
            let count = ffi::PyVectorcall_NARGS(count) as usize;
            let names = (!keywords.is_null()).then(|| borrowed(py, keywords).cast_unchecked::<PyTuple>());
            let all = count + names.map_or(0, |names| names.len());
            let objects: SmallVec<[Bound<'_, PyAny>; 4]> = (0..all)
                .map(|index| borrowed(py, *arguments.add(index)).to_owned())
                .collect();
            let callable_object = borrowed(py, callable);
            (callable_object, (*callable.cast::<Object>()).ufunc, objects, names)
        };
        if names.is_none() && objects.len() == ufunc.nin {
            let operands: SmallVec<[&Bound<'_, PyAny>; 3]> = objects.iter().collect();
            if let Some(result) = quick(py, ufunc, &operands) {
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
        call(&callable, ufunc, positional, keywords.as_ref()).map(Bound::into_ptr)
    })
}

fn call<'py>(
    function: &Bound<'py, PyAny>,
    ufunc: &'static Ufunc,
    positional: &[Bound<'py, PyAny>],
    keywords: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = function.py();
    let (least, most) = (ufunc.nin, ufunc.nin + ufunc.nout);
    if positional.len() < least || positional.len() > most {
        return Err(PyTypeError::new_err(format!(
            "{}() takes from {least} to {most} positional arguments but {} were given",
            ufunc.name,
            positional.len()
        )));
    }
    let (inputs, further) = positional.split_at(ufunc.nin);
    let mut outs = further
        .iter()
        .map(|out| arguments::checked_output(out.clone()))
        .collect::<PyResult<SmallVec<[_; 2]>>>()?;
    if outs.iter().all(Option::is_none) {
        outs.clear();
    }
    let request = arguments::request(ufunc, outs, keywords)?;
    let asked = inputs.iter().chain(request.outs.iter().flatten());
    if !asked.chain(&request.mask).all(is_plain) {
        let arguments = PyTuple::new(py, inputs)?;
        let keywords = overrides::with_out(py, keywords, &request.outs)?;
        let answer = overrides::ask(function, "__call__", &arguments, &request.outs, &keywords)?;
        if let Some(answer) = answer {
            return Ok(answer);
        }
    }
    run(py, ufunc, inputs, &request)
}

/// Carries out a call or a method without asking the operands to take over.
pub(crate) fn without_overrides<'py>(
    function: &Bound<'py, PyAny>,
    method: &str,
    inputs: &Bound<'py, PyTuple>,
    keywords: &Bound<'py, PyDict>,
) -> PyResult<Bound<'py, PyAny>> {
    let ufunc = this(function)?;
    if method == "__call__" {
        let inputs: Vec<Bound<'py, PyAny>> = inputs.iter().collect();
        let request = arguments::request(ufunc, SmallVec::new(), Some(keywords))?;
        return run(function.py(), ufunc, &inputs, &request);
    }
    methods::without_overrides(function, method, inputs, keywords)
}

fn text<'py>(object: &Bound<'py, PyAny>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    text.into_bound_py_any(object.py())
}

unsafe extern "C" fn repr(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
    slot(|py| {
        // SAFETY: the slot's argument is a live instance.
        let object = unsafe { borrowed(py, object) };
        let text = format!("<ufunc '{}'>", this(&object)?.name);
        Ok(PyString::new(py, &text).into_any().into_ptr())
    })
}

static ATTRIBUTES: &[Attribute] = &[
    Attribute::new(c"nin", c"Number of inputs.", |object| {
        this(object)?.nin.into_bound_py_any(object.py())
    }),
    Attribute::new(c"nout", c"Number of outputs.", |object| {
        this(object)?.nout.into_bound_py_any(object.py())
    }),
    Attribute::new(c"nargs", c"Number of inputs and outputs.", |object| {
        let ufunc = this(object)?;
        (ufunc.nin + ufunc.nout).into_bound_py_any(object.py())
    }),
    Attribute::new(c"ntypes", c"Number of loops.", |object| {
        this(object)?.types().len().into_bound_py_any(object.py())
    }),
    Attribute::new(c"types", c"The types of each loop.", |object| {
        Ok(PyList::new(object.py(), this(object)?.types())?.into_any())
    }),
    Attribute::new(c"identity", c"What a reduction of nothing gives.", |object| {
        let py = object.py();
        match this(object)?.identity {
            Identity::None => Ok(py.None().into_bound(py)),
            Identity::Zero if this(object)?.name == "logical_or" => false.into_bound_py_any(py),
            Identity::Zero => 0.into_bound_py_any(py),
            Identity::One if this(object)?.name == "logical_and" => true.into_bound_py_any(py),
            Identity::One => 1.into_bound_py_any(py),
            Identity::MinusOne => (-1).into_bound_py_any(py),
            Identity::NegativeInfinity => f64::NEG_INFINITY.into_bound_py_any(py),
        }
    }),
    Attribute::new(c"signature", c"The core dimensions of a generalized ufunc.", |object| {
        Ok(object.py().None().into_bound(object.py()))
    }),
    Attribute::new(c"__name__", c"The name.", |object| text(object, this(object)?.name)),
    Attribute::new(c"__qualname__", c"The name.", |object| text(object, this(object)?.name)),
    Attribute::new(c"__module__", c"The module to import the ufunc from.", |object| {
        text(object, "rustsci")
    }),
    Attribute::new(c"__doc__", c"The documentation.", |object| {
        let ufunc = this(object)?;
        text(object, &format!("{}{}\n\n{}", ufunc.name, signature(ufunc), ufunc.doc))
    }),
    Attribute::new(c"__text_signature__", c"The parameters as text.", |object| {
        text(object, &signature(this(object)?))
    }),
    Attribute::new(c"__signature__", c"The parameters.", |object| {
        let inspect = object.py().import("inspect")?;
        inspect
            .getattr("_signature_fromstr")?
            .call1((inspect.getattr("Signature")?, object, signature(this(object)?)))
    }),
];

/// The parameters of a call.
fn signature(ufunc: &Ufunc) -> String {
    let inputs: Vec<String> = match ufunc.nin {
        1 => vec!["x".to_owned()],
        n => (1..=n).map(|i| format!("x{i}")).collect(),
    };
    let outputs = match ufunc.nout {
        1 => "out=None".to_owned(),
        n => format!("out=({})", vec!["None"; n].join(", ")),
    };
    format!(
        "({}, /, {outputs}, *, where=True, casting='same_kind', order='K', dtype=None, subok=True, signature=None)",
        inputs.join(", ")
    )
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
    for ufunc in ufunc::all() {
        // SAFETY: the class has the size of `Object`; its fields are written before anyone sees the object.
        let object = unsafe {
            let object = owned(py, ffi::PyType_GenericAlloc(class.as_ptr().cast(), 0))?;
            let this = object.as_ptr().cast::<Object>();
            (&raw mut (*this).vectorcall).write(vectorcall);
            (&raw mut (*this).ufunc).write(ufunc);
            object
        };
        module.add(ufunc.name, &object)?;
        objects.push(Held::new(object));
    }
    let _ = OBJECTS.set(objects);
    module.add("ufunc", class)
}
