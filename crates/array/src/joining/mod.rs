//! Putting arrays together.

mod concatenate;

pub use concatenate::{Joining, concatenate};
