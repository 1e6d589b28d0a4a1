//! The hierarchy of classes.

use std::ffi::CStr;

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyComplex, PyFloat};
use rustsci_array::{DType, Scalar};

use super::{CLASSES, Object, TRUTH, attributes, cell, delegate, instance, methods, slots};
use crate::c_api::{Class, TypeCell};
use crate::call::{builtin, class_item};

static GENERIC: TypeCell = TypeCell::empty();

/// Whether a class is `generic` or below it.
pub(super) fn is_generic(class: *mut ffi::PyTypeObject) -> bool {
    // SAFETY: both are live types.
    unsafe { ffi::PyType_IsSubtype(class, GENERIC.get()) != 0 }
}

/// The classes that have no instances of their own: name, documentation, base.
const ABSTRACT: &[(&CStr, &CStr, &str)] = &[
    (c"rustsci.number", c"The root of all numbers.", "generic"),
    (c"rustsci.integer", c"The root of all integers.", "number"),
    (
        c"rustsci.signedinteger",
        c"The root of integers with a sign.",
        "integer",
    ),
    (
        c"rustsci.unsignedinteger",
        c"The root of integers without a sign.",
        "integer",
    ),
    (
        c"rustsci.inexact",
        c"The root of numbers that may be rounded.",
        "number",
    ),
    (
        c"rustsci.floating",
        c"The root of real numbers that may be rounded.",
        "inexact",
    ),
    (
        c"rustsci.complexfloating",
        c"The root of complex numbers.",
        "inexact",
    ),
    (
        c"rustsci.flexible",
        c"The root of types whose elements may have any size.",
        "generic",
    ),
    (c"rustsci.character", c"The root of text types.", "flexible"),
];

/// The classes with instances: name, documentation, base.
const CONCRETE: &[(DType, &CStr, &CStr, &str)] = &[
    (
        DType::Bool,
        c"rustsci.bool",
        c"bool(value=False, /)\n--\n\nA truth value.",
        "generic",
    ),
    (
        DType::Int8,
        c"rustsci.int8",
        c"int8(value=0, /)\n--\n\nAn integer of 8 bits.",
        "signedinteger",
    ),
    (
        DType::Int16,
        c"rustsci.int16",
        c"int16(value=0, /)\n--\n\nAn integer of 16 bits.",
        "signedinteger",
    ),
    (
        DType::Int32,
        c"rustsci.int32",
        c"int32(value=0, /)\n--\n\nAn integer of 32 bits.",
        "signedinteger",
    ),
    (
        DType::Int64,
        c"rustsci.int64",
        c"int64(value=0, /)\n--\n\nAn integer of 64 bits.",
        "signedinteger",
    ),
    (
        DType::UInt8,
        c"rustsci.uint8",
        c"uint8(value=0, /)\n--\n\nAn integer of 8 bits, without a sign.",
        "unsignedinteger",
    ),
    (
        DType::UInt16,
        c"rustsci.uint16",
        c"uint16(value=0, /)\n--\n\nAn integer of 16 bits, without a sign.",
        "unsignedinteger",
    ),
    (
        DType::UInt32,
        c"rustsci.uint32",
        c"uint32(value=0, /)\n--\n\nAn integer of 32 bits, without a sign.",
        "unsignedinteger",
    ),
    (
        DType::UInt64,
        c"rustsci.uint64",
        c"uint64(value=0, /)\n--\n\nAn integer of 64 bits, without a sign.",
        "unsignedinteger",
    ),
    (
        DType::Float16,
        c"rustsci.float16",
        c"float16(value=0, /)\n--\n\nA real number of 16 bits.",
        "floating",
    ),
    (
        DType::Float32,
        c"rustsci.float32",
        c"float32(value=0, /)\n--\n\nA real number of 32 bits.",
        "floating",
    ),
    (
        DType::Float64,
        c"rustsci.float64",
        c"float64(value=0, /)\n--\n\nA real number of 64 bits: a Python float.",
        "floating",
    ),
    (
        DType::Complex64,
        c"rustsci.complex64",
        c"complex64(real=0, imag=0, /)\n--\n\nA complex number of two float32.",
        "complexfloating",
    ),
    (
        DType::Complex128,
        c"rustsci.complex128",
        c"complex128(real=0, imag=0, /)\n--\n\nA complex number of two float64: a Python complex.",
        "complexfloating",
    ),
];

/// The last part of a class's name.
fn short(name: &'static CStr) -> &'static str {
    let name = name.to_str().unwrap_or_default();
    name.strip_prefix("rustsci.").unwrap_or(name)
}

/// Makes all classes and puts them into the module.
pub(crate) fn add_classes(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    let head = size_of::<ffi::PyObject>();
    let generic = slots::common(Class::new(
        c"rustsci.generic",
        c"The root of all scalar types.",
        head,
    ))
    .flags(ffi::Py_TPFLAGS_BASETYPE)
    .attributes(attributes::ATTRIBUTES)
    .build(py, &[])?;
    GENERIC.set(&generic);
    generic.setattr("__array_priority__", -1_000_000.0)?;
    generic.setattr("dtype", Bound::new(py, attributes::DTypeAttribute)?)?;
    module.add("generic", &generic)?;
    for (name, doc, base) in ABSTRACT {
        let base = module.getattr(*base)?;
        let class = Class::new(name, doc, 0)
            .flags(ffi::Py_TPFLAGS_BASETYPE)
            .build(py, &[&base])?;
        match short(name) {
            "flexible" | "character" => {}
            "complexfloating" => class.setattr("__class_getitem__", class_item(py, 2)?)?,
            _ => class.setattr("__class_getitem__", class_item(py, 1)?)?,
        }
        module.add(short(name), class)?;
    }
    for (dtype, name, doc, base) in CONCRETE {
        let base = module.getattr(*base)?;
        let class = concrete(py, dtype, name, doc, &base)?;
        if *dtype == DType::Bool {
            class.setattr("__class_getitem__", class_item(py, 1)?)?;
        }
        cell(dtype).set(&class);
        module.add(short(name), class)?;
    }
    for value in [false, true] {
        let scalar = Scalar::Bool(value.into());
        let class = CLASSES[usize::from(DType::Bool.number())].get();
        TRUTH[usize::from(value)].set(&instance(py, class, &scalar)?);
    }
    for method in methods::METHODS {
        let class = module.getattr(method.header.class.unwrap_or("generic"))?;
        class.setattr(method.header.name, builtin(py, method)?)?;
    }
    delegate::add_methods(&generic)
}

fn concrete<'py>(
    py: Python<'py>,
    dtype: &DType,
    name: &'static CStr,
    doc: &'static CStr,
    base: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let (size, second) = match dtype {
        DType::Float64 => (
            size_of::<ffi::PyFloatObject>(),
            Some(py.get_type::<PyFloat>()),
        ),
        DType::Complex128 => (
            size_of::<ffi::PyComplexObject>(),
            Some(py.get_type::<PyComplex>()),
        ),
        _ => (size_of::<Object>(), None),
    };
    let mut class = slots::concrete(slots::common(Class::new(name, doc, size)), dtype);
    // `bool` has two instances, which a subclass could not keep to.
    if *dtype != DType::Bool {
        class = class.flags(ffi::Py_TPFLAGS_BASETYPE);
    }
    match second {
        Some(second) => class.build(py, &[base, &second]),
        None => class.build(py, &[base]),
    }
}
