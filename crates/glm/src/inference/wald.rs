//! Wald's test of linear hypotheses.

use crate::error::{Error, Result};
use crate::solvers::Cholesky;

use super::matrix::{matvec, product, transpose};

/// A test that Rβ = q.
#[derive(Clone, Debug, PartialEq)]
pub struct Wald {
    /// (Rβ − q)′ (RVR′)⁻¹ (Rβ − q).
    pub statistic: f64,
    /// How many of the hypotheses do not follow from others.
    pub rank: usize,
    /// Rβ.
    pub effect: Vec<f64>,
    /// The standard error of each element of Rβ.
    pub standard_error: Vec<f64>,
}

/// Tests that Rβ = q; R has one row a hypothesis. Coefficients that are NaN may have no part in it.
///
/// ```
/// use rustsci_glm::inference::wald;
/// let test = wald(&[2.0, 1.0], &[1.0, 0.0, 0.0, 4.0], &[1.0, 0.0], &[0.0]).unwrap();
/// assert_eq!((test.statistic, test.rank), (4.0, 1));
/// ```
///
/// # Errors
/// If shapes disagree, or a hypothesis is about a coefficient that is not defined.
pub fn wald(beta: &[f64], covariance: &[f64], r: &[f64], q: &[f64]) -> Result<Wald> {
    let k = beta.len();
    if r.len() != k * q.len() || covariance.len() != k * k {
        return Err(Error::value(format!(
            "a hypothesis has one number for each of the {k} coefficients, but there are {} numbers for {} hypotheses",
            r.len(),
            q.len()
        )));
    }
    if let Some(column) =
        (0..k).find(|j| beta[*j].is_nan() && r.iter().skip(*j).step_by(k).any(|x| *x != 0.0))
    {
        return Err(Error::value(format!(
            "a hypothesis is about coefficient {column}, which is not defined because of linear dependence"
        )));
    }
    let zero = |value: &f64| if value.is_nan() { 0.0 } else { *value };
    let beta: Vec<f64> = beta.iter().map(zero).collect();
    let covariance: Vec<f64> = covariance.iter().map(zero).collect();
    let m = q.len();
    let effect = matvec(r, &beta);
    let spread = product(&product(r, &covariance, k, k), &transpose(r, k), k, m);
    let factor = Cholesky::new(&spread, m);
    let distance: Vec<f64> = effect.iter().zip(q).map(|(e, q)| e - q).collect();
    let solved = factor.solve(&distance);
    Ok(Wald {
        statistic: distance.iter().zip(&solved).map(|(a, b)| a * b).sum(),
        rank: factor.rank(),
        standard_error: (0..m).map(|i| spread[i * m + i].sqrt()).collect(),
        effect,
    })
}
