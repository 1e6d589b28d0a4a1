//! The fold's state, which is all that meets rows.

use serde::{Deserialize, Serialize};

use super::bytes;
use super::learner::{Learned, Learner};
use crate::design_matrix::Layout;
use crate::error::{Error, Result};
use crate::fitting::{check_roles, complete, finish, observations, others, solver};
use crate::fold::{Start, Totals, add_rows};
use crate::formula::{Formula, Frame, Unseen, parse};
use crate::request::{Fitted, Request};
use crate::solvers::{Irls, Iteration};

/// What some rows add to one pass of a fit.
///
/// It takes batches of rows in any number and size, is merged with those of other rows, travels as bytes, and at the
/// end of a pass goes on to the next one. Partial sums are exact, so that the coefficients are the same bits however
/// batches are divided among accumulators.
///
/// ```
/// use rustsci_glm::families::FamilySpec;
/// use rustsci_glm::formula::{Column, Frame};
/// use rustsci_glm::{Accumulator, Request};
/// let batch = || {
///     let x = Column::Numeric(vec![0.0, 1.0, 2.0].into());
///     let y = Column::Numeric(vec![1.0, 3.0, 4.0].into());
///     Frame::new(vec![("x".to_owned(), x), ("y".to_owned(), y)]).unwrap()
/// };
/// let mut total = Accumulator::new(Request::new("y ~ x", FamilySpec::Poisson))?;
/// let fitted = loop {
///     let mut other = total.fork();
///     total.update(batch(), &[])?;
///     other.update(batch(), &[])?;
///     total.merge(&Accumulator::from_bytes(&other.to_bytes()?)?)?;
///     if let Some(fitted) = total.advance()? {
///         break fitted;
///     }
/// };
/// assert_eq!(fitted.rows, 6);
/// # Ok::<(), rustsci_glm::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Accumulator {
    plan: Plan,
    iteration: Option<Iteration>,
    totals: Option<Totals>,
}

/// What all accumulators of a pass have in common, and what was learned so far in the first one.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Plan {
    request: Request,
    formula: Formula,
    /// The columns that a dot stands for, once there are data.
    others: Option<Vec<String>>,
    stage: Stage,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Stage {
    /// The first pass.
    Learning(Box<Learner>),
    /// A pass that begins from these means.
    Summing(Box<Learned>, Start),
    /// After the last one.
    Done,
}

/// An accumulator in pieces that are cheap to hand on: its plan and its iteration as bytes, its sums as numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Parts {
    /// What is summed up, and how.
    pub plan: Vec<u8>,
    /// Where the solver is; empty in a copy for another worker.
    pub iteration: Vec<u8>,
    /// The sums; empty in the first pass.
    pub totals: Vec<f64>,
}

impl Accumulator {
    /// An accumulator of no rows, before the first pass of a fit.
    ///
    /// # Errors
    /// If the request cannot be fitted in passes over rows.
    pub fn new(request: Request) -> Result<Self> {
        request.validate()?;
        if request.estimate_theta {
            return Err(Error::unsupported(
                "theta cannot be estimated in a fit that streams: give theta",
            ));
        }
        Ok(Self {
            plan: Plan {
                formula: parse(&request.formula)?,
                request,
                others: None,
                stage: Stage::Learning(Box::default()),
            },
            iteration: None,
            totals: None,
        })
    }

    /// An accumulator of no rows for the same pass, to be merged with this one.
    pub fn fork(&self) -> Self {
        let mut plan = self.plan.clone();
        if let Stage::Learning(learner) = &mut plan.stage {
            **learner = Learner::default();
        }
        Self {
            plan,
            iteration: None,
            totals: None,
        }
    }

    /// Whether the fit is finished.
    pub fn is_done(&self) -> bool {
        self.plan.stage == Stage::Done
    }

    /// Adds rows. `names` are the data's columns, for the dot of a formula. If it fails, nothing was added.
    ///
    /// # Errors
    /// If the rows do not fit the model.
    pub fn update(&mut self, mut frame: Frame<'_>, names: &[String]) -> Result<()> {
        let model = self.plan.request.model()?;
        let family = model.family.as_ref();
        check_roles(&self.plan.request.roles, &frame)?;
        let plan = &mut self.plan;
        match &mut plan.stage {
            Stage::Done => Err(Error::value(
                "the fit is finished: there is no pass to add rows to",
            )),
            Stage::Learning(learner) => {
                let others = match &plan.others {
                    Some(others) => others.clone(),
                    None => others(&plan.request.roles, &plan.formula, names),
                };
                let mut next = Learner::default();
                next.add(&plan.request, &plan.formula, &others, &mut frame, family)?;
                if learner.rows + learner.dropped > 0 {
                    let mut whole = (**learner).clone();
                    whole.merge(&next)?;
                    next = whole;
                }
                **learner = next;
                plan.others = Some(others);
                Ok(())
            }
            Stage::Summing(learned, start) => {
                complete(&mut frame, plan.request.missing)?;
                let recipe = &learned.recipe;
                let design = recipe.design(&frame, Unseen::Raise)?;
                let roles = &plan.request.roles;
                let seen = observations(&frame, recipe, roles, family, Some(learned.shares))?;
                let layout = Layout::new(&design);
                let totals = self.totals.get_or_insert_with(|| Totals::new(&layout));
                add_rows(&design, &seen, &model, start, &layout, totals);
                Ok(())
            }
        }
    }

    /// Adds what another accumulator of the same pass has seen.
    ///
    /// # Errors
    /// If it belongs to another model or another pass.
    pub fn merge(&mut self, other: &Self) -> Result<()> {
        let (plan, theirs) = (&mut self.plan, &other.plan);
        if plan.formula != theirs.formula || plan.request.family != theirs.request.family {
            return Err(Error::value(
                "accumulators of different models cannot be merged",
            ));
        }
        match (&mut plan.stage, &theirs.stage) {
            (Stage::Learning(own), Stage::Learning(other)) => {
                let mut whole = (**own).clone();
                whole.merge(other)?;
                **own = whole;
                if plan.others.is_none() {
                    plan.others.clone_from(&theirs.others);
                }
                Ok(())
            }
            (Stage::Summing(learned, start), Stage::Summing(other_learned, other_start))
                if start == other_start && learned.recipe == other_learned.recipe =>
            {
                match (&mut self.totals, &other.totals) {
                    (Some(own), Some(other)) => own.merge(other),
                    (own, other) => {
                        if own.is_none() {
                            own.clone_from(other);
                        }
                    }
                }
                Ok(())
            }
            _ => Err(Error::value(
                "accumulators of different passes cannot be merged: each pass needs copies of the accumulator that the \
                 pass before gave",
            )),
        }
    }

    /// Ends a pass in which all rows have been added, and goes on to the next one, for which it is empty; gives the
    /// fit if that was the last.
    ///
    /// # Errors
    /// If no rows were added, the model cannot be fitted, or it is a copy for another worker.
    pub fn advance(&mut self) -> Result<Option<Fitted>> {
        let request = self.plan.request.clone();
        match &self.plan.stage {
            Stage::Done => Err(Error::value("the fit is finished: there is no next pass")),
            Stage::Learning(learner) => {
                let others = self.plan.others.clone().unwrap_or_default();
                let model = request.model()?;
                let learned = learner.finish(&self.plan.formula, &others)?;
                if learned.recipe.names.is_empty() {
                    return Err(Error::value(format!(
                        "the formula '{}' has no terms at all, not even a constant",
                        request.formula
                    )));
                }
                let irls: Irls =
                    solver(&request, &learned.recipe, &learned.overview, learned.rows)?;
                let columns = learned.recipe.names.len();
                let iteration = Iteration::new(irls, columns, &learned.overview, &model)?;
                let start = iteration.asks().clone();
                self.iteration = Some(iteration);
                self.plan.stage = Stage::Summing(Box::new(learned), start);
                Ok(None)
            }
            Stage::Summing(learned, _) => {
                let (Some(iteration), Some(totals)) = (&mut self.iteration, &self.totals) else {
                    return Err(Error::value(
                        "no rows were added in this pass, or this is a copy for another worker: merge it into the \
                         accumulator that the pass before gave, and advance that one",
                    ));
                };
                let first = learned.first()?;
                let design = learned.recipe.design(&first, Unseen::Raise)?;
                let moments = totals.moments(&design, &Layout::new(&design));
                let Some(fit) = iteration.receive(moments)? else {
                    let start = iteration.asks().clone();
                    self.totals = None;
                    if let Stage::Summing(_, before) = &mut self.plan.stage {
                        *before = start;
                    }
                    return Ok(None);
                };
                let found = (request.family.clone(), request.link()?, None);
                let (recipe, overview) = (learned.recipe.clone(), &learned.overview);
                let (rows, dropped) = (learned.rows, learned.dropped);
                let mut fitted = finish(&request, recipe, overview, rows, fit, found, dropped)?;
                fitted.shares = Some(learned.shares);
                self.plan.stage = Stage::Done;
                Ok(Some(fitted))
            }
        }
    }

    /// The accumulator in pieces.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn to_parts(&self) -> Result<Parts> {
        Ok(Parts {
            plan: bytes::write(&self.plan)?,
            iteration: match &self.iteration {
                None => Vec::new(),
                Some(iteration) => bytes::write(iteration)?,
            },
            totals: self
                .totals
                .as_ref()
                .map(Totals::to_flat)
                .unwrap_or_default(),
        })
    }

    /// The accumulator that [`Accumulator::to_parts`] took to pieces.
    ///
    /// # Errors
    /// If the pieces are not those of one accumulator.
    pub fn from_parts(parts: &Parts) -> Result<Self> {
        let plan: Plan = bytes::read(&parts.plan)?;
        let totals = match &plan.stage {
            Stage::Summing(learned, _) if !parts.totals.is_empty() => {
                let first = learned.first()?;
                let layout = Layout::new(&learned.recipe.design(&first, Unseen::Raise)?);
                let totals = Totals::from_flat(&parts.totals, &layout);
                Some(totals.ok_or_else(|| {
                    Error::value("these sums are not those of an accumulator of this model")
                })?)
            }
            _ => None,
        };
        Ok(Self {
            iteration: match parts.iteration.as_slice() {
                [] => None,
                iteration => Some(bytes::read(iteration)?),
            },
            plan,
            totals,
        })
    }

    /// The accumulator as bytes, for another machine or a later day.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        bytes::write(&self.to_parts()?)
    }

    /// The accumulator that was written as bytes.
    ///
    /// # Errors
    /// If they are not those of an accumulator, or of another version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        Self::from_parts(&bytes::read(bytes)?)
    }
}
