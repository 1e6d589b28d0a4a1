//! `s(x, k=20)`: what a call asks for.

use super::evaluate::evaluate;
use super::expression::{Argument, Expression};
use super::frame::Frame;
use super::options::Options;
use crate::error::{Error, Result};
use crate::smooths::{Kind, Smooth, Wanted};

/// The columns that a smooth is a function of, and its options.
pub(super) fn split(arguments: &[Argument]) -> (&[Argument], &[Argument]) {
    let named = arguments
        .iter()
        .position(|argument| argument.name.is_some());
    arguments.split_at(named.unwrap_or(arguments.len()))
}

/// The smooth that a call asks for, learned from the values of its columns.
pub(super) fn learn(call: &Expression, frame: &Frame<'_>) -> Result<Smooth> {
    let Expression::Call { arguments, .. } = call else {
        return Err(Error::value(format!("'{call}' is no call")));
    };
    let (columns, options) = split(arguments);
    let mut options = Options::new(call, options);
    if columns.is_empty() {
        return Err(options.wrong("names no column"));
    }
    let name = options.word("bs")?.unwrap_or_else(|| "tp".to_owned());
    let kind = Kind::by_name(&name).ok_or_else(|| {
        Error::unsupported(format!(
            "bs='{name}' in '{call}' is not supported: bs is 'tp', 'cr', 'cc', 'ps', 'mpi' or 'mpd'"
        ))
    })?;
    let knots = options.numbers("knots")?;
    let k = options.count("k", false)?;
    if let (Some(k), Some(knots)) = (k, &knots)
        && k != knots.len()
    {
        return Err(options.wrong(format!("k={k} contradicts the {} knots", knots.len())));
    }
    if knots.is_some() && !matches!(kind, Kind::Cubic | Kind::Cyclic) {
        return Err(options.wrong("knots are for bs='cr' and bs='cc' only"));
    }
    // mgcv's defaults: 10, and in more dimensions a multiple of 3 beyond the plane's coefficients.
    let default = match (kind, columns.len()) {
        (Kind::ThinPlate, 2) => 30,
        (Kind::ThinPlate, 3..) => 104,
        _ => 10,
    };
    let wanted = Wanted {
        kind,
        k: k.unwrap_or(default),
        knots,
        degree: options.count("degree", false)?.unwrap_or(3),
        order: options.count("m", false)?.unwrap_or(2),
        fixed: options.flag("fx")?.unwrap_or(false),
        lambda: options.number("sp", false)?,
    };
    if let Some(lambda) = wanted.lambda
        && !(lambda >= 0.0 && lambda.is_finite())
    {
        return Err(options.wrong(format!("sp must be finite and not negative, not {lambda}")));
    }
    if columns.len() > 3 {
        return Err(options.wrong("a smooth is a function of three columns at most"));
    }
    let values = columns
        .iter()
        .map(|column| Ok(evaluate(&column.value, frame)?.into_column(frame.rows())))
        .collect::<Result<Vec<_>>>()?;
    for values in &values {
        if let Some(row) = values.iter().position(|x| !x.is_finite()) {
            return Err(options.wrong(format!(
                "is of {} in row {row}; a model needs finite numbers",
                values[row]
            )));
        }
    }
    let slices: Vec<&[f64]> = values.iter().map(|values| &**values).collect();
    let smooth = Smooth::learn(&wanted, &slices).map_err(|error| options.wrong(error))?;
    options.finish()?;
    Ok(smooth)
}
