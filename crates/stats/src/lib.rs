//! Statistics on plain slices: exact sums, order statistics, special functions and probability distributions.
//!
//! Nothing here knows arrays, Python or threads.
#![forbid(unsafe_code)]

pub mod distributions;
mod double_double;
pub mod exact;
pub mod order;
pub mod special;

pub use double_double::DoubleDouble;
