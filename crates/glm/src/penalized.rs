//! Fits with penalties on absolute values, one by one and along a path.

use serde::{Deserialize, Serialize};

use crate::Design;
use crate::error::{Error, Result};
use crate::fitting::{learn, observations};
use crate::fold::Model;
use crate::formula::{Frame, Unseen};
use crate::observations::Observations;
use crate::regularization::{Penalty, Weights};
use crate::request::Request;
use crate::solvers::{CoordinateDescent, Fit, Irls, Position};

/// The largest violation of the optimality conditions that is left, as a share of the sum of weights.
const TOLERANCE: f64 = 1e-9;

/// Which penalties a path goes through.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PathRequest {
    /// The penalties; from the least that leaves no penalised coefficient down, if they are not given.
    pub alphas: Option<Vec<f64>>,
    /// How many there shall be, evenly spaced in logarithms.
    pub count: usize,
    /// The smallest as a share of the largest.
    pub ratio: f64,
}

/// One fit of a path.
#[derive(Clone, Debug, Serialize)]
pub struct PathPoint {
    /// α.
    pub alpha: f64,
    /// The coefficients.
    pub coefficients: Vec<f64>,
    /// The deviance.
    pub deviance: f64,
    /// How many quadratic approximations it took.
    pub iterations: usize,
    /// Whether the optimality conditions hold.
    pub converged: bool,
}

/// Coefficients that are zero but for the constant, which is that of the model without predictors.
fn null_position(
    design: &Design<'_>,
    observations: &Observations<'_>,
    model: &Model,
    intercept: bool,
) -> Result<Position> {
    let mut beta = vec![0.0; design.columns()];
    if intercept {
        let constant = Design::intercept(design.rows());
        beta[0] = Irls::default()
            .fit(&constant, observations, model)?
            .coefficients[0];
    }
    Position::new(beta, design, observations, model)
}

fn solver(request: &Request, observations: &Observations<'_>) -> CoordinateDescent {
    let total: f64 = (0..observations.rows())
        .map(|row| observations.weight(row))
        .sum();
    CoordinateDescent {
        max_iterations: request.max_iterations.unwrap_or(100),
        tolerance: request.tolerance.unwrap_or(TOLERANCE) * total,
    }
}

/// One fit with a penalty on absolute values.
pub(crate) fn fit_elastic_net(
    request: &Request,
    design: &Design<'_>,
    observations: &Observations<'_>,
    model: &Model,
    weights: &Weights,
    intercept: bool,
) -> Result<Fit> {
    let mut position = match &request.start {
        Some(start) => Position::new(start.clone(), design, observations, model)?,
        None => null_position(design, observations, model, intercept)?,
    };
    let outcome = solver(request, observations).advance(
        &mut position,
        weights,
        (design, observations, model),
    );
    let k = design.columns();
    let gram = position.accumulated.gram(design);
    Ok(Fit {
        rank: position.beta.iter().filter(|b| **b != 0.0).count(),
        aliased: vec![false; k],
        deviance: position.accumulated.deviance,
        pearson: position.accumulated.pearson,
        converged: outcome.converged,
        iterations: outcome.history.len(),
        history: outcome.history,
        // Coefficients that a penalty has selected have no normal distribution.
        inverse: vec![f64::NAN; k * k],
        coefficients: position.beta,
        gram,
    })
}

/// Fits along a path of penalties, each from where the one before ended.
///
/// # Errors
/// Those of a fit; and if there is no penalty on absolute values to begin the path at.
pub fn fit_path(
    request: &Request,
    path: &PathRequest,
    mut frame: Frame<'_>,
    names: &[String],
) -> Result<(Vec<String>, Vec<PathPoint>)> {
    let (recipe, _) = learn(request, &mut frame, names)?;
    let design = recipe.design(&frame, Unseen::Raise)?;
    let model = Model {
        family: request.family.build()?,
        link: request.link()?.build()?,
    };
    let observations = observations(&frame, &recipe, &request.roles, model.family.as_ref())?;
    let penalty = request
        .penalty
        .as_ref()
        .ok_or_else(|| Error::value("a path needs a penalty"))?;
    let at = |alpha: f64| {
        let penalty = Penalty {
            alpha,
            ..penalty.clone()
        };
        penalty.weights(&recipe.names, &observations)
    };
    let mut position = null_position(&design, &observations, &model, recipe.intercept)?;
    let alphas = match &path.alphas {
        Some(alphas) => alphas.clone(),
        None => {
            if penalty.l1_ratio == 0.0 {
                return Err(Error::value("with l1_ratio=0 a path needs its alphas"));
            }
            let score = position.accumulated.gram(&design).score;
            let unit = at(1.0)?.lasso;
            let each = score.iter().zip(&unit).filter(|(_, unit)| **unit > 0.0);
            let largest = each
                .map(|(score, unit)| score.abs() / unit)
                .fold(0.0, f64::max);
            spaced(largest, path)?
        }
    };
    let solver = solver(request, &observations);
    let mut points = Vec::with_capacity(alphas.len());
    for alpha in alphas {
        let outcome = solver.advance(&mut position, &at(alpha)?, (&design, &observations, &model));
        points.push(PathPoint {
            alpha,
            coefficients: position.beta.clone(),
            deviance: position.accumulated.deviance,
            iterations: outcome.history.len(),
            converged: outcome.converged,
        });
    }
    Ok((recipe.names, points))
}

/// Numbers from the largest down, evenly spaced in logarithms.
fn spaced(largest: f64, path: &PathRequest) -> Result<Vec<f64>> {
    if path.count == 0 || !(path.ratio > 0.0 && path.ratio < 1.0) {
        return Err(Error::value(format!(
            "a path needs at least one alpha and a ratio between 0 and 1, not {} and {}",
            path.count, path.ratio
        )));
    }
    let step = path.ratio.ln() / (path.count.max(2) - 1) as f64;
    Ok((0..path.count)
        .map(|index| largest * (step * index as f64).exp())
        .collect())
}
