//! A model before it is fitted: what can be asked of it at any coefficients.

use crate::error::Result;
use crate::families::FamilySpec;
use crate::fitting::{learn, observations};
use crate::fold::weighted_gram;
use crate::formula::Frame;
use crate::request::{Fitted, Request};
use crate::solvers::Cholesky;

/// A model whose coefficients are all zero, with what was learned of the data: how its design is made, which columns
/// depend on others, and how many observations there are.
///
/// # Errors
/// If the data do not fit the model.
pub fn prepare(request: &Request, mut frame: Frame<'_>, names: &[String]) -> Result<Fitted> {
    let (recipe, dropped) = learn(request, &mut frame, names)?;
    let design = recipe.fitting_design(&frame)?;
    let family: FamilySpec = request.family.clone();
    let observations = observations(
        &frame,
        &recipe,
        &request.roles,
        family.build()?.as_ref(),
        None,
    )?;
    let rows = design.rows();
    let gram = weighted_gram(&design, &vec![1.0; rows], &vec![0.0; rows]);
    let factor = Cholesky::new(&gram.matrix, gram.columns);
    let k = gram.columns;
    Ok(Fitted {
        link: request.link()?,
        family,
        roles: request.roles.clone(),
        missing: request.missing,
        aliased: factor.aliased().to_vec(),
        rank: factor.rank(),
        deviance: 0.0,
        pearson_chi2: 0.0,
        scale: 1.0,
        rows,
        nobs: observations.count(),
        dropped,
        converged: false,
        n_iter: 0,
        history: Vec::new(),
        theta: None,
        edf: None,
        smooths: Vec::new(),
        criterion: None,
        shares: None,
        constrained: false,
        gradient: f64::NAN,
        notes: Vec::new(),
        coefficients: vec![0.0; k],
        covariance: vec![0.0; k * k],
        recipe,
    })
}
