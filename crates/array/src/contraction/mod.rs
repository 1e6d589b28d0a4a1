//! Sums of products: dot products and matrix multiplication on slices.
//!
//! - [`Semiring`]: how the sums of each element type are computed; [`Accumulator`]: the few types they are
//!   computed in.
//! - [`dot`]: two vectors; [`gemm`]: two matrices, by blocks that are packed for the caches; matrices of one
//!   row or column are vectors to it, and go their own way.
//!
//! Results do not depend on the number of threads: it decides who computes an element, never in which order
//! its products are summed.

mod accumulator;
mod dot;
mod gemm;
mod gemv;
mod matrix;
mod pack;
mod pieces;
mod semiring;
mod tile;

pub use accumulator::Accumulator;
pub use dot::dot;
pub use gemm::gemm;
pub use matrix::Matrix;
pub use pack::Block;
pub use semiring::Semiring;
