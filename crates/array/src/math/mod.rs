//! Elementary functions of single values, beyond those of the standard library.

pub(crate) mod complex;
mod pair;
mod real;
pub(crate) mod vector;
