//! Different solvers find the same coefficients, and say so when there are none to find.

use rustsci_glm::families::FamilySpec;
use rustsci_glm::formula::{Column, Frame};
use rustsci_glm::{Fitted, Request, Solver, fit};

const ROWS: usize = 400;

fn noise(row: usize, salt: u64) -> f64 {
    let mixed = (row as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15)
        ^ salt.wrapping_mul(0xD1B5_4A32_D192_ED03);
    let mixed = (mixed ^ (mixed >> 31)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    ((mixed ^ (mixed >> 29)) >> 11) as f64 / (1_u64 << 53) as f64
}

fn data() -> Frame<'static> {
    let column = |salt: u64| (0..ROWS).map(|row| noise(row, salt)).collect::<Vec<f64>>();
    let (x, z) = (column(1), column(2));
    let y: Vec<f64> = (0..ROWS)
        .map(|row| (3.0 * noise(row, 3) * (0.4 + x[row])).floor())
        .collect();
    let hit: Vec<f64> = x.iter().map(|x| f64::from(u8::from(*x > 0.5))).collect();
    let level = |row: usize| (noise(row, 4) * 5.0) as u32;
    let numeric = |name: &str, values: Vec<f64>| (name.to_owned(), Column::Numeric(values.into()));
    let levels: Vec<String> = ["a", "b", "c", "d", "e"].map(str::to_owned).to_vec();
    Frame::new(vec![
        numeric("y", y),
        numeric("x", x),
        numeric("z", z),
        numeric("hit", hit),
        (
            "g".to_owned(),
            Column::Categorical {
                codes: (0..ROWS).map(level).collect(),
                levels: levels.into(),
            },
        ),
    ])
    .unwrap()
}

fn solved(solver: Solver, change: impl FnOnce(&mut Request)) -> Fitted {
    let mut request = Request::new("y ~ x + z + C(g, Sum) + z:g", FamilySpec::Poisson);
    request.solver = solver;
    change(&mut request);
    fit(&request, data(), &[]).unwrap()
}

fn assert_near(found: &Fitted, expected: &Fitted, tolerance: f64) {
    assert!(found.converged && expected.converged);
    for (a, b) in found.coefficients.iter().zip(&expected.coefficients) {
        assert!((a - b).abs() < tolerance * (1.0 + b.abs()), "{a} {b}");
    }
}

fn penalty(text: &str) -> impl Fn(&mut Request) {
    let penalty: rustsci_glm::regularization::Penalty = serde_json::from_str(text).unwrap();
    move |request| request.penalty = Some(penalty.clone())
}

#[test]
fn gradients_find_what_least_squares_find() {
    let expected = solved(Solver::Irls, |_| {});
    let found = solved(Solver::Lbfgs, |_| {});
    assert_near(&found, &expected, 1e-6);
    assert!(found.covariance.is_empty());

    let ridge = penalty(r#"{"alpha": 0.05, "l1_ratio": 0.0, "p2": {"z:g": 3.0}}"#);
    assert_near(
        &solved(Solver::Lbfgs, &ridge),
        &solved(Solver::Irls, &ridge),
        1e-6,
    );
}

#[test]
fn coordinates_find_what_least_squares_find() {
    let expected = solved(Solver::Irls, |_| {});
    assert_near(&solved(Solver::CoordinateDescent, |_| {}), &expected, 1e-7);

    let bounds = |request: &mut Request| {
        request.limits =
            serde_json::from_str(r#"{"lower": {"z": 0.2}, "upper": {"x": 0.5}}"#).unwrap();
    };
    let found = solved(Solver::CoordinateDescent, bounds);
    assert_near(&found, &solved(Solver::Irls, bounds), 1e-7);
    assert_eq!((found.coefficients[1], found.coefficients[2]), (0.5, 0.2));
}

#[test]
fn groups_of_one_are_the_lasso() {
    let alone = solved(Solver::Auto, penalty(r#"{"alpha": 0.02, "l1_ratio": 1.0}"#));
    let labels: Vec<String> = (0..alone.coefficients.len())
        .map(|i| i.to_string())
        .collect();
    let text = format!(
        r#"{{"alpha": 0.02, "l1_ratio": 1.0, "groups": [{}]}}"#,
        labels.join(",")
    );
    let grouped = solved(Solver::Auto, penalty(&text));
    assert_near(&grouped, &alone, 1e-7);
    assert!(alone.coefficients.contains(&0.0));
}

#[test]
fn groups_are_zero_or_not_together() {
    let mut kept = Vec::new();
    for alpha in [0.2, 0.02, 0.002] {
        let text = format!(r#"{{"alpha": {alpha}, "l1_ratio": 1.0, "groups": "terms"}}"#);
        let found = solved(Solver::Auto, penalty(&text));
        assert!(found.converged);
        let terms = &found.recipe.assign;
        let zero: Vec<bool> = found.coefficients.iter().map(|b| *b == 0.0).collect();
        for (term, zero_here) in terms.iter().zip(&zero) {
            let same = terms.iter().zip(&zero).filter(|(other, _)| *other == term);
            assert!(same.clone().all(|(_, zero)| zero == zero_here));
        }
        kept.push(zero.iter().filter(|zero| !**zero).count());
    }
    assert!(kept[0] < kept[1] && kept[1] < kept[2], "{kept:?}");
}

#[test]
fn separation_names_the_columns() {
    let found = fit(
        &Request::new("hit ~ x + z", FamilySpec::Binomial),
        data(),
        &[],
    )
    .unwrap();
    let note = found.notes.iter().find(|note| note.contains("separation"));
    let note = note.unwrap_or_else(|| panic!("{:?} {:?}", found.notes, found.history));
    assert!(note.contains("x") && note.contains("Intercept"), "{note}");
    let sound = solved(Solver::Auto, |_| {});
    assert!(sound.notes.is_empty(), "{:?}", sound.notes);
}

#[test]
fn too_few_iterations_name_what_still_changes() {
    let found = solved(Solver::Auto, |request| request.max_iterations = Some(1));
    assert!(!found.converged);
    assert!(
        found.notes[0].contains("after 1 iterations"),
        "{:?}",
        found.notes
    );
}
