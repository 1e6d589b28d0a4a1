//! Putting single ranks into their places.

use std::cmp::Ordering;

use rustsci_buffer::OutOfMemory;

use super::order::{Key, SortKey, is_sorted};
use super::sort;

/// Rearranges the values so that those at the ranks `kth` are where sorting would put them, with nothing
/// larger before and nothing smaller after each.
///
/// # Errors
/// [`OutOfMemory`] if there is not as much memory again as the values take.
///
/// # Panics
/// If a rank is not below the number of values.
///
/// ```
/// let mut values = [5, 1, 4, 2, 3];
/// rustsci_array::sorting::partition(&mut values, &[2])?;
/// assert_eq!(values[2], 3);
/// assert!(values[..2].iter().all(|&v| v < 3) && values[3..].iter().all(|&v| v > 3));
/// # Ok::<(), rustsci_buffer::OutOfMemory>(())
/// ```
pub fn partition<T: SortKey>(values: &mut [T], kth: &[usize]) -> Result<(), OutOfMemory> {
    if sorts_faster::<T>(values.len()) {
        return sort(values);
    }
    if is_sorted(values) {
        return Ok(());
    }
    let mut ranks = kth.to_vec();
    ranks.sort_unstable();
    ranks.dedup();
    if values.iter().any(|value| value.is_nan()) {
        select(values, &ranks, &|a, b| a.order(*b));
    } else {
        select(values, &ranks, &|a, b| a.order_of_numbers(*b));
    }
    Ok(())
}

/// Whether so many values are sorted by their few digits before a rank is selected.
pub(super) fn sorts_faster<T: SortKey>(len: usize) -> bool {
    T::Key::BITS == 8 || T::Key::BITS == 16 && len > 1 << 14
}

/// Puts the ascending `ranks` into their places: the middle one of all, the others in the parts it leaves.
pub(super) fn select<R>(records: &mut [R], ranks: &[usize], compare: &impl Fn(&R, &R) -> Ordering) {
    fn parts<R>(
        records: &mut [R],
        start: usize,
        ranks: &[usize],
        compare: &impl Fn(&R, &R) -> Ordering,
    ) {
        let Some(&rank) = ranks.get(ranks.len() / 2) else {
            return;
        };
        let (lower, upper) = (&ranks[..ranks.len() / 2], &ranks[ranks.len() / 2 + 1..]);
        let (before, _, after) = records.select_nth_unstable_by(rank - start, compare);
        parts(before, start, lower, compare);
        parts(after, rank + 1, upper, compare);
    }
    parts(records, 0, ranks, compare);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check<T: SortKey>(values: &[T], kth: &[usize]) {
        let mut partitioned = values.to_vec();
        partition(&mut partitioned, kth).unwrap();
        let keys: Vec<T::Key> = partitioned.iter().map(|value| value.key()).collect();
        for &rank in kth {
            assert!(keys[..rank].iter().all(|key| *key <= keys[rank]));
            assert!(keys[rank..].iter().all(|key| *key >= keys[rank]));
        }
        let sorted = |values: &[T]| {
            let mut keys: Vec<T::Key> = values.iter().map(|value| value.key()).collect();
            keys.sort_unstable();
            keys
        };
        assert!(sorted(values) == sorted(&partitioned));
    }

    proptest! {
        #[test]
        fn ranks_are_in_their_places(
            values in prop::collection::vec(prop_oneof![4 => -1e3_f64..1e3, 1 => Just(0.0), 1 => Just(f64::NAN)], 1..300),
            kth in prop::collection::vec(any::<prop::sample::Index>(), 0..5),
        ) {
            let kth: Vec<usize> = kth.into_iter().map(|rank| rank.index(values.len())).collect();
            check(&values, &kth);
            check(&values.iter().map(|&value| value as i64).collect::<Vec<_>>(), &kth);
            check(&values.iter().map(|&value| value as i8).collect::<Vec<_>>(), &kth);
        }
    }
}
