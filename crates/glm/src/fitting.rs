//! From a request and data to a fitted model.

use std::borrow::Cow;

use crate::design_matrix::{Design, Layout};
use crate::error::{Error, Result};
use crate::families::{Family, FamilySpec, Theta, estimate_theta};
use crate::fold::Model;
use crate::formula::{Column, Formula, Frame, Recipe, parse, response};
use crate::links::LinkSpec;
use crate::observations::{Observations, Overview};
use crate::request::{Dispersion, Fitted, Missing, Request, Roles, Solver};
use crate::smooths::{Selection, Smoother, smooth_terms};
use crate::solvers::{Absolute, Fit, Irls, Limits, LimitsSpec, lbfgs};

/// How often θ and the coefficients are estimated in turn.
const ALTERNATIONS: usize = 100;

/// A numeric column of a frame that a role names.
fn role<'a>(frame: &'a Frame<'_>, name: &str) -> Result<Cow<'a, [f64]>> {
    match frame.column(name)? {
        Column::Numeric(values) => Ok(Cow::Borrowed(values)),
        Column::Categorical { .. } => Err(Error::value(format!(
            "column '{name}' is categorical, but an offset or a weight is a number"
        ))),
    }
}

/// The offset of each row: that given, the logged exposure, and the formula's own.
pub(crate) fn offsets(
    frame: &Frame<'_>,
    recipe: &Recipe,
    roles: &Roles,
) -> Result<Option<Vec<f64>>> {
    let mut total = recipe.offset(frame)?;
    let mut add = |values: Vec<f64>| match &mut total {
        None => total = Some(values),
        Some(total) => {
            for (total, value) in total.iter_mut().zip(values) {
                *total += value;
            }
        }
    };
    if let Some(name) = &roles.offset {
        add(role(frame, name)?.into_owned());
    }
    if let Some(name) = &roles.exposure {
        let exposure = role(frame, name)?;
        if let Some(row) = exposure.iter().position(|e| !(*e > 0.0 && e.is_finite())) {
            return Err(Error::value(format!(
                "exposure must be positive and finite, but row {row} has {}; an offset is given with offset=",
                exposure[row]
            )));
        }
        add(exposure.iter().map(|exposure| exposure.ln()).collect());
    }
    Ok(total)
}

/// What is known of each row besides its predictors. If the rows are a part of the data only, `part` says whether any
/// response of all is a proportion.
pub(crate) fn observations<'a>(
    frame: &'a Frame<'_>,
    recipe: &Recipe,
    roles: &Roles,
    family: &dyn Family,
    part: Option<bool>,
) -> Result<Observations<'a>> {
    let Some(left) = &recipe.formula.response else {
        return Err(Error::value(format!(
            "the formula '{}' has no response: write it left of a '~'",
            recipe.formula.text
        )));
    };
    let response = response(left, frame)?;
    let column = |name: &Option<String>| name.as_deref().map(|name| role(frame, name)).transpose();
    let mut prior = column(&roles.weights)?;
    let mut trials = response.trials.map(Cow::Owned);
    let of_proportions = ["Binomial", "quasibinomial", "quasi"].contains(&family.name());
    if trials.is_some() && !of_proportions {
        return Err(Error::value(format!(
            "successes and failures are a response of the binomial family, not of the {} family",
            family.name()
        )));
    }
    // Weights of proportions are numbers of trials, as in R.
    let is_share = |y: &f64| *y > 0.0 && *y < 1.0;
    let shares = part.unwrap_or_else(|| response.values.iter().any(is_share));
    if family.name() == "Binomial" && trials.is_none() && shares {
        trials = prior.take();
    }
    let observations = Observations {
        response: response.values,
        offset: offsets(frame, recipe, roles)?.map(Cow::Owned),
        prior,
        trials,
        frequency: column(&roles.freq_weights)?,
    };
    observations.validate_rows(family)?;
    if part.is_none() {
        observations.validate_whole()?;
    }
    Ok(observations)
}

/// Leaves out, or refuses, rows with missing values.
pub(crate) fn complete(
    frame: &mut Frame<'_>,
    missing: Missing,
) -> Result<(usize, Option<Vec<usize>>)> {
    let before = frame.rows();
    let kept = frame.drop_missing();
    let dropped = before - frame.rows();
    if dropped > 0 && missing == Missing::Raise {
        return Err(Error::value(format!(
            "{dropped} of {before} rows have missing values; na_action='drop' leaves them out"
        )));
    }
    Ok((dropped, kept))
}

/// Refuses offsets and weights that are not known in each row.
pub(crate) fn check_roles(roles: &Roles, frame: &Frame<'_>) -> Result<()> {
    for name in roles.names() {
        let values = role(frame, name)?;
        if let Some(row) = values.iter().position(|value| value.is_nan()) {
            return Err(Error::value(format!(
                "{name} is missing in row {row}; offsets, exposures and weights must be known"
            )));
        }
    }
    Ok(())
}

/// The columns that a dot stands for, among those of these names.
pub(crate) fn others(roles: &Roles, formula: &Formula, names: &[String]) -> Vec<String> {
    let mut taken: Vec<&str> = roles.names().collect();
    if let Some(left) = &formula.response {
        left.for_names(&mut |name| taken.push(name));
    }
    let free = names.iter().filter(|name| !taken.contains(&name.as_str()));
    free.cloned().collect()
}

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
const MOST: usize = 2 << 30;

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

/// Refuses starting values that are not one for each coefficient.
fn check_start(request: &Request, recipe: &Recipe) -> Result<()> {
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
fn check_width(request: &Request, recipe: &Recipe, rows: usize) -> Result<()> {
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

/// What is kept of a fit to so many rows.
pub(crate) fn finish(
    request: &Request,
    recipe: Recipe,
    overview: &Overview,
    rows: usize,
    fit: Fit,
    (family, link, theta): (FamilySpec, LinkSpec, Option<Theta>),
    dropped: usize,
) -> Result<Fitted> {
    let nobs = overview.count();
    let mut notes = Vec::new();
    let aliased = names_where(&recipe.names, &fit.aliased);
    if !aliased.is_empty() {
        notes.push(format!(
            "{} coefficient(s) not defined because of linear dependence: {}",
            aliased.len(),
            aliased.join(", ")
        ));
    }
    let bounded: Vec<&str> = names_where(&recipe.names, &fit.bounded);
    if !fit.unsettled.is_empty() {
        let names = nearest(&recipe.names, &fit.unsettled);
        notes.push(if fit.converged {
            format!(
                "some fitted means are at the end of their range (separation): the coefficient(s) of {names} grow without \
                 bound; a penalty, alpha=, keeps them finite"
            )
        } else {
            format!(
                "the fit has not converged after {} iterations; what changes most is {names}; a larger maxiter=, a \
                 penalty or other start_params may help",
                fit.iterations
            )
        });
    }
    if !bounded.is_empty() {
        notes.push(format!(
            "{} coefficient(s) on a bound, where standard errors do not hold: {}",
            bounded.len(),
            bounded.join(", ")
        ));
    }
    let edf = match (&request.penalty, &fit.inverse) {
        (Some(penalty), _) if penalty.selects() => Some(fit.rank as f64),
        (penalty, Some(inverse)) if penalty.is_some() || recipe.has_smooths() => {
            Some(effective_degrees(inverse, &fit.gram.matrix))
        }
        _ => None,
    };
    let df_resid = nobs - edf.unwrap_or(fit.rank as f64);
    let scale = match request.dispersion {
        Dispersion::Default if family.build()?.has_fixed_dispersion() => 1.0,
        Dispersion::Default | Dispersion::Pearson => fit.pearson / df_resid,
        Dispersion::Deviance => fit.deviance / df_resid,
        Dispersion::Fixed(scale) if scale > 0.0 => scale,
        Dispersion::Fixed(scale) => {
            return Err(Error::value(format!("scale must be positive, not {scale}")));
        }
    };
    let constrained = request.penalty.is_some()
        || request.limits != LimitsSpec::default()
        || recipe.has_smooths()
        || recipe.has_signs();
    let mut fitted = Fitted {
        recipe,
        family,
        link,
        roles: request.roles.clone(),
        missing: request.missing,
        aliased: fit.aliased,
        rank: fit.rank,
        deviance: fit.deviance,
        pearson_chi2: fit.pearson,
        scale,
        rows,
        nobs,
        dropped,
        converged: fit.converged,
        n_iter: fit.iterations,
        history: fit.history,
        theta: None,
        edf,
        smooths: Vec::new(),
        criterion: None,
        notes,
        shares: None,
        constrained,
        gradient: fit.gradient / overview.weight(),
        coefficients: fit.coefficients,
        covariance: fit.inverse.unwrap_or_default(),
    };
    if let Some(theta) = theta {
        fitted.set_theta(theta);
    }
    Ok(fitted)
}

/// The names for which something holds.
fn names_where<'a>(names: &'a [String], holds: &[bool]) -> Vec<&'a str> {
    let each = names.iter().zip(holds).filter(|(_, holds)| **holds);
    each.map(|(name, _)| name.as_str()).collect()
}

/// Some names, and how many more there are.
fn nearest(names: &[String], columns: &[usize]) -> String {
    const SHOWN: usize = 8;
    let shown: Vec<&str> = columns
        .iter()
        .take(SHOWN)
        .map(|c| names[*c].as_str())
        .collect();
    match columns.len() - shown.len() {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// The trace of (X′WX + P)⁻¹ X′WX.
fn effective_degrees(inverse: &[f64], information: &[f64]) -> f64 {
    let products = inverse.iter().zip(information);
    products.map(|(a, b)| a * b).filter(|x| !x.is_nan()).sum()
}
