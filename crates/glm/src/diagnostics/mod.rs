//! Whether a model describes its data.

mod quantile_residuals;
mod uniform;

pub use quantile_residuals::{Split, cumulative, quantile};
pub use uniform::Uniform;
