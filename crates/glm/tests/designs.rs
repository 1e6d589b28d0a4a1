//! Factors as codes give the fits that their expanded columns give.

use proptest::prelude::*;
use rustsci_glm::design_matrix::{Block, Coding, Dense, Design, Factor};
use rustsci_glm::families::FamilySpec;
use rustsci_glm::{Irls, Model, Observations};

const ROWS: usize = 60;

fn expanded(design: &Design<'_>) -> Design<'static> {
    let rows: Vec<Vec<f64>> = (0..design.rows()).map(|row| design.row(row)).collect();
    let column = |index: usize| rows.iter().map(|row| row[index]).collect::<Vec<f64>>();
    let blocks = (0..design.columns())
        .map(|index| Block::Dense(Dense::Values(column(index).into())))
        .collect();
    Design::new(design.rows(), blocks)
}

fn factor(codes: &[u32], scale: Option<&[f64]>, coding: Coding, group: usize) -> Block<'static> {
    Block::Factor(Factor {
        codes: codes.to_vec().into(),
        scale: scale.map(|scale| scale.to_vec().into()),
        levels: coding.levels(),
        coding,
        group,
    })
}

/// Sum contrasts of three levels.
fn contrasts() -> Coding {
    Coding::Matrix {
        entries: vec![1.0, 0.0, 0.0, 1.0, -1.0, -1.0],
        columns: 2,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: proptest::test_runner::RngSeed::Fixed(1), ..ProptestConfig::with_cases(40) })]

    #[test]
    fn codes_fit_as_their_columns_do(
        first in prop::collection::vec(0..4u32, ROWS),
        second in prop::collection::vec(0..3u32, ROWS),
        x in prop::collection::vec(-2.0..2.0f64, ROWS),
        y in prop::collection::vec(0.1..5.0f64, ROWS),
        weights in prop::collection::vec(0.5..2.0f64, ROWS),
    ) {
        let fast = Coding::dropping(4, Some(0));
        let pairs: Vec<u32> = first.iter().zip(&second).map(|(a, b)| a + 4 * b).collect();
        let design = Design::new(ROWS, vec![
            Block::Dense(Dense::Constant(1.0)),
            Block::Dense(Dense::Values(x.clone().into())),
            factor(&first, None, fast.clone(), 0),
            factor(&second, None, contrasts(), 1),
            factor(&second, Some(&x), contrasts(), 1),
            factor(&pairs, None, fast.product(&contrasts()), 2),
        ]);
        let family = FamilySpec::Poisson.build().unwrap();
        let link = family.default_link().build().unwrap();
        let model = Model { family, link };
        let observations = Observations {
            prior: Some(weights.into()),
            ..Observations::new(y)
        };

        let ours = Irls::default().fit(&design, &observations, &model).unwrap();
        let dense = Irls::default().fit(&expanded(&design), &observations, &model).unwrap();

        prop_assert_eq!(&ours.aliased, &dense.aliased);
        prop_assert!((ours.deviance / dense.deviance - 1.0).abs() < 1e-10);
        for (a, b) in ours.coefficients.iter().zip(&dense.coefficients) {
            prop_assert!(a.is_nan() || (a - b).abs() < 1e-6 * (1.0 + b.abs()), "{a} {b}");
        }
    }
}
