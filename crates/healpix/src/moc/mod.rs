//! Multi-order coverage maps (IVOA MOC 2.0): sets of cells of all depths, kept as sorted ranges of cells of depth 29
//! that neither overlap nor touch.

mod cells;
mod sets;

pub use cells::{cells_of, degraded, from_cells};
pub use sets::{complement, contains, difference, intersection, normalized, union};

/// Ranges of cells of depth 29, in order, apart from each other.
pub type Ranges = Vec<std::ops::Range<u64>>;
