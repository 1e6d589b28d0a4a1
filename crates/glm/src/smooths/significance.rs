//! What each smooth term came to, and whether it is more than nothing.

use serde::{Deserialize, Serialize};

use super::penalties::Penalties;
use crate::matrices::{dot, product, symmetric_eigen, times, transposed};
use crate::solvers::Fit;
use crate::special::{chi2_sf, f_sf};

/// A smooth term of a fitted model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SmoothTerm {
    /// The term.
    pub name: String,
    /// The first of its columns.
    pub start: usize,
    /// How many columns it has.
    pub width: usize,
    /// Its λ.
    pub lambdas: Vec<f64>,
    /// Its effective degrees of freedom.
    pub edf: f64,
    /// The degrees of freedom of the test's reference distribution.
    pub ref_df: f64,
    /// χ², or F where the dispersion is estimated; null if there is nothing to test.
    pub statistic: Option<f64>,
    /// The probability of a statistic as large as this if the smooth were zero.
    pub p_value: Option<f64>,
}

/// The smooth terms of a fit, with Wald tests of their functions being zero (Wood 2013, *On p-values for smooth
/// components of an extended generalized additive model*, Biometrika 100).
pub(crate) fn smooth_terms(
    penalties: &Penalties,
    lambdas: &[f64],
    fit: &Fit,
    (scale, estimated, df_resid): (f64, bool, f64),
) -> Vec<SmoothTerm> {
    let k = fit.gram.columns;
    let zero = |x: &f64| if x.is_nan() { 0.0 } else { *x };
    let inverse: Vec<f64> = fit.inverse.iter().flatten().map(zero).collect();
    if inverse.is_empty() {
        return Vec::new();
    }
    let influence = product(&inverse, &fit.gram.matrix, k, k);
    let mut lambdas = lambdas.iter();
    penalties
        .blocks
        .iter()
        .map(|block| {
            let own = block.start..block.start + block.width;
            let edf: f64 = own.clone().map(|i| influence[i * (k + 1)]).sum();
            // tr(2F − FF), nearer to what the test's statistic is distributed by.
            let squared: f64 = own
                .clone()
                .map(|i| {
                    (0..k)
                        .map(|j| influence[i * k + j] * influence[j * k + i])
                        .sum::<f64>()
                })
                .sum();
            let ref_df =
                (2.0 * edf - squared).clamp(edf.min(block.width as f64), block.width as f64);
            let part = |matrix: &[f64]| -> Vec<f64> {
                own.clone()
                    .flat_map(|i| matrix[i * k + own.start..i * k + own.end].to_vec())
                    .collect()
            };
            let beta: Vec<f64> = fit.coefficients[own.clone()].iter().map(zero).collect();
            let covariance: Vec<f64> = part(&inverse).iter().map(|v| v * scale).collect();
            let test = wald(
                &part(&fit.gram.matrix),
                &covariance,
                &beta,
                ref_df,
                estimated.then_some(df_resid),
            );
            SmoothTerm {
                name: block.name.clone(),
                start: block.start,
                width: block.width,
                lambdas: lambdas.by_ref().take(block.parts.len()).copied().collect(),
                edf,
                ref_df,
                statistic: test.map(|(statistic, _)| statistic),
                p_value: test.map(|(_, p)| p),
            }
        })
        .collect()
}

/// f′V⁻f of the function's values f = Xβ, V⁻ being the inverse of their covariance of a rank that is no whole number,
/// and its probability.
fn wald(
    gram: &[f64],
    covariance: &[f64],
    beta: &[f64],
    rank: f64,
    df_resid: Option<f64>,
) -> Option<(f64, f64)> {
    let n = beta.len();
    // A root of X′X: R′R = X′X, so that Rβ has the lengths and angles of Xβ.
    let (squares, axes) = symmetric_eigen(gram, n);
    let mut root = transposed(&axes, n);
    for (row, square) in root.chunks_exact_mut(n).zip(&squares) {
        row.iter_mut().for_each(|x| *x *= square.max(0.0).sqrt());
    }
    let spread = product(
        &product(&root, covariance, n, n),
        &transposed(&root, n),
        n,
        n,
    );
    let (values, directions) = symmetric_eigen(&spread, n);
    let positive = values.iter().filter(|v| **v > 1e-12 * values[0]).count();
    if positive == 0 || values[0].is_nan() || values[0] <= 0.0 {
        return None;
    }
    let rank = rank.clamp(1.0, positive as f64);
    let whole = rank.floor() as usize;
    let rest = rank - whole as f64;
    let seen = times(&transposed(&directions, n), &times(&root, beta));
    let part = |i: usize| seen[i] * seen[i] / values[i];
    let mut statistic: f64 = (0..whole).map(part).sum();
    // The mixture of χ² that the statistic has, by its mean and variance.
    let mut variance = rank;
    if rest > 0.0 && whole < positive {
        statistic += rest * part(whole);
        let root = (1.0 - rest * rest).max(0.0).sqrt();
        let (a, b) = (0.5 * (1.0 + rest + root), 0.5 * (1.0 + rest - root));
        variance = (whole - 1) as f64 + a * a + b * b;
    }
    let factor = variance / rank;
    let df = rank / factor;
    match df_resid {
        None => Some((statistic, chi2_sf(statistic / factor, df))),
        Some(df_resid) => {
            let f = statistic / rank;
            Some((f, f_sf(f, df, df_resid)))
        }
    }
    .filter(|(statistic, _)| statistic.is_finite() && dot(beta, beta) > 0.0)
}
