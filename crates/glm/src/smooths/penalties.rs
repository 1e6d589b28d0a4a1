//! The penalties of a design's smooth terms.

use crate::matrices::{product, symmetric_eigen};

/// Eigenvalues this much smaller than the largest are what rounding leaves of zero.
const NULL: f64 = 1e-10;

/// One penalty of a term: its λ multiplies this matrix of the term's coefficients.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) matrix: Vec<f64>,
    /// λ, if it is given.
    pub(crate) lambda: Option<f64>,
}

/// The columns of a smooth term.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    pub(crate) name: String,
    pub(crate) start: usize,
    pub(crate) width: usize,
    /// Several where smooths are multiplied with each other, none where a smooth is not penalised.
    pub(crate) parts: Vec<Part>,
}

/// The penalties of all smooth terms.
#[derive(Clone, Debug, Default)]
pub(crate) struct Penalties {
    /// How many coefficients the model has.
    pub(crate) columns: usize,
    pub(crate) blocks: Vec<Block>,
}

impl Penalties {
    fn parts(&self) -> impl Iterator<Item = (&Block, &Part)> {
        self.blocks
            .iter()
            .flat_map(|block| block.parts.iter().map(move |part| (block, part)))
    }

    /// How many λ there are to choose.
    pub(crate) fn free(&self) -> usize {
        self.parts()
            .filter(|(_, part)| part.lambda.is_none())
            .count()
    }

    /// All λ, of which the logarithms of those that are not given are in `rho`.
    pub(crate) fn lambdas(&self, rho: &[f64]) -> Vec<f64> {
        let mut rho = rho.iter();
        self.parts()
            .map(|(_, part)| {
                part.lambda
                    .unwrap_or_else(|| rho.next().map_or(1.0, |rho| rho.exp()))
            })
            .collect()
    }

    /// Σ λ S, added to a matrix of all coefficients.
    pub(crate) fn add_to(&self, lambdas: &[f64], matrix: &mut [f64]) {
        for ((block, part), lambda) in self.parts().zip(lambdas) {
            for (row, line) in part.matrix.chunks_exact(block.width).enumerate() {
                let start = (block.start + row) * self.columns + block.start;
                for (entry, s) in matrix[start..start + block.width].iter_mut().zip(line) {
                    *entry += lambda * s;
                }
            }
        }
    }

    /// λ S β of each free penalty, on the coefficients of its own term.
    pub(crate) fn for_free(&self, lambdas: &[f64], mut visit: impl FnMut(&Block, &Part, f64)) {
        for ((block, part), lambda) in self.parts().zip(lambdas) {
            if part.lambda.is_none() {
                visit(block, part, *lambda);
            }
        }
    }

    /// The logarithm of the product of the eigenvalues of Σ λ S that are not zero, its derivatives by the logarithms of
    /// the free λ, and how many there are.
    pub(crate) fn log_determinant(&self, lambdas: &[f64]) -> (f64, Vec<f64>, usize) {
        let (mut total, mut slopes, mut rank) = (0.0, Vec::new(), 0);
        let mut lambdas = lambdas.iter();
        for block in &self.blocks {
            let own: Vec<f64> = lambdas.by_ref().take(block.parts.len()).copied().collect();
            let n = block.width;
            // The space that is penalised at all does not depend on λ: it is found where no part outweighs another.
            let mut balanced = vec![0.0; n * n];
            let mut sum = vec![0.0; n * n];
            for (part, lambda) in block.parts.iter().zip(&own) {
                let size = part.matrix.iter().fold(0.0_f64, |max, x| max.max(x.abs()));
                for ((sum, balanced), s) in sum.iter_mut().zip(&mut balanced).zip(&part.matrix) {
                    *sum += lambda * s;
                    *balanced += s / size;
                }
            }
            if block.parts.is_empty() {
                continue;
            }
            let (spread, space) = symmetric_eigen(&balanced, n);
            let kept = spread
                .iter()
                .filter(|value| **value > NULL * spread[0])
                .count();
            rank += kept;
            let space: Vec<f64> = space
                .chunks_exact(n)
                .flat_map(|row| row[..kept].to_vec())
                .collect();
            let inside = crate::matrices::congruent(&sum, &space, n, kept);
            let (values, turn) = symmetric_eigen(&inside, kept);
            total += values.iter().map(|value| value.ln()).sum::<f64>();
            let axes = product(&space, &turn, kept, kept);
            for (part, lambda) in block
                .parts
                .iter()
                .zip(&own)
                .filter(|(part, _)| part.lambda.is_none())
            {
                let image = product(&part.matrix, &axes, n, kept);
                let each = image.iter().zip(&axes).enumerate();
                slopes.push(
                    each.map(|(at, (a, b))| lambda * a * b / values[at % kept])
                        .sum(),
                );
            }
        }
        (total, slopes, rank)
    }
}
