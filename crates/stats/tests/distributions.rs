//! Densities, tails and quantiles against reference values of many digits (`reference/generate.py`).

use rustsci_stats::distributions::{
    Beta, Binomial, ChiSquared, Distribution, F, Gamma, NegativeBinomial, Normal, ParameterError,
    Poisson, StudentT,
};
use rustsci_stats::special::{digamma, ln_gamma, trigamma};

/// What is promised: a relative error of at most this, in the tails as well.
const TOLERANCE: f64 = 1e-13;

struct Reference {
    family: &'static str,
    first: f64,
    second: f64,
    x: f64,
    density: f64,
    cdf: f64,
    sf: f64,
}

impl Reference {
    fn distribution(&self) -> Result<Box<dyn Distribution>, ParameterError> {
        let (first, second) = (self.first, self.second);
        Ok(match self.family {
            "normal" => Box::new(Normal::new(first, second)?),
            "gamma" => Box::new(Gamma::new(first, second)?),
            "chi_squared" => Box::new(ChiSquared::new(first)?),
            "student_t" => Box::new(StudentT::new(first)?),
            "beta" => Box::new(Beta::new(first, second)?),
            "f" => Box::new(F::new(first, second)?),
            "poisson" => Box::new(Poisson::new(first)?),
            "binomial" => Box::new(Binomial::new(first, second)?),
            "negative_binomial" => Box::new(NegativeBinomial::new(first, second)?),
            other => panic!("the reference has a family {other}"),
        })
    }

    fn is_discrete(&self) -> bool {
        matches!(self.family, "poisson" | "binomial" | "negative_binomial")
    }
}

fn references() -> Vec<Reference> {
    let rows = include_str!("reference/distributions.csv").lines().skip(1);
    rows.map(|row| {
        let cells: Vec<&str> = row.split(',').collect();
        let number = |index: usize| cells[index].parse().unwrap();
        Reference {
            family: cells[0],
            first: number(1),
            second: number(2),
            x: number(3),
            density: number(4),
            cdf: number(5),
            sf: number(6),
        }
    })
    .collect()
}

/// The relative error; below the normal range, in units of its end.
fn error(found: f64, expected: f64) -> f64 {
    if found == expected {
        return 0.0;
    }
    ((found - expected) / expected.abs().max(f64::MIN_POSITIVE)).abs()
}

fn assert_all(complaints: &[String]) {
    let count = complaints.len();
    assert!(
        complaints.is_empty(),
        "{count} values are off:\n{}",
        complaints.join("\n")
    );
}

#[test]
fn densities_and_tails_have_thirteen_digits() {
    let mut complaints = Vec::new();
    for reference in references() {
        let Reference {
            family,
            first,
            second,
            x,
            ..
        } = reference;
        let distribution = reference.distribution().unwrap();
        let pairs = [
            ("density", distribution.density(x), reference.density),
            ("cdf", distribution.cdf(x), reference.cdf),
            ("sf", distribution.sf(x), reference.sf),
        ];
        for (what, found, expected) in pairs {
            // Further digits are lost where the result leaves the normal numbers.
            let off = error(found, expected);
            if off.is_nan() || off > TOLERANCE {
                complaints.push(format!("{family}({first}, {second}).{what}({x:e}) = {found:e}, not {expected:e}: {off:.1e}"));
            }
        }
    }
    assert_all(&complaints);
}

#[test]
fn logarithms_of_densities_reach_beyond_the_range_of_densities() {
    for reference in references() {
        let distribution = reference.distribution().unwrap();
        let found = distribution.ln_density(reference.x);
        if reference.density > 1e-300 && reference.density.is_finite() {
            let off = (found - reference.density.ln()).abs();
            assert!(
                off < 1e-13 * found.abs().max(1.0),
                "{}: {found}",
                reference.family
            );
        } else {
            assert!(
                found < -690.0,
                "{} at {}: {found}",
                reference.family,
                reference.x
            );
        }
    }
}

/// The quantile of the smaller tail is where it came from, as exactly as that probability says.
#[test]
fn quantiles_invert_the_smaller_tail() {
    let mut complaints = Vec::new();
    for reference in references() {
        let Reference {
            family,
            first,
            second,
            x,
            ..
        } = reference;
        let smaller = reference.cdf.min(reference.sf);
        if reference.is_discrete() || smaller < 1e-290 {
            continue;
        }
        let distribution = reference.distribution().unwrap();
        let found = if reference.cdf <= reference.sf {
            distribution.ppf(reference.cdf)
        } else {
            distribution.isf(reference.sf)
        };
        // Half a unit in the last place of the probability moves the quantile by so much.
        let condition = smaller * f64::EPSILON / (reference.density * x).abs();
        let off = error(found, x);
        let around = x == 0.0 && found.abs() < 1e-15;
        if !around && (off.is_nan() || off > TOLERANCE.max(2.0 * condition)) {
            complaints.push(format!(
                "{family}({first}, {second}) {smaller:e} -> {found:e}, not {x:e}: {off:.1e}"
            ));
        }
    }
    assert_all(&complaints);
}

#[test]
fn quantiles_of_counts_are_the_least_that_reach_the_probability() {
    for reference in references()
        .iter()
        .filter(|reference| reference.is_discrete())
    {
        let Reference {
            family,
            first,
            second,
            x,
            ..
        } = *reference;
        let distribution = reference.distribution().unwrap();
        for p in [1e-20, 0.01, 0.3, 0.5, 0.9999, 1.0 - 1e-15] {
            let k = distribution.ppf(p);
            assert!(
                distribution.cdf(k) >= p,
                "{family}({first}, {second}) {p}: {k} is too few"
            );
            assert!(
                k == 0.0 || distribution.cdf(k - 1.0) < p,
                "{family}({first}, {second}) {p}: {k} is too many"
            );
        }
        if reference.cdf > 1e-10 && reference.sf > 1e-300 {
            assert_eq!(
                distribution.isf(distribution.sf(x)),
                x,
                "{family}({first}, {second})"
            );
        }
    }
}

#[test]
fn logarithmic_derivatives_of_gamma_have_fourteen_digits() {
    for row in include_str!("reference/gamma_functions.csv")
        .lines()
        .skip(1)
    {
        let cells: Vec<f64> = row.split(',').map(|cell| cell.parse().unwrap()).collect();
        let [x, expected_ln, expected_di, expected_tri] = cells[..] else {
            panic!("a row of four: {row}")
        };
        for (name, found, expected) in [
            ("ln_gamma", ln_gamma(x), expected_ln),
            ("digamma", digamma(x), expected_di),
            ("trigamma", trigamma(x), expected_tri),
        ] {
            let off = error(found, expected);
            assert!(
                off < 2e-14,
                "{name}({x}) = {found}, not {expected}: {off:e}"
            );
        }
    }
}

#[test]
fn ends_of_the_range_are_exact() {
    let t = StudentT::new(3.0).unwrap();
    assert_eq!(
        (t.cdf(f64::INFINITY), t.sf(f64::INFINITY), t.ppf(0.5)),
        (1.0, 0.0, 0.0)
    );
    assert_eq!((t.ppf(0.0), t.ppf(1.0)), (f64::NEG_INFINITY, f64::INFINITY));
    let gamma = Gamma::new(2.0, 1.0).unwrap();
    assert_eq!(
        (gamma.cdf(-1.0), gamma.sf(-1.0), gamma.density(0.0)),
        (0.0, 1.0, 0.0)
    );
    assert_eq!((gamma.ppf(0.0), gamma.ppf(1.0)), (0.0, f64::INFINITY));
    let beta = Beta::new(0.5, 1.0).unwrap();
    assert_eq!(
        (beta.density(0.0), beta.density(1.0), beta.density(2.0)),
        (f64::INFINITY, 0.5, 0.0)
    );
    let f = F::new(2.0, 3.0).unwrap();
    assert_eq!(
        (f.density(0.0), f.cdf(f64::INFINITY), f.ppf(1.0)),
        (1.0, 1.0, f64::INFINITY)
    );
    let poisson = Poisson::new(0.0).unwrap();
    assert_eq!(
        (poisson.density(0.0), poisson.cdf(0.0), poisson.ppf(0.7)),
        (1.0, 1.0, 0.0)
    );
    let binomial = Binomial::new(5.0, 1.0).unwrap();
    assert_eq!(
        (binomial.density(5.0), binomial.cdf(4.0), binomial.ppf(0.5)),
        (1.0, 0.0, 5.0)
    );
    for distribution in [
        &t as &dyn Distribution,
        &gamma,
        &beta,
        &f,
        &poisson,
        &binomial,
    ] {
        assert!(distribution.cdf(f64::NAN).is_nan());
        assert!(distribution.density(f64::NAN).is_nan());
        assert!(distribution.ppf(1.5).is_nan());
    }
}

#[test]
fn infinitely_many_degrees_of_freedom_are_normal() {
    let (t, normal) = (StudentT::new(f64::INFINITY).unwrap(), Normal::STANDARD);
    for x in [-30.0, -1.0, 0.0, 2.5] {
        assert_eq!((t.cdf(x), t.density(x)), (normal.cdf(x), normal.density(x)));
    }
    assert_eq!(t.ppf(0.975), normal.ppf(0.975));
}

#[test]
fn parameters_outside_their_range_are_named() {
    let error = Gamma::new(-1.0, 1.0).unwrap_err();
    assert_eq!(
        error.to_string(),
        "gamma: shape must be positive and finite, not -1"
    );
    assert!(StudentT::new(f64::NAN).is_err());
    assert!(Binomial::new(2.5, 0.5).is_err());
    assert!(NegativeBinomial::new(1.0, 0.0).is_err());
}
