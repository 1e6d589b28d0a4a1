//! The rows, by what they are about.

pub(crate) mod creation;
pub(crate) mod shape;
