//! Fits under linear equalities between coefficients.

use crate::error::{Error, Result};
use crate::fold::{Moments, Start, fold};
use crate::rows::Rows;
use crate::solvers::Cholesky;

use super::matrix::{matvec, null_space, product, transpose};

const ITERATIONS: usize = 100;
const HALVINGS: usize = 30;
/// The share of the deviance that the last step may be expected to gain.
const TOLERANCE: f64 = 1e-18;

/// A fit with Rβ = q.
#[derive(Clone, Debug)]
pub struct Constrained {
    /// The coefficients.
    pub coefficients: Vec<f64>,
    /// Their covariance for φ = 1, by rows; its rank is that of the coefficients less that of R.
    pub covariance: Vec<f64>,
    /// The deviance.
    pub deviance: f64,
    /// Pearson's χ².
    pub pearson: f64,
    /// How many of the equalities do not follow from others.
    pub rank: usize,
    /// How many steps were taken.
    pub iterations: usize,
    /// Whether the iteration came to an end.
    pub converged: bool,
}

/// The directions in which coefficients are free, one a row, and a point from which they go.
pub(super) struct Freedom {
    pub(super) basis: Vec<Vec<f64>>,
    pub(super) origin: Vec<f64>,
}

impl Rows<'_> {
    /// Fits the model again with Rβ = q; R has one row of as many numbers as there are coefficients for each equality.
    ///
    /// Newton's iteration in the space of directions that keep the equalities.
    ///
    /// # Errors
    /// If the equalities contradict each other, or leave no valid means.
    pub fn constrained(&self, r: &[f64], q: &[f64]) -> Result<Constrained> {
        let k = self.design.columns();
        if r.len() != k * q.len() {
            return Err(Error::value(format!(
                "each constraint has {k} numbers, one for each coefficient; {} numbers were given for {} constraints",
                r.len(),
                q.len()
            )));
        }
        let (r, q) = self.with_aliased(r, q);
        let (basis, origin) = null_space(&r, &q, k).ok_or_else(|| {
            Error::value("the constraints contradict each other: no coefficients satisfy them all")
        })?;
        let freedom = Freedom { basis, origin };
        let start = self.nearest(&freedom);
        let (fit, iterations, converged) = self.newton(&freedom, start)?;
        let free = freedom.basis.len();
        let basis: Vec<f64> = freedom.basis.concat();
        let reduced = self.reduced(&fit.1, &basis, free);
        let zero = |x: f64| if x.is_nan() { 0.0 } else { x };
        let inverse: Vec<f64> = reduced.inverse().into_iter().map(zero).collect();
        let covariance = if free == 0 {
            vec![0.0; k * k]
        } else {
            product(
                &product(&transpose(&basis, k), &inverse, free, free),
                &basis,
                free,
                k,
            )
        };
        let mut coefficients = fit.0;
        for (b, aliased) in coefficients.iter_mut().zip(&self.fitted.aliased) {
            if *aliased {
                *b = f64::NAN;
            }
        }
        Ok(Constrained {
            coefficients,
            covariance,
            deviance: fit.1.deviance,
            pearson: fit.1.pearson,
            rank: self.fitted.rank - free,
            iterations,
            converged,
        })
    }

    /// The equalities, with those that keep aliased coefficients at zero.
    fn with_aliased(&self, r: &[f64], q: &[f64]) -> (Vec<f64>, Vec<f64>) {
        let k = self.design.columns();
        let (mut r, mut q) = (r.to_vec(), q.to_vec());
        for column in (0..k).filter(|column| self.fitted.aliased[*column]) {
            r.extend((0..k).map(|j| f64::from(u8::from(j == column))));
            q.push(0.0);
        }
        (r, q)
    }

    /// Where to start: the point of the space that is nearest to the coefficients as the information measures it.
    fn nearest(&self, freedom: &Freedom) -> Vec<f64> {
        let k = self.design.columns();
        let beta = self.fitted.effective_coefficients();
        let free = freedom.basis.len();
        if free == 0 {
            return freedom.origin.clone();
        }
        let basis = freedom.basis.concat();
        let information = self.information_matrix(false);
        let distance: Vec<f64> = beta
            .iter()
            .zip(&freedom.origin)
            .map(|(b, o)| b - o)
            .collect();
        let pull = matvec(&information, &distance);
        let weighted = product(&basis, &information, k, k);
        let factor = Cholesky::new(&product(&weighted, &transpose(&basis, k), k, free), free);
        let along = factor.solve(&matvec(&basis, &pull));
        let step = product(&along, &basis, free, k);
        freedom
            .origin
            .iter()
            .zip(&step)
            .map(|(o, s)| o + s)
            .collect()
    }

    fn reduced(&self, moments: &Moments, basis: &[f64], free: usize) -> Cholesky {
        let k = self.design.columns();
        let matrix = &moments.gram.matrix;
        let reduced = product(&product(basis, matrix, k, k), &transpose(basis, k), k, free);
        Cholesky::new(&reduced, free)
    }

    /// Newton's iteration within a space, from a point of it.
    pub(super) fn newton(
        &self,
        freedom: &Freedom,
        start: Vec<f64>,
    ) -> Result<((Vec<f64>, Moments), usize, bool)> {
        let pass = |beta: &[f64]| {
            fold(
                &self.design,
                &self.observations,
                &self.model,
                &Start::Coefficients(beta.to_vec()),
            )
        };
        let (k, free) = (self.design.columns(), freedom.basis.len());
        let basis = freedom.basis.concat();
        let (mut beta, mut current) = (start.clone(), pass(&start));
        if !current.valid || !current.deviance.is_finite() {
            return Err(Error::value(format!(
                "under the constraints the means leave the range of the {} family",
                self.model.family.name()
            )));
        }
        let mut last_gain = f64::INFINITY;
        for iteration in 0..ITERATIONS {
            if free == 0 {
                return Ok(((beta, current), iteration, true));
            }
            let factor = self.reduced(&current, &basis, free);
            let score = matvec(&basis, &current.gram.score);
            let along = factor.solve(&score);
            let gain: f64 = along.iter().zip(&score).map(|(a, b)| a * b).sum();
            let step = product(&along, &basis, free, k);
            let size = current.deviance.abs() + 0.1;
            if gain <= TOLERANCE * size || (gain <= 1e-12 * size && gain >= 0.25 * last_gain) {
                return Ok(((beta, current), iteration, true));
            }
            last_gain = gain;
            let mut length = 1.0;
            let mut found = None;
            for _ in 0..HALVINGS {
                let next: Vec<f64> = beta
                    .iter()
                    .zip(&step)
                    .map(|(b, s)| b + length * s)
                    .collect();
                let accumulated = pass(&next);
                let better = accumulated.deviance <= current.deviance + 1e-9 * size;
                if accumulated.valid && better {
                    found = Some((next, accumulated));
                    break;
                }
                length *= 0.5;
            }
            match found {
                Some((next, accumulated)) => (beta, current) = (next, accumulated),
                None => return Ok(((beta, current), iteration, false)),
            }
        }
        Ok(((beta, current), ITERATIONS, false))
    }
}
