//! What distributions of whole numbers have in common.

use super::Distribution;

/// Whether a number is one that can occur.
pub(super) fn is_count(x: f64) -> bool {
    x >= 0.0 && x == x.floor() && x.is_finite()
}

/// The least number from 0 to `most` whose cumulative probability is at least `p`.
///
/// `guess` is where the search begins; it need only be near.
pub(super) fn quantile(of: &impl Distribution, p: f64, guess: f64, most: f64) -> f64 {
    if p == 0.0 {
        return 0.0;
    }
    if p == 1.0 {
        return most;
    }
    search(guess, most, |k| of.cdf(k) >= p)
}

/// The least number from 0 to `most` above which at most `q` is left.
pub(super) fn upper_quantile(of: &impl Distribution, q: f64, guess: f64, most: f64) -> f64 {
    if q == 0.0 {
        return most;
    }
    if q == 1.0 {
        return 0.0;
    }
    search(guess, most, |k| of.sf(k) <= q)
}

/// The least whole number at which a condition holds that holds ever after.
fn search(guess: f64, most: f64, holds: impl Fn(f64) -> bool) -> f64 {
    let guess = if guess.is_finite() {
        guess.floor().clamp(0.0, most)
    } else {
        0.0
    };
    let mut step = 1.0;
    // `low` is a number at which the condition fails, `high` one at which it holds.
    let (mut low, mut high);
    if holds(guess) {
        high = guess;
        low = guess - step;
        while low >= 0.0 && holds(low) {
            high = low;
            step *= 2.0;
            low = high - step;
        }
        low = low.max(-1.0);
    } else {
        low = guess;
        high = (guess + step).min(most);
        while high < most && !holds(high) {
            low = high;
            step *= 2.0;
            high = (low + step).min(most);
        }
    }
    while high - low > 1.0 {
        let middle = (low + 0.5 * (high - low)).floor();
        if middle <= low || middle >= high {
            break;
        }
        if holds(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}

/// A first approximation of a quantile: that of the normal distribution of the same mean and spread.
pub(super) fn normal_guess(mean: f64, variance: f64, z: f64) -> f64 {
    mean + z * variance.sqrt()
}
