//! Iterators over elements.

mod broadcast;
mod flat;
mod nditer;

pub(crate) use broadcast::Broadcast;
pub(crate) use flat::{FlatIter, flat, set_flat};
pub(crate) use nditer::{NESTED_ITERS, NdIter};
