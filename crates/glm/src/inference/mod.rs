//! What coefficients are worth: information, covariances, tests and intervals.
//!
//! All of them are questions to [`Rows`](crate::Rows), a model on the data that it was fitted to.

mod collinearity;
mod equalities;
mod influence;
mod information;
mod matrix;
mod prepare;
mod profile;
mod sandwich;
mod score_test;
mod terms;
mod wald;

pub use collinearity::generalized_vif;
pub use equalities::Constrained;
pub use influence::Influence;
pub use prepare::prepare;
pub use sandwich::{Bread, Groups};
pub use score_test::{ScoreTest, score_test};
pub use terms::{TermFit, fit_terms};
pub use wald::{Wald, wald};
