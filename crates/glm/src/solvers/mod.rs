//! How coefficients are found: passes over rows make quadratics, which are minimised without looking at rows.

mod active_set;
mod cholesky;
mod coordinate_descent;
mod irls;
mod iteration;
pub(crate) mod lbfgs;
mod limits;
mod quadratic;

use crate::design_matrix::Gram;

pub use cholesky::Cholesky;
pub use coordinate_descent::{Absolute, Group};
pub use irls::Irls;
pub(crate) use irls::iterate;
pub(crate) use iteration::Iteration;
pub use limits::{Bounds, Limits, LimitsSpec};

/// A fitted model.
#[derive(Clone, Debug)]
pub struct Fit {
    /// The coefficients; those of aliased columns are NaN.
    pub coefficients: Vec<f64>,
    /// Which columns depend on those before them.
    pub aliased: Vec<bool>,
    /// Which coefficients are on a bound of theirs.
    pub bounded: Vec<bool>,
    /// How many columns are free: neither dependent, nor zero by a penalty, nor held by a constraint.
    pub rank: usize,
    /// The deviance.
    pub deviance: f64,
    /// Pearson's χ².
    pub pearson: f64,
    /// Whether the iteration came to an end.
    pub converged: bool,
    /// How many steps were taken.
    pub iterations: usize,
    /// The deviance after each.
    pub history: Vec<f64>,
    /// By how much the conditions of a minimum of half the deviance are missed, at most.
    pub gradient: f64,
    /// The coefficients that have not settled: if the iteration came to an end nevertheless, they grow without bound.
    pub unsettled: Vec<usize>,
    /// X′WX and the score at the end.
    pub gram: Gram,
    /// (X′WX + P)⁻¹ by rows: the covariance of the coefficients for φ = 1; NaN for aliased columns. None if it was not
    /// asked for.
    pub inverse: Option<Vec<f64>>,
}
