//! What factors of terms must see of the data before a design can be made.

use super::categorical::is_categorical;
use super::expression::Expression;
use super::frame::Frame;
use super::freeze::depends_on_rows;
use super::parser::Formula;
use super::terms::expand;
use crate::error::Result;

/// What a factor must see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Learns {
    /// Nothing: each row speaks for itself.
    Nothing,
    /// The values that occur.
    Levels,
    /// All values, in any order.
    Rows,
}

/// What a factor must see, given the kinds of the columns.
pub(super) fn learns(factor: &Expression, frame: &Frame<'_>) -> Result<Learns> {
    Ok(match factor {
        _ if is_categorical(factor, frame)? => Learns::Levels,
        _ if depends_on_rows(factor) => Learns::Rows,
        _ => Learns::Nothing,
    })
}

/// What each factor of a formula must see.
pub(crate) fn learning(
    formula: &Formula,
    others: &[String],
    frame: &Frame<'_>,
) -> Result<Vec<(Expression, Learns)>> {
    let expanded = expand(formula, others)?;
    let used = |factor: &usize| expanded.terms.iter().any(|term| term.contains(factor));
    (0..expanded.factors.len())
        .filter(used)
        .map(|factor| {
            let factor = &expanded.factors[factor];
            Ok((factor.clone(), learns(factor, frame)?))
        })
        .collect()
}
