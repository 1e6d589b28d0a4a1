//! The negative binomial's shape by maximum likelihood.

use crate::error::{Error, Result};
use crate::special::{digamma, trigamma};

/// An estimate of θ.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Theta {
    /// The estimate.
    pub value: f64,
    /// Its standard error, from the observed information with the means held fixed.
    pub standard_error: f64,
}

/// The iterations after which the likelihood is taken to have no maximum.
const ITERATIONS: usize = 100;

/// θ that maximises the likelihood for given means, by Newton's iteration on the score
/// (Lawless 1987, *Negative binomial and mixed Poisson regression*, equations 2.5 and 2.6).
///
/// ```
/// use rustsci_glm::families::estimate_theta;
/// let theta = estimate_theta(&[0.0, 1.0, 2.0, 9.0], &[3.0; 4], &[1.0; 4], None).unwrap();
/// assert!(theta.value > 0.5 && theta.value < 2.0);
/// ```
///
/// # Errors
/// If the data are no more dispersed than a Poisson distribution, so that the likelihood increases for ever.
pub fn estimate_theta(y: &[f64], mu: &[f64], weights: &[f64], start: Option<f64>) -> Result<Theta> {
    let rows = || y.iter().zip(mu).zip(weights);
    let mut theta = start.unwrap_or_else(|| {
        let total: f64 = weights.iter().sum();
        let spread: f64 = rows().map(|((y, mu), w)| w * (y / mu - 1.0).powi(2)).sum();
        total / spread
    });
    for _ in 0..ITERATIONS {
        let (mut score, mut information) = (0.0, 0.0);
        let (at_zero, curve_at_zero) = (digamma(theta), trigamma(theta));
        for ((&y, &mu), &w) in rows() {
            let sum = theta + mu;
            score +=
                w * (digamma(theta + y) - at_zero - (mu / theta).ln_1p() + 1.0 - (y + theta) / sum);
            information += w
                * (curve_at_zero - trigamma(theta + y) - 1.0 / theta + 2.0 / sum
                    - (y + theta) / (sum * sum));
        }
        let step = score / information;
        // Where the likelihood is convex, or the step leaves the range, go uphill by a factor instead.
        let next = if information > 0.0 && theta + step > 0.0 {
            theta + step
        } else if score > 0.0 {
            2.0 * theta
        } else {
            0.5 * theta
        };
        let done = (next - theta).abs() <= 1e-13 * theta;
        theta = next;
        if done && information > 0.0 {
            return Ok(Theta {
                value: theta,
                standard_error: information.sqrt().recip(),
            });
        }
        if theta.is_nan() || theta > 1e8 {
            break;
        }
    }
    Err(Error::value(
        "theta of the negative binomial family could not be estimated: its likelihood has no maximum, because the \
         response varies no more than a Poisson variable; use family 'poisson', or give theta",
    ))
}
