//! What is kept of a fit.

use crate::error::{Error, Result};
use crate::families::{FamilySpec, Theta};
use crate::formula::Recipe;
use crate::links::LinkSpec;
use crate::observations::Overview;
use crate::request::{Dispersion, Fitted, Request};
use crate::solvers::{Fit, LimitsSpec};

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
