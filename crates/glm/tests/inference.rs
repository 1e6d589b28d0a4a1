//! Intervals and tests of a small table whose answers are known in closed form.

use rustsci_glm::families::FamilySpec;
use rustsci_glm::formula::{Column, Frame};
use rustsci_glm::inference::{Bread, Groups, prepare, score_test};
use rustsci_glm::{Fitted, Request, Rows, fit};

fn request(formula: &str) -> Request {
    Request::new(formula, FamilySpec::Poisson)
}

/// Two groups of three counts, with sums of 6 and 24.
fn frame() -> Frame<'static> {
    let numeric =
        |name: &str, values: &[f64]| (name.to_owned(), Column::Numeric(values.to_vec().into()));
    Frame::new(vec![
        numeric("y", &[1.0, 2.0, 3.0, 6.0, 8.0, 10.0]),
        numeric("x", &[0.0, 0.0, 0.0, 1.0, 1.0, 1.0]),
        numeric("z", &[1.0, 0.0, 1.0, 0.0, 1.0, 0.0]),
    ])
    .unwrap()
}

fn fitted(formula: &str) -> Fitted {
    fit(&request(formula), frame(), &[]).unwrap()
}

fn near(value: f64, expected: f64, digits: f64) {
    assert!(
        (value - expected).abs() <= digits * expected.abs().max(1e-3),
        "{value} is not {expected}"
    );
}

#[test]
fn equal_groups_have_the_mean_of_all() {
    let (model, frame) = (fitted("y ~ x"), frame());
    let rows = Rows::new(&model, &frame).unwrap();

    let constrained = rows.constrained(&[0.0, 1.0], &[0.0]).unwrap();

    near(constrained.coefficients[0], 5.0_f64.ln(), 1e-12);
    assert_eq!(constrained.coefficients[1], 0.0);
    assert_eq!(constrained.rank, 1);
    near(constrained.covariance[0], 1.0 / 30.0, 1e-12);
    // 2 Σ sums · log(mean / common mean).
    let difference = 2.0 * (6.0 * (2.0_f64 / 5.0).ln() + 24.0 * (8.0_f64 / 5.0).ln());
    near(constrained.deviance - model.deviance, difference, 1e-10);
}

#[test]
fn constraints_that_contradict_each_other_are_refused() {
    let (model, frame) = (fitted("y ~ x"), frame());
    let rows = Rows::new(&model, &frame).unwrap();

    let refused = rows
        .constrained(&[0.0, 1.0, 0.0, 2.0], &[0.0, 1.0])
        .unwrap_err();

    assert!(refused.to_string().contains("contradict"), "{refused}");
}

#[test]
fn the_profile_of_a_constant_is_known() {
    let (model, frame) = (fitted("y ~ 1"), frame());
    let rows = Rows::new(&model, &frame).unwrap();
    let c = 1.959_963_984_540_054;

    let (low, high) = rows.profile_interval(0, c);

    // The deviance of a common mean m is 2 (30 log(5 / m) − 30 + 6 m), and so its rise.
    for end in [low, high] {
        let m = end.exp();
        near(2.0 * (30.0 * (5.0 / m).ln() - 30.0 + 6.0 * m), c * c, 1e-9);
    }
    assert!(low < 5.0_f64.ln() && 5.0_f64.ln() < high);
}

#[test]
fn the_score_test_of_two_groups_is_that_of_their_table() {
    let model = fitted("y ~ 1");

    let test = score_test(&model, "y ~ 1 + x", frame(), &[]).unwrap();

    // Pearson's χ² of the sums 6 and 24, of which 15 are expected each.
    near(test.statistic, (81.0 + 81.0) / 15.0, 1e-12);
    assert_eq!((test.df, test.names), (1, vec!["x".to_owned()]));
}

#[test]
fn a_group_a_row_is_white_and_a_column_that_depends_on_others_tests_nothing() {
    let (model, frame_of) = (fitted("y ~ x"), frame());
    let rows = Rows::new(&model, &frame_of).unwrap();
    let each = Groups::of(&Column::Numeric(
        (0..6).map(f64::from).collect::<Vec<_>>().into(),
    ));

    let clustered = rows
        .cluster_covariance(&[each], false, Bread::Expected)
        .unwrap();
    let white = rows.robust_covariance("HC0", Bread::Expected).unwrap();

    for (a, b) in clustered.iter().zip(&white) {
        near(*a, *b, 1e-12);
    }
    let test = score_test(&model, "y ~ x + I(2*x)", frame(), &[]).unwrap();
    assert_eq!(test.df, 0);
}

#[test]
fn a_model_is_known_before_it_is_fitted() {
    let prepared = prepare(&request("y ~ x + I(2*x)"), frame(), &[]).unwrap();

    assert_eq!(prepared.rank, 2);
    assert_eq!(prepared.aliased, [false, false, true]);
    assert_eq!(prepared.rows, 6);
}

#[test]
fn a_likelihood_that_never_falls_has_no_end_on_that_side() {
    let numeric =
        |name: &str, values: &[f64]| (name.to_owned(), Column::Numeric(values.to_vec().into()));
    let separated = || {
        Frame::new(vec![
            numeric("y", &[0.0, 0.0, 0.0, 1.0, 0.0, 0.0]),
            numeric("x", &[0.0, 0.0, 0.0, 1.0, 1.0, 1.0]),
        ])
        .unwrap()
    };
    let request = Request {
        family: FamilySpec::Binomial,
        max_iterations: Some(30),
        ..request("y ~ x")
    };
    let (model, frame) = (fit(&request, separated(), &[]).unwrap(), separated());
    let rows = Rows::new(&model, &frame).unwrap();

    let (low, high) = rows.profile_interval(1, 1.96);

    assert!(low.is_finite() && low < 5.0, "{low}");
    assert_eq!(high, f64::INFINITY);
}
