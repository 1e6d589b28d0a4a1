//! Positions on the sphere, in cells, and in the plane of projection.
//!
//! The projection (Calabretta & Roukema 2007, MNRAS 381, 865) makes each base cell a square that stands on a corner.
//! All functions go through the position *inside* a base cell: x toward the north-east and y toward the north-west,
//! both from 0 to 1.

mod check;
mod facet;
mod forward;
mod inverse;
mod plane;
mod vectors;

pub use check::{check_cells, check_lonlat};
pub(crate) use check::{check_nside, same_length};
pub(crate) use facet::{InFacet, SQRT_6, TRANSITION};
pub use forward::{
    lonlat_to_nested, lonlat_to_nested_with_offsets, lonlat_to_ring, lonlat_to_ring_with_offsets,
};
pub use inverse::{nested_to_lonlat, ring_to_lonlat};
pub use plane::{lonlat_to_xy, nested_to_xy, ring_to_xy, xy_to_lonlat};
pub use vectors::{nested_to_vectors, ring_to_vectors, vectors_to_nested, vectors_to_ring};
