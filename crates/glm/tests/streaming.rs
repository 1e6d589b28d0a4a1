//! Fits in batches give the fits of all rows at once.

use rustsci_glm::families::FamilySpec;
use rustsci_glm::formula::{Column, Frame};
use rustsci_glm::{Accumulator, Fitted, Request, Roles, fit};

const ROWS: usize = 3000;

/// Numbers between 0 and 1 that look like chance.
fn noise(row: usize, salt: u64) -> f64 {
    let mixed = (row as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15)
        ^ salt.wrapping_mul(0xD1B5_4A32_D192_ED03);
    let mixed = (mixed ^ (mixed >> 31)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    ((mixed ^ (mixed >> 29)) >> 11) as f64 / (1_u64 << 53) as f64
}

/// Some rows; each batch has its own list of the levels that occur in it.
fn batch(from: usize, to: usize) -> Frame<'static> {
    let column = |salt: u64| (from..to).map(|row| noise(row, salt)).collect::<Vec<f64>>();
    let (x, z, u) = (column(1), column(2), column(3));
    let names: Vec<String> = (from..to)
        .map(|row| format!("g{}", (noise(row, 4) * 7.0) as usize))
        .collect();
    let mut levels = names.clone();
    levels.sort();
    levels.dedup();
    let turn = from % levels.len();
    levels.rotate_left(turn);
    let codes: Vec<u32> = names
        .iter()
        .map(|name| levels.iter().position(|level| level == name).unwrap() as u32)
        .collect();
    let y: Vec<f64> = (0..x.len())
        .map(|row| {
            (2.0 * u[row] * (0.5 + x[row]) * f64::from(1 + u8::from(names[row].as_str() < "g3")))
                .floor()
        })
        .collect();
    let numeric = |name: &str, values: Vec<f64>| (name.to_owned(), Column::Numeric(values.into()));
    Frame::new(vec![
        numeric("y", y),
        numeric("x", x),
        numeric("z", z),
        numeric("w", column(5).iter().map(|w| w + 0.5).collect()),
        (
            "g".to_owned(),
            Column::Categorical {
                codes: codes.into(),
                levels: levels.into(),
            },
        ),
    ])
    .unwrap()
}

/// The same rows with their levels in order, as data in memory have them.
fn whole() -> Frame<'static> {
    let frame = batch(0, ROWS);
    let columns = frame.columns().iter().map(|(name, column)| {
        let Column::Categorical { codes, levels } = column else {
            return (name.clone(), column.clone());
        };
        let mut sorted = levels.to_vec();
        sorted.sort();
        let place = |code: &u32| {
            let level = &levels[*code as usize];
            sorted.iter().position(|known| known == level).unwrap() as u32
        };
        let codes: Vec<u32> = codes.iter().map(place).collect();
        let column = Column::Categorical {
            codes: codes.into(),
            levels: sorted.clone().into(),
        };
        (name.clone(), column)
    });
    Frame::new(columns.collect()).unwrap()
}

fn request(formula: &str) -> Request {
    Request {
        roles: Roles {
            weights: Some("w".to_owned()),
            ..Roles::default()
        },
        ..Request::new(formula, FamilySpec::Poisson)
    }
}

/// A fit by as many workers as there are lists of batches, whose sums travel as bytes.
fn streamed(request: &Request, workers: &[&[(usize, usize)]]) -> Fitted {
    let mut total = Accumulator::new(request.clone()).unwrap();
    loop {
        let sent = total.fork().to_bytes().unwrap();
        let parts: Vec<Vec<u8>> = workers
            .iter()
            .map(|batches| {
                let mut own = Accumulator::from_bytes(&sent).unwrap();
                for &(from, to) in *batches {
                    own.update(batch(from, to), &[]).unwrap();
                }
                own.to_bytes().unwrap()
            })
            .collect();
        for part in &parts {
            total
                .merge(&Accumulator::from_bytes(part).unwrap())
                .unwrap();
        }
        if let Some(fitted) = total.advance().unwrap() {
            assert!(total.is_done());
            return fitted;
        }
    }
}

#[test]
fn batches_give_the_coefficients_of_all_rows() {
    for formula in [
        "y ~ x + z + g",
        "y ~ x * g + I(z**2)",
        "y ~ bs(x, df=5) + center(z) + C(g, Sum)",
        "y ~ poly(z, 3) + scale(x) + C(round(4 * x))",
    ] {
        let request = request(formula);
        let expected = fit(&request, whole(), &[]).unwrap();

        let found = streamed(
            &request,
            &[&[(0, 100), (100, 900)], &[(900, 901), (901, ROWS)]],
        );

        assert_eq!(found.recipe.names, expected.recipe.names, "{formula}");
        assert_eq!((found.rows, found.nobs), (expected.rows, expected.nobs));
        assert!((found.deviance / expected.deviance - 1.0).abs() < 1e-13);
        for (a, b) in found.coefficients.iter().zip(&expected.coefficients) {
            assert!(
                (a - b).abs() < 1e-10 * (1.0 + b.abs()),
                "{formula}: {a} {b}"
            );
        }
        for (a, b) in found.covariance.iter().zip(&expected.covariance) {
            assert!((a - b).abs() < 1e-9 * (1.0 + b.abs()), "{formula}: {a} {b}");
        }
    }
}

#[test]
fn the_same_bits_for_any_division_of_batches() {
    let request = request("y ~ bs(x, df=4) * g + z");
    let batches = [(0, 10), (10, 700), (700, 701), (701, 2500), (2500, ROWS)];

    let alone = streamed(&request, &[&batches]);

    for cut in 1..batches.len() {
        let (first, second) = batches.split_at(cut);
        for workers in [[first, second], [second, first]] {
            let divided = streamed(&request, &workers);
            assert_eq!(divided.coefficients, alone.coefficients);
            assert_eq!(divided.covariance, alone.covariance);
            assert_eq!(divided.deviance, alone.deviance);
        }
    }
}

#[test]
fn penalties_and_limits_stream() {
    for penalise in [false, true] {
        let mut request = request("y ~ x + z + g");
        if penalise {
            let text = r#"{"alpha": 0.01, "l1_ratio": 0.5}"#;
            request.penalty = Some(serde_json::from_str(text).unwrap());
        } else {
            let text = r#"{"lower": {"z": 0.1}, "upper": 0.2}"#;
            request.limits = serde_json::from_str(text).unwrap();
        }
        let expected = fit(&request, whole(), &[]).unwrap();

        let found = streamed(&request, &[&[(0, 1000), (1000, 2001)], &[(2001, ROWS)]]);

        assert!(expected.converged && found.converged);
        for (a, b) in found.coefficients.iter().zip(&expected.coefficients) {
            assert!((a - b).abs() < 1e-10 * (1.0 + b.abs()), "{a} {b}");
        }
    }
}

#[test]
fn what_fails_leaves_an_accumulator_as_it_was() {
    let request = request("y ~ x + g");
    let mut total = Accumulator::new(request).unwrap();
    total.update(batch(0, 500), &[]).unwrap();
    let before = total.to_bytes().unwrap();
    let wrong = Frame::new(vec![("x".to_owned(), Column::Numeric(vec![1.0].into()))]).unwrap();

    assert!(total.update(wrong, &[]).is_err());

    let decoded = Accumulator::from_bytes(&before).unwrap();
    total.advance().unwrap();
    assert!(total.merge(&decoded).is_err());
    assert!(Accumulator::from_bytes(b"something else").is_err());
    assert!(Accumulator::from_bytes(&before[..before.len() / 2]).is_err());
    assert!(total.fork().advance().is_err());
}

#[test]
fn a_fit_of_nothing_is_an_error() {
    let mut total = Accumulator::new(request("y ~ x")).unwrap();
    assert!(total.advance().is_err());
}
