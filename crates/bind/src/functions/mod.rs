//! The rows, by what they are about.

pub(crate) mod averages;
pub(crate) mod bits;
pub(crate) mod counting;
pub(crate) mod creation;
pub(crate) mod distributions;
pub(crate) mod dtypes;
pub(crate) mod exact_statistics;
pub(crate) mod glm;
pub(crate) mod glm_families;
pub(crate) mod glm_inference;
pub(crate) mod glm_streaming;
pub(crate) mod glm_terms;
pub(crate) mod healpix;
pub(crate) mod joining;
pub(crate) mod memory;
pub(crate) mod parsing;
pub(crate) mod products;
pub(crate) mod reductions;
pub(crate) mod rounding;
pub(crate) mod selection;
pub(crate) mod sequences;
pub(crate) mod shape;
pub(crate) mod sorting;
pub(crate) mod summaries;
pub(crate) mod text;
pub(crate) mod threads;
