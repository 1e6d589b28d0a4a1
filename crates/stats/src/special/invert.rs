//! Solving for a positive number, to the last digits.

/// Newton's method falls back on bisection when this many steps did not suffice; neither is ever near it.
const MOST_STEPS: usize = 300;

/// Where a function stands at a point.
pub(super) struct Standing {
    /// How far the point is on the wrong side: of the sign of x - solution.
    pub(super) excess: f64,
    /// The derivative of the excess by ln x.
    pub(super) slope: f64,
}

/// The x > 0 at which an increasing excess vanishes: Newton's method on ln x, kept inside a bracket that shrinks.
///
/// Steps multiply x, so its relative accuracy is that of the last step, however small or large x is.
pub(super) fn solve(start: f64, limit: f64, standing: impl Fn(f64) -> Standing) -> f64 {
    let (mut low, mut high) = (0.0_f64, limit);
    let mut x = start;
    for _ in 0..MOST_STEPS {
        let Standing { excess, slope } = standing(x);
        if excess > 0.0 {
            high = x;
        } else if excess < 0.0 {
            low = x;
        } else {
            return x;
        }
        let step = -excess / slope;
        let next = x * step.exp();
        // The error after a step is the square of that before it, in units of the width of the distribution: for
        // large parameters that is small beside x.
        if step * step * slope.abs().max(1.0) < 1e-17 {
            return next;
        }
        x = if next > low && next < high {
            next
        } else {
            between(low, high)
        };
        if x <= low || x >= high {
            return x;
        }
    }
    x
}

/// A number between two, in the middle of their logarithms.
fn between(low: f64, high: f64) -> f64 {
    if low > 0.0 {
        low.sqrt() * high.sqrt()
    } else {
        // Zero has no logarithm: approach it fast.
        high.min(1.0) * 1e-20
    }
}
