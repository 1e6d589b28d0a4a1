//! The Tweedie family's variance power, from responses and their means.

use crate::error::{Error, Result};

/// Halvings after which nothing changes.
const STEPS: usize = 200;

/// The variance power at which squared Pearson residuals do not depend on the logarithm of the mean
/// (Bonat & Kokonendji 2017, *Flexible Tweedie regression models*, equation 6), between two powers.
///
/// # Errors
/// If the equation has no root between them.
pub fn tweedie_power(
    y: &[f64],
    mu: &[f64],
    weights: &[f64],
    df_resid: f64,
    (low, high): (f64, f64),
) -> Result<f64> {
    let equation = |power: f64| -> f64 {
        let squares: Vec<f64> = y
            .iter()
            .zip(mu)
            .map(|(y, mu)| (y - mu).powi(2) / mu.powf(power))
            .collect();
        let scale: f64 = squares.iter().zip(weights).map(|(s, w)| s * w).sum::<f64>() / df_resid;
        let terms = squares.iter().zip(mu).zip(weights);
        terms
            .map(|((s, mu), w)| w * (s / scale - 1.0) * mu.ln())
            .sum()
    };
    let (mut low, mut high) = (low, high);
    let (at_low, at_high) = (equation(low), equation(high));
    if at_low.is_nan() || at_high.is_nan() || at_low * at_high > 0.0 {
        return Err(Error::value(format!(
            "the Tweedie power is not between {low} and {high}: the estimating equation has no root there"
        )));
    }
    for _ in 0..STEPS {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            break;
        }
        if equation(middle) * at_low > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok(0.5 * (low + high))
}
