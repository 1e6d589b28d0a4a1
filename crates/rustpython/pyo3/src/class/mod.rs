//! Classes whose instances are Rust values: what [`crate::pyclass`] and [`crate::pymethods`] expand to.

mod arguments;
mod cell;
mod entries;
mod making;
mod output;

use std::sync::OnceLock;

use rustpython_vm::builtins::PyTypeRef;

pub use arguments::{Arguments, missing};
pub use cell::{Cell, PyRefMutTo, PyRefTo, borrow, borrow_mut, instance};
pub use entries::{Entry, comparisons};
pub use making::class;
pub use output::{Fallible, Output, next};

/// A Rust type that is a class.
pub trait PyClass: Send + Sync + Sized + 'static {
    /// The class's name.
    const NAME: &'static str;
    /// The module to import it from.
    const MODULE: &'static str;
    /// Its documentation.
    const DOC: &'static str;

    /// Where the class is kept.
    fn place() -> &'static Place;

    /// Its methods and attributes.
    fn entries() -> Vec<Entry>;
}

/// The methods of a class without any.
pub trait NoMethods {
    /// None.
    #[doc(hidden)]
    fn __pyo3_entries() -> Vec<Entry> {
        Vec::new()
    }
}

impl<T: PyClass> NoMethods for T {}

/// Where a class is kept for the life of the process.
pub struct Place(OnceLock<PyTypeRef>);

impl Place {
    /// A place for a class that is yet to be made.
    pub const fn empty() -> Self {
        Self(OnceLock::new())
    }
}
