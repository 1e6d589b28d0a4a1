//! Arguments of calls into Python.

use rustpython_vm::PyObjectRef;
use rustpython_vm::function::{FuncArgs, KwArgs};

use crate::types::{PyDict, PyTuple};
use crate::{Bound, IntoPyObject, PyResult, Python};

/// What can be the positional arguments of a call: a tuple, Rust's or Python's.
pub trait PyCallArgs<'py> {
    /// The arguments as objects.
    fn positional(self, py: Python<'py>) -> PyResult<Vec<PyObjectRef>>;
}

macro_rules! tuples {
    ($(($($name:ident)*))*) => {$(
        impl<'py, $($name: IntoPyObject<'py>),*> PyCallArgs<'py> for ($($name,)*) {
            #[expect(clippy::allow_attributes, reason = "one tuple has no members")]
            #[allow(non_snake_case, unused_variables, reason = "members are called as their types are")]
            fn positional(self, py: Python<'py>) -> PyResult<Vec<PyObjectRef>> {
                let ($($name,)*) = self;
                Ok(vec![$($name.into_pyobject(py)?.into_object()),*])
            }
        }
    )*};
}

tuples! { () (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E F) }

impl<'py> PyCallArgs<'py> for Bound<'py, PyTuple> {
    fn positional(self, py: Python<'py>) -> PyResult<Vec<PyObjectRef>> {
        (&self).positional(py)
    }
}

impl<'py> PyCallArgs<'py> for &Bound<'py, PyTuple> {
    fn positional(self, _py: Python<'py>) -> PyResult<Vec<PyObjectRef>> {
        Ok(self.members().to_vec())
    }
}

/// The arguments of a call as RustPython takes them.
pub(crate) fn arguments<'py>(
    py: Python<'py>,
    positional: impl PyCallArgs<'py>,
    keywords: Option<&Bound<'py, PyDict>>,
) -> PyResult<FuncArgs> {
    let mut named = KwArgs::default();
    if let Some(keywords) = keywords {
        named = keywords
            .iter()
            .map(|(name, value)| {
                Ok((
                    rustpython_vm::common::wtf8::Wtf8Buf::from(name.extract::<String>()?),
                    value.into_object(),
                ))
            })
            .collect::<PyResult<_>>()?;
    }
    Ok(FuncArgs {
        args: positional.positional(py)?,
        kwargs: named,
    })
}
