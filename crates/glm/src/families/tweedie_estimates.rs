//! The Tweedie family's dispersion and variance power, from responses and their means.

use super::tweedie_density::ln_density;
use crate::error::{Error, Result};

/// Halvings and golden sections after which nothing changes.
const STEPS: usize = 200;
const GOLDEN: f64 = 0.618_033_988_749_894_9;

/// The dispersion that maximises the likelihood for a power between 1 and 2, and that log-likelihood.
///
/// # Errors
/// If the power is outside of 1 to 2.
pub fn tweedie_dispersion(
    y: &[f64],
    mu: &[f64],
    weights: &[f64],
    power: f64,
) -> Result<(f64, f64)> {
    if !(power > 1.0 && power < 2.0) {
        return Err(Error::value(format!(
            "the likelihood of a Tweedie family is known for powers between 1 and 2, not {power}"
        )));
    }
    let rows = || y.iter().zip(mu).zip(weights);
    let total: f64 = weights.iter().sum();
    let pearson: f64 = rows()
        .map(|((y, mu), w)| w * (y - mu).powi(2) / mu.powf(power))
        .sum();
    let likelihood = |log_phi: f64| -> f64 {
        let phi = log_phi.exp();
        rows()
            .map(|((y, mu), w)| ln_density(*y, *mu, power, phi / w))
            .sum()
    };
    let center = (pearson / total).ln();
    let (mut low, mut high) = (center - 3.0, center + 3.0);
    let (mut a, mut b) = (high - GOLDEN * (high - low), low + GOLDEN * (high - low));
    let (mut at_a, mut at_b) = (likelihood(a), likelihood(b));
    for _ in 0..STEPS {
        if high - low < 1e-9 {
            break;
        }
        if at_a >= at_b {
            (high, b, at_b) = (b, a, at_a);
            a = high - GOLDEN * (high - low);
            at_a = likelihood(a);
        } else {
            (low, a, at_a) = (a, b, at_b);
            b = low + GOLDEN * (high - low);
            at_b = likelihood(b);
        }
    }
    let best = 0.5 * (low + high);
    Ok((best.exp(), likelihood(best)))
}

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
