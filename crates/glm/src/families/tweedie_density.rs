//! The density of a Tweedie distribution whose power lies between 1 and 2.

use crate::special::ln_gamma;

/// Terms this much below the largest, in logarithms, do not show in a double.
const NEGLIGIBLE: f64 = 37.0;

/// The log density by the series of Dunn & Smyth (2005, *Series evaluation of Tweedie exponential dispersion model
/// densities*), summed outwards from its largest term; NaN for powers outside of 1 to 2.
///
/// The density at zero is the probability that there is no event at all.
pub(super) fn ln_density(y: f64, mu: f64, power: f64, dispersion: f64) -> f64 {
    if !(power > 1.0 && power < 2.0) {
        return f64::NAN;
    }
    let poisson_rate = mu.powf(2.0 - power) / (dispersion * (2.0 - power));
    if y == 0.0 {
        return -poisson_rate;
    }
    let shape = (2.0 - power) / (power - 1.0);
    let ln_z =
        shape * (y / (power - 1.0)).ln() - (1.0 + shape) * dispersion.ln() - (2.0 - power).ln();
    let ln_term = |j: f64| j * ln_z - ln_gamma(j + 1.0) - ln_gamma(shape * j);
    let largest = (y.powf(2.0 - power) / (dispersion * (2.0 - power)))
        .round()
        .max(1.0);
    let peak = ln_term(largest);
    let relative = |j: f64| ln_term(j) - peak;
    let upward = (0..)
        .map(|i| relative(largest + f64::from(i)))
        .take_while(|term| *term > -NEGLIGIBLE);
    let downward = (1..)
        .map(|i| largest - f64::from(i))
        .take_while(|j| *j >= 1.0)
        .map(relative)
        .take_while(|term| *term > -NEGLIGIBLE);
    let sum: f64 = upward.chain(downward).map(f64::exp).sum();
    let tilt = y * mu.powf(1.0 - power) / (1.0 - power) / dispersion - poisson_rate;
    peak + sum.ln() - y.ln() + tilt
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_density_and_the_atom_at_zero_have_the_mass_one() {
        let (mu, power, dispersion) = (1.5, 1.4, 0.8);
        let step = 1e-3;

        let density: f64 = (1..40_000)
            .map(|i| ln_density(f64::from(i) * step, mu, power, dispersion).exp() * step)
            .sum();

        // The density is unbounded at zero, where the sum of rectangles is least exact.
        assert!((density + ln_density(0.0, mu, power, dispersion).exp() - 1.0).abs() < 2e-3);
    }
}
