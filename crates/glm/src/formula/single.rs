//! The columns of one function by itself.

use super::frame::Frame;
use super::ingredient::{Context, Ingredient, Kind, Stage};
use super::parser::parse;
use crate::error::{Error, Result};
use crate::request::Roles;

/// The names and values of the columns that a function such as `bs(x, df=5)` makes of a column, learned from one frame
/// and applied to another one, or to the same.
///
/// ```
/// use rustsci_glm::formula::{Column, Frame, columns_of};
/// let x = Column::Numeric(vec![1.0, 2.0, 4.0].into());
/// let frame = Frame::new(vec![("x".to_owned(), x)])?;
/// let (names, columns) = columns_of("poly(x, 2, raw=True)", &frame, None)?;
/// assert_eq!(names[1], "poly(x, 2, raw=True)[2]");
/// assert_eq!(columns[1], [1.0, 4.0, 16.0]);
/// # Ok::<(), rustsci_glm::Error>(())
/// ```
///
/// # Errors
/// If the text is no such function, or the values do not fit its options.
pub fn columns_of(
    call: &str,
    learned: &Frame<'_>,
    applied: Option<&Frame<'_>>,
) -> Result<(Vec<String>, Vec<Vec<f64>>)> {
    let written = parse(&format!("~{call}"))?.predictors;
    let roles = Roles::default();
    let context = Context {
        response: None,
        roles: &roles,
        seed: 0,
    };
    let ingredient = Ingredient::learn(&written, learned, context)?;
    if let Kind::Categorical(_) = ingredient.kind {
        return Err(Error::value(format!(
            "'{written}' is a factor, not numbers"
        )));
    }
    let columns = match applied {
        None => ingredient.columns(learned, Stage::Fit)?,
        Some(frame) => ingredient.columns(frame, Stage::Predict)?,
    };
    let names = if ingredient.is_numbered() {
        (1..=columns.len())
            .map(|column| format!("{written}[{column}]"))
            .collect()
    } else {
        vec![written.to_string()]
    };
    Ok((
        names,
        columns
            .into_iter()
            .map(std::borrow::Cow::into_owned)
            .collect(),
    ))
}
