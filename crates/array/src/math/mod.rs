//! Elementary functions of single values, beyond those of the standard library.

pub(crate) mod complex;
pub(crate) mod vector;
