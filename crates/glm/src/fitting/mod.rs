//! From a request and data to a fitted model.

mod outcome;
mod problem;
mod roles;

use crate::design_matrix::{Design, Layout};
use crate::error::{Error, Result};
use crate::families::{FamilySpec, Theta, estimate_theta};
use crate::fold::Model;
use crate::formula::{Frame, Recipe};
use crate::links::LinkSpec;
use crate::observations::Observations;
use crate::request::{Dispersion, Fitted, Request, Solver};
use crate::smooths::{Selection, Smoother, smooth_terms};
use crate::solvers::{Fit, Irls, LimitsSpec, lbfgs};

pub(crate) use outcome::finish;
pub(crate) use problem::{Problem, learn, solver};
pub(crate) use roles::{check_roles, complete, observations, offsets, others};

use problem::{check_start, check_width};

/// How often θ and the coefficients are estimated in turn.
const ALTERNATIONS: usize = 100;

/// Fits what a request asks for. `names` are the data's columns, for the dot of a formula.
///
/// # Errors
/// If the data do not fit the model; the message says which, and what to do.
pub fn fit(request: &Request, mut frame: Frame<'_>, names: &[String]) -> Result<Fitted> {
    let (recipe, dropped) = learn(request, &mut frame, names)?;
    let problem = Problem::new(request, &recipe, &frame)?;
    if chosen(request, &recipe, &problem.design)? == Solver::Lbfgs {
        return by_gradients(request, recipe, &problem, dropped);
    }
    let irls = problem.solver(request, &recipe)?;
    let smoother = Smoother::new(request, &recipe);
    let Problem {
        design,
        observations,
        overview,
        model,
    } = &problem;
    let link = request.link()?;
    let (family, link, theta, (fit, selection)) = if request.estimate_theta {
        let data = (design, observations);
        with_theta(&irls, &smoother, data, &request.family, link)?
    } else {
        let fit = smoother.fit(&irls, design, observations, model)?;
        (request.family.clone(), link, None, fit)
    };
    let found = (family, link, theta);
    let smooth = selection.map(|selection| (selection, fit.clone()));
    let mut fitted = finish(
        request,
        recipe,
        overview,
        design.rows(),
        fit,
        found,
        dropped,
    )?;
    if let Some((selection, fit)) = smooth {
        let estimated = match request.dispersion {
            Dispersion::Default => !model.family.has_fixed_dispersion(),
            Dispersion::Fixed(_) => false,
            _ => true,
        };
        let df_resid = fitted.nobs - fitted.edf.unwrap_or(fitted.rank as f64);
        let dispersion = (fitted.scale, estimated, df_resid);
        fitted.criterion = Some(selection.criterion);
        fitted.smooths = smooth_terms(&smoother.penalties, &selection.lambdas, &fit, dispersion);
    }
    Ok(fitted)
}

/// The most memory that normal equations may take before a fit does without them.
const MOST: u64 = 2 << 30;

/// The solver for a design, gradients only being for those that leave no other way.
fn chosen(request: &Request, recipe: &Recipe, design: &Design<'_>) -> Result<Solver> {
    let bytes = Layout::new(design).bytes(design.columns());
    let plain = request.limits == LimitsSpec::default()
        && !request.estimate_theta
        && !recipe.has_smooths()
        && !recipe.has_signs()
        && request
            .penalty
            .as_ref()
            .is_none_or(|penalty| penalty.is_diagonal());
    match request.solver {
        Solver::Auto if bytes > MOST && plain => Ok(Solver::Lbfgs),
        Solver::Lbfgs if !plain => Err(Error::unsupported(
            "the solver 'lbfgs' takes ridge penalties only: neither l1_ratio, groups, a matrix P2, bounds or \
             inequalities, nor theta to be estimated, nor smooth or monotone terms",
        )),
        Solver::Lbfgs => Ok(Solver::Lbfgs),
        _ if bytes > 8 * MOST => Err(Error::value(format!(
            "the {} coefficients would need {:.0} GB of memory for their products; without bounds and penalties on \
             absolute values, solver='lbfgs' does with less",
            design.columns(),
            bytes as f64 / 1e9
        ))),
        other => Ok(other),
    }
}

/// A fit without normal equations, and so without a covariance.
fn by_gradients(
    request: &Request,
    recipe: Recipe,
    problem: &Problem<'_>,
    dropped: usize,
) -> Result<Fitted> {
    let Problem {
        design,
        observations,
        overview,
        model,
    } = problem;
    check_start(request, &recipe)?;
    check_width(request, &recipe, design.rows())?;
    let options = Irls {
        start: request.start.clone(),
        max_iterations: request
            .max_iterations
            .unwrap_or(Irls::default().max_iterations),
        tolerance: request.tolerance.unwrap_or(Irls::default().tolerance),
        gradient_tolerance: request.gradient_tolerance.map(|t| t * overview.weight()),
        ..Irls::default()
    };
    let ridge = match &request.penalty {
        None => vec![0.0; design.columns()],
        Some(penalty) => penalty.ridge(&recipe, overview.weight())?,
    };
    let fit = lbfgs::fit(&options, &ridge, design, observations, model)?;
    let found = (request.family.clone(), request.link()?, None);
    finish(
        request,
        recipe,
        overview,
        design.rows(),
        fit,
        found,
        dropped,
    )
}

/// θ by maximum likelihood given the means, and the means given θ, in turn until neither changes.
fn with_theta(
    irls: &Irls,
    smoother: &Smoother,
    (design, observations): (&Design<'_>, &Observations<'_>),
    family: &FamilySpec,
    link: LinkSpec,
) -> Result<(
    FamilySpec,
    LinkSpec,
    Option<Theta>,
    (Fit, Option<Selection>),
)> {
    let FamilySpec::NegativeBinomial { theta: start } = *family else {
        return Err(Error::value(
            "only the negative binomial family has a theta to estimate",
        ));
    };
    let mut irls = irls.clone();
    let mut spec = FamilySpec::NegativeBinomial { theta: start };
    let mut link = link;
    let mut known: Option<Theta> = None;
    let mut weights = vec![0.0; design.rows()];
    observations.fill_weights(0, &mut weights);
    let mut iterations = 0;
    for round in 0..ALTERNATIONS {
        // Before anything is known of θ the means are those of a Poisson fit.
        let family = if round == 0 {
            FamilySpec::Poisson.build()?
        } else {
            spec.build()?
        };
        let model = Model {
            family,
            link: link.build()?,
        };
        let (mut fit, selection) = smoother.fit(&irls, design, observations, &model)?;
        iterations += fit.iterations;
        let beta: Vec<f64> = fit
            .coefficients
            .iter()
            .map(|b| if b.is_nan() { 0.0 } else { *b })
            .collect();
        let mut eta = vec![0.0; design.rows()];
        observations.fill_offset(0, &mut eta);
        design.add_matvec(&beta, &mut eta);
        let mu: Vec<f64> = eta.iter().map(|eta| model.link.inverse(*eta)).collect();
        let theta = estimate_theta(
            &observations.response,
            &mu,
            &weights,
            known.map(|t| t.value),
        )?;
        let settled = known.is_some_and(|k| (k.value - theta.value).abs() <= 1e-11 * theta.value);
        known = Some(theta);
        spec = FamilySpec::NegativeBinomial { theta: theta.value };
        if let LinkSpec::NegativeBinomial { .. } = link {
            link = LinkSpec::NegativeBinomial { theta: theta.value };
        }
        irls.start = Some(beta);
        if settled {
            fit.iterations = iterations;
            return Ok((spec, link, known, (fit, selection)));
        }
    }
    Err(Error::value(format!(
        "theta of the negative binomial family did not settle in {ALTERNATIONS} rounds; give theta"
    )))
}
