//! How coefficients are found.

mod cholesky;
mod coordinate_descent;
mod irls;

pub use cholesky::Cholesky;
pub use coordinate_descent::CoordinateDescent;
pub(crate) use coordinate_descent::Position;
pub use irls::{Fit, Irls};
