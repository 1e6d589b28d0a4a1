//! What terms are products of: columns, functions of columns, factors, smooths.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::categorical::Levels;
use super::encoding::{Encoding, is_encoding};
use super::evaluate::evaluate;
use super::expression::Expression;
use super::frame::{Column, Frame};
use super::freeze::freeze;
use super::smooth;
use super::transforms::{Transform, is_transform};
use crate::error::{Error, Result};
use crate::request::Roles;
use crate::smooths::Smooth;

/// What a factor of terms is, and what was learned of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum Kind {
    Numeric,
    Transformed(Transform),
    Categorical(Levels),
    Smooth(Smooth),
    Encoded(Encoding),
}

/// Which rows a design is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Those that the model is fitted to.
    Fit,
    /// New ones.
    Predict,
}

/// What is known of the data besides their columns when a formula is learned.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context<'a> {
    pub(super) response: Option<&'a Expression>,
    pub(super) roles: &'a Roles,
    pub(super) seed: u64,
}

/// One factor of terms, in the sense of what is multiplied.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "Kept")]
pub(super) struct Ingredient {
    /// As the formula has it.
    pub(super) written: Expression,
    /// With what was learned of the data written out.
    source: Expression,
    pub(super) kind: Kind,
}

/// An ingredient as models keep it, or as the first ones kept it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Kept {
    Now {
        written: Expression,
        source: Expression,
        kind: Kind,
    },
    First(Expression, Kind),
}

impl From<Kept> for Ingredient {
    fn from(kept: Kept) -> Self {
        match kept {
            Kept::Now {
                written,
                source,
                kind,
            } => Self {
                written,
                source,
                kind,
            },
            Kept::First(written, kind) => Self {
                source: written.clone(),
                written,
                kind,
            },
        }
    }
}

impl Ingredient {
    /// An ingredient that no term uses.
    pub(super) fn unused(written: &Expression) -> Self {
        Self {
            written: written.clone(),
            source: written.clone(),
            kind: Kind::Numeric,
        }
    }

    pub(super) fn learn(
        written: &Expression,
        frame: &Frame<'_>,
        context: Context<'_>,
    ) -> Result<Self> {
        let source = freeze(written, frame, true)?;
        let kind = Self::kind(written, &source, frame, context)?;
        Ok(Self {
            written: written.clone(),
            source,
            kind,
        })
    }

    fn kind(
        written: &Expression,
        source: &Expression,
        frame: &Frame<'_>,
        context: Context<'_>,
    ) -> Result<Kind> {
        if let Some(levels) = Levels::learn(source, frame)? {
            return Ok(Kind::Categorical(levels));
        }
        let Expression::Call {
            function,
            arguments,
            ..
        } = source
        else {
            return Ok(Kind::Numeric);
        };
        if function == "s" {
            return Ok(Kind::Smooth(smooth::learn(source, frame)?));
        }
        if is_encoding(function) {
            let known = (context.roles, context.seed);
            let encoding = Encoding::learn(source, frame, context.response, known)?;
            return Ok(Kind::Encoded(encoding));
        }
        if is_transform(function) {
            let first = arguments.first().filter(|first| first.name.is_none());
            let Some(first) = first else {
                return Err(Error::value(format!("'{written}' names no column")));
            };
            let x = evaluate(&first.value, frame)?.into_column(frame.rows());
            let transform = Transform::learn(function, &arguments[1..], written, &x)?;
            return Ok(Kind::Transformed(transform));
        }
        Ok(Kind::Numeric)
    }

    /// How many columns there are, if it is no categorical factor.
    pub(super) fn width(&self) -> usize {
        match &self.kind {
            Kind::Transformed(transform) => transform.width(),
            Kind::Smooth(smooth) => smooth.width(),
            _ => 1,
        }
    }

    /// Whether columns are numbered in names.
    pub(super) fn is_numbered(&self) -> bool {
        match &self.kind {
            Kind::Transformed(transform) => transform.is_numbered(),
            Kind::Smooth(_) => true,
            _ => false,
        }
    }

    /// The sign that coefficients must have, if any.
    pub(super) fn sign(&self) -> Option<f64> {
        match &self.kind {
            Kind::Transformed(transform) => transform.sign(),
            Kind::Smooth(smooth) => smooth.sign(),
            _ => None,
        }
    }

    /// The columns, if it is no categorical factor.
    pub(super) fn columns<'a>(
        &self,
        frame: &'a Frame<'_>,
        stage: Stage,
    ) -> Result<Vec<Cow<'a, [f64]>>> {
        if let Expression::Name(name) = &self.source
            && let Column::Categorical { .. } = frame.column(name)?
        {
            return Err(Error::value(format!(
                "column '{name}' is categorical, but the model was fitted with numbers"
            )));
        }
        let owned = |columns: Vec<Vec<f64>>| columns.into_iter().map(Cow::Owned).collect();
        let columns: Vec<Cow<'a, [f64]>> = match (&self.kind, &self.source) {
            (Kind::Transformed(transform), Expression::Call { arguments, .. }) => {
                let x = evaluate(&arguments[0].value, frame)?.into_column(frame.rows());
                owned(transform.columns(&x, &self.written)?)
            }
            (Kind::Smooth(smooth), Expression::Call { arguments, .. }) => {
                let (given, _) = smooth::split(arguments);
                let values = given
                    .iter()
                    .map(|column| Ok(evaluate(&column.value, frame)?.into_column(frame.rows())))
                    .collect::<Result<Vec<_>>>()?;
                let slices: Vec<&[f64]> = values.iter().map(|values| &**values).collect();
                owned(smooth.columns(&slices))
            }
            (Kind::Encoded(encoding), _) => owned(vec![match stage {
                Stage::Fit => encoding.column_seen(frame)?,
                Stage::Predict => encoding.column(frame)?,
            }]),
            _ => vec![evaluate(&self.source, frame)?.into_column(frame.rows())],
        };
        for column in &columns {
            if let Some(row) = column.iter().position(|value| !value.is_finite()) {
                return Err(Error::value(format!(
                    "'{}' is {} in row {row}; a model needs finite numbers",
                    self.written, column[row]
                )));
            }
        }
        Ok(columns)
    }
}
