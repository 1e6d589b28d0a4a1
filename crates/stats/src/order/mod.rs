//! Order statistics: what stands where once numbers are sorted.

mod cut_points;
mod extremes;
mod ranks;

pub use cut_points::{CutPoint, CutPoints, cut_points_of_floats, cut_points_of_integers};
pub use extremes::extremes;
pub use ranks::{at_ranks, integers_at_ranks};
