//! Small dense matrices, by rows.

/// The identity matrix.
pub(crate) fn identity(n: usize) -> Vec<f64> {
    let mut matrix = vec![0.0; n * n];
    matrix.iter_mut().step_by(n + 1).for_each(|one| *one = 1.0);
    matrix
}

/// A times B, of which A has `inner` columns and B `columns`.
pub(crate) fn product(a: &[f64], b: &[f64], inner: usize, columns: usize) -> Vec<f64> {
    let rows = a.len() / inner.max(1);
    let mut out = vec![0.0; rows * columns];
    if columns == 0 {
        return out;
    }
    for (out, a) in out.chunks_exact_mut(columns).zip(a.chunks_exact(inner)) {
        for (factor, b) in a.iter().zip(b.chunks_exact(columns)) {
            if *factor != 0.0 {
                for (out, b) in out.iter_mut().zip(b) {
                    *out += factor * b;
                }
            }
        }
    }
    out
}

/// The transpose of a matrix of so many columns.
pub(crate) fn transposed(a: &[f64], columns: usize) -> Vec<f64> {
    let rows = a.len() / columns.max(1);
    (0..columns)
        .flat_map(|column| (0..rows).map(move |row| a[row * columns + column]))
        .collect()
}

/// Z′ S Z for a symmetric S of `n` rows and a Z of `columns` columns; exactly symmetric.
pub(crate) fn congruent(s: &[f64], z: &[f64], n: usize, columns: usize) -> Vec<f64> {
    let half = product(s, z, n, columns);
    let mut out = product(&transposed(z, columns), &half, n, columns);
    symmetrise(&mut out, columns);
    out
}

/// Makes a matrix symmetric that only rounding keeps from being so.
pub(crate) fn symmetrise(matrix: &mut [f64], n: usize) {
    for i in 0..n {
        for j in i + 1..n {
            let mean = 0.5 * (matrix[i * n + j] + matrix[j * n + i]);
            matrix[i * n + j] = mean;
            matrix[j * n + i] = mean;
        }
    }
}

/// A square matrix times a vector.
pub(crate) fn times(matrix: &[f64], vector: &[f64]) -> Vec<f64> {
    matrix
        .chunks_exact(vector.len().max(1))
        .map(|row| dot(row, vector))
        .collect()
}

/// The sum of products.
pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// An orthonormal basis of the vectors of length `n` at right angles to all of `conditions`, by Householder's
/// reflections: the basis vectors are the columns of the matrix returned.
pub(crate) fn null_space(mut conditions: Vec<Vec<f64>>, n: usize) -> Vec<f64> {
    let rank = conditions.len();
    let mut basis = identity(n);
    for step in 0..rank.min(n) {
        let mut mirror = vec![0.0; n];
        mirror[step..].copy_from_slice(&conditions[step][step..]);
        let length = dot(&mirror, &mirror).sqrt();
        mirror[step] += length.copysign(mirror[step]);
        let square = dot(&mirror, &mirror);
        if square == 0.0 {
            continue;
        }
        let reflect = |vector: &mut [f64]| {
            let share = 2.0 * dot(vector, &mirror) / square;
            for (x, m) in vector.iter_mut().zip(&mirror) {
                *x -= share * m;
            }
        };
        conditions.iter_mut().for_each(|vector| reflect(vector));
        basis.chunks_exact_mut(n).for_each(reflect);
    }
    basis
        .chunks_exact(n.max(1))
        .flat_map(|row| row[rank.min(n)..].to_vec())
        .collect()
}

/// The eigenvalues of a symmetric matrix, the largest magnitude first, and its eigenvectors as columns of a matrix, by
/// Jacobi's rotations (Golub & Van Loan 2013, *Matrix Computations*, section 8.5).
pub(crate) fn symmetric_eigen(matrix: &[f64], n: usize) -> (Vec<f64>, Vec<f64>) {
    let mut a = matrix.to_vec();
    // Rows are eigenvectors until the end: rotations then touch neighbouring memory.
    let mut vectors = identity(n);
    let norm = dot(&a, &a).sqrt();
    for _ in 0..60 {
        let off: f64 = (0..n)
            .map(|i| {
                dot(
                    &a[i * n + i + 1..(i + 1) * n],
                    &a[i * n + i + 1..(i + 1) * n],
                )
            })
            .sum();
        if off.sqrt() <= 1e-17 * norm {
            break;
        }
        for p in 0..n {
            for q in p + 1..n {
                let entry = a[p * n + q];
                if entry.abs() <= 1e-19 * norm {
                    continue;
                }
                let theta = (a[q * n + q] - a[p * n + p]) / (2.0 * entry);
                let t = theta.signum() / (theta.abs() + theta.hypot(1.0));
                let c = t.hypot(1.0).recip();
                let s = t * c;
                rotate(&mut a, p, q, n, c, s);
                for row in a.chunks_exact_mut(n) {
                    let (x, y) = (row[p], row[q]);
                    row[p] = c * x - s * y;
                    row[q] = s * x + c * y;
                }
                rotate(&mut vectors, p, q, n, c, s);
            }
        }
    }
    let mut order: Vec<usize> = (0..n).collect();
    let value = |i: usize| a[i * (n + 1)];
    order.sort_by(|i, j| value(*j).abs().total_cmp(&value(*i).abs()));
    let columns = (0..n)
        .flat_map(|row| order.iter().map(move |&i| (i, row)))
        .map(|(i, row)| vectors[i * n + row])
        .collect();
    (order.iter().map(|i| value(*i)).collect(), columns)
}

/// Turns two rows by an angle of cosine `c` and sine `s`.
fn rotate(matrix: &mut [f64], p: usize, q: usize, n: usize, c: f64, s: f64) {
    let (head, tail) = matrix.split_at_mut(q * n);
    let (first, second) = (&mut head[p * n..(p + 1) * n], &mut tail[..n]);
    for (x, y) in first.iter_mut().zip(second) {
        (*x, *y) = (c * *x - s * *y, s * *x + c * *y);
    }
}

/// The `count` eigenvalues of largest magnitude of a symmetric matrix, with their eigenvectors as columns.
///
/// Large matrices are multiplied with a few vectors again and again, which is fast where eigenvalues fall off as those
/// of smooth kernels do (subspace iteration, Golub & Van Loan 2013, section 8.2.4).
pub(crate) fn largest_eigen(matrix: &[f64], n: usize, count: usize) -> (Vec<f64>, Vec<f64>) {
    let guard = 2 * count + 10;
    let (values, vectors) = if n <= 160 || guard >= n {
        symmetric_eigen(matrix, n)
    } else {
        subspace_iteration(matrix, n, guard)
    };
    let width = values.len();
    let kept = vectors
        .chunks_exact(width)
        .flat_map(|row| row[..count].to_vec())
        .collect();
    (values[..count].to_vec(), kept)
}

fn subspace_iteration(matrix: &[f64], n: usize, width: usize) -> (Vec<f64>, Vec<f64>) {
    // Rows are the vectors; cosines of rising frequency are near the eigenvectors of kernels on ordered points.
    let mut basis: Vec<f64> = (0..width)
        .flat_map(|j| {
            (0..n).map(move |i| {
                let place = (i as f64 + 0.5) / n as f64;
                (std::f64::consts::PI * j as f64 * place).cos()
                    + 0.1 * (((i * 7919 + j * 104_729) % 1009) as f64 / 1009.0 - 0.5)
            })
        })
        .collect();
    orthonormalise(&mut basis, n);
    let mut before: Vec<f64> = Vec::new();
    for _ in 0..60 {
        let image = product(&basis, matrix, n, n);
        // Rayleigh & Ritz: the best combinations in this space.
        let mut small = product(&image, &transposed(&basis, n), n, width);
        symmetrise(&mut small, width);
        let (values, turn) = symmetric_eigen(&small, width);
        let turned = product(&transposed(&turn, width), &image, width, n);
        let settled = before.len() == values.len()
            && values[..width / 2]
                .iter()
                .zip(&before)
                .all(|(now, then)| (now - then).abs() <= 1e-15 * values[0].abs());
        if settled {
            let vectors = product(&transposed(&turn, width), &basis, width, n);
            return (values, transposed(&vectors, n));
        }
        before = values;
        basis = turned;
        orthonormalise(&mut basis, n);
    }
    let image = product(&basis, matrix, n, n);
    let mut small = product(&image, &transposed(&basis, n), n, width);
    symmetrise(&mut small, width);
    let (values, turn) = symmetric_eigen(&small, width);
    let vectors = product(&transposed(&turn, width), &basis, width, n);
    (values, transposed(&vectors, n))
}

/// Makes rows orthonormal, twice over for the sake of rounding (Gram & Schmidt).
fn orthonormalise(rows: &mut [f64], n: usize) {
    for index in 0..rows.len() / n {
        let (done, rest) = rows.split_at_mut(index * n);
        let row = &mut rest[..n];
        for _ in 0..2 {
            for other in done.chunks_exact(n) {
                let share = dot(row, other);
                for (x, o) in row.iter_mut().zip(other) {
                    *x -= share * o;
                }
            }
            let length = dot(row, row).sqrt();
            if length > 0.0 {
                row.iter_mut().for_each(|x| *x /= length);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// |i − j|³, a kernel with eigenvalues of both signs.
    fn kernel(n: usize) -> Vec<f64> {
        (0..n * n)
            .map(|at| ((at / n) as f64 - (at % n) as f64).abs().powi(3))
            .collect()
    }

    fn residual(matrix: &[f64], n: usize, values: &[f64], vectors: &[f64]) -> f64 {
        let image = product(matrix, vectors, n, values.len());
        let each = image.iter().zip(vectors).enumerate();
        each.map(|(at, (image, x))| (image - values[at % values.len()] * x).abs())
            .fold(0.0, f64::max)
    }

    #[test]
    fn eigenvectors_are_multiplied_with_eigenvalues() {
        for (n, count) in [(5, 5), (40, 12), (300, 12)] {
            let matrix = kernel(n);
            let (values, vectors) = largest_eigen(&matrix, n, count);
            let error = residual(&matrix, n, &values, &vectors);
            assert!(
                error < 1e-12 * values[0].abs(),
                "{n}: {error} of {}",
                values[0]
            );
            assert!(values.windows(2).all(|pair| pair[0].abs() >= pair[1].abs()));
        }
    }

    #[test]
    fn null_spaces_are_at_right_angles_to_conditions() {
        let conditions = vec![vec![1.0, 1.0, 1.0, 1.0], vec![0.0, 1.0, 2.0, 3.0]];
        let basis = null_space(conditions.clone(), 4);
        for condition in &conditions {
            for angle in product(condition, &basis, 4, 2) {
                assert!(angle.abs() < 1e-14);
            }
        }
        let gram = product(&transposed(&basis, 2), &basis, 4, 2);
        for (entry, one) in gram.iter().zip(identity(2)) {
            assert!((entry - one).abs() < 1e-14);
        }
    }
}
