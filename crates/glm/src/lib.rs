//! Generalized linear models, from formula to diagnostics.
//!
//! A design is a list of blocks in which a factor is a column of codes, never of dummies. A fit is a fold over rows:
//! each pass computes the linear predictor, the means, the working weights and their normal equations, in pieces
//! that stay in cache, and gives the same bits for any number of threads.
#![forbid(unsafe_code)]

pub mod design_matrix;
pub mod diagnostics;
mod error;
pub mod families;
mod fitting;
mod fold;
pub mod formula;
mod gradient;
pub mod inference;
pub mod links;
mod matrices;
mod observations;
pub mod regularization;
mod request;
mod rows;
pub mod smooths;
pub mod solvers;
pub mod special;
pub mod splines;
pub mod streaming;
mod sums;
pub mod target_encoding;

pub use design_matrix::Design;
pub use error::{Error, Result};
pub use fitting::fit;
pub use fold::{Model, Moments};
pub use observations::{Observations, Overview};
pub use regularization::{PathPoint, PathRequest, fit_path};
pub use request::{Dispersion, Fitted, Missing, Request, Roles, Solver};
pub use rows::{Prediction, Rows, predict};
pub use solvers::{Fit, Irls};
pub use streaming::Accumulator;
