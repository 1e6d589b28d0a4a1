//! The first two derivatives of ln Γ.

use std::f64::consts::PI;

use super::gamma::sine_of_pi_times;

/// From here on the asymptotic series are used.
const LARGE: f64 = 14.0;
/// The positive zero of digamma, and what rounding it lost.
const ROOT: f64 = 1.4616321449683622;
const ROOT_REST: f64 = 9.549995429965697e-17;

/// The derivative of ln Γ: NaN at zero and the negative integers.
///
/// ```
/// use rustsci_stats::special::digamma;
/// assert!((digamma(1.0) + 0.5772156649015329).abs() < 1e-15);
/// ```
#[must_use]
pub fn digamma(x: f64) -> f64 {
    if x <= 0.0 {
        if x == x.floor() {
            return f64::NAN;
        }
        // Reflection, DLMF 5.5.4.
        return digamma(1.0 - x) - PI * sine_of_pi_times(x + 0.5) / sine_of_pi_times(x);
    }
    let from_root = (x - ROOT) - ROOT_REST;
    if from_root.abs() < 0.35 {
        // Sums that cancel lose the zero; its Taylor series keeps it.
        return from_root
            * TAYLOR
                .iter()
                .rev()
                .fold(0.0, |sum, coefficient| coefficient + sum * from_root);
    }
    let (mut x, mut sum) = (x, 0.0);
    while x < LARGE {
        sum += 1.0 / x;
        x += 1.0;
    }
    let square = 1.0 / (x * x);
    // DLMF 5.11.2.
    let series = [
        1.0 / 12.0,
        -1.0 / 120.0,
        1.0 / 252.0,
        -1.0 / 240.0,
        1.0 / 132.0,
        -691.0 / 32_760.0,
        1.0 / 12.0,
    ];
    let tail = series
        .iter()
        .rev()
        .fold(0.0, |sum, coefficient| coefficient + sum * square)
        * square;
    x.ln() - 0.5 / x - tail - sum
}

/// The second derivative of ln Γ: infinite at zero and the negative integers.
///
/// ```
/// use rustsci_stats::special::trigamma;
/// assert!((trigamma(1.0) - std::f64::consts::PI.powi(2) / 6.0).abs() < 1e-15);
/// ```
#[must_use]
pub fn trigamma(x: f64) -> f64 {
    if x <= 0.0 {
        if x == x.floor() {
            return f64::INFINITY;
        }
        // Reflection, DLMF 5.15.6.
        return (PI / sine_of_pi_times(x)).powi(2) - trigamma(1.0 - x);
    }
    let (mut x, mut sum) = (x, 0.0);
    while x < LARGE {
        sum += 1.0 / (x * x);
        x += 1.0;
    }
    let square = 1.0 / (x * x);
    // DLMF 5.15.8 for n = 1.
    let series = [
        1.0 / 6.0,
        -1.0 / 30.0,
        1.0 / 42.0,
        -1.0 / 30.0,
        5.0 / 66.0,
        -691.0 / 2730.0,
        7.0 / 6.0,
    ];
    let tail = series
        .iter()
        .rev()
        .fold(0.0, |sum, coefficient| coefficient + sum * square)
        * square;
    sum + (1.0 + 0.5 / x + tail) / x
}

/// Coefficients of (x - r)¹, (x - r)², … about the zero r.
#[rustfmt::skip]
static TAYLOR: [f64; 33] = [
    0.9676722454476212,
    -0.4427631689835921,
    0.258499760955651,
    -0.16394270544240652,
    0.10782405069126237,
    -0.07219956125645471,
    0.04880428816414311,
    -0.03316112647484736,
    0.022597648232218104,
    -0.01542476590494896,
    0.010538791616612175,
    -0.007204534386356869,
    0.004926781395729853,
    -0.003369801655439328,
    0.002305126326734928,
    -0.0015769367714301972,
    0.0010788252019162967,
    -0.0007380709389960052,
    0.000504953265834602,
    -0.0003454680251063077,
    0.00023635601564027053,
    -0.00016170622091974803,
    0.0001106337276874741,
    -7.569179582195066e-05,
    5.178575795222081e-05,
    -3.5430070947659604e-05,
    2.424006611860132e-05,
    -1.6584242271854135e-05,
    1.134638458466385e-05,
    -7.762817668462094e-06,
    5.3110609208898636e-06,
    -3.6336507898010456e-06,
    2.486022733129538e-06,
];
