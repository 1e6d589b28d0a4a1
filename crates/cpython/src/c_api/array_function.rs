//! Functions written in Python whose arguments may take over the call: a look at the arguments' types decides, without a
//! detour through Python, whether anyone has to be asked.

use std::mem::offset_of;
use std::ptr;

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyString, PyTuple};
use rustsci_bind::Header;

use super::{Attribute, Class, TypeCell, allocate, borrowed, free, slot};
use crate::call::builtin::descr_get;
use crate::call::overrides::{Asked, is_plain};
use crate::call::{HostFunction, builtin};

/// An instance of the class.
#[repr(C)]
struct ArrayFunction {
    head: ffi::PyObject,
    vectorcall: ffi::vectorcallfunc,
    weak_references: *mut ffi::PyObject,
    /// What does the work.
    implementation: *mut ffi::PyObject,
    /// The way that asks the arguments first.
    asking: *mut ffi::PyObject,
    asked: Asked,
}

static ARRAY_FUNCTION: TypeCell = TypeCell::empty();

/// A function that runs `implementation`, unless one of its arguments might take over: then `asking`.
pub(crate) fn array_function<'py>(
    implementation: &Bound<'py, PyAny>,
    asking: &Bound<'py, PyAny>,
    asked: Asked,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: the class was made with the size of `ArrayFunction`; its fields are written before anyone sees the object.
    unsafe {
        let object = allocate(asking.py(), ARRAY_FUNCTION.get())?;
        let this = object.as_ptr().cast::<ArrayFunction>();
        (&raw mut (*this).vectorcall).write(vectorcall);
        (&raw mut (*this).weak_references).write(ptr::null_mut());
        (&raw mut (*this).implementation).write(implementation.clone().into_ptr());
        (&raw mut (*this).asking).write(asking.clone().into_ptr());
        (&raw mut (*this).asked).write(asked);
        Ok(object)
    }
}

unsafe extern "C" fn vectorcall(
    callable: *mut ffi::PyObject,
    arguments: *const *mut ffi::PyObject,
    count: usize,
    keywords: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: CPython hands over live objects as the protocol says, and holds its lock; the callable is an instance. The
    // arguments go on as they came.
    unsafe {
        let py = Python::assume_attached();
        let this = &*callable.cast::<ArrayFunction>();
        let named = if keywords.is_null() {
            0
        } else {
            ffi::PyTuple_GET_SIZE(keywords) as usize
        };
        let given = ffi::PyVectorcall_NARGS(count) as usize + named;
        let argument = |index: usize| borrowed(py, *arguments.add(index));
        let nobody = match this.asked {
            Asked::Arguments => (0..given).all(|index| answers_nothing(&argument(index))),
            Asked::Members => (0..given).all(|index| has_no_answer(&argument(index))),
            Asked::Like => named == 0,
        };
        let function = if nobody {
            this.implementation
        } else {
            this.asking
        };
        ffi::PyObject_Vectorcall(function, arguments, count, keywords)
    }
}

/// Whether an object can be seen not to take over calls.
#[inline]
fn answers_nothing(object: &Bound<'_, PyAny>) -> bool {
    let kind = object.get_type_ptr();
    is_plain(object)
        // The addresses of CPython's own types, compared only.
        || kind == &raw mut ffi::PyType_Type
        || kind == &raw mut ffi::PySlice_Type
        || kind == &raw mut ffi::PyFunction_Type
        || crate::dtype::value(object).is_some()
}

/// The same of an object and its members.
fn has_no_answer(object: &Bound<'_, PyAny>) -> bool {
    if let Ok(list) = object.cast_exact::<PyList>() {
        list.iter().all(|member| answers_nothing(&member))
    } else if let Ok(tuple) = object.cast_exact::<PyTuple>() {
        tuple.iter().all(|member| answers_nothing(&member))
    } else {
        answers_nothing(object)
    }
}

/// The function that asks, which has the names and the documentation.
fn asking<'a, 'py>(object: &'a Bound<'py, PyAny>) -> &'a Bound<'py, PyAny> {
    debug_assert!(ARRAY_FUNCTION.is_exact(object));
    // SAFETY: only instances get here; the field is a reference that lives as long as they do.
    unsafe {
        let this = &*object.as_ptr().cast::<ArrayFunction>();
        Bound::ref_from_ptr(object.py(), &this.asking)
    }
}

unsafe extern "C" fn dealloc(object: *mut ffi::PyObject) {
    // SAFETY: the last reference is gone; each field is given up once, then the memory is given back.
    unsafe {
        let this = object.cast::<ArrayFunction>();
        ffi::PyObject_ClearWeakRefs(object);
        ffi::Py_DECREF((*this).implementation);
        ffi::Py_DECREF((*this).asking);
        free(object);
    }
}

unsafe extern "C" fn repr(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
    slot(|py| {
        // SAFETY: the slot's argument is a live instance.
        let object = unsafe { borrowed(py, object) };
        Ok(asking(&object).repr()?.into_any().into_ptr())
    })
}

macro_rules! attributes {
    ($($name:literal),* $(,)?) => {
        &[$(Attribute::new($name, c"As of a function.", |object| {
            asking(object).getattr($name.to_str().unwrap_or_default())
        })),*]
    };
}

static ATTRIBUTES: &[Attribute] = attributes![
    c"__name__",
    c"__qualname__",
    c"__module__",
    c"__doc__",
    c"__wrapped__",
    c"__annotations__",
    c"__defaults__",
    c"__kwdefaults__",
    c"__code__",
    c"__globals__",
    c"_implementation",
];

static METHODS: &[HostFunction] = &[HostFunction {
    header: Header::new("__reduce__", "(self, /)", "Pickles by name.").of_class("array_function"),
    call: |call| call.required(0)?.getattr("__qualname__"),
}];

/// Makes the class.
pub(crate) fn add_class(py: Python<'_>) -> PyResult<()> {
    // SAFETY: the functions fit their slots and are written for `ArrayFunction`, which has the fields named.
    let class = unsafe {
        Class::new(
            c"rustsci.array_function",
            c"A function whose arguments may take over the call.",
            size_of::<ArrayFunction>(),
        )
        .flags(ffi::Py_TPFLAGS_HAVE_VECTORCALL | ffi::Py_TPFLAGS_METHOD_DESCRIPTOR)
        .offset(
            c"__vectorcalloffset__",
            offset_of!(ArrayFunction, vectorcall),
        )
        .offset(
            c"__weaklistoffset__",
            offset_of!(ArrayFunction, weak_references),
        )
        .slot(ffi::Py_tp_call, ffi::PyVectorcall_Call as *mut _)
        .slot(ffi::Py_tp_dealloc, dealloc as *mut _)
        .slot(ffi::Py_tp_descr_get, descr_get as *mut _)
        .slot(ffi::Py_tp_repr, repr as *mut _)
        .attributes(ATTRIBUTES)
        .build(py, &[])?
    };
    ARRAY_FUNCTION.set(&class);
    for method in METHODS {
        class.setattr(PyString::new(py, method.header.name), builtin(py, method)?)?;
    }
    Ok(())
}
