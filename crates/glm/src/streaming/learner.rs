//! The first pass: what the formula, and the solver's start, need to know of all rows.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::samples::Samples;
use crate::error::{Error, Result};
use crate::families::Family;
use crate::fitting::{complete, observations};
use crate::formula::{Column, Formula, Frame, Learns, Recipe, learning};
use crate::observations::Overview;
use crate::request::{Request, Roles};

/// The levels of categorical columns as they were met.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Lexicon {
    columns: BTreeMap<String, Known>,
}

/// The levels of one column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Known {
    levels: Vec<String>,
    /// Whether each batch had the same levels in the same order, which is kept then; else they are sorted.
    alike: bool,
}

impl Lexicon {
    pub(super) fn has(&self, name: &str) -> bool {
        self.columns.contains_key(name)
    }

    /// Adds levels, and says where each of them is in the list.
    fn add(&mut self, name: &str, levels: &[String], alike: bool) -> Vec<u64> {
        let known = self
            .columns
            .entry(name.to_owned())
            .or_insert_with(|| Known {
                levels: levels.to_vec(),
                alike: true,
            });
        known.alike &= alike && known.levels == levels;
        if known.levels == levels {
            return (0..levels.len() as u64).collect();
        }
        let mut place_of: HashMap<String, u64> = known.levels.iter().cloned().zip(0..).collect();
        let place = |level: &String| {
            *place_of.entry(level.clone()).or_insert_with(|| {
                known.levels.push(level.clone());
                known.levels.len() as u64 - 1
            })
        };
        levels.iter().map(place).collect()
    }

    /// The levels in order, and for each place in the list that in the order.
    pub(super) fn sorted(&self, name: &str) -> (Vec<String>, Vec<u32>) {
        let Some(known) = self.columns.get(name) else {
            return (Vec::new(), Vec::new());
        };
        let mut order: Vec<usize> = (0..known.levels.len()).collect();
        if !known.alike {
            order.sort_by(|a, b| known.levels[*a].cmp(&known.levels[*b]));
        }
        let mut places = vec![0; order.len()];
        for (place, index) in (0..).zip(&order) {
            places[*index] = place;
        }
        let levels = order.iter().map(|index| known.levels[*index].clone());
        (levels.collect(), places)
    }
}

/// What is known of the rows so far.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Learner {
    lexicon: Lexicon,
    /// The rows of each factor of the formula that learns something.
    samples: Vec<(String, Samples)>,
    /// The first row.
    first: Option<Samples>,
    /// The sums of weights and responses.
    overview: Option<Overview>,
    /// The least and the largest response.
    range: Option<(f64, f64)>,
    /// Whether a response is neither 0 nor 1 but between.
    shares: bool,
    pub(super) rows: usize,
    pub(super) dropped: usize,
}

/// What was learned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Learned {
    pub(super) recipe: Recipe,
    pub(super) overview: Overview,
    pub(super) rows: usize,
    pub(super) dropped: usize,
    pub(super) shares: bool,
    /// One row, of which a design can be made to see its columns.
    first: Samples,
    lexicon: Lexicon,
}

impl Learned {
    /// A frame of one row.
    pub(super) fn first(&self) -> Result<Frame<'static>> {
        self.first.frame(&self.lexicon, false)
    }
}

impl Learner {
    /// Adds the rows of a frame.
    pub(super) fn add(
        &mut self,
        request: &Request,
        formula: &Formula,
        others: &[String],
        frame: &mut Frame<'_>,
        family: &dyn Family,
    ) -> Result<()> {
        let (dropped, _) = complete(frame, request.missing)?;
        if frame.rows() == 0 {
            self.dropped += dropped;
            return Ok(());
        }
        let bare = Recipe::bare(formula, others)?;
        let seen = observations(frame, &bare, &request.roles, family, Some(self.shares))?;
        let overview = Overview::new(&seen);
        match &mut self.overview {
            Some(known) => known.merge(&overview),
            None => self.overview = Some(overview),
        }
        let (mut least, mut most) = self.range.unwrap_or((f64::INFINITY, f64::NEG_INFINITY));
        for &y in seen.response.iter() {
            (least, most) = (least.min(y), most.max(y));
            self.shares |= y > 0.0 && y < 1.0;
        }
        self.range = Some((least, most));
        let mut places = HashMap::new();
        let mut names = Vec::new();
        for (name, column) in frame.columns() {
            names.push(name.clone());
            if let Column::Categorical { levels, .. } = column {
                places.insert(name.clone(), self.lexicon.add(name, levels, true));
            }
        }
        for (factor, learns) in learning(formula, others, frame)? {
            if learns == Learns::Nothing {
                continue;
            }
            let key = factor.to_string();
            let known = self.samples.iter().position(|(name, _)| *name == key);
            let index = known.unwrap_or_else(|| {
                let mut variables: Vec<String> = Vec::new();
                factor.for_names(&mut |name| {
                    if !variables.iter().any(|known| known == name) {
                        variables.push(name.to_owned());
                    }
                });
                self.samples.push((key, Samples::new(variables)));
                self.samples.len() - 1
            });
            self.samples[index].1.add(frame, &places)?;
        }
        if self.first.is_none() {
            let mut first = Samples::new(names);
            first.add(&frame.slice(0, 1), &places)?;
            self.first = Some(first);
        }
        self.rows += frame.rows();
        self.dropped += dropped;
        Ok(())
    }

    /// Adds what was learned of the rows after these.
    pub(super) fn merge(&mut self, other: &Self) -> Result<()> {
        let mut places = HashMap::new();
        for (name, known) in &other.lexicon.columns {
            places.insert(
                name.clone(),
                self.lexicon.add(name, &known.levels, known.alike),
            );
        }
        for (factor, samples) in &other.samples {
            match self.samples.iter_mut().find(|(name, _)| name == factor) {
                Some((_, own)) => own.merge(samples, &places)?,
                None => {
                    let mut own = Samples::new(samples.names.clone());
                    own.merge(samples, &places)?;
                    self.samples.push((factor.clone(), own));
                }
            }
        }
        if self.first.is_none()
            && let Some(first) = &other.first
        {
            let mut own = Samples::new(first.names.clone());
            own.merge(first, &places)?;
            self.first = Some(own);
        }
        match (&mut self.overview, &other.overview) {
            (Some(own), Some(other)) => own.merge(other),
            (own, other) => {
                if own.is_none() {
                    own.clone_from(other);
                }
            }
        }
        self.range = match (self.range, other.range) {
            (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
            (a, b) => a.or(b),
        };
        self.shares |= other.shares;
        self.rows += other.rows;
        self.dropped += other.dropped;
        Ok(())
    }

    /// What was learned, if all rows have been seen.
    pub(super) fn finish(&self, formula: &Formula, others: &[String]) -> Result<Learned> {
        if formula.needs_all_rows() {
            return Err(Error::unsupported(format!(
                "'{}' has penalised smooths or encodings, which must see all rows at once",
                formula.text
            )));
        }
        let (Some(overview), Some(first)) = (&self.overview, &self.first) else {
            return Err(Error::value(match self.dropped {
                0 => "the data have no rows".to_owned(),
                dropped => {
                    format!("nothing is left to fit: all {dropped} rows have missing values")
                }
            }));
        };
        if let Some((least, most)) = self.range
            && least == most
        {
            return Err(Error::value(format!(
                "the response is {least} in every row: there is nothing to explain"
            )));
        }
        if overview.weight() == 0.0 {
            return Err(Error::value("the weights are all zero"));
        }
        let sample = first.frame(&self.lexicon, false)?;
        let known = (&Roles::default(), 0);
        let recipe = Recipe::learn_from(formula, others, &sample, known, &|factor, learns| {
            let key = factor.to_string();
            match self.samples.iter().find(|(name, _)| *name == key) {
                Some((_, samples)) => samples
                    .frame(&self.lexicon, learns == Learns::Rows)
                    .map(Some),
                None => Ok(None),
            }
        })?;
        Ok(Learned {
            recipe,
            overview: overview.clone(),
            rows: self.rows,
            dropped: self.dropped,
            shares: self.shares,
            first: first.clone(),
            lexicon: self.lexicon.clone(),
        })
    }
}
