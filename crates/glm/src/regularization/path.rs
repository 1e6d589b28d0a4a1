//! Fits along a path of penalties, each from where the one before ended.

use serde::{Deserialize, Serialize};

use crate::Design;
use crate::error::{Error, Result};
use crate::fitting::Problem;
use crate::fold::{Model, Moments, Start, fold};
use crate::formula::Frame;
use crate::observations::Observations;
use crate::request::Request;
use crate::solvers::{Absolute, Irls, Iteration, iterate};

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

/// Fits along a path of penalties.
///
/// # Errors
/// Those of a fit; and if there is no penalty on absolute values to begin the path at.
pub fn fit_path(
    request: &Request,
    path: &PathRequest,
    mut frame: Frame<'_>,
    names: &[String],
) -> Result<(Vec<String>, Vec<PathPoint>)> {
    let (recipe, _) = crate::fitting::learn(request, &mut frame, names)?;
    recipe.refuse_smooths("a path of penalties")?;
    let problem = Problem::new(request, &recipe, &frame)?;
    let Problem {
        design,
        observations,
        overview,
        model,
    } = &problem;
    let penalty = request
        .penalty
        .as_ref()
        .ok_or_else(|| Error::value("a path needs a penalty"))?;
    let at = |alpha: f64| -> Result<Irls> {
        let request = Request {
            penalty: Some(penalty.with_alpha(alpha)),
            ..request.clone()
        };
        Ok(Irls {
            covariance: false,
            ..problem.solver(&request, &recipe)?
        })
    };
    let unit = at(1.0)?;
    let (mut beta, mut moments) = null_position(&problem, &unit, recipe.intercept)?;
    let alphas = match &path.alphas {
        Some(alphas) => alphas.clone(),
        None => {
            let Some(absolute) = &unit.absolute else {
                return Err(Error::value("with l1_ratio=0 a path needs its alphas"));
            };
            spaced(largest(absolute, &moments.gram.score), path)?
        }
    };
    let mut points = Vec::with_capacity(alphas.len());
    for alpha in alphas {
        let (iteration, done) = Iteration::resume(at(alpha)?, beta, moments, overview, model)?;
        let fit = match done {
            Some(fit) => fit,
            None => iterate(iteration, design, observations, model)?,
        };
        points.push(PathPoint {
            alpha,
            deviance: fit.deviance,
            iterations: fit.iterations,
            converged: fit.converged,
            coefficients: fit.coefficients.clone(),
        });
        let zero = |b: &f64| if b.is_nan() { 0.0 } else { *b };
        beta = fit.coefficients.iter().map(zero).collect();
        moments = Moments {
            deviance: fit.deviance,
            pearson: fit.pearson,
            valid: true,
            gram: fit.gram,
        };
    }
    Ok((recipe.names, points))
}

/// Coefficients of the model without what is penalised, with their sums.
fn null_position(
    problem: &Problem<'_>,
    unit: &Irls,
    intercept: bool,
) -> Result<(Vec<f64>, Moments)> {
    let Problem {
        design,
        observations,
        overview,
        model,
    } = problem;
    let columns = design.columns();
    let mut start = vec![0.0; columns];
    if let Some(given) = &unit.start {
        start.clone_from(given);
    } else if intercept {
        start[0] = constant(observations, model)?;
    }
    let free = |(column, weight): (usize, &f64)| *weight == 0.0 && !(intercept && column == 0);
    let unpenalised = match &unit.absolute {
        Some(absolute) => {
            let mut each = absolute.each.clone();
            for group in &absolute.groups {
                group
                    .columns
                    .iter()
                    .for_each(|&column| each[column] = group.weight);
            }
            each.iter().enumerate().any(free)
        }
        None => false,
    };
    if !unpenalised || unit.start.is_some() {
        let moments = fold(
            design,
            observations,
            model,
            &Start::Coefficients(start.clone()),
        );
        if !moments.valid {
            return Err(Error::value(format!(
                "the {} family with the {} link has no valid means to start a penalised fit from; give start_params",
                model.family.name(),
                model.link.name()
            )));
        }
        return Ok((start, moments));
    }
    // A penalty that nothing overcomes leaves the coefficients without a penalty.
    let mut options = Irls {
        start: Some(start),
        ..unit.clone()
    };
    if let Some(absolute) = &mut options.absolute {
        absolute
            .each
            .iter_mut()
            .filter(|w| **w > 0.0)
            .for_each(|w| *w = f64::MAX);
        absolute
            .groups
            .iter_mut()
            .for_each(|group| group.weight = f64::MAX);
    }
    let iteration = Iteration::new(options, columns, overview, model)?;
    let fit = iterate(iteration, design, observations, model)?;
    let moments = Moments {
        deviance: fit.deviance,
        pearson: fit.pearson,
        valid: true,
        gram: fit.gram,
    };
    Ok((fit.coefficients, moments))
}

/// The coefficient of the model that has only a constant.
fn constant(observations: &Observations<'_>, model: &Model) -> Result<f64> {
    let design = Design::intercept(observations.rows());
    Ok(Irls::default()
        .fit(&design, observations, model)?
        .coefficients[0])
}

/// The least α that leaves all penalised coefficients zero, from the penalty for α = 1 and the score at zero.
fn largest(unit: &Absolute, score: &[f64]) -> f64 {
    let each = score
        .iter()
        .zip(&unit.each)
        .filter(|(_, weight)| **weight > 0.0);
    let alone = each.map(|(score, weight)| score.abs() / weight);
    let together = unit.groups.iter().map(|group| {
        let squares = group.columns.iter().map(|column| score[*column].powi(2));
        squares.sum::<f64>().sqrt() / group.weight
    });
    alone.chain(together).fold(0.0, f64::max)
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
