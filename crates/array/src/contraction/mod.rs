//! Sums of products: dot products and matrix multiplication on slices.

mod dot;
mod gemm;
mod semiring;

pub use dot::dot;
pub use gemm::{Matrix, gemm};
pub use semiring::Semiring;
