//! How coefficients are found.

mod cholesky;
mod irls;

pub use cholesky::Cholesky;
pub use irls::{Fit, Irls};
