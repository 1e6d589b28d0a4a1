//! Sorting, selection and searching on slices, in NumPy's order.
//!
//! - [`SortKey`]: the order; NaN comes last, complex numbers are ordered by real, then imaginary part.
//! - [`sort`], [`argsort`], [`refine_order`] (the step that `lexsort` repeats): always stable.
//! - [`partition`], [`argpartition`]: just enough sorting to have some ranks in their places.
//! - [`searchsorted`], [`searchsorted_through`]: where values belong in sorted ones.
//! - [`argmax`], [`argmin`]: the first of the extreme values.

mod argpartition;
mod argsort;
mod extremes;
mod order;
mod partition;
mod radix;
mod searchsorted;
mod sort;

pub use argpartition::argpartition;
pub use argsort::{argsort, refine_order};
pub use extremes::{argmax, argmin};
pub use order::{Key, SortKey, is_sorted};
pub use partition::partition;
pub use searchsorted::{IndexOutOfRange, Side, searchsorted, searchsorted_through};
pub use sort::sort;
