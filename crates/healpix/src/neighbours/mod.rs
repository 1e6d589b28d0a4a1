//! The cells around a cell.

mod adjacency;
mod around;
mod edges;

pub(crate) use adjacency::moved;
pub use around::{kth_neighbours, neighbours, ring_neighbours};
pub use edges::{external_edges, internal_edge};
