//! The quasi-Newton method of limited memory, which needs gradients only: for designs with so many columns that their
//! products with each other would not fit (Nocedal & Wright 2006, *Numerical Optimization*, algorithm 7.4).

use std::collections::VecDeque;

use super::irls::origin;
use super::quadratic::dot;
use super::{Fit, Irls};
use crate::design_matrix::{Design, Gram};
use crate::error::{Error, Result};
use crate::fold::{Model, Start};
use crate::gradient::{Slope, slope};
use crate::observations::{Observations, Overview};

/// How many steps are remembered.
const MEMORY: usize = 20;
/// How often a step that is too long is halved.
const HALVINGS: usize = 40;
/// What share of the gain that the gradient promises a step must bring (Armijo 1966).
const SUFFICIENT: f64 = 1e-4;
/// The share of the objective that the last step would gain.
const TOLERANCE: f64 = 1e-15;
/// The most steps, if no number was given.
const STEPS: usize = 1000;

/// A place with what the rows say of it.
struct Position {
    beta: Vec<f64>,
    slope: Slope,
    /// The deviance with penalties.
    objective: f64,
    /// The gradient of half the objective.
    gradient: Vec<f64>,
}

/// Fits a model by gradients; `ridge` is the diagonal of the penalty β′Pβ that is added to the deviance.
///
/// The result has no X′WX: its `gram` has the diagonal only.
pub(crate) fn fit(
    options: &Irls,
    ridge: &[f64],
    design: &Design<'_>,
    observations: &Observations<'_>,
    model: &Model,
) -> Result<Fit> {
    let at = |beta: Vec<f64>| {
        let slope = slope(
            design,
            observations,
            model,
            &Start::Coefficients(beta.clone()),
        );
        let pull = beta.iter().zip(ridge).map(|(b, r)| b * r);
        let gradient = pull
            .zip(&slope.score)
            .map(|(pull, score)| pull - score)
            .collect();
        let squares: f64 = beta.iter().zip(ridge).map(|(b, r)| r * b * b).sum();
        Position {
            objective: slope.deviance + squares,
            gradient,
            slope,
            beta,
        }
    };
    let overview = Overview::new(observations);
    let mut position = at(match &options.start {
        Some(start) => start.clone(),
        None => start(design, observations, model, &overview),
    });
    if !position.slope.valid {
        return Err(Error::value(format!(
            "the {} family with the {} link has no valid means to start from; give start_params",
            model.family.name(),
            model.link.name()
        )));
    }
    let mut memory: VecDeque<(Vec<f64>, Vec<f64>)> = VecDeque::new();
    let mut history = Vec::new();
    let steps = if options.max_iterations == Irls::default().max_iterations {
        STEPS
    } else {
        options.max_iterations
    };
    let converged = loop {
        // Each coordinate in units of its own curvature.
        let scale: Vec<f64> = position
            .slope
            .diagonal
            .iter()
            .zip(ridge)
            .map(|(d, r)| if d + r > 0.0 { (d + r).recip() } else { 0.0 })
            .collect();
        let mut step = direction(&position.gradient, &scale, &memory);
        let mut promise = dot(&step, &position.gradient);
        if promise >= 0.0 {
            memory.clear();
            step = direction(&position.gradient, &scale, &memory);
            promise = dot(&step, &position.gradient);
        }
        let size = position.objective.abs() + 0.1;
        let gradient = position
            .gradient
            .iter()
            .fold(0.0_f64, |most, g| most.max(g.abs()));
        let done = match options.gradient_tolerance {
            Some(tolerance) => gradient <= tolerance,
            None => -promise <= TOLERANCE.max(options.tolerance) * size,
        };
        if done || history.len() >= steps {
            break done;
        }
        let mut length = 1.0;
        let found = (0..HALVINGS).find_map(|_| {
            let each = position.beta.iter().zip(&step);
            let next = at(each.map(|(b, s)| b + length * s).collect());
            // Half the objective falls by the gradient; rounding is allowed for.
            let enough = position.objective + 2.0 * SUFFICIENT * length * promise + 1e-14 * size;
            length *= 0.5;
            (next.slope.valid && next.objective <= enough).then_some(next)
        });
        let Some(next) = found else {
            // Rounding is all that is left, if the promise was small.
            break -promise <= 1e-10 * size;
        };
        let moved: Vec<f64> = next
            .beta
            .iter()
            .zip(&position.beta)
            .map(|(a, b)| a - b)
            .collect();
        let bent: Vec<f64> = next
            .gradient
            .iter()
            .zip(&position.gradient)
            .map(|(a, b)| a - b)
            .collect();
        if dot(&moved, &bent) > 1e-12 * dot(&bent, &bent).sqrt() * dot(&moved, &moved).sqrt() {
            memory.push_back((moved, bent));
            if memory.len() > MEMORY {
                memory.pop_front();
            }
        }
        history.push(next.slope.deviance);
        position = next;
    };
    let columns = design.columns();
    Ok(Fit {
        aliased: vec![false; columns],
        bounded: vec![false; columns],
        unsettled: Vec::new(),
        rank: columns,
        deviance: position.slope.deviance,
        pearson: position.slope.pearson,
        converged,
        iterations: history.len(),
        history,
        gradient: position
            .gradient
            .iter()
            .fold(0.0, |most, g| most.max(g.abs())),
        gram: Gram {
            columns,
            matrix: position.slope.diagonal,
            score: position.slope.score,
        },
        coefficients: position.beta,
        inverse: None,
    })
}

/// Coefficients from one step along the diagonal, as far as it is worth: all zero but those of single columns.
fn start(
    design: &Design<'_>,
    observations: &Observations<'_>,
    model: &Model,
    overview: &Overview,
) -> Vec<f64> {
    let first = slope(design, observations, model, &origin(overview, model));
    let mut beta = vec![0.0; design.columns()];
    // A constant, if there is one, takes it all.
    if let (Some(beta), Some(score), Some(curve)) = (
        beta.first_mut(),
        first.score.first(),
        first.diagonal.first(),
    ) && *curve > 0.0
    {
        *beta = score / curve;
    }
    beta
}

/// Minus the gradient times an estimate of the inverse curvature, by the two loops over the memory.
fn direction(gradient: &[f64], scale: &[f64], memory: &VecDeque<(Vec<f64>, Vec<f64>)>) -> Vec<f64> {
    let mut q: Vec<f64> = gradient.iter().map(|g| -g).collect();
    let mut weights = Vec::with_capacity(memory.len());
    for (moved, bent) in memory.iter().rev() {
        let weight = dot(moved, &q) / dot(moved, bent);
        q.iter_mut().zip(bent).for_each(|(q, y)| *q -= weight * y);
        weights.push(weight);
    }
    q.iter_mut().zip(scale).for_each(|(q, s)| *q *= s);
    for ((moved, bent), weight) in memory.iter().zip(weights.iter().rev()) {
        let other = dot(bent, &q) / dot(moved, bent);
        q.iter_mut()
            .zip(moved)
            .for_each(|(q, s)| *q += s * (weight - other));
    }
    q
}
