//! How base cells lie beside each other.

/// A place in the pattern of a base cell and the ones around it.
#[derive(Clone, Copy)]
enum Beyond {
    Before,
    Inside,
    After,
}

fn side(nside: i64, place: i64) -> Beyond {
    if place < 0 {
        Beyond::Before
    } else if place < nside {
        Beyond::Inside
    } else {
        Beyond::After
    }
}

/// The base cell and the place in it that one reaches at (`i`, `j`) of a base cell, either up to `nside` beyond its
/// edges; none at corners where three base cells meet instead of four.
#[inline]
pub(crate) fn moved(nside: u64, base: u64, i: i64, j: i64) -> Option<(u64, u64, u64)> {
    use Beyond::{After, Before, Inside};
    let n = nside as i64;
    let (row, column) = (base >> 2, base & 3);
    let (next, previous, opposite) = ((column + 1) & 3, (column + 3) & 3, (column + 2) & 3);
    // Across an edge between two polar base cells, the axes change their roles.
    let (base, i, j) = match (row, side(n, i), side(n, j)) {
        (_, Inside, Inside) => (base, i, j),
        (0, After, Inside) => (next, j, 2 * n - 1 - i),
        (0, Inside, After) => (previous, 2 * n - 1 - j, i),
        (0, After, After) => (opposite, 2 * n - 1 - i, 2 * n - 1 - j),
        (0, Before, Inside) => (4 + column, i + n, j),
        (0, Inside, Before) => (4 + next, i, j + n),
        (0, Before, Before) => (8 + column, i + n, j + n),
        (1, After, Inside) => (column, i - n, j),
        (1, Inside, After) => (previous, i, j - n),
        (1, Before, Inside) => (8 + previous, i + n, j),
        (1, Inside, Before) => (8 + column, i, j + n),
        (1, After, Before) => (4 + next, i - n, j + n),
        (1, Before, After) => (4 + previous, i + n, j - n),
        (2, After, Inside) => (4 + next, i - n, j),
        (2, Inside, After) => (4 + column, i, j - n),
        (2, After, After) => (column, i - n, j - n),
        (2, Before, Inside) => (8 + previous, j, -1 - i),
        (2, Inside, Before) => (8 + next, -1 - j, i),
        (2, Before, Before) => (8 + opposite, -1 - i, -1 - j),
        _ => return None,
    };
    Some((base, i as u64, j as u64))
}
