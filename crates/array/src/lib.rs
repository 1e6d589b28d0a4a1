//! n-dimensional arrays with NumPy's semantics: dtypes, views, indexing, ufuncs, reductions, sorting, formatting.
#![forbid(unsafe_code)]
#![allow(
    rustdoc::broken_intra_doc_links,
    reason = "a verb names its module and the function in it, and either is a good place to lead to"
)]

#[macro_use]
mod dispatch;
#[macro_use]
pub mod dtype;

pub mod array;
pub mod bits;
pub mod contraction;
pub mod error;
pub mod exec;
pub mod format;
pub mod indexing;
pub mod joining;
pub mod math;
pub mod nditer;
pub mod ordering;
pub mod products;
mod room;
pub mod scalar;
pub mod selection;
pub mod sorting;
pub mod statistics;
pub mod text;
pub mod ufunc;
pub mod warning;

pub use array::Array;
pub use dtype::DType;
pub use error::{Error, Exception, Result};
pub use rustsci_buffer::Order;
pub use rustsci_buffer::fpstatus::Status;
pub use scalar::Scalar;
