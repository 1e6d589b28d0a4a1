//! The order that puts single ranks into their places.

use std::cmp::Ordering;

use rustsci_buffer::OutOfMemory;

use super::argsort::argsort;
use super::order::{SortKey, is_sorted};
use super::partition::{select, sorts_faster};

/// Fills `order` with indices such that the values they stand for are partitioned by the ranks `kth`, as
/// [`partition`](super::partition) would have them.
///
/// # Errors
/// [`OutOfMemory`] if there is no memory for the keys and the indices.
///
/// # Panics
/// If the lengths differ, or a rank is not below the number of values.
///
/// ```
/// let mut order = [0; 3];
/// rustsci_array::sorting::argpartition(&[30, 10, 20], &[0], &mut order)?;
/// assert_eq!(order[0], 1);
/// # Ok::<(), rustsci_buffer::OutOfMemory>(())
/// ```
pub fn argpartition<T: SortKey>(
    values: &[T],
    kth: &[usize],
    order: &mut [i64],
) -> Result<(), OutOfMemory> {
    assert_eq!(values.len(), order.len(), "one index for each value");
    if sorts_faster::<T>(values.len()) || values.len() > u32::MAX as usize {
        return argsort(values, order);
    }
    (0..).zip(&mut *order).for_each(|(i, index)| *index = i);
    if is_sorted(values) {
        return Ok(());
    }
    let mut ranks = kth.to_vec();
    ranks.sort_unstable();
    ranks.dedup();
    let mut records = keyed(values)?;
    let order_of_values = |a: u32, b: u32| values[a as usize].order(values[b as usize]);
    select(&mut records, &ranks, &|a, b| match a.0.cmp(&b.0) {
        Ordering::Equal if !T::EXACT => order_of_values(a.1, b.1),
        ordering => ordering,
    });
    for (index, record) in order.iter_mut().zip(&records) {
        *index = i64::from(record.1);
    }
    Ok(())
}

/// The values' keys and indices.
fn keyed<T: SortKey>(values: &[T]) -> Result<Vec<(T::Key, u32)>, OutOfMemory> {
    let mut records = Vec::new();
    let bytes = values.len().saturating_mul(size_of::<(T::Key, u32)>());
    records
        .try_reserve_exact(values.len())
        .map_err(|_| OutOfMemory { bytes })?;
    records.extend(values.iter().map(|value| value.key()).zip(0..));
    Ok(records)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check<T: SortKey>(values: &[T], kth: &[usize]) {
        let mut order = vec![0; values.len()];
        argpartition(values, kth, &mut order).unwrap();
        let keys: Vec<T::Key> = order
            .iter()
            .map(|&index| values[index as usize].key())
            .collect();
        for &rank in kth {
            assert!(keys[..rank].iter().all(|key| *key <= keys[rank]));
            assert!(keys[rank..].iter().all(|key| *key >= keys[rank]));
        }
        order.sort_unstable();
        assert!(
            order
                .iter()
                .zip(0..)
                .all(|(&index, expected)| index == expected)
        );
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
