//! Penalised smooths of published tables, beside the figures of mgcv.

use rustsci_glm::formula::{Column, Frame};
use rustsci_glm::{Fitted, Request, fit};

fn motorcycle() -> Vec<(String, Column<'static>)> {
    let text = include_str!("../../../tests/data/glm/mcycle.csv");
    let mut columns = [Vec::new(), Vec::new()];
    for line in text.lines().skip(1) {
        for (column, value) in columns.iter_mut().zip(line.split(',')) {
            column.push(value.parse::<f64>().unwrap());
        }
    }
    let names = ["times", "accel"].map(str::to_owned);
    let numeric = columns.map(|values| Column::Numeric(values.into()));
    names.into_iter().zip(numeric).collect()
}

fn fitted(request: &str) -> Fitted {
    let request: Request = serde_json::from_str(request).unwrap();
    let columns = motorcycle();
    let names: Vec<String> = columns.iter().map(|(name, _)| name.clone()).collect();
    fit(&request, Frame::new(columns).unwrap(), &names).unwrap()
}

#[test]
fn a_thin_plate_spline_by_cross_validation() {
    let fit = fitted(r#"{"formula": "accel ~ s(times, k=20)", "family": {"name": "gaussian"}}"#);

    let criterion = fit.criterion.unwrap();
    assert!((criterion - 564.327_252_5).abs() < 1e-7, "{criterion}");
    assert!((fit.edf.unwrap() - 11.898).abs() < 1e-3, "{:?}", fit.edf);
    assert!(fit.smooths[0].p_value.unwrap() < 1e-10);
}

#[test]
fn each_basis_comes_to_nearly_the_same_curve() {
    for bs in ["tp", "cr", "ps"] {
        for method in ["gcv", "reml"] {
            let fit = fitted(&format!(
                r#"{{"formula": "accel ~ s(times, k=20, bs='{bs}')", "family": {{"name": "gaussian"}},
                    "smoothing": {{"method": "{method}", "gamma": 1.0}}}}"#
            ));
            let edf = fit.edf.unwrap();
            assert!((10.0..14.0).contains(&edf), "{bs} {method} {edf}");
        }
    }
}
