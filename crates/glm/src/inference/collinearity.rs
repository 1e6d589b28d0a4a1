//! How much of a coefficient's variance is due to the other columns.

use crate::error::{Error, Result};

use super::matrix::{determinant, submatrix};

/// The generalized variance inflation factor of each term (Fox & Monette 1992): |R₁₁| |R₂₂| / |R|, where R is the
/// correlation of the coefficients without the constant, R₁₁ that of the term and R₂₂ that of all others.
///
/// `assign` has the term of each coefficient, the constant's being 0; coefficients that are not defined are left out.
/// For a term of one column this is 1 / (1 − R²), the variance inflation factor.
///
/// # Errors
/// If the covariance is not square.
pub fn generalized_vif(covariance: &[f64], assign: &[usize], terms: usize) -> Result<Vec<f64>> {
    let k = assign.len();
    if covariance.len() != k * k {
        return Err(Error::value(format!(
            "the covariance of {k} coefficients has {} entries",
            covariance.len()
        )));
    }
    let known: Vec<usize> = (0..k)
        .filter(|i| assign[*i] != 0 && covariance[i * k + i] > 0.0)
        .collect();
    let spread = |i: usize| covariance[i * k + i].sqrt();
    let correlation: Vec<f64> = (0..k * k)
        .map(|at| covariance[at] / (spread(at / k) * spread(at % k)))
        .collect();
    let of = |rows: &[usize]| determinant(&submatrix(&correlation, k, rows, rows), rows.len());
    let whole = of(&known);
    Ok((1..=terms)
        .map(|term| {
            let (own, others): (Vec<usize>, Vec<usize>) =
                known.iter().partition(|i| assign[**i] == term);
            if own.is_empty() {
                f64::NAN
            } else {
                of(&own) * of(&others) / whole
            }
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_columns_have_the_factor_of_their_correlation() {
        // Coefficients of two columns whose correlation is 0.6 are correlated by −0.6.
        let covariance = [9.0, 0.0, 0.0, 0.0, 1.0, -1.2, 0.0, -1.2, 4.0];

        let factors = generalized_vif(&covariance, &[0, 1, 2], 2).unwrap();

        for factor in factors {
            assert!((factor - 1.0 / (1.0 - 0.36)).abs() < 1e-14);
        }
    }
}
