//! Functions of a column that learn something of it: where its knots are, or what its mean is.

use serde::{Deserialize, Serialize};

use super::expression::{Argument, Expression};
use super::options::Options;
use super::polynomial::Polynomial;
use crate::error::{Error, Result};
use crate::splines::{
    BSpline, Extrapolation, MonotoneSpline, NaturalSpline, PiecewiseCubic, cubic_knots,
};

/// A function of a column, with what it learned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum Transform {
    /// Less one number, and in units of another.
    #[serde(alias = "Center")]
    Scale {
        #[serde(alias = "mean")]
        shift: f64,
        #[serde(alias = "deviation", default = "one")]
        unit: f64,
    },
    /// Powers.
    Raw {
        degree: usize,
    },
    Polynomial(Polynomial),
    BSpline(BSpline, Extrapolation),
    Natural(NaturalSpline),
    Cubic(PiecewiseCubic),
    Monotone(MonotoneSpline),
    /// The column itself, whose coefficient has this sign.
    Signed {
        positive: bool,
    },
}

fn one() -> f64 {
    1.0
}

/// What a transform is called in a formula.
pub(super) fn is_transform(function: &str) -> bool {
    matches!(
        function,
        "center"
            | "scale"
            | "standardize"
            | "poly"
            | "bs"
            | "ns"
            | "cr"
            | "cs"
            | "cc"
            | "ms"
            | "pos"
            | "neg"
    )
}

/// Whether a transform has one column, so that it may stand within arithmetic.
pub(super) fn is_scalar(function: &str) -> bool {
    matches!(function, "center" | "scale" | "standardize")
}

impl Transform {
    /// The transform that a call asks for, learned from the values of its argument.
    pub(super) fn learn(
        function: &str,
        options: &[Argument],
        whole: &Expression,
        x: &[f64],
    ) -> Result<Self> {
        let mut options = Options::new(whole, options);
        if let Some(row) = x.iter().position(|x| !x.is_finite()) {
            return Err(Error::value(format!(
                "'{whole}' is of {} in row {row}; a model needs finite numbers",
                x[row]
            )));
        }
        let transform = match function {
            "center" | "scale" | "standardize" => scale(function, &mut options, x)?,
            "poly" => polynomial(&mut options, x)?,
            "bs" | "ns" => spline(function, &mut options, x)?,
            "cr" | "cs" | "cc" => cubic(function, &mut options, x)?,
            "ms" => {
                let df = options.count("df", true)?;
                let k = options.count("k", false)?;
                if df.is_some() && k.is_some() {
                    return Err(options.wrong("df and k mean the same: give one of them"));
                }
                let increasing = options.flag("increasing")?.unwrap_or(true);
                let degree = options.count("degree", false)?.unwrap_or(3);
                let knots = options.numbers("knots")?;
                let bounds = bounds(&mut options, x)?;
                let spline = MonotoneSpline::learn(x, df.or(k), knots, degree, increasing, bounds);
                Self::Monotone(spline.map_err(|error| options.wrong(error))?)
            }
            "pos" => Self::Signed { positive: true },
            "neg" => Self::Signed { positive: false },
            _ => {
                return Err(Error::unsupported(format!(
                    "'{function}' in '{whole}' is not supported"
                )));
            }
        };
        options.finish()?;
        Ok(transform)
    }

    /// The transformed columns.
    pub(super) fn columns(&self, x: &[f64], whole: &Expression) -> Result<Vec<Vec<f64>>> {
        let each = |f: &dyn Fn(f64) -> f64| vec![x.iter().map(|x| f(*x)).collect()];
        match self {
            Self::Scale { shift, unit } => Ok(each(&|x| (x - shift) / unit)),
            Self::Raw { degree } => Ok((1..=*degree as i32)
                .map(|power| x.iter().map(|x| x.powi(power)).collect())
                .collect()),
            Self::Polynomial(polynomial) => Ok(polynomial.columns(x)),
            Self::BSpline(spline, beyond) => spline.columns_beyond(x, *beyond).map_err(|value| {
                Error::value(format!(
                    "'{whole}': {value} is outside of the range that the spline was fitted on; extrapolation='clip', \
                     'extend', 'zero' or 'na' says what to do there"
                ))
            }),
            Self::Natural(spline) => Ok(spline.columns(x)),
            Self::Cubic(spline) => Ok(spline.columns(x)),
            Self::Monotone(spline) => Ok(spline.columns(x)),
            Self::Signed { .. } => Ok(vec![x.to_vec()]),
        }
    }

    /// How many columns there are.
    pub(super) fn width(&self) -> usize {
        match self {
            Self::Scale { .. } | Self::Signed { .. } => 1,
            Self::Raw { degree } => *degree,
            Self::Polynomial(polynomial) => polynomial.degree(),
            Self::BSpline(spline, _) => spline.width(),
            Self::Natural(spline) => spline.width(),
            Self::Cubic(spline) => spline.width(),
            Self::Monotone(spline) => spline.width(),
        }
    }

    /// The sign that coefficients must have, if any.
    pub(super) fn sign(&self) -> Option<f64> {
        match self {
            Self::Signed { positive } => Some(if *positive { 1.0 } else { -1.0 }),
            Self::Monotone(spline) => Some(if spline.is_increasing() { 1.0 } else { -1.0 }),
            _ => None,
        }
    }

    /// The expression that a transform of one column comes down to, now that it is known what it learned.
    pub(super) fn as_arithmetic(&self, of: Expression) -> Option<Expression> {
        use super::expression::Operator::{Divide, Subtract};
        let Self::Scale { shift, unit } = self else {
            return None;
        };
        let binary = |operator, a, b| {
            Expression::Binary(operator, Box::new(a), Box::new(Expression::Number(b)))
        };
        let shifted = Expression::Group(Box::new(binary(Subtract, of, *shift)));
        Some(Expression::Group(Box::new(binary(Divide, shifted, *unit))))
    }

    /// Whether columns are numbered in names.
    pub(super) fn is_numbered(&self) -> bool {
        !matches!(self, Self::Scale { .. } | Self::Signed { .. })
    }
}

/// `center(x)`, `scale(x)`, `standardize(x)` and the like. As in formulaic, the variance divides by n − 1 in `scale` and by
/// n in `standardize`, which is patsy's, unless `ddof` says otherwise.
fn scale(function: &str, options: &mut Options<'_>, x: &[f64]) -> Result<Transform> {
    let n = x.len() as f64;
    let mean = x.iter().sum::<f64>() / n;
    if function == "center" {
        return Ok(Transform::Scale {
            shift: mean,
            unit: 1.0,
        });
    }
    let shift = if options.flag("center")?.unwrap_or(true) {
        mean
    } else {
        0.0
    };
    let (flag, ddof) = match function {
        "scale" => ("scale", 1.0),
        _ => ("rescale", 0.0),
    };
    let scaled = options.flag(flag)?.unwrap_or(true);
    let ddof = options.number("ddof", false)?.unwrap_or(ddof);
    let squares: f64 = x.iter().map(|x| (x - shift) * (x - shift)).sum();
    let unit = if scaled {
        (squares / (n - ddof)).sqrt()
    } else {
        1.0
    };
    if unit.is_nan() || unit == 0.0 {
        return Err(options.wrong("scales a constant"));
    }
    Ok(Transform::Scale { shift, unit })
}

fn polynomial(options: &mut Options<'_>, x: &[f64]) -> Result<Transform> {
    let degree = options.count("degree", true)?.unwrap_or(1);
    let raw = options.flag("raw")?.unwrap_or(false);
    let mut distinct = x.to_vec();
    distinct.sort_by(f64::total_cmp);
    distinct.dedup();
    if degree == 0 || (degree >= distinct.len() && !raw) {
        return Err(options.wrong(format!(
            "the degree must be between 1 and one less than the {} distinct values",
            distinct.len()
        )));
    }
    Ok(if raw {
        Transform::Raw { degree }
    } else {
        Transform::Polynomial(Polynomial::learn(x, degree))
    })
}

/// The bounds that are given, or the range of the values.
fn bounds(options: &mut Options<'_>, x: &[f64]) -> Result<(f64, f64)> {
    let pair = match options.numbers("boundary_knots")? {
        Some(pair) => Some(pair),
        None => options.numbers("Boundary.knots")?,
    };
    let (lower, upper) = match pair.as_deref() {
        None => (None, None),
        Some([low, high]) => (Some(*low), Some(*high)),
        Some(other) => {
            return Err(options.wrong(format!("there are two boundary knots, not {}", other.len())));
        }
    };
    let low = options.number("lower_bound", false)?.or(lower);
    let high = options.number("upper_bound", false)?.or(upper);
    Ok((
        low.unwrap_or_else(|| x.iter().copied().fold(f64::INFINITY, f64::min)),
        high.unwrap_or_else(|| x.iter().copied().fold(f64::NEG_INFINITY, f64::max)),
    ))
}

fn spline(function: &str, options: &mut Options<'_>, x: &[f64]) -> Result<Transform> {
    let df = options.count("df", true)?;
    let knots = options.numbers("knots")?;
    let degree = options.count("degree", false)?.unwrap_or(3);
    let intercept = options.flag("intercept")?.unwrap_or(false)
        | options.flag("include_intercept")?.unwrap_or(false);
    let bounds = bounds(options, x)?;
    if function == "ns" {
        if degree != 3 {
            return Err(options.wrong("natural splines have degree 3"));
        }
        let spline = NaturalSpline::learn(x, df, knots, intercept, bounds);
        return Ok(Transform::Natural(
            spline.map_err(|error| options.wrong(error))?,
        ));
    }
    let beyond = match options.word("extrapolation")? {
        None => Extrapolation::Raise,
        Some(name) => Extrapolation::by_name(&name).ok_or_else(|| {
            options.wrong(format!(
                "extrapolation is 'raise', 'clip', 'extend', 'zero' or 'na', not '{name}'"
            ))
        })?,
    };
    let spline = BSpline::learn(x, df, knots, degree, intercept, bounds);
    let spline = spline.map_err(|error| options.wrong(error))?;
    if beyond == Extrapolation::Raise
        && let Some(outside) = spline.outside(x)
    {
        return Err(options.wrong(format!(
            "{outside} is outside of the boundary knots; extrapolation='clip', 'extend', 'zero' or 'na' says what to \
             do there"
        )));
    }
    Ok(Transform::BSpline(spline, beyond))
}

/// Natural and cyclic cubic splines by their values at knots, as in patsy and formulaic.
fn cubic(function: &str, options: &mut Options<'_>, x: &[f64]) -> Result<Transform> {
    let cyclic = function == "cc";
    let df = options.count("df", true)?;
    let inner = options.numbers("knots")?;
    let centred = match options.word("constraints")?.as_deref() {
        None | Some("None") => false,
        Some("center") => true,
        Some(other) => {
            return Err(options.wrong(format!("constraints is 'center' or None, not '{other}'")));
        }
    };
    let bounds = bounds(options, x)?;
    let columns = df.map(|df| df + usize::from(centred));
    let knots = cubic_knots(
        x,
        columns.map(|c| c + usize::from(cyclic)),
        inner,
        bounds,
        cyclic,
    )
    .map_err(|error| options.wrong(error))?;
    let (mut spline, _) = if cyclic {
        PiecewiseCubic::cyclic(knots)
    } else {
        PiecewiseCubic::natural(knots)
    };
    if centred {
        spline = spline.centred(x);
    }
    Ok(Transform::Cubic(spline))
}
