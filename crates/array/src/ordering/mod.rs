//! Sorting, searching and the places of extreme values, for arrays and along axes. The work is done row by row by the
//! kernels in [`sorting`](crate::sorting).

mod extremes;
mod kth;
mod lexsort;
mod partition;
mod rows;
mod search;
mod sort;

pub use extremes::{Extreme, arg_extreme};
pub use kth::kth_from;
pub use lexsort::lexsort;
pub use partition::{argpartition, partition};
pub(crate) use rows::packed_rows;
pub use search::search;
pub use sort::{argsort, sort};
