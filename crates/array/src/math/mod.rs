//! Elementary functions of single values, beyond those of the standard library.

pub(crate) mod complex;
mod pair;
pub(crate) mod vector;
