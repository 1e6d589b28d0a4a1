//! Parameters far out: limits that one distribution has in another, and reference values (Arb, 120 digits).

use rustsci_stats::distributions::{
    Beta, Binomial, ChiSquared, Distribution, F, Gamma, NegativeBinomial, Normal, Poisson, StudentT,
};

/// As for ordinary parameters.
const TOLERANCE: f64 = 1e-13;

#[track_caller]
fn assert_close(found: f64, expected: f64) {
    let off = ((found - expected) / expected).abs();
    assert!(off <= TOLERANCE, "{found:e}, not {expected:e}: {off:.1e}");
}

#[track_caller]
fn assert_same(one: &dyn Distribution, other: &dyn Distribution, points: &[f64]) {
    for &x in points {
        assert_close(one.density(x), other.density(x));
        assert_close(one.cdf(x), other.cdf(x));
        assert_close(one.sf(x), other.sf(x));
    }
}

#[test]
fn many_degrees_of_freedom_are_as_good_as_infinitely_many() {
    for degrees in [1e25, 1e100, 1e300] {
        let t = StudentT::new(degrees).unwrap();
        assert_same(&t, &Normal::STANDARD, &[-30.0, -1.0, 0.5, 3.0, 30.0]);
        assert_close(t.ppf(0.01), Normal::STANDARD.ppf(0.01));
        let f = F::new(5.0, degrees).unwrap();
        let chi_squared = ChiSquared::new(5.0).unwrap();
        for x in [0.01, 1.5, 60.0] {
            assert_close(f.cdf(x), chi_squared.cdf(5.0 * x));
            assert_close(f.sf(x), chi_squared.sf(5.0 * x));
        }
        assert_close(f.isf(1e-20), chi_squared.isf(1e-20) / 5.0);
    }
    let far = StudentT::new(1e300).unwrap();
    assert_eq!((far.cdf(1e151), far.cdf(-1e151)), (1.0, 0.0));
}

#[test]
fn rare_events_are_those_of_poisson() {
    let poisson = Poisson::new(1.0).unwrap();
    let counts: Vec<f64> = (0..30).map(f64::from).collect();
    assert_same(&Binomial::new(1e300, 1e-300).unwrap(), &poisson, &counts);
    let overdispersed = NegativeBinomial::from_mean(1.0, 1e30).unwrap();
    assert_same(&overdispersed, &poisson, &counts);
}

#[test]
fn shares_of_very_much_are_gamma() {
    let (beta, gamma) = (
        Beta::new(5.0, 1e300).unwrap(),
        Gamma::new(5.0, 1.0).unwrap(),
    );
    for x in [0.01, 3.0, 200.0] {
        assert_close(beta.cdf(x * 1e-300), gamma.cdf(x));
        assert_close(beta.sf(x * 1e-300), gamma.sf(x));
    }
}

#[test]
fn tiny_shapes_keep_their_upper_tails() {
    // a·E₁(2), and 1 - xᵃ.
    assert_close(
        Gamma::new(1e-200, 1.0).unwrap().sf(2.0),
        4.890_051_070_806_112e-202,
    );
    assert_close(
        Gamma::new(1e-200, 1.0).unwrap().sf(1.0),
        2.193_839_343_955_202_7e-201,
    );
    assert_close(Beta::new(1e-200, 1.0).unwrap().sf(0.25), 4f64.ln() * 1e-200);
    assert_eq!(ChiSquared::new(4e-284).unwrap().isf(3e-79), 0.0);
}

#[test]
fn quantiles_of_small_shapes_have_the_digits_of_the_complement() {
    for (distribution, expected) in [
        (
            &Gamma::new(0.001, 1.0).unwrap() as &dyn Distribution,
            7.960_233_816_826_859e-223,
        ),
        (&Gamma::new(0.02, 1.0).unwrap(), 4.612_709_651_092_272e-12),
        (&Beta::new(0.001, 3.0).unwrap(), 3.162_859_732_358_041e-223),
        (&Beta::new(0.02, 3.0).unwrap(), 1.825_934_699_741_811_9e-12),
    ] {
        assert_close(distribution.isf(0.4), expected);
    }
}

#[test]
fn sharp_steps_have_all_digits_in_their_tails() {
    let f = |numerator, denominator| F::new(numerator, denominator).unwrap();
    assert_close(f(2.1e13, 2.1e13).cdf(0.999_99), 1.724_103_741_628_532e-116);
    assert_close(f(2.1e13, 2.1e13).cdf(0.999_999_9), 0.409_384_406_355_135_5);
    assert_close(f(3.3e13, 2.1e14).sf(1.000_001), 7.963_808_239_361_079e-5);
    assert_close(f(3.3e13, 2.1e16).cdf(0.999_999), 2.465_932_082_641_635e-5);
    assert_eq!(f(1e300, 1e300).cdf(1.0), 0.5);
    // Products that underflow on the way: 1 - xᵃ with x = 1e-200, and equal shares.
    assert_close(
        f(1e-200, 2.0).sf(1.0),
        0.5e-200 * (200.0 * 10f64.ln() + 2f64.ln()),
    );
    assert_close(f(1e-200, 1e-200).sf(1.0), 0.5);
}

#[test]
fn quantiles_of_large_parameters_are_solved_to_the_end() {
    for degrees in [1e8, 1e10, 1e13] {
        let chi_squared = ChiSquared::new(degrees).unwrap();
        for p in [1e-200, 0.01, 0.4] {
            let x = chi_squared.ppf(p);
            // The neighbours of the quantile have probabilities that differ by so much.
            let step = chi_squared.density(x) * x * f64::EPSILON / p;
            let off = (chi_squared.cdf(x) / p - 1.0).abs();
            assert!(
                off <= TOLERANCE.max(step),
                "chi2({degrees:e}).ppf({p:e}): {off:.1e}"
            );
        }
    }
    assert_close(
        ChiSquared::new(1e10).unwrap().ppf(0.01),
        9_999_671_007.669_84,
    );
}
