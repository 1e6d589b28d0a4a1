//! Bases of piecewise polynomials.

use serde::{Deserialize, Serialize};

mod bspline;
mod monotone;
mod natural;
mod piecewise_cubic;

pub use bspline::BSpline;
pub use monotone::MonotoneSpline;
pub use natural::NaturalSpline;
pub use piecewise_cubic::{Penalised, PiecewiseCubic};

/// What a spline is outside of its bounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Extrapolation {
    /// Nothing: values there are refused.
    #[default]
    Raise,
    /// What it is at the nearest bound.
    Clip,
    /// The polynomial of the nearest piece.
    Extend,
    /// Zero.
    Zero,
    /// Missing.
    Na,
}

impl Extrapolation {
    /// The rule of a name.
    pub fn by_name(name: &str) -> Option<Self> {
        Some(match name {
            "raise" => Self::Raise,
            "clip" => Self::Clip,
            "extend" => Self::Extend,
            "zero" => Self::Zero,
            "na" => Self::Na,
            _ => return None,
        })
    }
}

/// The knots of a cubic spline, bounds included: so many, with those inside at quantiles of the distinct values, or
/// those given.
pub(crate) fn cubic_knots(
    x: &[f64],
    count: Option<usize>,
    given: Option<Vec<f64>>,
    bounds: (f64, f64),
    cyclic: bool,
) -> Result<Vec<f64>, String> {
    let least = if cyclic { 4 } else { 3 };
    let inside = match (count, &given) {
        (None, None) => return Err("df or knots must be given".to_owned()),
        (Some(count), None) if count < least => {
            return Err(format!("df={} is too small", count - usize::from(cyclic)));
        }
        (Some(count), Some(knots)) if knots.len() + 2 != count => {
            return Err(format!("df contradicts the {} knots", knots.len()));
        }
        (Some(count), _) => count - 2,
        (None, Some(knots)) => knots.len(),
    };
    if bounds.0.is_nan() || bounds.0 >= bounds.1 {
        return Err("all values are the same".to_owned());
    }
    let mut distinct = x.to_vec();
    distinct.sort_by(f64::total_cmp);
    distinct.dedup();
    let mut knots = vec![bounds.0];
    knots.extend(inner_knots(&distinct, inside, given, bounds)?);
    knots.push(bounds.1);
    if knots.len() < least {
        return Err(format!("there must be {} inner knots or more", least - 2));
    }
    if knots.windows(2).any(|pair| pair[0] >= pair[1]) {
        return Err("two knots are the same: there are too few distinct values".to_owned());
    }
    Ok(knots)
}

/// The quantile of sorted values by linear interpolation: type 7 of Hyndman & Fan (1996).
pub fn quantile(sorted: &[f64], probability: f64) -> f64 {
    let place = probability * (sorted.len() - 1) as f64;
    let below = place.floor() as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (place - below as f64) * (sorted[above] - sorted[below])
}

/// Inner knots: those given, or so many quantiles of the values inside the bounds.
fn inner_knots(
    x: &[f64],
    count: usize,
    given: Option<Vec<f64>>,
    bounds: (f64, f64),
) -> Result<Vec<f64>, String> {
    let mut knots = match given {
        Some(knots) => knots,
        None => {
            let mut sorted: Vec<f64> = x
                .iter()
                .copied()
                .filter(|x| (bounds.0..=bounds.1).contains(x))
                .collect();
            if sorted.is_empty() {
                return Err("no values lie inside the bounds".to_owned());
            }
            sorted.sort_by(f64::total_cmp);
            let step = ((count + 1) as f64).recip();
            (1..=count)
                .map(|index| quantile(&sorted, step * index as f64))
                .collect()
        }
    };
    knots.sort_by(f64::total_cmp);
    match knots
        .iter()
        .find(|knot| !(**knot > bounds.0 && **knot < bounds.1))
    {
        Some(knot) => Err(format!(
            "the knot {knot} is not inside of the bounds {} and {}",
            bounds.0, bounds.1
        )),
        None => Ok(knots),
    }
}
