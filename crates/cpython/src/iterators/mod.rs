//! Iterators over elements.

mod broadcast;
mod flat;

pub(crate) use broadcast::Broadcast;
pub(crate) use flat::{FlatIter, flat, set_flat};
