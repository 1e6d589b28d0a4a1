//! What columns stand for: offsets, weights, and which rows are complete.

use std::borrow::Cow;

use crate::error::{Error, Result};
use crate::families::Family;
use crate::formula::{Column, Formula, Frame, Recipe, response};
use crate::observations::Observations;
use crate::request::{Missing, Roles};

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
