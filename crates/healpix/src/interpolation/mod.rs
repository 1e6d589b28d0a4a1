//! Four cells around a position and their weights, by which values are interpolated.

mod nested;
mod ring;

pub use nested::nested_weights;
pub use ring::{ring_weights, ring_weights_by_place};
