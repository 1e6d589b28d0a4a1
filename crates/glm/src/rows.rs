//! What a fitted model says of each row: predictions, residuals, influence, and the likelihood.

use crate::Design;
use crate::error::{Error, Result};
use crate::families::Weight;
use crate::fitting::{complete, observations, offsets};
use crate::fold::{Model, Start, fold};
use crate::formula::{Frame, Unseen};
use crate::observations::Observations;
use crate::request::Fitted;
use crate::solvers::{Cholesky, Irls};

/// Predictions for new data.
#[derive(Clone, Debug)]
pub struct Prediction {
    /// The linear predictors.
    pub eta: Vec<f64>,
    /// The means.
    pub mu: Vec<f64>,
    /// dμ/dη.
    pub slope: Vec<f64>,
    /// x′Vx of each row, the variance of the linear predictor for φ = 1, if it was asked for.
    pub variance: Option<Vec<f64>>,
    /// The rows that are predicted, where rows with missing values were left out.
    pub kept: Option<Vec<usize>>,
}

/// Predicts from data that have the columns the formula names.
///
/// # Errors
/// If a column is missing, of another kind, has an unknown level, or a value out of range.
pub fn predict(
    fitted: &Fitted,
    mut frame: Frame<'_>,
    unseen: Unseen,
    with_variance: bool,
) -> Result<Prediction> {
    let (_, kept) = complete(&mut frame, fitted.missing)?;
    let model = fitted.model()?;
    let design = fitted.recipe.design(&frame, unseen)?;
    let offset = offsets(&frame, &fitted.recipe, &fitted.roles)?;
    let mut eta = offset.unwrap_or_else(|| vec![0.0; design.rows()]);
    design.add_matvec(&fitted.effective_coefficients(), &mut eta);
    let link = &model.link;
    let mu = eta.iter().map(|eta| link.inverse(*eta)).collect();
    let slope = eta
        .iter()
        .map(|eta| link.inverse_derivative(*eta))
        .collect();
    let variance = match with_variance {
        true => Some(design.quadratic_forms(&covariance(fitted)?)),
        false => None,
    };
    Ok(Prediction {
        variance,
        eta,
        mu,
        slope,
        kept,
    })
}

/// The covariance with zeros for aliased columns.
fn covariance(fitted: &Fitted) -> Result<Vec<f64>> {
    let k = fitted.coefficients.len();
    if fitted.covariance.len() != k * k {
        return Err(Error::value(
            "the fit was asked for no covariance of its coefficients, which is needed here",
        ));
    }
    let zero = |value: &f64| if value.is_nan() { 0.0 } else { *value };
    Ok(fitted.covariance.iter().map(zero).collect())
}

/// The model on the data it was fitted to.
#[derive(Debug)]
pub struct Rows<'a> {
    pub(crate) fitted: &'a Fitted,
    pub(crate) model: Model,
    pub(crate) design: Design<'a>,
    pub(crate) observations: Observations<'a>,
    pub(crate) eta: Vec<f64>,
    pub(crate) mu: Vec<f64>,
    slopes: Vec<f64>,
}

impl<'a> Rows<'a> {
    /// The model on data whose missing rows were left out.
    ///
    /// # Errors
    /// If the data are not those that the model was fitted to.
    pub fn new(fitted: &'a Fitted, frame: &'a Frame<'_>) -> Result<Self> {
        let model = fitted.model()?;
        let design = fitted.recipe.fitting_design(frame)?;
        let observations = observations(
            frame,
            &fitted.recipe,
            &fitted.roles,
            model.family.as_ref(),
            fitted.shares,
        )?;
        let mut eta = vec![0.0; design.rows()];
        observations.fill_offset(0, &mut eta);
        design.add_matvec(&fitted.effective_coefficients(), &mut eta);
        let (mut mu, mut slopes) = (eta.clone(), eta.clone());
        model.link.inverses(&eta, &mut mu, &mut slopes);
        Ok(Self {
            fitted,
            model,
            design,
            observations,
            eta,
            mu,
            slopes,
        })
    }

    /// A quantity by its name, one value a row.
    ///
    /// # Errors
    /// If there is no quantity of that name.
    pub fn quantity(&self, name: &str) -> Result<Vec<f64>> {
        let rows = 0..self.mu.len();
        Ok(match name {
            "eta" => self.eta.clone(),
            "mu" => self.mu.clone(),
            "response" => self.observations.response.to_vec(),
            "weights" => rows.map(|row| self.observations.weight(row)).collect(),
            "trials" => rows
                .map(|row| self.observations.likelihood_weight(row).trials)
                .collect(),
            "freq_weights" => rows.map(|row| self.observations.frequency(row)).collect(),
            "resid_response" => rows.map(|row| self.residual(row)).collect(),
            "resid_working" => rows
                .map(|row| self.residual(row) / self.slope(row))
                .collect(),
            "resid_pearson" => rows
                .map(|row| self.residual(row) * (self.precision(row) / self.variance(row)).sqrt())
                .collect(),
            "resid_deviance" => rows.map(|row| self.deviance_residual(row)).collect(),
            "resid_anscombe" => rows
                .map(|row| {
                    let residual = self
                        .model
                        .family
                        .anscombe(self.observations.response[row], self.mu[row]);
                    residual * self.precision(row).sqrt()
                })
                .collect(),
            "working_weights" => rows.map(|row| self.information(row)).collect(),
            "score_factor" => rows.map(|row| self.score_factor(row)).collect(),
            "hessian_factor" => rows.map(|row| self.observed_information(row)).collect(),
            "log_likelihood" => rows
                .map(|row| self.log_likelihood_of(row, self.fitted.scale))
                .collect(),
            "leverage" => self.leverage()?,
            "covariance" => self.covariance()?,
            _ => return Err(Error::value(format!("there is no quantity '{name}'"))),
        })
    }

    /// (X′WX)⁻¹ by rows, of a fit that was asked for none.
    fn covariance(&self) -> Result<Vec<f64>> {
        if self.fitted.constrained {
            return Err(Error::value(
                "a fit with penalties or bounds by the solver 'lbfgs' has no covariance",
            ));
        }
        let start = Start::Coefficients(self.fitted.effective_coefficients());
        let moments = fold(&self.design, &self.observations, &self.model, &start);
        Ok(Cholesky::new(&moments.gram.matrix, moments.gram.columns).inverse())
    }

    pub(crate) fn residual(&self, row: usize) -> f64 {
        self.observations.response[row] - self.mu[row]
    }

    pub(crate) fn slope(&self, row: usize) -> f64 {
        self.slopes[row]
    }

    pub(crate) fn variance(&self, row: usize) -> f64 {
        self.model.family.variance(self.mu[row])
    }

    /// The weight of one observation of the row, however often it was observed.
    fn precision(&self, row: usize) -> f64 {
        let weight = self.observations.likelihood_weight(row);
        weight.prior * weight.trials
    }

    fn deviance_residual(&self, row: usize) -> f64 {
        let y = self.observations.response[row];
        let deviance = self.precision(row) * self.model.family.unit_deviance(y, self.mu[row]);
        deviance.max(0.0).sqrt().copysign(y - self.mu[row])
    }

    /// The expected information of the row's linear predictor, for φ = 1.
    pub(crate) fn information(&self, row: usize) -> f64 {
        let slope = self.slope(row);
        self.observations.weight(row) * slope * slope / self.variance(row)
    }

    /// What each column of the design is multiplied with in the row's score, for φ = 1.
    pub(crate) fn score_factor(&self, row: usize) -> f64 {
        self.observations.weight(row) * self.residual(row) * self.slope(row) / self.variance(row)
    }

    /// The observed information of the row's linear predictor, for φ = 1 (McCullagh & Nelder, section 2.5).
    pub(crate) fn observed_information(&self, row: usize) -> f64 {
        let (slope, variance) = (self.slope(row), self.variance(row));
        let curvature = self.model.link.inverse_derivative2(self.eta[row]) / variance
            - slope * slope * self.model.family.variance_derivative(self.mu[row])
                / (variance * variance);
        self.information(row) - self.observations.weight(row) * self.residual(row) * curvature
    }

    fn log_likelihood_of(&self, row: usize, scale: f64) -> f64 {
        let weight = self.observations.likelihood_weight(row);
        likelihood(
            &self.model,
            self.observations.response[row],
            self.mu[row],
            weight,
            scale,
        ) * self.observations.frequency(row)
    }

    /// hᵢᵢ: the share that an observation has in its own fitted value.
    pub(crate) fn leverage(&self) -> Result<Vec<f64>> {
        let mut forms = self.design.quadratic_forms(&covariance(self.fitted)?);
        for (row, form) in forms.iter_mut().enumerate() {
            *form *= self.information(row);
        }
        Ok(forms)
    }

    /// The log-likelihood with all constants. The normal distribution's has the dispersion that maximises it.
    pub fn log_likelihood(&self, scale: f64) -> f64 {
        let scale = match self.model.family.name() {
            "Gaussian" => self.fitted.deviance / self.fitted.nobs,
            _ => scale,
        };
        (0..self.mu.len())
            .map(|row| self.log_likelihood_of(row, scale))
            .sum()
    }

    /// The deviance and the log-likelihood of the model that has only a constant, and the same offset.
    ///
    /// # Errors
    /// If that model has no fit.
    pub fn null_model(&self) -> Result<(f64, f64)> {
        let rows = self.observations.rows();
        let fit = Irls::default().fit(&Design::intercept(rows), &self.observations, &self.model)?;
        let mut eta = vec![0.0; rows];
        self.observations.fill_offset(0, &mut eta);
        let scale = match self.model.family.name() {
            "Gaussian" => fit.deviance / self.observations.count(),
            _ => self.fitted.scale,
        };
        let terms = eta.iter().enumerate().map(|(row, offset)| {
            let mu = self.model.link.inverse(offset + fit.coefficients[0]);
            let weight = self.observations.likelihood_weight(row);
            likelihood(
                &self.model,
                self.observations.response[row],
                mu,
                weight,
                scale,
            ) * self.observations.frequency(row)
        });
        Ok((fit.deviance, terms.sum()))
    }

    /// The design, expanded, by rows.
    pub fn design_matrix(&self) -> Vec<f64> {
        (0..self.design.rows())
            .flat_map(|row| self.design.row(row))
            .collect()
    }
}

fn likelihood(model: &Model, y: f64, mu: f64, weight: Weight, scale: f64) -> f64 {
    if weight.prior == 0.0 || weight.trials == 0.0 {
        return 0.0;
    }
    model.family.log_likelihood(y, mu, weight, scale)
}
