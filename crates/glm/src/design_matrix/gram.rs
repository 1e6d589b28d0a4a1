//! From sums over rows to the normal equations of the model's columns.

use serde::{Deserialize, Serialize};

use super::layout::{Layout, for_entries};
use super::{Block, Coding, Design};

/// X′WX and X′u.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gram {
    /// How many columns there are.
    pub columns: usize,
    /// X′WX by rows, both triangles.
    pub matrix: Vec<f64>,
    /// X′u.
    pub score: Vec<f64>,
}

/// A block's place among the raw sums, with where its columns begin.
enum Place<'a> {
    Dense(usize, usize),
    Factor(usize, &'a Coding, usize),
}

impl Gram {
    /// The normal equations of a design from its raw sums.
    pub(crate) fn new(design: &Design<'_>, layout: &Layout, sums: &[f64]) -> Self {
        let columns = design.columns();
        let mut gram = Self {
            columns,
            matrix: vec![0.0; columns * columns],
            score: vec![0.0; columns],
        };
        let (mut dense, mut factors, mut start) = (0, 0, 0);
        let mut places = Vec::new();
        for block in design.blocks() {
            match block {
                Block::Dense(_) => {
                    places.push(Place::Dense(dense, start));
                    dense += 1;
                }
                Block::Factor(factor) => {
                    places.push(Place::Factor(factors, &factor.coding, start));
                    factors += 1;
                }
            }
            start += block.width();
        }
        for (index, first) in places.iter().enumerate() {
            gram.add_own(first, layout, sums);
            for second in &places[index + 1..] {
                gram.add_cross(first, second, layout, sums);
            }
        }
        gram.mirror();
        gram
    }

    fn at(&mut self, row: usize, column: usize) -> &mut f64 {
        &mut self.matrix[row.min(column) * self.columns + row.max(column)]
    }

    /// A block's products with itself and with the score.
    fn add_own(&mut self, place: &Place<'_>, layout: &Layout, sums: &[f64]) {
        match *place {
            Place::Dense(dense, start) => {
                let row = &sums[dense * layout.width..];
                self.score[start] = row[layout.score()];
                *self.at(start, start) = row[dense];
            }
            Place::Factor(factor, coding, start) => {
                for level in 0..layout.levels[factor] {
                    let row = &sums[layout.rows_of[factor] + level * layout.width..];
                    let (score, weight) = (row[layout.score()], row[layout.weight()]);
                    coding.for_row(level, |i, a| {
                        self.score[start + i] += a * score;
                        coding.for_row(level, |j, b| {
                            if i <= j {
                                *self.at(start + i, start + j) += a * b * weight;
                            }
                        });
                    });
                }
            }
        }
    }

    fn add_cross(&mut self, first: &Place<'_>, second: &Place<'_>, layout: &Layout, sums: &[f64]) {
        match (first, second) {
            (&Place::Dense(a, at_a), &Place::Dense(b, at_b)) => {
                *self.at(at_a, at_b) = sums[a * layout.width + b];
            }
            (&Place::Dense(dense, at), &Place::Factor(factor, coding, start))
            | (&Place::Factor(factor, coding, start), &Place::Dense(dense, at)) => {
                let rows = &sums[layout.rows_of[factor]..];
                for_entries(coding, |level, column, value| {
                    *self.at(at, start + column) += value * rows[level * layout.width + dense];
                });
            }
            (&Place::Factor(a, coding_a, at_a), &Place::Factor(b, coding_b, at_b)) => {
                let Some(pair) = layout.pairs.iter().find(|p| p.first == a && p.second == b) else {
                    return;
                };
                let table = &sums[pair.start..];
                let stride = layout.levels[b];
                if pair.diagonal {
                    for_entries(coding_a, |level, i, x| {
                        coding_b.for_row(level, |j, y| {
                            *self.at(at_a + i, at_b + j) += x * y * table[level];
                        });
                    });
                    return;
                }
                // One side at a time: levels of the second become columns, then those of the first.
                let width = coding_b.columns();
                let mut row = vec![0.0; width];
                for level in 0..layout.levels[a] {
                    row.fill(0.0);
                    let counts = &table[level * stride..(level + 1) * stride];
                    for (other, &weight) in counts.iter().enumerate().filter(|(_, w)| **w != 0.0) {
                        coding_b.for_row(other, |j, y| row[j] += y * weight);
                    }
                    coding_a.for_row(level, |i, x| {
                        for (j, &weight) in row.iter().enumerate() {
                            *self.at(at_a + i, at_b + j) += x * weight;
                        }
                    });
                }
            }
        }
    }

    fn mirror(&mut self) {
        for row in 0..self.columns {
            for column in row + 1..self.columns {
                self.matrix[column * self.columns + row] = self.matrix[row * self.columns + column];
            }
        }
    }
}
