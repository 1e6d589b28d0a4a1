//! Natural cubic splines: straight lines outside the bounds.

use serde::{Deserialize, Serialize};

use super::BSpline;
use crate::matrices::null_space;

/// A basis of cubic splines whose second derivative vanishes at the bounds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NaturalSpline {
    cubic: BSpline,
    intercept: bool,
    /// The basis in terms of B-splines: a row a B-spline.
    combination: Vec<f64>,
    /// How many columns there are.
    width: usize,
}

impl NaturalSpline {
    /// A basis of `df` columns, its knots at quantiles, or with the knots given.
    ///
    /// # Errors
    /// If there are too few columns, or a knot is outside the bounds.
    pub fn learn(
        x: &[f64],
        df: Option<usize>,
        knots: Option<Vec<f64>>,
        intercept: bool,
        bounds: (f64, f64),
    ) -> Result<Self, String> {
        let least = 1 + usize::from(intercept);
        match df {
            Some(df) if df < least => return Err(format!("df={df} is less than {least}")),
            _ => {}
        }
        // Two conditions at the bounds take two columns away, and the constant another one.
        let df_of_cubic = match (df, &knots) {
            (Some(df), None) => Some(df + 3 - usize::from(intercept)),
            (None, None) => Some(4),
            (Some(df), Some(knots)) if df != knots.len() + least => {
                return Err(format!("df={df} contradicts the {} knots", knots.len()));
            }
            (_, Some(_)) => None,
        };
        let cubic = BSpline::learn(x, df_of_cubic, knots, 3, true, bounds)?;
        let n = cubic.functions();
        let first = usize::from(!intercept);
        let mut conditions = Vec::new();
        for bound in [bounds.0, bounds.1] {
            let mut curvature = vec![0.0; n];
            cubic.values(bound, 2, &mut curvature);
            conditions.push(curvature[first..].to_vec());
        }
        Ok(Self {
            combination: null_space(conditions, n - first),
            width: n - first - 2,
            cubic,
            intercept,
        })
    }

    /// How many columns there are.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The columns at some points, lines beyond the bounds.
    pub fn columns(&self, x: &[f64]) -> Vec<Vec<f64>> {
        let n = self.cubic.functions();
        let first = usize::from(!self.intercept);
        let (low, high) = self.cubic.bounds();
        let mut columns = vec![vec![0.0; x.len()]; self.width];
        let (mut value, mut slope) = (vec![0.0; n], vec![0.0; n]);
        for (index, &x) in x.iter().enumerate() {
            let nearest = x.clamp(low, high);
            self.cubic.values(nearest, 0, &mut value);
            if nearest != x {
                self.cubic.values(nearest, 1, &mut slope);
                for (value, slope) in value.iter_mut().zip(&slope) {
                    *value += (x - nearest) * slope;
                }
            }
            for (value, row) in value[first..]
                .iter()
                .zip(self.combination.chunks_exact(self.width))
            {
                for (column, factor) in columns.iter_mut().zip(row) {
                    column[index] += value * factor;
                }
            }
        }
        columns
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_lines_beyond_the_bounds() {
        let x: Vec<f64> = (0..=30).map(f64::from).collect();
        let basis = NaturalSpline::learn(&x, Some(4), None, false, (0.0, 30.0)).unwrap();
        let columns = basis.columns(&[-3.0, -2.0, -1.0, 0.0, 30.0, 31.0, 32.0]);
        assert_eq!(columns.len(), 4);
        for column in columns {
            assert!((column[0] - 2.0 * column[1] + column[2]).abs() < 1e-12);
            assert!((column[1] - 2.0 * column[2] + column[3]).abs() < 1e-12);
            assert!((column[4] - 2.0 * column[5] + column[6]).abs() < 1e-12);
        }
    }
}
