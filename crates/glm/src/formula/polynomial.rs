//! Orthogonal polynomials.

use serde::{Deserialize, Serialize};

/// Orthonormal polynomials over the values they were learned from, by their three-term recurrence
/// (Kennedy & Gentle 1980, *Statistical Computing*, section 8.4).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Polynomial {
    shifts: Vec<f64>,
    squares: Vec<f64>,
}

impl Polynomial {
    pub(super) fn learn(x: &[f64], degree: usize) -> Self {
        let mut basis = Self {
            shifts: Vec::new(),
            squares: vec![x.len() as f64],
        };
        let mut before = vec![0.0; x.len()];
        let mut current = vec![1.0; x.len()];
        for _ in 0..degree {
            let square = basis.squares[basis.squares.len() - 1];
            let weighted: f64 = current.iter().zip(x).map(|(p, x)| x * p * p).sum();
            basis.shifts.push(weighted / square);
            let next = basis.next(x, &before, &current);
            basis.squares.push(next.iter().map(|p| p * p).sum());
            before = std::mem::replace(&mut current, next);
        }
        basis
    }

    /// The polynomial after `current`, by the last shift that is known.
    fn next(&self, x: &[f64], before: &[f64], current: &[f64]) -> Vec<f64> {
        self.step(self.shifts.len() - 1, x, before, current)
    }

    fn step(&self, degree: usize, x: &[f64], before: &[f64], current: &[f64]) -> Vec<f64> {
        let ratio = if degree == 0 {
            0.0
        } else {
            self.squares[degree] / self.squares[degree - 1]
        };
        let rows = x.iter().zip(before).zip(current);
        rows.map(|((x, before), current)| (x - self.shifts[degree]) * current - ratio * before)
            .collect()
    }

    /// How many polynomials there are.
    pub(super) fn degree(&self) -> usize {
        self.shifts.len()
    }

    pub(super) fn columns(&self, x: &[f64]) -> Vec<Vec<f64>> {
        let mut before = vec![0.0; x.len()];
        let mut current = vec![1.0; x.len()];
        let mut columns = Vec::new();
        for degree in 0..self.shifts.len() {
            let next = self.step(degree, x, &before, &current);
            let root = self.squares[degree + 1].sqrt();
            columns.push(next.iter().map(|p| p / root).collect());
            before = std::mem::replace(&mut current, next);
        }
        columns
    }
}
