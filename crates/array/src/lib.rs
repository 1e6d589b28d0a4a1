//! n-dimensional arrays with NumPy's semantics: dtypes, views, indexing, ufuncs, reductions, sorting, formatting.
#![forbid(unsafe_code)]

pub mod contraction;
pub mod format;
pub mod math;
pub mod sorting;
