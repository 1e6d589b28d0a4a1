//! How the mean depends on the linear predictor: one file a kind of link, and one row of [`LinkSpec`].

mod algebraic;
mod binomial;
mod logarithmic;

use std::fmt::Debug;

use serde::{Deserialize, Serialize};

pub use algebraic::{Identity, Inverse, InverseSquared, Power, Sqrt};
pub use binomial::{Cauchit, Cloglog, Logit, Loglog, Probit};
pub use logarithmic::{Log, NegativeBinomialCanonical};

use crate::error::{Error, Result};

/// A link η = g(μ).
pub trait Link: Debug + Send + Sync {
    /// The link's name, as messages give it.
    fn name(&self) -> &'static str;

    /// η = g(μ).
    fn link(&self, mu: f64) -> f64;

    /// μ of η.
    fn inverse(&self, eta: f64) -> f64;

    /// dμ/dη, at η.
    fn inverse_derivative(&self, eta: f64) -> f64;

    /// d²μ/dη², at η.
    fn inverse_derivative2(&self, eta: f64) -> f64;

    /// The mean and its derivative for each element.
    fn inverses(&self, eta: &[f64], mu: &mut [f64], slope: &mut [f64]) {
        for ((mu, slope), &eta) in mu.iter_mut().zip(slope).zip(eta) {
            *mu = self.inverse(eta);
            *slope = self.inverse_derivative(eta);
        }
    }
}

/// A link by name and parameter, as models keep it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
#[allow(missing_docs, reason = "each variant is named after the link it makes")]
pub enum LinkSpec {
    Identity,
    Log,
    Logit,
    Probit,
    Cauchit,
    Cloglog,
    Loglog,
    Inverse,
    InverseSquared,
    Sqrt,
    Power { power: f64 },
    NegativeBinomial { theta: f64 },
}

impl LinkSpec {
    /// The link.
    ///
    /// ```
    /// use rustsci_glm::links::LinkSpec;
    /// let logit = LinkSpec::Logit.build().unwrap();
    /// assert_eq!(logit.inverse(0.0), 0.5);
    /// ```
    ///
    /// # Errors
    /// If a parameter is outside its range.
    pub fn build(&self) -> Result<Box<dyn Link>> {
        Ok(match *self {
            Self::Identity => Box::new(Identity),
            Self::Log => Box::new(Log),
            Self::Logit => Box::new(Logit),
            Self::Probit => Box::new(Probit),
            Self::Cauchit => Box::new(Cauchit),
            Self::Cloglog => Box::new(Cloglog),
            Self::Loglog => Box::new(Loglog),
            Self::Inverse => Box::new(Inverse),
            Self::InverseSquared => Box::new(InverseSquared),
            Self::Sqrt => Box::new(Sqrt),
            Self::Power { power: 0.0 } => Box::new(Log),
            Self::Power { power } if power.is_finite() => Box::new(Power { power }),
            Self::Power { power } => {
                return Err(Error::value(format!(
                    "the power link's exponent must be finite, not {power}"
                )));
            }
            Self::NegativeBinomial { theta } => Box::new(NegativeBinomialCanonical { theta }),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINKS: &[(LinkSpec, &[f64])] = &[
        (LinkSpec::Identity, &[-2.0, 0.3]),
        (LinkSpec::Log, &[-30.0, 0.3, 5.0]),
        (LinkSpec::Logit, &[-30.0, -1.0, 0.3, 5.0]),
        (LinkSpec::Probit, &[-6.0, -1.0, 0.3, 2.0]),
        (LinkSpec::Cauchit, &[-50.0, -1.0, 0.3, 2.0]),
        (LinkSpec::Cloglog, &[-20.0, -1.0, 0.3, 2.0]),
        (LinkSpec::Loglog, &[-2.0, -1.0, 0.3, 9.0]),
        (LinkSpec::Inverse, &[0.3, 2.0]),
        (LinkSpec::InverseSquared, &[0.3, 2.0]),
        (LinkSpec::Sqrt, &[0.3, 2.0]),
        (LinkSpec::Power { power: 1.5 }, &[0.3, 2.0]),
        (LinkSpec::NegativeBinomial { theta: 2.0 }, &[-3.0, -0.2]),
    ];

    #[test]
    fn inverses_undo_links() {
        for (spec, points) in LINKS {
            let link = spec.build().unwrap();
            for &eta in *points {
                let back = link.link(link.inverse(eta));
                assert!(
                    (back - eta).abs() < 1e-9 * eta.abs().max(1.0),
                    "{spec:?} {eta} {back}"
                );
            }
        }
    }

    #[test]
    fn derivatives_are_those_of_the_inverse() {
        for (spec, points) in LINKS {
            let link = spec.build().unwrap();
            for &eta in *points {
                let h = 1e-5 * eta.abs().max(0.1);
                let (low, high) = (eta - h, eta + h);
                let slope = (link.inverse(high) - link.inverse(low)) / (2.0 * h);
                let curve =
                    (link.inverse_derivative(high) - link.inverse_derivative(low)) / (2.0 * h);
                let scale = link.inverse_derivative(eta).abs().max(1e-12);
                let near = |a: f64, b: f64| (a - b).abs() < 1e-4 * scale.max(b.abs());
                assert!(near(slope, link.inverse_derivative(eta)), "{spec:?} {eta}");
                assert!(near(curve, link.inverse_derivative2(eta)), "{spec:?} {eta}");
            }
        }
    }

    #[test]
    fn links_of_proportions_stay_inside_at_the_extremes() {
        for spec in [
            LinkSpec::Logit,
            LinkSpec::Probit,
            LinkSpec::Cauchit,
            LinkSpec::Cloglog,
            LinkSpec::Loglog,
        ] {
            let link = spec.build().unwrap();
            let eta = [-1e300, -800.0, -50.0, 50.0, 800.0, 1e300];
            let (mut mu, mut slope) = ([0.0; 6], [0.0; 6]);
            link.inverses(&eta, &mut mu, &mut slope);
            assert!(
                mu.iter().all(|mu| *mu > 0.0 && *mu < 1.0),
                "{spec:?} {mu:?}"
            );
            assert!(slope.iter().all(|slope| *slope > 0.0), "{spec:?} {slope:?}");
            for eta in eta {
                let curve = link.inverse_derivative2(eta);
                assert!(curve.is_finite(), "{spec:?} {eta} {curve}");
            }
        }
    }
}
