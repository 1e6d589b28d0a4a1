//! Thin plate regression splines (Wood 2003, *Thin plate regression splines*, JRSS B 65).

use std::f64::consts::PI;

use serde::{Deserialize, Serialize};

use crate::matrices::{congruent, dot, largest_eigen, null_space, product};
use crate::splines::PiecewiseCubic;

/// The most distinct points that a basis is made of; more are thinned out evenly.
const MOST_POINTS: usize = 2000;

/// A basis in one dimension or more, with what it is made of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum ThinPlate {
    /// In one dimension the functions are cubic between points.
    Line(PiecewiseCubic),
    /// In more dimensions they are sums of radial functions and a plane.
    Space {
        /// The points, by rows.
        points: Vec<f64>,
        /// What the radial function of each point, and then 1 and the coordinates, are multiplied with: a column a
        /// function.
        weights: Vec<f64>,
        /// How many dimensions there are.
        dimensions: usize,
        /// How many functions there are.
        width: usize,
    },
}

/// η of a distance, for penalties on second derivatives (Wood 2003, equation 3).
fn radial(distance: f64, dimensions: usize) -> f64 {
    if distance == 0.0 {
        return 0.0;
    }
    match dimensions {
        1 => distance.powi(3) / 12.0,
        2 => distance * distance * distance.ln() / (8.0 * PI),
        _ => -distance / (8.0 * PI),
    }
}

fn distance(a: &[f64], b: &[f64]) -> f64 {
    let square: f64 = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum();
    square.sqrt()
}

/// The distinct points of some columns in order, thinned out if there are very many.
fn distinct(columns: &[&[f64]]) -> Vec<f64> {
    let rows = columns[0].len();
    let mut order: Vec<usize> = (0..rows).collect();
    let compare = |a: &usize, b: &usize| {
        let each = columns
            .iter()
            .map(|column| column[*a].total_cmp(&column[*b]));
        each.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then)
    };
    order.sort_by(compare);
    order.dedup_by(|a, b| compare(a, b).is_eq());
    let count = order.len().min(MOST_POINTS);
    let last = order.len() - 1;
    let picked = (0..count).map(|i| {
        if count > 1 {
            order[i * last / (count - 1)]
        } else {
            order[0]
        }
    });
    picked
        .flat_map(|row| columns.iter().map(move |column| column[row]))
        .collect()
}

impl ThinPlate {
    /// The basis of `k` functions over the points of some columns, with its penalty.
    ///
    /// # Errors
    /// If there are fewer distinct points than functions.
    pub(super) fn learn(columns: &[&[f64]], k: usize) -> Result<(Self, Vec<f64>), String> {
        let d = columns.len();
        let plane = d + 1;
        if k < plane + 1 {
            return Err(format!(
                "k={k} is too small: it must be at least {}",
                plane + 1
            ));
        }
        let points = distinct(columns);
        let n = points.len() / d;
        if n < k {
            return Err(format!("k={k} is more than the {n} distinct values"));
        }
        let point = |i: usize| &points[i * d..(i + 1) * d];
        // The plane is taken from the middle, at the scale of the points, so that its columns are of one size.
        let (center, size) = middle(&points, d);
        let kernel: Vec<f64> = (0..n * n)
            .map(|at| radial(distance(point(at / n), point(at % n)), d))
            .collect();
        let (values, vectors) = largest_eigen(&kernel, n, k);
        // Coefficients of eigenvectors that leave the plane alone: T′U δ = 0.
        let mut conditions = vec![vec![0.0; k]; plane];
        for i in 0..n {
            for (column, condition) in conditions.iter_mut().enumerate() {
                let t = if column == 0 {
                    1.0
                } else {
                    (point(i)[column - 1] - center[column - 1]) / size
                };
                for (entry, u) in condition.iter_mut().zip(&vectors[i * k..(i + 1) * k]) {
                    *entry += t * u;
                }
            }
        }
        let bent = k - plane;
        let z = null_space(orthonormal(conditions), k);
        let mut diagonal = vec![0.0; k * k];
        for (i, value) in values.iter().enumerate() {
            diagonal[i * (k + 1)] = *value;
        }
        let inner = congruent(&diagonal, &z, k, bent);
        let mut penalty = vec![0.0; k * k];
        for i in 0..bent {
            penalty[i * k..i * k + bent].copy_from_slice(&inner[i * bent..(i + 1) * bent]);
        }
        // The radial functions' weights: the rest of the columns are the plane.
        let radials = product(&vectors, &z, k, bent);
        let basis = if d == 1 {
            Self::Line(line(&points, &radials, bent, center[0], size))
        } else {
            let mut weights = vec![0.0; (n + plane) * k];
            for i in 0..n {
                weights[i * k..i * k + bent].copy_from_slice(&radials[i * bent..(i + 1) * bent]);
            }
            for column in 0..plane {
                weights[(n + column) * k + bent + column] =
                    if column == 0 { 1.0 } else { size.recip() };
                if column > 0 {
                    weights[n * k + bent + column] = -center[column - 1] / size;
                }
            }
            Self::Space {
                points,
                weights,
                dimensions: d,
                width: k,
            }
        };
        Ok((basis, penalty))
    }

    pub(super) fn width(&self) -> usize {
        match self {
            Self::Line(line) => line.width(),
            Self::Space { width, .. } => *width,
        }
    }

    pub(super) fn combine(&self, matrix: &[f64], to: usize) -> Self {
        match self {
            Self::Line(line) => Self::Line(line.combine(matrix, to)),
            Self::Space {
                points,
                weights,
                dimensions,
                width,
            } => Self::Space {
                points: points.clone(),
                weights: product(weights, matrix, *width, to),
                dimensions: *dimensions,
                width: to,
            },
        }
    }

    /// The functions' values at a point.
    pub(super) fn fill(&self, x: &[f64], out: &mut [f64]) {
        match self {
            Self::Line(line) => line.fill(x[0], out),
            Self::Space {
                points,
                weights,
                dimensions,
                width,
            } => {
                out.fill(0.0);
                let heads = points
                    .chunks_exact(*dimensions)
                    .map(|point| radial(distance(point, x), *dimensions));
                let tails = std::iter::once(1.0).chain(x.iter().copied());
                for (factor, row) in heads.chain(tails).zip(weights.chunks_exact(*width)) {
                    for (out, weight) in out.iter_mut().zip(row) {
                        *out += factor * weight;
                    }
                }
            }
        }
    }
}

/// The mean of points, and how far they are spread.
fn middle(points: &[f64], d: usize) -> (Vec<f64>, f64) {
    let n = (points.len() / d) as f64;
    let center: Vec<f64> = (0..d)
        .map(|axis| points.iter().skip(axis).step_by(d).sum::<f64>() / n)
        .collect();
    let far = points
        .chunks_exact(d)
        .map(|point| distance(point, &center))
        .fold(0.0, f64::max);
    (center, if far > 0.0 { far } else { 1.0 })
}

/// The same conditions at right angles to each other, which reflections need to be exact.
fn orthonormal(mut conditions: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
    for index in 0..conditions.len() {
        let (done, rest) = conditions.split_at_mut(index);
        for other in done.iter() {
            let share = dot(&rest[0], other);
            for (x, o) in rest[0].iter_mut().zip(other) {
                *x -= share * o;
            }
        }
        let length = dot(&rest[0], &rest[0]).sqrt();
        if length > 0.0 {
            rest[0].iter_mut().for_each(|x| *x /= length);
        }
    }
    conditions
}

/// The functions in one dimension, which are cubic between points, by their values and slopes there.
fn line(points: &[f64], radials: &[f64], bent: usize, center: f64, size: f64) -> PiecewiseCubic {
    let n = points.len();
    let k = bent + 2;
    let (mut values, mut slopes) = (vec![0.0; n * k], vec![0.0; n * k]);
    for i in 0..n {
        for j in 0..n {
            let gap = points[i] - points[j];
            let (height, slope) = (radial(gap.abs(), 1), gap * gap.abs() / 4.0);
            for column in 0..bent {
                values[i * k + column] += height * radials[j * bent + column];
                slopes[i * k + column] += slope * radials[j * bent + column];
            }
        }
        values[i * k + bent] = 1.0;
        values[i * k + bent + 1] = (points[i] - center) / size;
        slopes[i * k + bent + 1] = size.recip();
    }
    PiecewiseCubic::new(points.to_vec(), k, values, slopes)
}
