//! The iteration turned inside out: it says where it wants a pass over the rows, and goes on when it gets the sums.
//!
//! So it need not know where rows are: in memory, in files, or on other machines.

use serde::{Deserialize, Serialize};

use super::quadratic::{Quadratic, Step, Terms, dot, matvec};
use super::{Cholesky, Fit, Irls, active_set, irls};
use crate::error::{Error, Result};
use crate::fold::{Model, Moments, Start};
use crate::observations::Overview;

/// How often a step that makes things worse is halved.
const HALVINGS: usize = 30;
/// The violation that descent on one quadratic may leave, as a share of what ends the iteration.
const SETTLE: f64 = 0.1;

/// The share of itself by which a settled coefficient changes at most.
const UNSETTLED: f64 = 1e-3;
/// The share that is left of the information on a coefficient that grows without bound, at most.
const EMPTY: f64 = 1e-4;

/// An iteration between two passes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Iteration {
    options: Irls,
    columns: usize,
    /// The model, as messages name it.
    model: String,
    mean: f64,
    asks: Start,
    phase: Phase,
    beta: Vec<f64>,
    current: Option<Moments>,
    /// The objective at `beta`, in units of the deviance; none before there are coefficients.
    previous: Option<f64>,
    last_gain: f64,
    aliased: Option<Vec<bool>>,
    /// The constraints that the last step made hold with equality.
    active: Vec<usize>,
    violation: f64,
    /// The last step, taken or not.
    last_step: Vec<f64>,
    /// The diagonal of X′WX in the first pass.
    first_diagonal: Vec<f64>,
    history: Vec<f64>,
}

/// What the pass asked for is for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Phase {
    /// To begin with.
    First,
    /// To begin again, well inside of the range of means.
    Flat,
    /// To see whether a step makes things better.
    Search(Search),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Search {
    step: Vec<f64>,
    length: f64,
    tries: usize,
    /// The whole step is where this is, to the bit.
    target: Vec<f64>,
    /// Whether it is the first one after a flat start.
    flat: bool,
}

impl Iteration {
    /// An iteration that begins where the options say, or where the responses do.
    pub(crate) fn new(
        options: Irls,
        columns: usize,
        overview: &Overview,
        model: &Model,
    ) -> Result<Self> {
        let mut beta = options.start.clone().unwrap_or_else(|| vec![0.0; columns]);
        if let Some(limits) = &options.limits
            && !limits.obeyed(&beta)
        {
            // The nearest coefficients within the limits.
            let mut unit = vec![0.0; columns * columns];
            (0..columns).for_each(|i| unit[i * (columns + 1)] = 1.0);
            beta = active_set::minimize(&Cholesky::new(&unit, columns), &beta, limits)?.x;
        }
        let asks = match options.start {
            Some(_) => Start::Coefficients(beta.clone()),
            None => irls::origin(overview, model),
        };
        Ok(Self {
            columns,
            model: format!(
                "the {} family with the {} link",
                model.family.name(),
                model.link.name()
            ),
            mean: overview.mean(),
            asks,
            phase: Phase::First,
            beta,
            current: None,
            previous: None,
            last_gain: f64::INFINITY,
            aliased: None,
            active: Vec::new(),
            violation: f64::NAN,
            last_step: Vec::new(),
            first_diagonal: Vec::new(),
            history: Vec::new(),
            options,
        })
    }

    /// An iteration that goes on from where another one ended.
    pub(crate) fn resume(
        options: Irls,
        beta: Vec<f64>,
        moments: Moments,
        overview: &Overview,
        model: &Model,
    ) -> Result<(Self, Option<Fit>)> {
        let options = Irls {
            start: Some(beta),
            ..options
        };
        let columns = moments.gram.columns;
        let mut iteration = Self::new(options, columns, overview, model)?;
        let fit = iteration.receive(moments)?;
        Ok((iteration, fit))
    }

    /// Where it wants the next pass.
    pub(crate) fn asks(&self) -> &Start {
        &self.asks
    }

    /// Goes on with the sums of a pass; gives the fit when it has come to an end.
    pub(crate) fn receive(&mut self, moments: Moments) -> Result<Option<Fit>> {
        match std::mem::replace(&mut self.phase, Phase::First) {
            Phase::First => {
                if let Start::Coefficients(_) = self.asks {
                    if !moments.valid {
                        return Err(Error::value(format!(
                            "the means that follow from start_params are outside the range of {}",
                            self.model
                        )));
                    }
                    self.previous = Some(self.objective(&moments, &self.beta));
                }
                self.advance(moments, false)
            }
            Phase::Flat => self.advance(moments, true),
            Phase::Search(search) => self.search(search, moments),
        }
    }

    /// Finds the step from where the iteration is, and whether it is worth taking.
    fn advance(&mut self, moments: Moments, flat: bool) -> Result<Option<Fit>> {
        let Step {
            target,
            gain,
            violation,
            aliased,
            active,
        } = self.step(&moments)?;
        let earlier = largest(&self.last_step);
        let each = target.iter().zip(&self.beta);
        self.last_step = each.map(|(to, from)| to - from).collect();
        if self.first_diagonal.is_empty() {
            self.first_diagonal = diagonal(&moments);
        }
        self.active = active;
        self.violation = violation;
        // Means that are out of range at the start say nothing of the columns.
        if self.aliased.is_none() && (moments.valid || self.previous.is_some()) {
            self.aliased = aliased;
        }
        let mut converged = false;
        if let Some(objective) = self.previous {
            let size = objective.abs() + 0.1;
            // Rounding is all that is left when the expected gain does not shrink any more. Steps that are no shorter than
            // the one before are of coefficients without bound; others may be of scoring that comes closer by the same
            // share each time, until there is nothing but rounding in the gain.
            let shrunk = gain / self.last_gain;
            let steady = largest(&self.last_step) >= 0.9 * earlier;
            let rounding = gain <= 1e-12 * size
                && shrunk >= 0.25
                && (steady || shrunk >= 0.9 || gain <= 1e-16 * size);
            converged = match self.options.gradient_tolerance {
                Some(tolerance) => violation <= tolerance,
                None => gain <= self.options.tolerance * size || rounding,
            };
            self.last_gain = gain;
            // Coefficients without bound never come to an end; R's rule tells when nothing is to be gained from them.
            let worthless = gain <= 1e-8 * size && self.options.absolute.is_none();
            converged |= worthless && !self.unsettled(&moments, true).is_empty();
        }
        if converged || self.history.len() >= self.options.max_iterations {
            let settled =
                self.options.absolute.is_none() && self.unsettled(&moments, true).is_empty();
            if converged && settled {
                // This last step costs nothing, and squares what is left of the error.
                self.beta = target;
            }
            return self.finish(moments, converged).map(Some);
        }
        self.current = Some(moments);
        let search = Search {
            step: self.last_step.clone(),
            length: 1.0,
            tries: 0,
            target,
            flat,
        };
        self.asks = Start::Coefficients(search.target.clone());
        self.phase = Phase::Search(search);
        Ok(None)
    }

    fn step(&self, moments: &Moments) -> Result<Step> {
        let quadratic = Quadratic::new(&moments.gram, &self.beta, self.options.penalty.as_deref());
        let settle = match self.options.gradient_tolerance {
            Some(tolerance) => SETTLE * tolerance,
            None => 1e-12 * (moments.deviance.abs() + 0.1),
        };
        quadratic.minimize(&self.beta, self.terms(), settle)
    }

    fn terms(&self) -> Terms<'_> {
        Terms {
            absolute: self.options.absolute.as_ref(),
            limits: self.options.limits.as_ref(),
        }
    }

    /// Takes a step, or a shorter one next time.
    fn search(&mut self, mut search: Search, moments: Moments) -> Result<Option<Fit>> {
        let Start::Coefficients(next) = &self.asks else {
            return Err(Error::value("the sums are not those that were asked for"));
        };
        let objective = self.objective(&moments, next);
        let limit = match self.previous {
            None => f64::INFINITY,
            Some(previous) => previous + 1e-9 * (previous.abs() + 0.1),
        };
        if moments.valid && objective.is_finite() && objective <= limit {
            self.beta.clone_from(next);
            self.previous = Some(objective);
            self.history.push(moments.deviance);
            return self.advance(moments, false);
        }
        search.tries += 1;
        search.length *= 0.5;
        if search.tries <= HALVINGS {
            let each = self.beta.iter().zip(&search.step);
            let shorter = each.map(|(from, step)| from + search.length * step);
            self.asks = Start::Coefficients(shorter.collect());
            self.phase = Phase::Search(search);
            return Ok(None);
        }
        match (self.previous, self.current.take()) {
            // Rounding is all that is left, or the model has no minimum.
            (Some(_), Some(current)) => self.finish(current, false).map(Some),
            // Links that cannot have any linear predictor need a start well inside of their range.
            (None, _) if !search.flat => {
                self.asks = Start::Constant(self.mean);
                self.phase = Phase::Flat;
                Ok(None)
            }
            _ => Err(Error::value(format!(
                "the fit of {} left the range of valid means after {} iterations, and shorter steps did not help; \
                 give start_params, or another link",
                self.model,
                self.history.len()
            ))),
        }
    }

    /// The deviance and the penalties.
    fn objective(&self, moments: &Moments, beta: &[f64]) -> f64 {
        let squares = self.options.penalty.as_deref();
        let squares = squares.map_or(0.0, |penalty| dot(&matvec(penalty, beta), beta));
        let absolute = self.options.absolute.as_ref();
        moments.deviance + squares + 2.0 * absolute.map_or(0.0, |absolute| absolute.penalty(beta))
    }

    fn finish(&mut self, last: Moments, converged: bool) -> Result<Fit> {
        let columns = self.columns;
        let mut coefficients = self.beta.clone();
        let aliased = self.aliased.clone().unwrap_or_else(|| vec![false; columns]);
        for (coefficient, _) in coefficients.iter_mut().zip(&aliased).filter(|(_, a)| **a) {
            *coefficient = f64::NAN;
        }
        let free = aliased.iter().filter(|aliased| !**aliased).count();
        let (rank, inverse) = match &self.options.absolute {
            // Coefficients that a penalty has selected have no normal distribution.
            Some(_) => {
                let present = coefficients.iter().filter(|b| **b != 0.0).count();
                (present, Some(vec![f64::NAN; columns * columns]))
            }
            None => {
                let inverse = self.options.covariance.then(|| self.inverse(&last));
                (free - self.active.len().min(free), inverse)
            }
        };
        let limits = self.options.limits.as_ref();
        let unsettled = self.unsettled(&last, converged);
        Ok(Fit {
            unsettled,
            bounded: (0..columns)
                .map(|column| {
                    limits.is_some_and(|limits| {
                        let b = coefficients[column];
                        b == limits.lower[column] || b == limits.upper[column]
                    })
                })
                .collect(),
            coefficients,
            aliased,
            rank,
            deviance: last.deviance,
            pearson: last.pearson,
            converged,
            iterations: self.history.len(),
            history: std::mem::take(&mut self.history),
            gradient: self.violation,
            gram: last.gram,
            inverse,
        })
    }

    /// The coefficients that the last step would still change: after an end of the iteration those that it changes
    /// without losing anything, since their columns hold no information any more.
    fn unsettled(&self, last: &Moments, converged: bool) -> Vec<usize> {
        let now = diagonal(last);
        let share = |column: &usize| {
            let size = self.beta[*column].abs();
            let step = self.last_step.get(*column).copied().unwrap_or(0.0);
            if size > 0.0 { step.abs() / size } else { 0.0 }
        };
        let mut columns: Vec<usize> = (0..self.columns)
            .filter(|column| share(column) > UNSETTLED)
            .filter(|column| !converged || now[*column] < EMPTY * self.first_diagonal[*column])
            .collect();
        columns.sort_by(|a, b| share(b).total_cmp(&share(a)));
        columns
    }

    /// (H + P)⁻¹; under the constraints that hold with equality, its part that obeys them.
    fn inverse(&self, last: &Moments) -> Vec<f64> {
        let quadratic = Quadratic::new(&last.gram, &self.beta, self.options.penalty.as_deref());
        let factor = Cholesky::new(&quadratic.matrix, self.columns);
        let inverse = factor.inverse();
        match &self.options.limits {
            Some(limits) if !self.active.is_empty() => {
                active_set::constrained(&inverse, self.columns, limits, &self.active)
            }
            _ => inverse,
        }
    }
}

fn diagonal(moments: &Moments) -> Vec<f64> {
    let k = moments.gram.columns;
    (0..k).map(|i| moments.gram.matrix[i * (k + 1)]).collect()
}

/// The size of the largest element.
fn largest(step: &[f64]) -> f64 {
    step.iter().fold(0.0, |most, x| x.abs().max(most))
}
