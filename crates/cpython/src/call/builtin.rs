//! The class of functions that are rows of a table.

use std::mem::offset_of;
use std::ptr;
use std::sync::OnceLock;

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyString;
use rustsci_bind::{Arguments, Function, Header};
use smallvec::SmallVec;

use super::binding::{Bindings, Call, Parameters};
use super::errors::IntoPyErr;
use super::quick::{self, Quick};
use super::{error_state, overrides, value};
use crate::c_api::{Attribute, Class, Held, TypeCell, allocate, borrowed, free, slot};

/// A function that works on Python objects: what identity of objects or Python code decides cannot be a row of the
/// common table.
pub(crate) struct HostFunction {
    pub(crate) header: Header,
    pub(crate) call: for<'py> fn(&Call<'_, 'py>) -> PyResult<Bound<'py, PyAny>>,
}

/// What a builtin runs.
#[derive(Clone, Copy)]
pub(crate) enum Body {
    Row(&'static Function),
    Host(&'static HostFunction),
}

impl From<&'static Function> for Body {
    fn from(function: &'static Function) -> Self {
        Self::Row(function)
    }
}

impl From<&'static HostFunction> for Body {
    fn from(function: &'static HostFunction) -> Self {
        Self::Host(function)
    }
}

impl Body {
    fn header(self) -> &'static Header {
        match self {
            Self::Row(function) => &function.header,
            Self::Host(function) => &function.header,
        }
    }
}

/// An instance of the class.
#[repr(C)]
struct Builtin {
    head: ffi::PyObject,
    vectorcall: ffi::vectorcallfunc,
    body: Body,
    /// Whether arguments may take over the call.
    dispatches: bool,
    /// A short way for plain arguments.
    quick: Option<Quick>,
    /// The signature, once it was needed.
    parameters: OnceLock<Parameters>,
}

static BUILTIN: TypeCell = TypeCell::empty();

/// A function object for a row.
pub(crate) fn builtin<'py>(py: Python<'py>, body: impl Into<Body>) -> PyResult<Bound<'py, PyAny>> {
    let body = body.into();
    make(py, body, !body.header().dispatch.is_empty())
}

/// The function object for a row that a class calls, made the first time it is needed.
pub(crate) fn kept<'py>(
    py: Python<'py>,
    place: &OnceLock<Held>,
    function: &'static HostFunction,
) -> PyResult<Bound<'py, PyAny>> {
    if let Some(kept) = place.get() {
        return Ok(kept.bind(py));
    }
    let made = builtin(py, function)?;
    Ok(place.get_or_init(|| Held::new(made)).bind(py))
}

fn make(py: Python<'_>, body: Body, dispatches: bool) -> PyResult<Bound<'_, PyAny>> {
    // SAFETY: the class was made with the size of `Builtin`; its fields are written before anyone sees the object.
    unsafe {
        let object = allocate(py, BUILTIN.get())?;
        let this = object.as_ptr().cast::<Builtin>();
        (&raw mut (*this).vectorcall).write(vectorcall);
        (&raw mut (*this).body).write(body);
        (&raw mut (*this).dispatches).write(dispatches);
        (&raw mut (*this).quick).write(quick::find(body.header()));
        (&raw mut (*this).parameters).write(OnceLock::new());
        Ok(object)
    }
}

/// The instance behind an object.
fn this<'a>(object: &'a Bound<'_, PyAny>) -> &'a Builtin {
    debug_assert!(BUILTIN.is_exact(object));
    // SAFETY: only instances of the class, which has no subclasses, get here; their fields never change.
    unsafe { &*object.as_ptr().cast::<Builtin>() }
}

unsafe extern "C" fn vectorcall(
    callable: *mut ffi::PyObject,
    arguments: *const *mut ffi::PyObject,
    count: usize,
    keywords: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    slot(|py| {
        // SAFETY: CPython hands over live objects as the protocol says; the callable is an instance.
        unsafe {
            let callable = borrowed(py, callable);
            let this = this(&callable);
            let given = ffi::PyVectorcall_NARGS(count) as usize;
            if let Some(quick) = this.quick
                && keywords.is_null()
                && (1..=quick::MOST).contains(&given)
            {
                let given: SmallVec<[_; quick::MOST]> = (0..given)
                    .map(|index| borrowed(py, *arguments.add(index)))
                    .collect();
                if let Some(result) = quick(&given) {
                    return result.map(Bound::into_ptr);
                }
            }
            let header = this.body.header();
            let parameters = this.parameters.get_or_init(|| Parameters::new(py, header));
            let bindings = Bindings::new(py, header, parameters, arguments, given, keywords)?;
            call(&callable, this, parameters, &bindings)
        }
    })
}

fn call<'py>(
    callable: &Bound<'py, PyAny>,
    this: &Builtin,
    parameters: &Parameters,
    bindings: &Bindings<'py>,
) -> PyResult<*mut ffi::PyObject> {
    let py = callable.py();
    let header = this.body.header();
    if this.dispatches
        && let Some(result) = overrides::ask(callable, header, parameters, bindings)?
    {
        return Ok(result.into_ptr());
    }
    let call = Call {
        py,
        header,
        signature: &parameters.signature,
        bindings,
    };
    let result = match this.body {
        Body::Row(function) => {
            let result = (function.call)(&Arguments::new(header, &parameters.signature, &call));
            let result = result.map_err(|error| error.into_py_err(py))?;
            value::to_result(py, result, bindings, parameters)?
        }
        Body::Host(function) => (function.call)(&call)?,
    };
    error_state::settle(py)?;
    Ok(result.into_ptr())
}

unsafe extern "C" fn dealloc(object: *mut ffi::PyObject) {
    // SAFETY: the last reference is gone; the fields are dropped once, then the memory is given back.
    unsafe {
        ptr::drop_in_place(&raw mut (*object.cast::<Builtin>()).parameters);
        free(object);
    }
}

/// Makes a method of a function that is looked up in an instance.
///
/// # Safety
/// As CPython calls `tp_descr_get`: with live objects, or null where there is no instance.
pub(crate) unsafe extern "C" fn descr_get(
    function: *mut ffi::PyObject,
    instance: *mut ffi::PyObject,
    _class: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: CPython hands over live objects; without an instance the function itself is the attribute.
    unsafe {
        if instance.is_null() || ffi::Py_IsNone(instance) != 0 {
            ffi::Py_INCREF(function);
            return function;
        }
        crate::c_api::PyMethod_New(function, instance)
    }
}

unsafe extern "C" fn repr(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
    slot(|py| {
        // SAFETY: the slot's argument is a live instance.
        let object = unsafe { borrowed(py, object) };
        let header = this(&object).body.header();
        let text = match header.class {
            Some(class) => format!("<method '{}' of 'rustsci.{class}' objects>", header.name),
            None => format!("<built-in function {}>", header.name),
        };
        Ok(PyString::new(py, &text).into_any().into_ptr())
    })
}

fn text<'py>(object: &Bound<'py, PyAny>, text: &str) -> Bound<'py, PyAny> {
    PyString::new(object.py(), text).into_any()
}

fn qualname(header: &Header) -> String {
    match header.class {
        Some(class) => format!("{class}.{}", header.name),
        None => header.name.to_owned(),
    }
}

/// The signature as Python shows it: the array whose method this is is `self`.
fn signature(header: &Header) -> String {
    match (header.class, header.signature.strip_prefix("(a,")) {
        (Some(_), Some(rest)) => format!("(self,{rest}"),
        _ => header.signature.to_owned(),
    }
}

fn module(header: &Header) -> String {
    match header.module {
        "" => "rustsci".to_owned(),
        module => format!("rustsci.{module}"),
    }
}

static ATTRIBUTES: &[Attribute] = &[
    Attribute::new(c"__name__", c"The function's name.", |object| {
        Ok(text(object, this(object).body.header().name))
    }),
    Attribute::new(
        c"__qualname__",
        c"The name with that of the class.",
        |object| Ok(text(object, &qualname(this(object).body.header()))),
    ),
    Attribute::new(
        c"__module__",
        c"The module to import the function from.",
        |object| Ok(text(object, &module(this(object).body.header()))),
    ),
    Attribute::new(c"__doc__", c"The documentation.", |object| {
        Ok(text(object, this(object).body.header().doc))
    }),
    Attribute::new(
        c"__text_signature__",
        c"The parameters as text.",
        |object| Ok(text(object, &signature(this(object).body.header()))),
    ),
    Attribute::new(c"__signature__", c"The parameters.", |object| {
        let inspect = object.py().import("inspect")?;
        let signature = signature(this(object).body.header()).replace("<no value>", "...");
        inspect.getattr("_signature_fromstr")?.call1((
            inspect.getattr("Signature")?,
            object,
            signature,
        ))
    }),
    Attribute::new(
        c"_implementation",
        c"The same function, which asks no argument to take over the call.",
        |object| make(object.py(), this(object).body, false),
    ),
];

static METHODS: &[HostFunction] = &[HostFunction {
    header: Header::new("__reduce__", "(self, /)", "Pickles by name.").of_class("builtin_function"),
    call: |call| {
        let function = call.required(0)?;
        let header = this(function).body.header();
        match header.class {
            Some("ndarray") => {
                let arguments = (crate::ndarray::class(call.py), header.name);
                let getattr = call.py.import("builtins")?.getattr("getattr")?;
                Ok((getattr, arguments).into_pyobject(call.py)?.into_any())
            }
            _ => Ok(text(function, header.name)),
        }
    },
}];

/// Makes the class.
pub(crate) fn add_class(py: Python<'_>) -> PyResult<()> {
    // SAFETY: the functions fit their slots and are written for `Builtin`, which has the field named.
    let class = unsafe {
        Class::new(
            c"rustsci.builtin_function",
            c"A function of the native core.",
            size_of::<Builtin>(),
        )
        .flags(ffi::Py_TPFLAGS_HAVE_VECTORCALL | ffi::Py_TPFLAGS_METHOD_DESCRIPTOR)
        .offset(c"__vectorcalloffset__", offset_of!(Builtin, vectorcall))
        .slot(ffi::Py_tp_call, ffi::PyVectorcall_Call as *mut _)
        .slot(ffi::Py_tp_dealloc, dealloc as *mut _)
        .slot(ffi::Py_tp_descr_get, descr_get as *mut _)
        .slot(ffi::Py_tp_repr, repr as *mut _)
        .attributes(ATTRIBUTES)
        .build(py, &[])?
    };
    BUILTIN.set(&class);
    for method in METHODS {
        class.setattr(method.header.name, builtin(py, method)?)?;
    }
    Ok(())
}
