//! The rows, by what they are about.

pub(crate) mod averages;
pub(crate) mod bits;
pub(crate) mod counting;
pub(crate) mod creation;
pub(crate) mod parsing;
pub(crate) mod products;
pub(crate) mod reductions;
pub(crate) mod sequences;
pub(crate) mod shape;
