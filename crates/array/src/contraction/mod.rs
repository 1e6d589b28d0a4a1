//! Sums of products: dot products and matrix multiplication on slices.
