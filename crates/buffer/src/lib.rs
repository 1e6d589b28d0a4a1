//! Memory, layouts and safe typed iteration.
//!
//! This crate holds all the `unsafe` code of the core; every other crate forbids it.

pub mod element;
pub mod layout;
pub mod overlap;
pub mod simd;

pub use element::{Bool, Complex, Element, Kind, f16};
