//! What a ufunc says of itself.

use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::PyList;
use rustsci_array::ufunc::Identity;

use super::class::{Kind, kind};
use crate::c_api::Attribute;

/// All of them.
pub(super) static ATTRIBUTES: &[Attribute] = &[
    Attribute::new(c"nin", c"Number of inputs.", |object| {
        kind(object)?.counts().0.into_bound_py_any(object.py())
    }),
    Attribute::new(c"nout", c"Number of outputs.", |object| {
        kind(object)?.counts().1.into_bound_py_any(object.py())
    }),
    Attribute::new(c"nargs", c"Number of inputs and outputs.", |object| {
        let (nin, nout) = kind(object)?.counts();
        (nin + nout).into_bound_py_any(object.py())
    }),
    Attribute::new(c"ntypes", c"Number of loops.", |object| {
        kind(object)?.types().len().into_bound_py_any(object.py())
    }),
    Attribute::new(c"types", c"The types of each loop.", |object| {
        Ok(PyList::new(object.py(), kind(object)?.types())?.into_any())
    }),
    Attribute::new(
        c"identity",
        c"What a reduction of nothing gives.",
        |object| {
            let py = object.py();
            let Kind::Elementwise(ufunc) = kind(object)? else {
                return Ok(py.None().into_bound(py));
            };
            match ufunc.identity {
                Identity::None => Ok(py.None().into_bound(py)),
                Identity::Zero if ufunc.name.starts_with("logical_") => false.into_bound_py_any(py),
                Identity::Zero => 0.into_bound_py_any(py),
                Identity::One if ufunc.name == "logical_and" => true.into_bound_py_any(py),
                Identity::One => 1.into_bound_py_any(py),
                Identity::MinusOne => (-1).into_bound_py_any(py),
                Identity::NegativeInfinity => f64::NEG_INFINITY.into_bound_py_any(py),
            }
        },
    ),
    Attribute::new(
        c"signature",
        c"The core dimensions of a generalized ufunc.",
        |object| match kind(object)? {
            Kind::Elementwise(_) => Ok(object.py().None().into_bound(object.py())),
            Kind::Generalized(ufunc) => text(object, ufunc.signature),
        },
    ),
    Attribute::new(c"__name__", c"The name.", |object| {
        text(object, kind(object)?.name())
    }),
    Attribute::new(c"__qualname__", c"The name.", |object| {
        text(object, kind(object)?.name())
    }),
    Attribute::new(c"__doc__", c"The documentation.", |object| {
        let kind = kind(object)?;
        let doc = match kind {
            Kind::Elementwise(ufunc) => ufunc.doc,
            Kind::Generalized(ufunc) => ufunc.doc,
        };
        text(
            object,
            &format!("{}{}\n\n{doc}", kind.name(), signature(kind)),
        )
    }),
    Attribute::new(
        c"__text_signature__",
        c"The parameters as text.",
        |object| text(object, &signature(kind(object)?)),
    ),
    Attribute::new(c"__signature__", c"The parameters.", |object| {
        let inspect = object.py().import("inspect")?;
        inspect.getattr("_signature_fromstr")?.call1((
            inspect.getattr("Signature")?,
            object,
            signature(kind(object)?),
        ))
    }),
];

/// The parameters of a call.
fn signature(kind: Kind) -> String {
    let (nin, nout) = kind.counts();
    let inputs: Vec<String> = match nin {
        1 => vec!["x".to_owned()],
        n => (1..=n).map(|i| format!("x{i}")).collect(),
    };
    let outputs = match nout {
        1 => "out=None".to_owned(),
        n => format!("out=({})", vec!["None"; n].join(", ")),
    };
    let (masked, core) = match kind {
        Kind::Elementwise(_) => ("where=True, ", ""),
        Kind::Generalized(_) => ("", ", axes=None, axis=None, keepdims=False"),
    };
    format!(
        "({}, /, {outputs}, *, {masked}casting='same_kind', order='K', dtype=None, subok=True, signature=None{core})",
        inputs.join(", ")
    )
}

fn text<'py>(object: &Bound<'py, PyAny>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    text.into_bound_py_any(object.py())
}
