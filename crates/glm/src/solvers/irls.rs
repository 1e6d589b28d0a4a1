//! Iteratively reweighted least squares: Newton's iteration with the expected information.

use serde::{Deserialize, Serialize};

use super::coordinate_descent::Absolute;
use super::iteration::Iteration;
use super::{Fit, Limits};
use crate::design_matrix::Design;
use crate::error::Result;
use crate::fold::{Model, Start, fold};
use crate::observations::{Observations, Overview};

/// The options of the iteration.
///
/// Each pass over the rows gives a quadratic approximation of the deviance. Its minimum, with penalties and within
/// limits, is where the next pass takes place; a step that makes things worse is halved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Irls {
    /// The most steps.
    pub max_iterations: usize,
    /// The iteration ends when the next step would lower the deviance by less than this share of it.
    pub tolerance: f64,
    /// If given, the iteration ends when the conditions of a minimum of half the deviance hold to this number instead.
    pub gradient_tolerance: Option<f64>,
    /// Coefficients to start from.
    pub start: Option<Vec<f64>>,
    /// P of the penalty β′Pβ that is added to the deviance, by rows.
    pub penalty: Option<Vec<f64>>,
    /// Penalties on absolute values, in units of half the deviance.
    pub absolute: Option<Absolute>,
    /// Where coefficients may be.
    pub limits: Option<Limits>,
    /// Whether to work out the inverse of X′WX + P.
    pub covariance: bool,
}

impl Default for Irls {
    fn default() -> Self {
        Self {
            max_iterations: 100,
            tolerance: 1e-18,
            gradient_tolerance: None,
            start: None,
            penalty: None,
            absolute: None,
            limits: None,
            covariance: true,
        }
    }
}

impl Irls {
    /// Fits a model.
    ///
    /// ```
    /// use rustsci_glm::families::FamilySpec;
    /// use rustsci_glm::{Design, Irls, Model, Observations};
    /// let family = FamilySpec::Poisson.build()?;
    /// let link = family.default_link().build()?;
    /// let observations = Observations::new(vec![1.0, 2.0, 6.0]);
    /// let fit = Irls::default().fit(&Design::intercept(3), &observations, &Model { family, link })?;
    /// assert!((fit.coefficients[0] - 3.0_f64.ln()).abs() < 1e-12);
    /// # Ok::<(), rustsci_glm::Error>(())
    /// ```
    ///
    /// # Errors
    /// If there is no valid mean to go on from: with an identity link, say, when the linear predictor leaves the range
    /// of the family's means whatever the length of the step; or if no coefficients are within the limits.
    pub fn fit(
        &self,
        design: &Design<'_>,
        observations: &Observations<'_>,
        model: &Model,
    ) -> Result<Fit> {
        let overview = Overview::new(observations);
        let iteration = Iteration::new(self.clone(), design.columns(), &overview, model)?;
        iterate(iteration, design, observations, model)
    }
}

/// Passes over the rows until the iteration has seen enough.
pub(crate) fn iterate(
    mut iteration: Iteration,
    design: &Design<'_>,
    observations: &Observations<'_>,
    model: &Model,
) -> Result<Fit> {
    loop {
        let moments = fold(design, observations, model, iteration.asks());
        if let Some(fit) = iteration.receive(moments)? {
            return Ok(fit);
        }
    }
}

/// Where to start without coefficients: for rates, at the rate of all rows together, else at the responses.
pub(super) fn origin(overview: &Overview, model: &Model) -> Start {
    let mean = overview.mean();
    let shift = overview.log_rate();
    if model.link.name() == "log" && shift.is_finite() {
        Start::Shift(shift)
    } else {
        Start::Response(mean)
    }
}
