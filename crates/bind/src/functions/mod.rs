//! The rows, by what they are about.

pub(crate) mod creation;
pub(crate) mod products;
pub(crate) mod reductions;
pub(crate) mod shape;
