//! What is to be fitted: the formula read, the design made, and the solver that a request asks for.

use super::roles::{check_roles, complete, observations, others};
use crate::design_matrix::Design;
use crate::error::{Error, Result};
use crate::fold::Model;
use crate::formula::{Frame, Recipe, parse};
use crate::observations::{Observations, Overview};
use crate::request::{Request, Solver};
use crate::solvers::{Absolute, Irls, Limits};

/// Reads the formula and learns what it needs to know of the data, less rows with missing values; says how many
/// these were.
pub(crate) fn learn(
    request: &Request,
    frame: &mut Frame<'_>,
    names: &[String],
) -> Result<(Recipe, usize)> {
    request.validate()?;
    let formula = parse(&request.formula)?;
    if frame.rows() == 0 {
        return Err(Error::value("the data have no rows"));
    }
    check_roles(&request.roles, frame)?;
    let (dropped, _) = complete(frame, request.missing)?;
    if frame.rows() == 0 {
        return Err(Error::value(format!(
            "nothing is left to fit: all {dropped} rows have missing values"
        )));
    }
    let others = others(&request.roles, &formula, names);
    let recipe = Recipe::learn_for(&formula, frame, &others, (&request.roles, request.seed))?;
    if recipe.names.is_empty() {
        return Err(Error::value(format!(
            "the formula '{}' has no terms at all, not even a constant",
            request.formula
        )));
    }
    Ok((recipe, dropped))
}

/// A model with the data it is fitted to.
pub(crate) struct Problem<'a> {
    pub(crate) design: Design<'a>,
    pub(crate) observations: Observations<'a>,
    pub(crate) overview: Overview,
    pub(crate) model: Model,
}

impl<'a> Problem<'a> {
    /// What a request asks to fit, once it is known what columns there are.
    pub(crate) fn new(request: &Request, recipe: &Recipe, frame: &'a Frame<'_>) -> Result<Self> {
        let design = recipe.fitting_design(frame)?;
        let model = request.model()?;
        let observations =
            observations(frame, recipe, &request.roles, model.family.as_ref(), None)?;
        Ok(Self {
            design,
            overview: Overview::new(&observations),
            observations,
            model,
        })
    }

    /// The solver that a request asks for.
    pub(crate) fn solver(&self, request: &Request, recipe: &Recipe) -> Result<Irls> {
        solver(request, recipe, &self.overview, self.design.rows())
    }
}

/// Refuses starting values that are not one for each coefficient.
pub(super) fn check_start(request: &Request, recipe: &Recipe) -> Result<()> {
    if let Some(start) = &request.start
        && start.len() != recipe.names.len()
    {
        return Err(Error::value(format!(
            "start_params has {} elements, but there are {} coefficients: {}",
            start.len(),
            recipe.names.len(),
            recipe.names.join(", ")
        )));
    }
    Ok(())
}

/// Refuses more coefficients than rows, unless there is a penalty.
pub(super) fn check_width(request: &Request, recipe: &Recipe, rows: usize) -> Result<()> {
    let columns = recipe.names.len();
    let penalised = recipe.has_smooths() || request.penalty.as_ref().is_some_and(|p| p.alpha > 0.0);
    if !penalised && columns > rows {
        return Err(Error::value(format!(
            "there are {columns} coefficients, but only {rows} rows; leave terms out, or give a penalty with alpha="
        )));
    }
    Ok(())
}

/// The largest violation of the conditions of a minimum that penalties on absolute values leave, as a share of the sum
/// of weights.
const GRADIENT: f64 = 1e-9;

/// The solver that a request asks for, for so many rows.
pub(crate) fn solver(
    request: &Request,
    recipe: &Recipe,
    overview: &Overview,
    rows: usize,
) -> Result<Irls> {
    check_width(request, recipe, rows)?;
    check_start(request, recipe)?;
    let mut limits = Limits::from_spec(&request.limits, recipe)?;
    recipe.limit_signs(&mut limits)?;
    let limited = !limits.is_empty();
    let mut irls = Irls {
        start: request.start.clone(),
        // Penalties and limits change it, so it cannot be worked out afterwards from the data alone.
        covariance: request.covariance || request.penalty.is_some() || limited,
        ..Irls::default()
    };
    if let Some(penalty) = &request.penalty {
        penalty.apply(recipe, overview.weight(), &mut irls)?;
    }
    if request.solver == Solver::CoordinateDescent && irls.absolute.is_none() {
        irls.absolute = Some(Absolute {
            each: vec![0.0; recipe.names.len()],
            groups: Vec::new(),
        });
    }
    if limited {
        if irls.absolute.as_ref().is_some_and(|a| !a.groups.is_empty()) {
            return Err(Error::unsupported(
                "groups together with bounds or inequalities are not supported",
            ));
        }
        if irls.absolute.is_some() && !limits.inequalities.is_empty() {
            return Err(Error::unsupported(
                "l1_ratio together with A_ineq is not supported; bounds are",
            ));
        }
        irls.limits = Some(limits);
    }
    if let Some(iterations) = request.max_iterations {
        irls.max_iterations = iterations;
    }
    let selecting = irls.absolute.is_some();
    let default = selecting.then(|| request.tolerance.unwrap_or(GRADIENT));
    let gradient = request.gradient_tolerance.or(default);
    irls.gradient_tolerance = gradient.map(|tolerance| tolerance * overview.weight());
    irls.tolerance = request.tolerance.unwrap_or(irls.tolerance);
    Ok(irls)
}
