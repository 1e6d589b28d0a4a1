//! Small dense matrices, by rows.

/// `a` (n by m) times `b` (m by k).
pub(super) fn product(a: &[f64], b: &[f64], m: usize, k: usize) -> Vec<f64> {
    if m == 0 || k == 0 {
        return Vec::new();
    }
    let mut out = vec![0.0; a.len() / m * k];
    for (out, a) in out.chunks_exact_mut(k).zip(a.chunks_exact(m)) {
        for (factor, b) in a.iter().zip(b.chunks_exact(k)) {
            for (out, b) in out.iter_mut().zip(b) {
                *out += factor * b;
            }
        }
    }
    out
}

/// `a` (n by m) times a vector.
pub(super) fn matvec(a: &[f64], x: &[f64]) -> Vec<f64> {
    let dot = |row: &[f64]| row.iter().zip(x).map(|(a, b)| a * b).sum();
    a.chunks_exact(x.len().max(1)).map(dot).collect()
}

/// `a` (n by m), turned around.
pub(super) fn transpose(a: &[f64], m: usize) -> Vec<f64> {
    let n = a.len().checked_div(m).unwrap_or(0);
    let mut out = vec![0.0; a.len()];
    for (i, row) in a.chunks_exact(m.max(1)).enumerate() {
        for (j, value) in row.iter().enumerate() {
            out[j * n + i] = *value;
        }
    }
    out
}

/// The rows and columns of a square matrix that are chosen.
pub(super) fn submatrix(a: &[f64], n: usize, rows: &[usize], columns: &[usize]) -> Vec<f64> {
    let mut out = Vec::with_capacity(rows.len() * columns.len());
    for i in rows {
        out.extend(columns.iter().map(|j| a[i * n + j]));
    }
    out
}

/// The determinant of a square matrix, by elimination with partial pivoting.
pub(super) fn determinant(a: &[f64], n: usize) -> f64 {
    let mut a = a.to_vec();
    let mut product = 1.0;
    for column in 0..n {
        let pivot = (column..n)
            .max_by(|i, j| a[i * n + column].abs().total_cmp(&a[j * n + column].abs()))
            .unwrap_or(column);
        if a[pivot * n + column] == 0.0 {
            return 0.0;
        }
        if pivot != column {
            product = -product;
            for k in 0..n {
                a.swap(pivot * n + k, column * n + k);
            }
        }
        product *= a[column * n + column];
        for row in column + 1..n {
            let factor = a[row * n + column] / a[column * n + column];
            for k in column..n {
                a[row * n + k] -= factor * a[column * n + k];
            }
        }
    }
    product
}

/// A basis of the vectors that all rows of `a` (each of n elements) are orthogonal to, one a row, and a solution of
/// a x = b; nothing if there is none.
pub(super) fn null_space(a: &[f64], b: &[f64], n: usize) -> Option<(Vec<Vec<f64>>, Vec<f64>)> {
    let rows = b.len();
    let mut a: Vec<Vec<f64>> = a.chunks_exact(n).map(<[f64]>::to_vec).collect();
    let mut b = b.to_vec();
    let size = a.iter().flatten().fold(0.0_f64, |m, x| m.max(x.abs()));
    let mut pivots = Vec::new();
    for column in 0..n {
        let done = pivots.len();
        if done == rows {
            break;
        }
        let best =
            (done..rows).max_by(|i, j| a[*i][column].abs().total_cmp(&a[*j][column].abs()))?;
        if a[best][column].abs() <= 1e-12 * size {
            continue;
        }
        a.swap(done, best);
        b.swap(done, best);
        let pivot = a[done][column];
        a[done].iter_mut().for_each(|x| *x /= pivot);
        b[done] /= pivot;
        let (row, right) = (a[done].clone(), b[done]);
        for other in (0..rows).filter(|other| *other != done) {
            let factor = a[other][column];
            for (x, r) in a[other].iter_mut().zip(&row) {
                *x -= factor * r;
            }
            b[other] -= factor * right;
        }
        pivots.push(column);
    }
    let scale = b.iter().fold(1.0_f64, |m, x| m.max(x.abs()));
    if b[pivots.len()..].iter().any(|b| b.abs() > 1e-10 * scale) {
        return None;
    }
    let mut solution = vec![0.0; n];
    for (row, column) in pivots.iter().enumerate() {
        solution[*column] = b[row];
    }
    let basis = (0..n)
        .filter(|column| !pivots.contains(column))
        .map(|free| {
            let mut vector = vec![0.0; n];
            vector[free] = 1.0;
            for (row, column) in pivots.iter().enumerate() {
                vector[*column] = -a[row][free];
            }
            vector
        })
        .collect();
    Some((basis, solution))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_determinant_has_the_sign_of_the_exchanges() {
        assert_eq!(determinant(&[0.0, 2.0, 3.0, 4.0], 2), -6.0);
    }

    #[test]
    fn the_null_space_and_a_solution() {
        let (basis, solution) =
            null_space(&[1.0, 1.0, 0.0, 0.0, 2.0, 2.0], &[3.0, 4.0], 3).unwrap();

        assert_eq!(basis, [[1.0, -1.0, 1.0]]);
        assert_eq!(solution, [1.0, 2.0, 0.0]);
        assert!(null_space(&[1.0, 0.0, 2.0, 0.0], &[1.0, 3.0], 2).is_none());
    }

    #[test]
    fn products_and_transposes() {
        let a = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];

        assert_eq!(transpose(&a, 3), [1.0, 4.0, 2.0, 5.0, 3.0, 6.0]);
        assert_eq!(
            product(&a, &transpose(&a, 3), 3, 2),
            [14.0, 32.0, 32.0, 77.0]
        );
        assert_eq!(matvec(&a, &[1.0, 0.0, 1.0]), [4.0, 10.0]);
    }
}
