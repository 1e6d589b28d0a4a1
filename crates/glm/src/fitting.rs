//! From a request and data to a fitted model.

use std::borrow::Cow;

use crate::design_matrix::Design;
use crate::error::{Error, Result};
use crate::families::{Family, FamilySpec, Theta, estimate_theta};
use crate::fold::Model;
use crate::formula::{Column, Frame, Recipe, Unseen, parse, response};
use crate::links::LinkSpec;
use crate::observations::Observations;
use crate::penalized::fit_elastic_net;
use crate::regularization::Weights;
use crate::request::{Dispersion, Fitted, Missing, Request, Roles};
use crate::solvers::{Fit, Irls};

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

/// What is known of each row besides its predictors.
pub(crate) fn observations<'a>(
    frame: &'a Frame<'_>,
    recipe: &Recipe,
    roles: &Roles,
    family: &dyn Family,
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
    if family.name() == "Binomial" && trials.is_none() && response.values.iter().any(is_share) {
        trials = prior.take();
    }
    let observations = Observations {
        response: response.values,
        offset: offsets(frame, recipe, roles)?.map(Cow::Owned),
        prior,
        trials,
        frequency: column(&roles.freq_weights)?,
    };
    observations.validate(family)?;
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
    for name in request.roles.names() {
        let values = role(frame, name)?;
        if let Some(row) = values.iter().position(|value| value.is_nan()) {
            return Err(Error::value(format!(
                "{name} is missing in row {row}; offsets, exposures and weights must be known"
            )));
        }
    }
    let (dropped, _) = complete(frame, request.missing)?;
    if frame.rows() == 0 {
        return Err(Error::value(format!(
            "nothing is left to fit: all {dropped} rows have missing values"
        )));
    }
    let mut taken: Vec<&str> = request.roles.names().collect();
    if let Some(left) = &formula.response {
        left.for_names(&mut |name| taken.push(name));
    }
    let others: Vec<String> = names
        .iter()
        .filter(|name| !taken.contains(&name.as_str()))
        .cloned()
        .collect();
    let recipe = Recipe::learn(&formula, frame, &others)?;
    if recipe.names.is_empty() {
        return Err(Error::value(format!(
            "the formula '{}' has no terms at all, not even a constant",
            request.formula
        )));
    }
    Ok((recipe, dropped))
}

/// Fits what a request asks for. `names` are the data's columns, for the dot of a formula.
///
/// # Errors
/// If the data do not fit the model; the message says which, and what to do.
pub fn fit(request: &Request, mut frame: Frame<'_>, names: &[String]) -> Result<Fitted> {
    let (recipe, dropped) = learn(request, &mut frame, names)?;
    let design = recipe.design(&frame, Unseen::Raise)?;
    let family = request.family.build()?;
    let observations = observations(&frame, &recipe, &request.roles, family.as_ref())?;
    let weights = match &request.penalty {
        None => None,
        Some(penalty) => Some(penalty.weights(&recipe.names, &observations)?),
    };
    if weights.is_none() && design.columns() > design.rows() {
        return Err(Error::value(format!(
            "there are {} coefficients, but only {} rows; leave terms out, or give a penalty with alpha=",
            design.columns(),
            design.rows()
        )));
    }
    let irls = solver(request, &design, &recipe, weights.as_ref())?;
    let link = request.link()?;
    let (family, link, theta, fit) = if request.estimate_theta {
        with_theta(&irls, &design, &observations, &request.family, link)?
    } else {
        let model = Model {
            family,
            link: link.build()?,
        };
        let fit = match &weights {
            Some(weights) if weights.lasso.iter().any(|lasso| *lasso > 0.0) => fit_elastic_net(
                request,
                &design,
                &observations,
                &model,
                weights,
                recipe.intercept,
            )?,
            _ => irls.fit(&design, &observations, &model)?,
        };
        (request.family.clone(), link, None, fit)
    };
    let found = (family, link, theta);
    finish(request, recipe, &observations, fit, found, dropped)
}

fn solver(
    request: &Request,
    design: &Design<'_>,
    recipe: &Recipe,
    weights: Option<&Weights>,
) -> Result<Irls> {
    let columns = design.columns();
    let mut irls = Irls::default();
    if let Some(start) = &request.start
        && start.len() != columns
    {
        return Err(Error::value(format!(
            "start_params has {} elements, but there are {columns} coefficients: {}",
            start.len(),
            recipe.names.join(", ")
        )));
    }
    irls.start.clone_from(&request.start);
    irls.penalty = weights.map(|weights| {
        let mut matrix = vec![0.0; columns * columns];
        for (index, value) in weights.ridge.iter().enumerate() {
            matrix[index * (columns + 1)] = *value;
        }
        matrix
    });
    if let Some(iterations) = request.max_iterations {
        irls.max_iterations = iterations;
    }
    if let Some(tolerance) = request.tolerance {
        irls.tolerance = tolerance;
    }
    Ok(irls)
}

/// θ by maximum likelihood given the means, and the means given θ, in turn until neither changes.
fn with_theta(
    irls: &Irls,
    design: &Design<'_>,
    observations: &Observations<'_>,
    family: &FamilySpec,
    link: LinkSpec,
) -> Result<(FamilySpec, LinkSpec, Option<Theta>, Fit)> {
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
        let mut fit = irls.fit(design, observations, &model)?;
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
            return Ok((spec, link, known, fit));
        }
    }
    Err(Error::value(format!(
        "theta of the negative binomial family did not settle in {ALTERNATIONS} rounds; give theta"
    )))
}

fn finish(
    request: &Request,
    recipe: Recipe,
    observations: &Observations<'_>,
    fit: Fit,
    (family, link, theta): (FamilySpec, LinkSpec, Option<Theta>),
    dropped: usize,
) -> Result<Fitted> {
    let nobs = observations.count();
    let mut notes = Vec::new();
    let aliased: Vec<&str> = recipe
        .names
        .iter()
        .zip(&fit.aliased)
        .filter(|(_, aliased)| **aliased)
        .map(|(name, _)| name.as_str())
        .collect();
    if !aliased.is_empty() {
        notes.push(format!(
            "{} coefficient(s) not defined because of linear dependence: {}",
            aliased.len(),
            aliased.join(", ")
        ));
    }
    let edf = match &request.penalty {
        None => None,
        Some(_) if fit.inverse.iter().all(|entry| entry.is_nan()) => Some(fit.rank as f64),
        Some(_) => Some(effective_degrees(&fit)),
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
        rows: observations.rows(),
        nobs,
        dropped,
        converged: fit.converged,
        n_iter: fit.iterations,
        history: fit.history,
        theta: None,
        edf,
        notes,
        coefficients: fit.coefficients,
        covariance: fit.inverse,
    };
    if let Some(theta) = theta {
        fitted.set_theta(theta);
    }
    Ok(fitted)
}

/// The trace of (X′WX + P)⁻¹ X′WX.
fn effective_degrees(fit: &Fit) -> f64 {
    let products = fit.inverse.iter().zip(&fit.gram.matrix);
    products.map(|(a, b)| a * b).filter(|x| !x.is_nan()).sum()
}
