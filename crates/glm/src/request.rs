//! What a fit is asked for, and what it found, as hosts exchange them.

use serde::{Deserialize, Deserializer, Serialize};

use crate::error::{Error, Result};
use crate::families::{FamilySpec, Theta};
use crate::fold::Model;
use crate::formula::Recipe;
use crate::links::LinkSpec;
use crate::regularization::Penalty;
use crate::smooths::{SmoothTerm, Smoothing};
use crate::solvers::LimitsSpec;

fn nan_if_null<'de, D: Deserializer<'de>>(deserializer: D) -> std::result::Result<f64, D::Error> {
    Ok(Option::<f64>::deserialize(deserializer)?.unwrap_or(f64::NAN))
}

/// What to do with rows in which something is missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Missing {
    /// Leave them out.
    #[default]
    Drop,
    /// Refuse them.
    Raise,
}

/// How the dispersion φ is estimated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dispersion {
    /// 1 where the family says so, else Pearson's χ² over the residual degrees of freedom.
    #[default]
    Default,
    /// Pearson's χ² over the residual degrees of freedom.
    Pearson,
    /// The deviance over the residual degrees of freedom.
    Deviance,
    /// A value given.
    Fixed(f64),
}

/// Names of the columns of a frame that are no predictors.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Roles {
    /// Added to the linear predictor.
    pub offset: Option<String>,
    /// Its link is added to the linear predictor.
    pub exposure: Option<String>,
    /// Prior weights.
    pub weights: Option<String>,
    /// How often each row was observed.
    pub freq_weights: Option<String>,
}

impl Roles {
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        [
            &self.offset,
            &self.exposure,
            &self.weights,
            &self.freq_weights,
        ]
        .into_iter()
        .filter_map(Option::as_deref)
    }
}

/// What a fit is asked for.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// `response ~ predictors`.
    pub formula: String,
    /// The distribution of the response.
    pub family: FamilySpec,
    /// Whether to estimate the negative binomial's θ; the family's own is where to start.
    #[serde(default)]
    pub estimate_theta: bool,
    /// The link, if it is not the family's own.
    #[serde(default)]
    pub link: Option<LinkSpec>,
    /// Which columns are offsets and weights.
    #[serde(default)]
    pub roles: Roles,
    /// What to do with missing values.
    #[serde(default)]
    pub missing: Missing,
    /// How to estimate the dispersion.
    #[serde(default)]
    pub dispersion: Dispersion,
    /// The most iterations.
    #[serde(default)]
    pub max_iterations: Option<usize>,
    /// The share of the deviance that the last step may be expected to gain.
    #[serde(default)]
    pub tolerance: Option<f64>,
    /// Coefficients to start from.
    #[serde(default)]
    pub start: Option<Vec<f64>>,
    /// The penalty on coefficients.
    #[serde(default)]
    pub penalty: Option<Penalty>,
    /// How the penalties of smooth terms are chosen.
    #[serde(default)]
    pub smoothing: Smoothing,
    /// What decides the random orders that targets are encoded in.
    #[serde(default)]
    pub seed: u64,
    /// Where coefficients may be.
    #[serde(default)]
    pub limits: LimitsSpec,
    /// If given, the fit ends when the gradient of half the mean deviance is no larger than this.
    #[serde(default)]
    pub gradient_tolerance: Option<f64>,
    /// Whether to work out the covariance of the coefficients.
    #[serde(default = "yes")]
    pub covariance: bool,
    /// How to find the coefficients.
    #[serde(default)]
    pub solver: Solver,
}

/// How coefficients are found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Solver {
    /// By what fits the penalty and the limits; by gradients only if X′WX would take too much memory.
    #[default]
    Auto,
    /// By iteratively reweighted least squares, each solved as the penalty and the limits want it.
    Irls,
    /// The same, each solved by coordinate descent.
    CoordinateDescent,
    /// By gradients only.
    Lbfgs,
}

fn yes() -> bool {
    true
}

/// A fitted model: enough to predict from new data, and to look into the data it was fitted to.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Fitted {
    /// How the design is made.
    pub recipe: Recipe,
    /// The distribution of the response, with its parameters as estimated.
    pub family: FamilySpec,
    /// The link.
    pub link: LinkSpec,
    /// Which columns are offsets and weights.
    pub roles: Roles,
    /// What was done with missing values.
    pub missing: Missing,
    /// Which coefficients depend on those before them.
    pub aliased: Vec<bool>,
    /// The number of coefficients that do not.
    pub rank: usize,
    /// The deviance.
    pub deviance: f64,
    /// Pearson's χ².
    pub pearson_chi2: f64,
    /// φ; NaN, written as null, if no degrees of freedom are left to estimate it.
    #[serde(deserialize_with = "nan_if_null")]
    pub scale: f64,
    /// The number of rows.
    pub rows: usize,
    /// The number of observations: of rows, or the sum of their frequencies.
    pub nobs: f64,
    /// The rows left out because something was missing.
    pub dropped: usize,
    /// Whether the iteration came to an end.
    pub converged: bool,
    /// How many steps it took.
    pub n_iter: usize,
    /// The deviance after each.
    pub history: Vec<f64>,
    /// By how much the conditions of a minimum of half the mean deviance are missed, at most.
    #[serde(default, deserialize_with = "nan_if_null")]
    pub gradient: f64,
    /// θ with its standard error, where it was estimated.
    pub theta: Option<(f64, f64)>,
    /// The effective degrees of freedom of a penalised fit.
    pub edf: Option<f64>,
    /// Whether a response of a binomial fit is a proportion, so that weights are numbers of trials; none if that was
    /// to be seen from the data.
    #[serde(default)]
    pub shares: Option<bool>,
    /// Whether the covariance is that of the data and of something else, which cannot be worked out again.
    #[serde(default)]
    pub constrained: bool,
    /// The smooth terms.
    #[serde(default)]
    pub smooths: Vec<SmoothTerm>,
    /// The value of what their penalties were chosen by.
    #[serde(default)]
    pub criterion: Option<f64>,
    /// What a user should know of the fit.
    pub notes: Vec<String>,
    /// The coefficients; NaN is written as null.
    #[serde(skip)]
    pub coefficients: Vec<f64>,
    /// Their covariance for φ = 1, by rows; empty if it was not asked for.
    #[serde(skip)]
    pub covariance: Vec<f64>,
}

impl Fitted {
    /// The family and the link.
    ///
    /// # Errors
    /// If a parameter of them is outside its range.
    pub fn model(&self) -> Result<Model> {
        Ok(Model {
            family: self.family.build()?,
            link: self.link.build()?,
        })
    }

    /// The coefficients with zeros for those of aliased columns.
    pub fn effective_coefficients(&self) -> Vec<f64> {
        let zero = |value: &f64| if value.is_nan() { 0.0 } else { *value };
        self.coefficients.iter().map(zero).collect()
    }

    pub(crate) fn set_theta(&mut self, theta: Theta) {
        self.theta = Some((theta.value, theta.standard_error));
    }
}

impl Request {
    /// A request for a fit by default options.
    pub fn new(formula: &str, family: FamilySpec) -> Self {
        Self {
            formula: formula.to_owned(),
            family,
            estimate_theta: false,
            link: None,
            roles: Roles::default(),
            missing: Missing::default(),
            dispersion: Dispersion::default(),
            max_iterations: None,
            tolerance: None,
            start: None,
            penalty: None,
            limits: LimitsSpec::default(),
            gradient_tolerance: None,
            covariance: true,
            solver: Solver::Auto,
            smoothing: Smoothing::default(),
            seed: 0,
        }
    }

    /// The link, or the family's own.
    pub(crate) fn link(&self) -> Result<LinkSpec> {
        Ok(self.link.unwrap_or(self.family.build()?.default_link()))
    }

    /// The family with the link.
    pub(crate) fn model(&self) -> Result<Model> {
        Ok(Model {
            family: self.family.build()?,
            link: self.link()?.build()?,
        })
    }

    pub(crate) fn validate(&self) -> Result<()> {
        for tolerance in [self.tolerance, self.gradient_tolerance]
            .into_iter()
            .flatten()
        {
            if tolerance.is_nan() || tolerance < 0.0 {
                return Err(Error::value(format!(
                    "the tolerance must not be negative, not {tolerance}"
                )));
            }
        }
        if self.estimate_theta && self.penalty.as_ref().is_some_and(Penalty::selects) {
            return Err(Error::unsupported(
                "l1_ratio with theta to be estimated is not supported: give theta",
            ));
        }
        Ok(())
    }
}
