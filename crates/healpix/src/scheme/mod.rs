//! The numberings of cells, and what leads from one to another.

pub(crate) mod bits;
mod convert;
pub mod nested;
pub mod ring;
pub(crate) mod rings;
pub mod uniq;
pub mod zuniq;

pub use convert::{
    nested_to_places, nested_to_ring, nested_to_rings, ring_to_nested, ring_to_places,
    ring_to_rings,
};
