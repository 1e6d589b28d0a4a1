//! I-splines: functions that rise from 0 to 1, so that sums of them with coefficients of one sign are monotone
//! (Ramsay 1988, *Monotone regression splines in action*, Statistical Science 3).

use serde::{Deserialize, Serialize};

use super::BSpline;

/// A basis of I-splines, constant outside of the bounds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MonotoneSpline {
    /// The B-splines whose sums from the right the I-splines are.
    splines: BSpline,
    increasing: bool,
}

impl MonotoneSpline {
    /// The columns if neither their number nor knots are given.
    const COLUMNS: usize = 5;

    /// A basis of `df` columns, piecewise polynomials of a degree, its knots at quantiles, or with the knots given.
    ///
    /// ```
    /// use rustsci_glm::splines::MonotoneSpline;
    /// let x: Vec<f64> = (0..=20).map(f64::from).collect();
    /// let basis = MonotoneSpline::learn(&x, Some(4), None, 2, true, (0.0, 20.0)).unwrap();
    /// let columns = basis.columns(&x);
    /// assert_eq!(columns.len(), 4);
    /// assert!(columns.iter().all(|c| c[0] == 0.0 && (c[20] - 1.0).abs() < 1e-14));
    /// assert!(columns.iter().all(|c| c.windows(2).all(|pair| pair[1] > pair[0] - 1e-15)));
    /// ```
    ///
    /// # Errors
    /// If the number of columns is too small for the degree, or a knot is outside the bounds.
    pub fn learn(
        x: &[f64],
        df: Option<usize>,
        knots: Option<Vec<f64>>,
        degree: usize,
        increasing: bool,
        bounds: (f64, f64),
    ) -> Result<Self, String> {
        if degree == 0 {
            return Err("the degree of a monotone spline must be 1 or more".to_owned());
        }
        let df = match (df, &knots) {
            (None, None) => Some(Self::COLUMNS.max(degree)),
            _ => df,
        };
        if let Some(df) = df
            && df < degree
        {
            return Err(format!("df={df} is less than {degree}"));
        }
        Ok(Self {
            splines: BSpline::learn(x, df.map(|df| df + 1), knots, degree, true, bounds)?,
            increasing,
        })
    }

    /// How many columns there are.
    pub fn width(&self) -> usize {
        self.splines.width() - 1
    }

    /// Whether coefficients must not be negative; else they must not be positive.
    pub fn is_increasing(&self) -> bool {
        self.increasing
    }

    /// The columns at some points.
    pub fn columns(&self, x: &[f64]) -> Vec<Vec<f64>> {
        let (low, high) = self.splines.bounds();
        let mut columns = vec![vec![0.0; x.len()]; self.width()];
        let mut row = vec![0.0; self.width() + 1];
        for (index, &x) in x.iter().enumerate() {
            self.splines.values(x.clamp(low, high), 0, &mut row);
            let mut sum = 0.0;
            for (column, value) in columns.iter_mut().zip(&row[1..]).rev() {
                sum += value;
                column[index] = sum;
            }
        }
        columns
    }
}
