//! The search for λ: by the working linear models first, then by the model itself.
//!
//! Working models need no pass over the rows (Gu 1992, *Cross-validating non-Gaussian data*), so nearly all of the way
//! is cheap. Their criterion is that of the model only where the response is normal and the link the identity; elsewhere
//! the criterion of the model itself decides in the end (Wood 2011, *Fast stable restricted maximum likelihood and
//! marginal likelihood estimation of semiparametric generalized linear models*, JRSS B 73).

use std::f64::consts::TAU;

use serde::{Deserialize, Serialize};

use super::criterion::{Working, prediction_error};
use super::minimise::minimise;
use super::penalties::Penalties;
use crate::design_matrix::Design;
use crate::error::{Error, Result};
use crate::fold::{Model, Moments, Start, fold, weighted_gram};
use crate::formula::Recipe;
use crate::matrices::{dot, times};
use crate::observations::Observations;
use crate::request::{Dispersion, Request};
use crate::solvers::{Cholesky, Fit, Irls};

/// How far the logarithm of λ may go from where a penalty weighs as much as the data.
const REACH: f64 = 25.0;
/// The most rounds of fits and working models.
const ROUNDS: usize = 30;

/// What λ is chosen by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// Generalized cross-validation, or where the dispersion is known the un-biased risk.
    #[default]
    Gcv,
    /// Restricted maximum likelihood.
    Reml,
}

/// How λ is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Smoothing {
    /// By what.
    pub method: Method,
    /// What a degree of freedom counts for in cross-validation; more than 1 for smoother fits.
    pub gamma: f64,
}

impl Default for Smoothing {
    fn default() -> Self {
        Self {
            method: Method::Gcv,
            gamma: 1.0,
        }
    }
}

/// The λ chosen.
#[derive(Clone, Debug)]
pub(crate) struct Selection {
    pub(crate) lambdas: Vec<f64>,
    /// The criterion's value: GCV, un-biased risk, or the negative restricted log-likelihood.
    pub(crate) criterion: f64,
}

/// A model with its data and penalties.
struct Search<'a> {
    irls: &'a Irls,
    design: &'a Design<'a>,
    observations: &'a Observations<'a>,
    model: &'a Model,
    penalties: &'a Penalties,
    smoothing: Smoothing,
    /// φ, if it is known.
    scale: Option<f64>,
}

/// What a model's smooth terms ask for.
#[derive(Clone, Debug)]
pub(crate) struct Smoother {
    pub(crate) penalties: Penalties,
    smoothing: Smoothing,
    /// φ, if it is given.
    scale: Option<f64>,
}

impl Smoother {
    pub(crate) fn new(request: &Request, recipe: &Recipe) -> Self {
        Self {
            penalties: recipe.penalties(),
            smoothing: request.smoothing,
            scale: match request.dispersion {
                Dispersion::Fixed(scale) => Some(scale),
                _ => None,
            },
        }
    }

    /// Fits, and chooses λ if there are smooth terms.
    ///
    /// # Errors
    /// Those of a fit.
    pub(crate) fn fit(
        &self,
        irls: &Irls,
        design: &Design<'_>,
        observations: &Observations<'_>,
        model: &Model,
    ) -> Result<(Fit, Option<Selection>)> {
        let gamma = self.smoothing.gamma;
        if !(1.0..f64::INFINITY).contains(&gamma) {
            return Err(Error::value(format!(
                "gamma must be 1 or more, not {gamma}"
            )));
        }
        let Some(block) = self.penalties.blocks.first() else {
            return Ok((irls.fit(design, observations, model)?, None));
        };
        if irls.absolute.is_some() {
            return Err(Error::unsupported(format!(
                "l1_ratio is not supported with penalised smooths such as '{}'",
                block.name
            )));
        }
        let fixed = model.family.has_fixed_dispersion().then_some(1.0);
        let search = Search {
            irls,
            design,
            observations,
            model,
            penalties: &self.penalties,
            smoothing: self.smoothing,
            scale: self.scale.or(fixed),
        };
        let (fit, selection) = search.run()?;
        Ok((fit, Some(selection)))
    }
}

impl Search<'_> {
    fn run(&self) -> Result<(Fit, Selection)> {
        let centre = self.balance();
        let bounds: Vec<(f64, f64)> = centre.iter().map(|c| (c - REACH, c + REACH)).collect();
        let mut rho = centre;
        let mut fit = self.fit(&rho, self.irls.start.clone())?;
        let exact = self.model.family.name() == "Gaussian"
            && self.model.link.name() == "identity"
            && self.irls.limits.is_none();
        let tolerance = match self.smoothing.method {
            Method::Gcv => 1e-9,
            Method::Reml => 1e-6,
        };
        for round in 0..ROUNDS {
            if rho.is_empty() {
                break;
            }
            let beta = effective(&fit.coefficients);
            let sums = self.sums(&beta, &fit);
            let working = Working {
                gram: &sums.gram,
                start: &beta,
                square: sums.pearson,
                count: self.observations.count(),
                scale: self.scale,
                penalties: self.penalties,
                other: self.irls.penalty.as_deref(),
                method: self.smoothing.method,
                gamma: self.smoothing.gamma,
            };
            if round == 0 {
                rho = scan(&working, &rho);
            }
            let next = minimise(&mut |rho| working.evaluate(rho), &rho, &bounds, tolerance);
            let change = next
                .iter()
                .zip(&rho)
                .map(|(a, b)| (a - b).abs())
                .fold(0.0, f64::max);
            rho = next;
            fit = self.fit(&rho, Some(beta))?;
            if round > 0 && change < if exact { 1e-7 } else { 1e-3 } {
                break;
            }
        }
        if !exact && !rho.is_empty() {
            let mut start = effective(&fit.coefficients);
            let mut f = |rho: &[f64]| self.slope(rho, &mut start);
            let tolerance = match self.smoothing.method {
                Method::Gcv => 1e-7,
                Method::Reml => 1e-5,
            };
            rho = minimise(&mut f, &rho, &bounds, tolerance);
            fit = self.fit(&rho, Some(start))?;
        }
        let value = self.value(&rho, &fit);
        let logged = self.smoothing.method == Method::Gcv && self.scale.is_none();
        let selection = Selection {
            lambdas: self.penalties.lambdas(&rho),
            criterion: if logged { value.exp() } else { value },
        };
        Ok((fit, selection))
    }

    /// Logarithms of the λ for which penalties weigh as much as the data.
    fn balance(&self) -> Vec<f64> {
        let mut weights = vec![0.0; self.design.rows()];
        self.observations.fill_weights(0, &mut weights);
        let gram = weighted_gram(self.design, &weights, &vec![0.0; weights.len()]);
        let mut rho = Vec::new();
        let given = self.penalties.lambdas(&vec![0.0; self.penalties.free()]);
        self.penalties.for_free(&given, |block, part, _| {
            let (mut of_data, mut of_penalty) = (0.0, 0.0);
            for i in 0..block.width {
                let weight = part.matrix[i * (block.width + 1)];
                if weight > 0.0 {
                    of_data += gram.matrix[(block.start + i) * (gram.columns + 1)];
                    of_penalty += weight;
                }
            }
            let ratio: f64 = of_data / of_penalty;
            rho.push(if ratio > 0.0 && ratio.is_finite() {
                ratio.ln()
            } else {
                0.0
            });
        });
        rho
    }

    /// The matrix of all penalties.
    fn penalty(&self, rho: &[f64]) -> Vec<f64> {
        let k = self.design.columns();
        let mut total = self
            .irls
            .penalty
            .clone()
            .unwrap_or_else(|| vec![0.0; k * k]);
        self.penalties
            .add_to(&self.penalties.lambdas(rho), &mut total);
        total
    }

    fn fit(&self, rho: &[f64], start: Option<Vec<f64>>) -> Result<Fit> {
        let mut irls = self.irls.clone();
        irls.penalty = Some(self.penalty(rho));
        irls.start = start;
        irls.covariance = true;
        irls.fit(self.design, self.observations, self.model)
    }

    /// The sums at some coefficients; those of a fit that are on a bound count for nothing.
    fn sums(&self, beta: &[f64], fit: &Fit) -> Moments {
        let start = Start::Coefficients(beta.to_vec());
        let mut moments = fold(self.design, self.observations, self.model, &start);
        let k = moments.gram.columns;
        for held in (0..k).filter(|column| fit.bounded[*column]) {
            moments.gram.score[held] = 0.0;
            for other in 0..k {
                moments.gram.matrix[held * k + other] = 0.0;
                moments.gram.matrix[other * k + held] = 0.0;
            }
        }
        moments
    }

    /// The criterion of a fit that has converged; that of cross-validation in logarithms.
    fn value(&self, rho: &[f64], fit: &Fit) -> f64 {
        let k = self.design.columns();
        let beta = effective(&fit.coefficients);
        let sums = self.sums(&beta, fit);
        let gram = &sums.gram;
        let penalty = self.penalty(rho);
        let matrix: Vec<f64> = gram
            .matrix
            .iter()
            .zip(&penalty)
            .map(|(g, s)| g + s)
            .collect();
        let factor = Cholesky::new(&matrix, k);
        let count = self.observations.count();
        match self.smoothing.method {
            Method::Gcv => {
                let influence = factor.inverse();
                let products = influence.iter().zip(&gram.matrix).map(|(a, b)| a * b);
                let freedom = products.filter(|x| !x.is_nan()).sum();
                prediction_error(
                    sums.deviance,
                    count,
                    freedom,
                    self.smoothing.gamma,
                    self.scale,
                )
            }
            Method::Reml => {
                let penalised = sums.deviance + dot(&beta, &times(&penalty, &beta));
                let lambdas = self.penalties.lambdas(rho);
                let (determinant, _, rank) = self.penalties.log_determinant(&lambdas);
                let free = factor.rank() as f64 - rank as f64;
                let ends = 0.5 * (factor.log_determinant() - determinant);
                let of_scale = |scale: f64| {
                    penalised / (2.0 * scale)
                        - self.saturated(scale)
                        - 0.5 * free * (TAU * scale).ln()
                };
                let fit = match self.scale {
                    Some(scale) => of_scale(scale),
                    None if self.model.family.name() == "Gaussian" => {
                        of_scale(penalised / (count - free))
                    }
                    None => of_scale(lowest(&of_scale, penalised / (count - free))),
                };
                fit + ends
            }
        }
    }

    /// The log-likelihood of means that are the responses; the normal distribution's where there is none.
    fn saturated(&self, scale: f64) -> f64 {
        let rows = 0..self.observations.rows();
        let likelihood: f64 = rows
            .clone()
            .map(|row| {
                let (y, weight) = (
                    self.observations.response[row],
                    self.observations.likelihood_weight(row),
                );
                if weight.prior == 0.0 || weight.trials == 0.0 {
                    return 0.0;
                }
                self.model.family.log_likelihood(y, y, weight, scale)
                    * self.observations.frequency(row)
            })
            .sum();
        if likelihood.is_finite() {
            return likelihood;
        }
        rows.filter(|row| self.observations.weight(*row) > 0.0)
            .map(|row| {
                let each = self.observations.weight(row) / self.observations.frequency(row);
                -0.5 * self.observations.frequency(row) * (TAU * scale / each).ln()
            })
            .sum()
    }

    /// The criterion and its gradient by central differences. Fits start from the coefficients in `start`, and leave
    /// theirs there.
    fn slope(&self, rho: &[f64], start: &mut Vec<f64>) -> (f64, Vec<f64>) {
        const WIDTH: f64 = 1e-3;
        let mut at = |rho: &[f64]| {
            let Ok(fit) = self.fit(rho, Some(start.clone())) else {
                return f64::INFINITY;
            };
            *start = effective(&fit.coefficients);
            self.value(rho, &fit)
        };
        let value = at(rho);
        let slopes = (0..rho.len())
            .map(|index| {
                let mut near = rho.to_vec();
                near[index] = rho[index] + WIDTH;
                let above = at(&near);
                near[index] = rho[index] - WIDTH;
                (above - at(&near)) / (2.0 * WIDTH)
            })
            .collect();
        (value, slopes)
    }
}

/// The best of some shifts of all λ together, so that the search begins in the right valley.
fn scan(working: &Working<'_>, rho: &[f64]) -> Vec<f64> {
    let shifted = |shift: f64| -> Vec<f64> { rho.iter().map(|r| r + shift).collect() };
    let mut best = (f64::INFINITY, rho.to_vec());
    for shift in [0.0, -3.0, 3.0, -6.0, 6.0, -9.0, -12.0, 9.0] {
        let there = shifted(shift);
        let (value, _) = working.evaluate(&there);
        if value < best.0 {
            best = (value, there);
        }
    }
    best.1
}

/// Coefficients with zeros for those of aliased columns.
fn effective(coefficients: &[f64]) -> Vec<f64> {
    coefficients
        .iter()
        .map(|b| if b.is_nan() { 0.0 } else { *b })
        .collect()
}

/// The positive number near a guess at which a function is least, by golden sections of its logarithm.
fn lowest(f: &dyn Fn(f64) -> f64, guess: f64) -> f64 {
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    let (mut low, mut high) = (guess.ln() - 1.5, guess.ln() + 1.5);
    let inner = |low: f64, high: f64| (high - GOLDEN * (high - low), low + GOLDEN * (high - low));
    let (mut a, mut b) = inner(low, high);
    let (mut at_a, mut at_b) = (f(a.exp()), f(b.exp()));
    for _ in 0..28 {
        if at_a < at_b {
            high = b;
            (b, at_b) = (a, at_a);
            a = inner(low, high).0;
            at_a = f(a.exp());
        } else {
            low = a;
            (a, at_a) = (b, at_b);
            b = inner(low, high).1;
            at_b = f(b.exp());
        }
    }
    (0.5 * (low + high)).exp()
}
