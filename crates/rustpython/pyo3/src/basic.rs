//! Comparisons.

use rustpython_vm::types::PyComparisonOp;

use crate::ffi;

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompareOp {
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `>`
    Gt,
    /// `>=`
    Ge,
}

impl CompareOp {
    /// The comparison with a number of CPython's.
    pub fn from_raw(operation: std::ffi::c_int) -> Option<Self> {
        Some(match operation {
            ffi::Py_LT => Self::Lt,
            ffi::Py_LE => Self::Le,
            ffi::Py_EQ => Self::Eq,
            ffi::Py_NE => Self::Ne,
            ffi::Py_GT => Self::Gt,
            ffi::Py_GE => Self::Ge,
            _ => return None,
        })
    }

    pub(crate) fn of_rustpython(self) -> PyComparisonOp {
        match self {
            Self::Lt => PyComparisonOp::Lt,
            Self::Le => PyComparisonOp::Le,
            Self::Eq => PyComparisonOp::Eq,
            Self::Ne => PyComparisonOp::Ne,
            Self::Gt => PyComparisonOp::Gt,
            Self::Ge => PyComparisonOp::Ge,
        }
    }
}
