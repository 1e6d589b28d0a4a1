//! The special functions and tails that likelihoods and tests are made of, from `rustsci-stats`.

use rustsci_stats::distributions::{Beta, ChiSquared, Distribution, F, Normal, StudentT};
pub use rustsci_stats::special::{digamma, ln_gamma, trigamma};

/// The logarithm of the binomial coefficient of real arguments.
///
/// ```
/// assert!((rustsci_glm::special::ln_choose(5.0, 2.0) - 10.0_f64.ln()).abs() < 1e-14);
/// ```
pub fn ln_choose(n: f64, k: f64) -> f64 {
    if k == 0.0 || k == n {
        return 0.0;
    }
    ln_gamma(n + 1.0) - ln_gamma(k + 1.0) - ln_gamma(n - k + 1.0)
}

/// The share of the beta function's integral up to `x`; NaN for parameters that are not positive.
pub fn regularized_beta(a: f64, b: f64, x: f64) -> f64 {
    Beta::new(a, b).map_or(f64::NAN, |beta| beta.cdf(x))
}

/// The density of the standard normal distribution.
#[inline]
pub fn normal_pdf(x: f64) -> f64 {
    (-0.5 * x * x).exp() / std::f64::consts::TAU.sqrt()
}

/// The standard normal distribution function.
pub fn normal_cdf(x: f64) -> f64 {
    Normal::STANDARD.cdf(x)
}

/// The probability above `x` of the standard normal distribution.
pub fn normal_sf(x: f64) -> f64 {
    Normal::STANDARD.sf(x)
}

/// The quantile of the standard normal distribution.
pub fn normal_quantile(p: f64) -> f64 {
    Normal::STANDARD.ppf(p)
}

/// The probability above `x` of Student's distribution; NaN without degrees of freedom.
pub fn t_sf(x: f64, df: f64) -> f64 {
    StudentT::new(df).map_or(f64::NAN, |t| t.sf(x))
}

/// The quantile of Student's distribution; NaN without degrees of freedom.
pub fn t_quantile(p: f64, df: f64) -> f64 {
    StudentT::new(df).map_or(f64::NAN, |t| t.ppf(p))
}

/// The probability above `x` of the χ² distribution; NaN without degrees of freedom.
pub fn chi2_sf(x: f64, df: f64) -> f64 {
    ChiSquared::new(df).map_or(f64::NAN, |chi2| chi2.sf(x))
}

/// The probability above `x` of the F distribution; NaN without degrees of freedom.
pub fn f_sf(x: f64, df1: f64, df2: f64) -> f64 {
    F::new(df1, df2).map_or(f64::NAN, |f| f.sf(x))
}
