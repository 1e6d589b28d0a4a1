//! B-splines (de Boor 1978, *A Practical Guide to Splines*, chapter X).

use serde::{Deserialize, Serialize};

use super::{Extrapolation, inner_knots};

/// A basis of B-splines; its first column is left out unless it shall span the constant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BSpline {
    degree: usize,
    intercept: bool,
    /// All knots, the bounds as often as the order says.
    knots: Vec<f64>,
}

impl BSpline {
    /// A basis of `df` columns, its knots at quantiles, or with the knots given.
    ///
    /// ```
    /// use rustsci_glm::splines::BSpline;
    /// let x: Vec<f64> = (0..10).map(f64::from).collect();
    /// let basis = BSpline::learn(&x, Some(5), None, 3, false, (0.0, 9.0)).unwrap();
    /// assert_eq!(basis.columns(&x).unwrap().len(), 5);
    /// ```
    ///
    /// # Errors
    /// If the number of columns is too small for the degree, or a knot is outside the bounds.
    pub fn learn(
        x: &[f64],
        df: Option<usize>,
        knots: Option<Vec<f64>>,
        degree: usize,
        intercept: bool,
        bounds: (f64, f64),
    ) -> Result<Self, String> {
        let least = degree + usize::from(intercept);
        let count = match (df, &knots) {
            (Some(df), None) if df >= least => df - least,
            (Some(df), None) => return Err(format!("df={df} is less than {least}")),
            (Some(df), Some(knots)) if df != knots.len() + least => {
                return Err(format!("df={df} contradicts the {} knots", knots.len()));
            }
            _ => 0,
        };
        if bounds.0.is_nan() || bounds.0 >= bounds.1 {
            return Err("all values are the same".to_owned());
        }
        let inner = inner_knots(x, count, knots, bounds)?;
        let mut all = vec![bounds.0; degree + 1];
        all.extend(inner);
        all.extend(vec![bounds.1; degree + 1]);
        Ok(Self {
            degree,
            intercept,
            knots: all,
        })
    }

    /// A basis of `count` functions over evenly spaced knots that go on beyond the bounds (Eilers & Marx 1996).
    pub(crate) fn evenly_spaced(count: usize, degree: usize, bounds: (f64, f64)) -> Self {
        let pieces = count - degree;
        let gap = (bounds.1 - bounds.0) / pieces as f64;
        let knots = (0..=count + degree)
            .map(|index| match index {
                _ if index == degree => bounds.0,
                _ if index == count => bounds.1,
                _ => bounds.0 + gap * (index as f64 - degree as f64),
            })
            .collect();
        Self {
            degree,
            intercept: true,
            knots,
        }
    }

    /// The values of all functions at a point; beyond the bounds, on the lines that touch them there.
    pub(crate) fn fill_with_lines(&self, x: f64, out: &mut Vec<f64>) {
        let (low, high) = self.bounds();
        let nearest = x.clamp(low, high);
        out.resize(self.functions(), 0.0);
        self.values(nearest, 0, out);
        if nearest != x && self.degree > 0 {
            let mut slope = vec![0.0; out.len()];
            self.values(nearest, 1, &mut slope);
            for (value, slope) in out.iter_mut().zip(&slope) {
                *value += (x - nearest) * slope;
            }
        }
    }

    /// How many columns there are.
    pub fn width(&self) -> usize {
        self.functions() - usize::from(!self.intercept)
    }

    /// The first value that is outside of the bounds.
    pub(crate) fn outside(&self, x: &[f64]) -> Option<f64> {
        let (low, high) = self.bounds();
        x.iter().copied().find(|x| !(low..=high).contains(x))
    }

    /// How many functions there are with the first one.
    pub(super) fn functions(&self) -> usize {
        self.knots.len() - self.degree - 1
    }

    pub(super) fn bounds(&self) -> (f64, f64) {
        (self.knots[self.degree], self.knots[self.functions()])
    }

    /// The functions' values at a point inside the bounds, or their derivatives of some order.
    pub(super) fn values(&self, x: f64, derivative: usize, out: &mut [f64]) {
        out.fill(0.0);
        let last = self.functions() - 1;
        let inside = &self.knots[self.degree + 1..=last];
        let span = self.degree + inside.partition_point(|knot| *knot <= x);
        // The functions of lower degree that are not zero on the span, raised degree by degree.
        let mut values = vec![0.0; self.degree + 1];
        values[self.degree] = 1.0;
        for degree in 1..=self.degree {
            let differentiate = degree + derivative > self.degree;
            for place in self.degree - degree..=self.degree {
                let index = span + place - self.degree;
                let left = if place + degree > self.degree {
                    self.raised(index, degree, x, differentiate, true) * values[place]
                } else {
                    0.0
                };
                let right = if place < self.degree {
                    self.raised(index, degree, x, differentiate, false) * values[place + 1]
                } else {
                    0.0
                };
                values[place] = left + right;
            }
        }
        out[span - self.degree..=span].copy_from_slice(&values);
    }

    /// The factor of one of the two functions of lower degree in the recurrence, or in its derivative.
    fn raised(&self, index: usize, degree: usize, x: f64, differentiate: bool, left: bool) -> f64 {
        let start = index + usize::from(!left);
        let (from, to) = (self.knots[start], self.knots[start + degree]);
        if to <= from {
            return 0.0;
        }
        let sign = if left { 1.0 } else { -1.0 };
        let numerator = match (differentiate, left) {
            (true, _) => sign * degree as f64,
            (false, true) => x - from,
            (false, false) => to - x,
        };
        numerator / (to - from)
    }

    /// The columns at some points.
    ///
    /// # Errors
    /// The first point outside the bounds.
    pub fn columns(&self, x: &[f64]) -> Result<Vec<Vec<f64>>, f64> {
        self.columns_beyond(x, Extrapolation::Raise)
    }

    /// The columns at some points, of which some may be outside the bounds.
    ///
    /// # Errors
    /// The first point outside the bounds, if there shall be none.
    pub fn columns_beyond(&self, x: &[f64], beyond: Extrapolation) -> Result<Vec<Vec<f64>>, f64> {
        if beyond == Extrapolation::Raise
            && let Some(outside) = self.outside(x)
        {
            return Err(outside);
        }
        let (low, high) = self.bounds();
        let mut columns = vec![vec![0.0; x.len()]; self.functions()];
        let mut row = vec![0.0; self.functions()];
        for (index, &x) in x.iter().enumerate() {
            match beyond {
                Extrapolation::Clip => self.values(x.clamp(low, high), 0, &mut row),
                Extrapolation::Zero if !(low..=high).contains(&x) => row.fill(0.0),
                Extrapolation::Na if !(low..=high).contains(&x) => row.fill(f64::NAN),
                // The recurrence goes on with the polynomials of the first and last pieces.
                _ => self.values(x, 0, &mut row),
            }
            for (column, value) in columns.iter_mut().zip(&row) {
                column[index] = *value;
            }
        }
        if !self.intercept {
            columns.remove(0);
        }
        Ok(columns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_sum_to_one_and_derivatives_to_zero() {
        let x: Vec<f64> = (0..=20).map(|i| f64::from(i) / 20.0).collect();
        let basis = BSpline::learn(&x, Some(8), None, 3, true, (0.0, 1.0)).unwrap();
        let mut values = vec![0.0; basis.functions()];
        for &x in &x {
            for (derivative, sum) in [(0, 1.0), (1, 0.0), (2, 0.0)] {
                basis.values(x, derivative, &mut values);
                assert!((values.iter().sum::<f64>() - sum).abs() < 1e-10);
            }
        }
    }

    #[test]
    fn derivatives_are_differences() {
        let x: Vec<f64> = (0..=20).map(|i| f64::from(i) / 20.0).collect();
        let basis = BSpline::learn(&x, Some(6), None, 3, false, (0.0, 1.0)).unwrap();
        let n = basis.functions();
        let (mut low, mut high, mut slope) = (vec![0.0; n], vec![0.0; n], vec![0.0; n]);
        basis.values(0.37 - 1e-6, 1, &mut low);
        basis.values(0.37 + 1e-6, 1, &mut high);
        basis.values(0.37, 2, &mut slope);
        for i in 0..n {
            assert!(((high[i] - low[i]) / 2e-6 - slope[i]).abs() < 1e-3);
        }
    }
}
