//! Fits of published data sets, compared with the figures that R reports.

use rustsci_glm::families::FamilySpec;
use rustsci_glm::formula::{Column, Frame};
use rustsci_glm::{Fitted, Request, fit};

fn request(formula: &str, family: FamilySpec) -> Request {
    Request::new(formula, family)
}

fn numeric(name: &str, values: &[f64]) -> (String, Column<'static>) {
    (name.to_owned(), Column::Numeric(values.to_vec().into()))
}

fn fitted(request: &Request, columns: Vec<(String, Column<'_>)>) -> Fitted {
    fit(request, Frame::new(columns).unwrap(), &[]).unwrap()
}

fn near(value: f64, expected: f64) {
    assert!(
        (value / expected - 1.0).abs() < 1e-9,
        "{value} is not {expected}"
    );
}

#[test]
fn dobson_counts() {
    // Dobson (1990), An Introduction to Generalized Linear Models, page 93.
    let counts = [18.0, 17.0, 15.0, 20.0, 10.0, 20.0, 25.0, 13.0, 12.0];
    let outcome = [1.0, 2.0, 3.0, 1.0, 2.0, 3.0, 1.0, 2.0, 3.0];
    let treatment = [1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 3.0, 3.0, 3.0];

    let result = fitted(
        &request("counts ~ C(outcome) + C(treatment)", FamilySpec::Poisson),
        vec![
            numeric("counts", &counts),
            numeric("outcome", &outcome),
            numeric("treatment", &treatment),
        ],
    );

    near(result.deviance, 5.129_141_077_001_145);
    assert_eq!(result.recipe.names[1], "C(outcome)[T.2]");
    assert!(result.converged);
}

#[test]
fn clotting_times() {
    // McCullagh & Nelder (1989), page 300.
    let u: [f64; 9] = [5.0, 10.0, 15.0, 20.0, 30.0, 40.0, 60.0, 80.0, 100.0];
    let lot = [118.0, 58.0, 42.0, 35.0, 27.0, 25.0, 21.0, 19.0, 18.0];

    let result = fitted(
        &request("lot ~ log(u)", FamilySpec::Gamma),
        vec![numeric("lot", &lot), numeric("u", &u)],
    );

    near(result.deviance, 0.016_729_715_178_485);
    assert!((result.coefficients[0] + 0.016_554_38).abs() < 5e-9);
    assert!((result.coefficients[1] - 0.015_343_11).abs() < 5e-9);
}

#[test]
fn budworms() {
    // Collett (1991), Modelling Binary Data, page 75.
    let dead = [
        1.0, 4.0, 9.0, 13.0, 18.0, 20.0, 0.0, 2.0, 6.0, 10.0, 12.0, 16.0,
    ];
    let alive: Vec<f64> = dead.iter().map(|dead| 20.0 - dead).collect();
    let dose: Vec<f64> = (0..12).map(|row| f64::from(row % 6)).collect();
    let sex: Vec<f64> = (0..12).map(|row| f64::from(row / 6)).collect();
    let columns = || {
        vec![
            numeric("dead", &dead),
            numeric("alive", &alive),
            numeric("ldose", &dose),
            numeric("sex", &sex),
        ]
    };
    let mut logit = request("cbind(dead, alive) ~ C(sex) * ldose", FamilySpec::Binomial);
    near(fitted(&logit, columns()).deviance, 4.993_727_308);
    logit.formula = "cbind(dead, alive) ~ C(sex) + ldose".to_owned();
    logit.link = Some(rustsci_glm::links::LinkSpec::Probit);
    near(fitted(&logit, columns()).deviance, 5.565_963_287);
}

#[test]
fn a_response_below_the_range_of_the_link_keeps_its_columns() {
    // Starting means of such rows have no logarithm.
    let y = numeric("y", &[-0.5, 1.0, 1.5, 2.0, 3.0, 4.5]);
    let x = numeric("x", &[0.0, 1.0, 2.0, 3.0, 4.0, 5.0]);
    let model = Request {
        link: Some(rustsci_glm::links::LinkSpec::Log),
        ..request("y ~ x", FamilySpec::Gaussian)
    };

    let fit = fitted(&model, vec![y, x]);

    assert_eq!(fit.aliased, [false, false]);
    assert!(fit.converged && fit.coefficients.iter().all(|b| b.is_finite()));
}
