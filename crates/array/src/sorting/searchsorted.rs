//! Where values belong in sorted ones.

use std::cell::Cell;
use std::cmp::Ordering;
use std::hint::select_unpredictable;

use super::order::{SortKey, is_sorted};

/// How many searches run side by side: while one waits for memory, the others go on.
const ABREAST: usize = 16;

/// On which side of equal values a place is sought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Before the first value that is not smaller.
    Left,
    /// After the last value that is not larger.
    Right,
}

/// An index of a sorter does not belong to any value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Sorter index out of range.")]
pub struct IndexOutOfRange;

/// Finds for each of `values` its place in `sorted`.
///
/// # Panics
/// If `found` and `values` differ in length.
///
/// ```
/// use rustsci_array::sorting::{Side, searchsorted};
/// let mut found = [0; 3];
/// searchsorted(&[1.0, 2.0, 2.0], &[2.0, 0.0, f64::NAN], Side::Right, &mut found);
/// assert_eq!(found, [3, 0, 3]);
/// ```
pub fn searchsorted<T: SortKey>(sorted: &[T], values: &[T], side: Side, found: &mut [i64]) {
    search(sorted.len(), |i| sorted[i], values, side, found);
}

/// Finds for each of `values` its place among `unsorted`, which the indices in `sorter` sort.
///
/// # Errors
/// [`IndexOutOfRange`] if a search comes upon an index that is not one of `unsorted`.
///
/// # Panics
/// If `found` and `values` differ in length.
///
/// ```
/// use rustsci_array::sorting::{Side, searchsorted_through};
/// let mut found = [0];
/// searchsorted_through(&[30, 10, 20], &[1, 2, 0], &[15], Side::Left, &mut found).unwrap();
/// assert_eq!(found, [1]);
/// ```
pub fn searchsorted_through<T: SortKey>(
    unsorted: &[T],
    sorter: &[i64],
    values: &[T],
    side: Side,
    found: &mut [i64],
) -> Result<(), IndexOutOfRange> {
    let in_range = Cell::new(true);
    let at = |i: usize| {
        usize::try_from(sorter[i])
            .ok()
            .and_then(|index| unsorted.get(index))
            .copied()
            .unwrap_or_else(|| {
                in_range.set(false);
                T::default()
            })
    };
    search(sorter.len(), at, values, side, found);
    if in_range.get() {
        Ok(())
    } else {
        Err(IndexOutOfRange)
    }
}

/// Finds the places of `values` among the `len` sorted ones that `at` gives.
fn search<T: SortKey>(
    len: usize,
    at: impl Fn(usize) -> T,
    values: &[T],
    side: Side,
    found: &mut [i64],
) {
    assert_eq!(values.len(), found.len(), "one place for each value");
    match side {
        Side::Left => search_by(len, at, T::lt, Ordering::is_lt, values, found),
        Side::Right => search_by(len, at, T::le, Ordering::is_le, values, found),
    }
}

/// The same with the side as a test: `precedes` for values that are not NaN, `is_before` for how any compare.
fn search_by<T: SortKey>(
    len: usize,
    at: impl Fn(usize) -> T,
    precedes: impl Fn(T, T) -> bool,
    is_before: impl Fn(Ordering) -> bool,
    values: &[T],
    found: &mut [i64],
) {
    if values.len() > ABREAST && is_sorted(values) {
        let mut place = 0;
        for (&value, found) in values.iter().zip(found) {
            place = gallop(place, len, |i| is_before(at(i).order(value)));
            *found = place as i64;
        }
        return;
    }
    let (blocks, rest) = values.as_chunks::<ABREAST>();
    let (found_blocks, found_rest) = found.as_chunks_mut::<ABREAST>();
    for (values, found) in blocks.iter().zip(found_blocks) {
        if values.iter().any(|value| value.is_nan()) {
            *found = bisect(len, |i, lane| is_before(at(i).order(values[lane])));
        } else {
            *found = bisect(len, |i, lane| precedes(at(i), values[lane]));
        }
    }
    for (&value, found) in rest.iter().zip(found_rest) {
        [*found] = bisect(len, |i, _| is_before(at(i).order(value)));
    }
}

/// How many of `len` sorted values come before each lane's; halves the range for all lanes at once, without
/// branches that depend on the values.
#[inline(always)]
fn bisect<const LANES: usize>(len: usize, precedes: impl Fn(usize, usize) -> bool) -> [i64; LANES] {
    let mut places = [0_usize; LANES];
    let mut left = len;
    while left > 0 {
        let half = left.div_ceil(2);
        for (lane, place) in places.iter_mut().enumerate() {
            *place += select_unpredictable(precedes(*place + half - 1, lane), half, 0);
        }
        left -= half;
    }
    places.map(|place| place as i64)
}

/// How many of `len` sorted values come before one that `from` values are known to come before: looks ahead in
/// growing steps, since the next place is mostly near.
#[inline(always)]
fn gallop(from: usize, len: usize, precedes: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut step) = (from, 1);
    while low + step <= len && precedes(low + step - 1) {
        low += step;
        step *= 2;
    }
    let left = (len - low).min(step - 1);
    let [places] = bisect(left, |i, _| precedes(low + i));
    low + places as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn expected<T: SortKey>(sorted: &[T], value: T, side: Side) -> i64 {
        let before = |a: &&T| match side {
            Side::Left => a.order(value).is_lt(),
            Side::Right => a.order(value).is_le(),
        };
        sorted.iter().filter(before).count() as i64
    }

    fn check<T: SortKey>(mut values: Vec<T>, wanted: &[T]) {
        let mut sorter: Vec<i64> = (0..values.len() as i64).collect();
        sorter.sort_by(|&i, &j| values[i as usize].order(values[j as usize]));
        let unsorted = values.clone();
        values.sort_by(|a, b| a.order(*b));
        let mut ascending = wanted.to_vec();
        ascending.sort_by(|a, b| a.order(*b));
        for wanted in [wanted, &ascending] {
            for side in [Side::Left, Side::Right] {
                let expected: Vec<i64> = wanted
                    .iter()
                    .map(|&value| expected(&values, value, side))
                    .collect();
                let mut found = vec![0; wanted.len()];
                searchsorted(&values, wanted, side, &mut found);
                assert_eq!(found, expected);
                found.fill(-1);
                searchsorted_through(&unsorted, &sorter, wanted, side, &mut found).unwrap();
                assert_eq!(found, expected);
            }
        }
    }

    fn float() -> impl Strategy<Value = f64> {
        prop_oneof![
            Just(f64::NAN),
            Just(-0.0),
            Just(0.0),
            Just(f64::INFINITY),
            (-4_i32..4).prop_map(f64::from)
        ]
    }

    proptest! {
        #[test]
        fn places_agree_with_counting(values: Vec<i16>, wanted: Vec<i16>) {
            check(values, &wanted);
        }

        #[test]
        fn places_agree_with_counting_where_values_repeat(
            values in prop::collection::vec(float(), 0..60), wanted in prop::collection::vec(float(), 0..60),
        ) {
            check(values, &wanted);
        }
    }

    #[test]
    fn an_index_out_of_range_is_found_out() {
        for wrong in [-1, 3] {
            let found =
                searchsorted_through(&[1, 2, 3], &[wrong, 1, 2], &[0], Side::Left, &mut [0]);
            assert_eq!(found, Err(IndexOutOfRange));
        }
    }
}
