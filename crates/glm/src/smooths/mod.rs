//! Penalised smooth terms: `s(x, k=20)`.
//!
//! A smooth is a basis with a penalty on its curvature; how much of the penalty is added, λ, is chosen by generalized
//! cross-validation or by restricted maximum likelihood (Wood 2017, *Generalized Additive Models: An Introduction with
//! R*, chapters 5 and 6).

mod basis;
mod criterion;
mod minimise;
mod penalties;
mod search;
mod significance;
mod thin_plate;

pub use basis::{Kind, Smooth, Wanted};
pub(crate) use penalties::{Block, Part, Penalties};
pub use search::{Method, Smoothing};
pub(crate) use search::{Selection, Smoother};
pub use significance::SmoothTerm;
pub(crate) use significance::smooth_terms;
