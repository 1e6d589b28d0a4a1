//! The functions that Python can call, written once for any interpreter.
//!
//! A [`Function`] is a row: a name, a signature as Python writes it, and a Rust function that takes the bound
//! arguments. The attribute [`export`] makes the row from a plain Rust function; [`table`] lists all of them. A
//! *host* (an interpreter's binding) implements [`Object`] for its objects and [`Host`] for a call, turns a
//! [`Value`] into one of its objects, and binds arguments by [`Signature`]: once, for every function there is.
#![forbid(unsafe_code)]
#![allow(
    rustdoc::broken_intra_doc_links,
    reason = "the documentation of rows is Python's, whose brackets are no links"
)]

extern crate self as rustsci_bind;

pub mod convert;
mod function;
mod functions;
mod object;
pub mod ops;
mod signature;
pub mod table;
mod value;

pub use convert::{Argument, FromArgument};
pub use function::{Arguments, Call, Function, Header, Host};
pub use object::{Object, View};
pub use rustsci_bind_macros::export;
pub use signature::{Parameter, ParameterKind, Signature};
pub use value::{Handle, IntoValue, ScalarOrArray, Value};
