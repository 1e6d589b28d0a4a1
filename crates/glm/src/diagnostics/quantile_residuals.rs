//! Residuals that are exactly normal if the model holds (Dunn & Smyth 1996, *Randomized quantile residuals*).

use rustsci_stats::distributions::{
    Binomial, Distribution, Gamma, NegativeBinomial, Normal, Poisson,
};

use crate::error::{Error, Result};
use crate::families::{FamilySpec, Weight};
use crate::rows::Rows;
use crate::special::{normal_quantile, normal_sf};

use super::uniform::Uniform;

/// Terms of the compound Poisson sum this far from the mean, in standard deviations, do not show.
const WIDTH: f64 = 12.0;

/// The probabilities of no more than a value and of more, neither of which is one less the other where that would lose
/// digits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Split {
    /// P(Y ≤ y).
    pub lower: f64,
    /// P(Y > y).
    pub upper: f64,
}

impl Split {
    const START: Self = Self {
        lower: 0.0,
        upper: 1.0,
    };

    fn of(distribution: &impl Distribution, y: f64) -> Self {
        Self {
            lower: distribution.cdf(y),
            upper: distribution.sf(y),
        }
    }

    /// The normal quantile of a point between two splits.
    fn quantile(low: Self, high: Self, share: f64) -> f64 {
        let lower = low.lower + share * (high.lower - low.lower);
        let upper = low.upper + share * (high.upper - low.upper);
        if lower < upper {
            normal_quantile(lower.max(f64::MIN_POSITIVE))
        } else {
            -normal_quantile(upper.max(f64::MIN_POSITIVE))
        }
    }
}

/// The splits just below a response and at it, which are the same for continuous distributions; nothing for
/// quasi-families.
pub fn cumulative(
    family: &FamilySpec,
    y: f64,
    mu: f64,
    weight: Weight,
    scale: f64,
) -> Option<(Split, Split)> {
    let dispersion = scale / weight.prior;
    let both = |split: Split| Some((split, split));
    match *family {
        FamilySpec::Gaussian => both(Split::of(&Normal::new(mu, dispersion.sqrt()).ok()?, y)),
        FamilySpec::Gamma => {
            let gamma = Gamma::new(dispersion.recip(), mu * dispersion).ok()?;
            both(Split::of(&gamma, y))
        }
        FamilySpec::InverseGaussian => both(inverse_gaussian(y, mu, dispersion)),
        FamilySpec::Poisson => steps(&Poisson::new(mu).ok()?, y.floor()),
        FamilySpec::NegativeBinomial { theta } => {
            steps(&NegativeBinomial::from_mean(mu, theta).ok()?, y.floor())
        }
        FamilySpec::Binomial => {
            let n = weight.trials.round();
            steps(&Binomial::new(n, mu).ok()?, (n * y).round())
        }
        FamilySpec::Tweedie { power } => tweedie(y, mu, power, weight, scale),
        FamilySpec::Quasipoisson | FamilySpec::Quasibinomial | FamilySpec::Quasi { .. } => None,
    }
}

/// Around a whole number.
fn steps(distribution: &impl Distribution, k: f64) -> Option<(Split, Split)> {
    let below = if k >= 1.0 {
        Split::of(distribution, k - 1.0)
    } else {
        Split::START
    };
    Some((below, Split::of(distribution, k)))
}

/// Shuster (1968), *On the inverse Gaussian distribution function*, equation 5.
fn inverse_gaussian(y: f64, mu: f64, dispersion: f64) -> Split {
    if y <= 0.0 {
        return Split::START;
    }
    let root = (dispersion * y).recip().sqrt();
    let z = root * (y / mu - 1.0);
    let tail = normal_sf(root * (y / mu + 1.0));
    // The exponential may be too large and the tail too small for a number of their own.
    let second = if tail > 0.0 {
        (2.0 / (dispersion * mu) + tail.ln()).exp()
    } else {
        0.0
    };
    Split {
        lower: (normal_sf(-z) + second).min(1.0),
        upper: (normal_sf(z) - second).max(0.0),
    }
}

/// A sum over the number of gamma variables that a response between the powers 1 and 2 is the sum of.
fn tweedie(y: f64, mu: f64, power: f64, weight: Weight, scale: f64) -> Option<(Split, Split)> {
    let named = [
        (0.0, FamilySpec::Gaussian),
        (1.0, FamilySpec::Poisson),
        (2.0, FamilySpec::Gamma),
        (3.0, FamilySpec::InverseGaussian),
    ];
    if let Some((_, family)) = named.iter().find(|(p, _)| *p == power) {
        return cumulative(family, y, mu, weight, scale);
    }
    if !(power > 1.0 && power < 2.0) {
        return None;
    }
    let dispersion = scale / weight.prior;
    let rate = mu.powf(2.0 - power) / (dispersion * (2.0 - power));
    let none = Split {
        lower: (-rate).exp(),
        upper: -(-rate).exp_m1(),
    };
    if y == 0.0 {
        return Some((Split::START, none));
    }
    let shape = (2.0 - power) / (power - 1.0);
    let scale = dispersion * (power - 1.0) * mu.powf(power - 1.0);
    let counts = Poisson::new(rate).ok()?;
    let spread = WIDTH * (rate.sqrt() + 1.0);
    let (from, to) = ((rate - spread).max(1.0).floor(), (rate + spread).ceil());
    // Fewer terms than `from` give less than any `y` that matters, no terms give zero.
    let mut found = Split {
        lower: if from > 1.0 {
            counts.cdf(from - 1.0)
        } else {
            none.lower
        },
        upper: 0.0,
    };
    let mut j = from;
    while j <= to {
        let (probability, sum) = (counts.density(j), Gamma::new(shape * j, scale).ok()?);
        found.lower += probability * sum.cdf(y);
        found.upper += probability * sum.sf(y);
        j += 1.0;
    }
    Some((found, found))
}

/// The least response whose probability is at least `p`; nothing for quasi-families.
pub fn quantile(family: &FamilySpec, p: f64, mu: f64, scale: f64) -> Option<f64> {
    match *family {
        FamilySpec::Gaussian => Some(Normal::new(mu, scale.sqrt()).ok()?.ppf(p)),
        FamilySpec::Gamma => Some(Gamma::new(scale.recip(), mu * scale).ok()?.ppf(p)),
        FamilySpec::Poisson => Some(Poisson::new(mu).ok()?.ppf(p)),
        FamilySpec::NegativeBinomial { theta } => {
            Some(NegativeBinomial::from_mean(mu, theta).ok()?.ppf(p))
        }
        FamilySpec::Binomial => Some(Binomial::new(1.0, mu).ok()?.ppf(p)),
        _ => {
            let weight = Weight {
                prior: 1.0,
                trials: 1.0,
            };
            let reaches =
                |y: f64| cumulative(family, y, mu, weight, scale).map(|at| at.1.lower >= p);
            if reaches(0.0)? {
                return Some(0.0);
            }
            let (mut low, mut high) = (0.0, mu);
            while !reaches(high)? && high.is_finite() {
                (low, high) = (high, 2.0 * high);
            }
            for _ in 0..200 {
                let middle = 0.5 * (low + high);
                if middle <= low || middle >= high {
                    break;
                }
                if reaches(middle)? {
                    high = middle;
                } else {
                    low = middle;
                }
            }
            Some(high)
        }
    }
}

impl Rows<'_> {
    /// The normal quantiles of the rows' probabilities; where a response has a probability of its own, of a random
    /// point in the step, which `seed` decides.
    ///
    /// # Errors
    /// If the family is no distribution.
    pub fn quantile_residuals(&self, seed: u64) -> Result<Vec<f64>> {
        let mut random = Uniform::new(seed);
        (0..self.mu.len())
            .map(|row| {
                let u = random.next();
                let (low, high) = cumulative(
                    &self.fitted.family,
                    self.observations.response[row],
                    self.mu[row],
                    self.observations.likelihood_weight(row),
                    self.fitted.scale,
                )
                .ok_or_else(|| {
                    Error::value(format!(
                        "the {} family is no distribution, so it has no quantile residuals",
                        self.model.family.name()
                    ))
                })?;
                Ok(Split::quantile(low, high, u))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: Weight = Weight {
        prior: 1.0,
        trials: 1.0,
    };

    #[test]
    fn quantiles_undo_probabilities() {
        for (family, mu, scale) in [
            (FamilySpec::Gaussian, 2.0, 0.5),
            (FamilySpec::Gamma, 2.0, 0.5),
            (FamilySpec::InverseGaussian, 2.0, 0.5),
            (FamilySpec::Tweedie { power: 1.4 }, 2.0, 0.5),
        ] {
            for p in [0.3, 0.9] {
                let y = quantile(&family, p, mu, scale).unwrap();

                let (_, at) = cumulative(&family, y, mu, ONE, scale).unwrap();

                assert!((at.lower - p).abs() < 1e-10, "{family:?} {p} {y} {at:?}");
                assert!(
                    (at.lower + at.upper - 1.0).abs() < 1e-9,
                    "{family:?} {at:?}"
                );
            }
        }
    }

    #[test]
    fn counts_have_steps() {
        let (below, at) = cumulative(&FamilySpec::Poisson, 2.0, 3.0, ONE, 1.0).unwrap();

        // P(Y = 2) = 4.5 exp(−3).
        assert!((at.lower - below.lower - 4.5 * (-3.0_f64).exp()).abs() < 1e-14);
        assert!(cumulative(&FamilySpec::Quasipoisson, 2.0, 3.0, ONE, 1.0).is_none());
    }
}
