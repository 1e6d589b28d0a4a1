//! n-dimensional arrays with NumPy's semantics: dtypes, views, indexing, ufuncs, reductions, sorting, formatting.
#![forbid(unsafe_code)]

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
