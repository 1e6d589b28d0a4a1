//! Bases of piecewise polynomials.

mod bspline;
mod natural;

pub use bspline::BSpline;
pub use natural::NaturalSpline;

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
