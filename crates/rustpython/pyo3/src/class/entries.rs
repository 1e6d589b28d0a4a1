//! Methods and attributes of a class, as [`crate::pymethods`] lists them.

use super::Arguments;
use crate::basic::CompareOp;
use crate::types::PyType;
use crate::{Bound, PyAny, PyResult};

pub(super) type Body =
    for<'py> fn(&Bound<'py, PyAny>, Arguments<'py>) -> PyResult<Bound<'py, PyAny>>;
pub(super) type NewBody =
    for<'py> fn(&Bound<'py, PyType>, Arguments<'py>) -> PyResult<Bound<'py, PyAny>>;
pub(super) type Comparison =
    for<'py> fn(&Bound<'py, PyAny>, &Bound<'py, PyAny>, CompareOp) -> PyResult<Bound<'py, PyAny>>;

/// What an entry is, and what it does.
pub(super) enum Kind {
    New(NewBody),
    Getter(Body),
    Setter(Body),
    Method(Body),
    Comparison(Comparison, CompareOp),
}

/// A method, or a way to read or set an attribute.
pub struct Entry {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
}

impl Entry {
    /// What the class does when called.
    pub fn new(body: NewBody) -> Self {
        Self {
            name: "__new__",
            kind: Kind::New(body),
        }
    }

    /// A way to read an attribute.
    pub fn getter(name: &'static str, _doc: &'static str, body: Body) -> Self {
        Self {
            name,
            kind: Kind::Getter(body),
        }
    }

    /// A way to set an attribute.
    pub fn setter(name: &'static str, _doc: &'static str, body: Body) -> Self {
        Self {
            name,
            kind: Kind::Setter(body),
        }
    }

    /// A method.
    pub fn method(name: &'static str, _doc: &'static str, body: Body) -> Self {
        Self {
            name,
            kind: Kind::Method(body),
        }
    }
}

/// The methods of a class that compares in one function.
pub fn comparisons(body: Comparison) -> Vec<Entry> {
    use CompareOp::{Eq, Ge, Gt, Le, Lt, Ne};
    [
        ("__lt__", Lt),
        ("__le__", Le),
        ("__eq__", Eq),
        ("__ne__", Ne),
        ("__gt__", Gt),
        ("__ge__", Ge),
    ]
    .into_iter()
    .map(|(name, operation)| Entry {
        name,
        kind: Kind::Comparison(body, operation),
    })
    .collect()
}
