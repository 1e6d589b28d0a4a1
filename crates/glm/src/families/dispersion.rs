//! The dispersion by maximum likelihood.

use super::{Family, Weight};
use crate::error::{Error, Result};

const STEPS: usize = 200;
/// The golden section.
const GOLDEN: f64 = 0.618_033_988_749_894_9;
/// How far the logarithm of the estimate is looked for on both sides of Pearson's.
const REACH: f64 = 5.0;

/// φ that maximises the likelihood for given means, and that log-likelihood: golden sections of its logarithm.
///
/// `prior` divides the dispersion of each row, `frequency` says how often it was observed.
///
/// ```
/// use rustsci_glm::families::{FamilySpec, dispersion};
/// let normal = FamilySpec::Gaussian.build()?;
/// let (phi, _) = dispersion(normal.as_ref(), &[1.0, 2.0, 6.0], &[3.0; 3], &[1.0; 3], &[1.0; 3])?;
/// assert!((phi - 14.0 / 3.0).abs() < 1e-6);
/// # Ok::<(), rustsci_glm::Error>(())
/// ```
///
/// # Errors
/// If the family has no dispersion to estimate, or no likelihood.
pub fn dispersion(
    family: &dyn Family,
    y: &[f64],
    mu: &[f64],
    prior: &[f64],
    frequency: &[f64],
) -> Result<(f64, f64)> {
    if family.has_fixed_dispersion() {
        return Err(Error::value(format!(
            "the dispersion of the {} family is 1: there is nothing to estimate",
            family.name()
        )));
    }
    let rows = || y.iter().zip(mu).zip(prior.iter().zip(frequency));
    let (mut pearson, mut total) = (0.0, 0.0);
    for ((y, mu), (w, f)) in rows() {
        pearson += w * f * (y - mu) * (y - mu) / family.variance(*mu);
        total += f;
    }
    let likelihood = |log_phi: f64| -> f64 {
        let phi = log_phi.exp();
        let of_row = |((y, mu), (w, f)): ((&f64, &f64), (&f64, &f64))| {
            let weight = Weight {
                prior: *w,
                trials: 1.0,
            };
            f * family.log_likelihood(*y, *mu, weight, phi)
        };
        rows().map(of_row).sum()
    };
    let center = (pearson / total).ln();
    if !likelihood(center).is_finite() {
        return Err(Error::value(format!(
            "the {} family has no likelihood to maximise; its dispersion is that of Pearson or of the deviance",
            family.name()
        )));
    }
    let (mut low, mut high) = (center - REACH, center + REACH);
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
