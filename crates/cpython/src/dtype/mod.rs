//! The class `dtype`: one object for each dtype there is.

mod attributes;
mod compare;
mod from_object;

use std::sync::OnceLock;

use pyo3::exceptions::PyTypeError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};
use rustsci_array::DType;
use rustsci_bind::Header;

use crate::c_api::{Class, Held, TypeCell, allocate, borrowed, slot};
use crate::call::errors::unsupported;
use crate::call::{Call, HostFunction, builtin, kept};

pub(crate) use attributes::{MAKE, of_numpy};
pub(crate) use from_object::from_object;

/// An instance.
#[repr(C)]
struct Object {
    head: ffi::PyObject,
    dtype: DType,
}

static DTYPE: TypeCell = TypeCell::empty();

/// More than the largest type number.
const NUMBERS: usize = 24;

/// The only instance of each dtype, by type number.
static OBJECTS: [TypeCell; NUMBERS] = [const { TypeCell::empty() }; NUMBERS];

/// The classes of the instances, each of which has one.
const CLASSES: [(DType, &std::ffi::CStr); 14] = [
    (DType::Bool, c"rustsci.dtypes.BoolDType"),
    (DType::Int8, c"rustsci.dtypes.Int8DType"),
    (DType::UInt8, c"rustsci.dtypes.UInt8DType"),
    (DType::Int16, c"rustsci.dtypes.Int16DType"),
    (DType::UInt16, c"rustsci.dtypes.UInt16DType"),
    (DType::Int32, c"rustsci.dtypes.Int32DType"),
    (DType::UInt32, c"rustsci.dtypes.UInt32DType"),
    (DType::Int64, c"rustsci.dtypes.Int64DType"),
    (DType::UInt64, c"rustsci.dtypes.UInt64DType"),
    (DType::Float16, c"rustsci.dtypes.Float16DType"),
    (DType::Float32, c"rustsci.dtypes.Float32DType"),
    (DType::Float64, c"rustsci.dtypes.Float64DType"),
    (DType::Complex64, c"rustsci.dtypes.Complex64DType"),
    (DType::Complex128, c"rustsci.dtypes.Complex128DType"),
];

/// The object of a dtype.
#[inline]
pub(crate) fn object<'py>(py: Python<'py>, dtype: &DType) -> Bound<'py, PyAny> {
    OBJECTS[usize::from(dtype.number())].bind(py)
}

/// The dtype that an object is, if it is one.
#[inline]
pub(crate) fn value(object: &Bound<'_, PyAny>) -> Option<DType> {
    DTYPE.is_instance(object).then(|| this(object).clone())
}

/// The class.
pub(crate) fn class(py: Python<'_>) -> Bound<'_, PyAny> {
    DTYPE.bind(py)
}

/// The dtype behind an instance.
fn this<'a>(object: &'a Bound<'_, PyAny>) -> &'a DType {
    debug_assert!(DTYPE.is_instance(object));
    // SAFETY: only instances get here; their field never changes.
    unsafe { &(*object.as_ptr().cast::<Object>()).dtype }
}

unsafe extern "C" fn new(
    class: *mut ffi::PyTypeObject,
    arguments: *mut ffi::PyObject,
    keywords: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    slot(|py| {
        // SAFETY: CPython hands over a class, a tuple, and a dictionary or null.
        let (arguments, keywords) = unsafe {
            (
                borrowed(py, arguments),
                (!keywords.is_null()).then(|| borrowed(py, keywords)),
            )
        };
        // A class of one dtype makes that one.
        if class != DTYPE.get()
            && let Some((dtype, _)) = CLASSES
                .iter()
                .find(|(dtype, _)| object(py, dtype).get_type_ptr() == class)
        {
            return Ok(object(py, dtype).into_ptr());
        }
        let arguments = arguments.cast::<pyo3::types::PyTuple>()?;
        let keywords = match &keywords {
            Some(keywords) => Some(keywords.cast::<PyDict>()?.to_owned()),
            None => None,
        };
        if arguments.len() == 1 && keywords.is_none() {
            return Ok(object(py, &from_object(&arguments.get_item(0)?)?).into_ptr());
        }
        static KEPT: OnceLock<Held> = OnceLock::new();
        kept(py, &KEPT, &NEW)?
            .call(&*arguments, keywords.as_ref())
            .map(Bound::into_ptr)
    })
}

/// What the class does when called.
static NEW: HostFunction = HostFunction {
    header: Header::new(
        "dtype",
        "(dtype, align=False, copy=False, *, metadata=None)",
        "Find the dtype that an object names.",
    ),
    call: |call: &Call<'_, '_>| {
        if let Some(metadata) = call.given(3) {
            if !metadata.is_instance_of::<PyDict>() {
                return Err(PyTypeError::new_err(format!(
                    "dtype() argument 'metadata' must be dict, not {}",
                    metadata.get_type().name()?
                )));
            }
            if !metadata.is_empty()? {
                return Err(unsupported(
                    call.py,
                    "a dtype with metadata is not supported".to_owned(),
                ));
            }
        }
        Ok(object(call.py, &from_object(call.required(0)?)?))
    },
};

unsafe extern "C" fn repr(dtype: *mut ffi::PyObject) -> *mut ffi::PyObject {
    slot(|py| {
        // SAFETY: the slot's argument is a live instance.
        let dtype = unsafe { borrowed(py, dtype) };
        let text = format!("dtype('{}')", this(&dtype).name());
        Ok(PyString::new(py, &text).into_any().into_ptr())
    })
}

unsafe extern "C" fn str(dtype: *mut ffi::PyObject) -> *mut ffi::PyObject {
    slot(|py| {
        // SAFETY: the slot's argument is a live instance.
        let dtype = unsafe { borrowed(py, dtype) };
        Ok(PyString::new(py, this(&dtype).name()).into_any().into_ptr())
    })
}

unsafe extern "C" fn hash(dtype: *mut ffi::PyObject) -> ffi::Py_hash_t {
    slot(|py| {
        // SAFETY: the slot's argument is a live instance.
        let dtype = unsafe { borrowed(py, dtype) };
        PyString::intern(py, &this(&dtype).typestr()).hash()
    })
}

/// A dtype without fields has length zero, and is true all the same.
unsafe extern "C" fn len(_dtype: *mut ffi::PyObject) -> ffi::Py_ssize_t {
    0
}

unsafe extern "C" fn truth(_dtype: *mut ffi::PyObject) -> std::ffi::c_int {
    1
}

/// The documentation of the class of one dtype, which begins with its signature.
fn short_doc(name: &'static std::ffi::CStr) -> &'static std::ffi::CStr {
    let name = name.to_str().unwrap_or_default();
    let short = name.rsplit('.').next().unwrap_or(name);
    let doc = format!("{short}()\n--\n\nThe class of one dtype.");
    // A class keeps its documentation for the life of the process.
    std::ffi::CString::new(doc).map_or(c"", |doc| Box::leak(doc.into_boxed_c_str()))
}

/// Makes the class, its classes of one dtype each, and their instances.
pub(crate) fn add_class(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    // SAFETY: the functions fit their slots and are written for `Object`.
    let class = unsafe {
        Class::new(
            c"rustsci.dtype",
            c"dtype(dtype, align=False, copy=False, *, metadata=None)\n--\n\nThe type of an array's elements.",
            size_of::<Object>(),
        )
        .flags(ffi::Py_TPFLAGS_BASETYPE)
        .slot(ffi::Py_tp_new, new as *mut _)
        .slot(ffi::Py_tp_repr, repr as *mut _)
        .slot(ffi::Py_tp_str, str as *mut _)
        .slot(ffi::Py_tp_hash, hash as *mut _)
        .slot(ffi::Py_sq_length, len as *mut _)
        .slot(ffi::Py_nb_bool, truth as *mut _)
        .slot(ffi::Py_tp_richcompare, compare::richcompare as *mut _)
        .attributes(attributes::ATTRIBUTES)
        .build(py, &[])?
    };
    DTYPE.set(&class);
    for method in attributes::METHODS {
        class.setattr(method.header.name, builtin(py, method)?)?;
    }
    class.setattr("__class_getitem__", crate::call::class_item(py, 1)?)?;
    for (dtype, name) in &CLASSES {
        let own = Class::new(name, short_doc(name), 0).build(py, &[&class])?;
        // SAFETY: the class has the size of `Object`; the field is written before anyone sees the object.
        let object = unsafe {
            let object = allocate(py, own.as_ptr().cast())?;
            (&raw mut (*object.as_ptr().cast::<Object>()).dtype).write(dtype.clone());
            object
        };
        OBJECTS[usize::from(dtype.number())].set(&object);
    }
    module.add("dtype", class)
}
