//! The order that sorts values.

use std::cmp::Ordering;

use num_traits::{AsPrimitive, Bounded, PrimInt};
use rustsci_buffer::{Kind, OutOfMemory, Scratch};

use super::order::{Key, SortKey, is_sorted};
use super::radix::{self, Bits, Profile};

/// The shortest slice that is sorted by digits.
const RADIX: usize = 128;

/// Fills `order` with the indices that sort the values; equal ones keep their order.
///
/// # Errors
/// [`OutOfMemory`] if there is not as much memory again as the indices take.
///
/// # Panics
/// If the lengths differ.
///
/// ```
/// let mut order = [0; 4];
/// rustsci_array::sorting::argsort(&[20, 10, 20, 0], &mut order)?;
/// assert_eq!(order, [3, 1, 0, 2]);
/// # Ok::<(), rustsci_buffer::OutOfMemory>(())
/// ```
pub fn argsort<T: SortKey>(values: &[T], order: &mut [i64]) -> Result<(), OutOfMemory> {
    assert_eq!(values.len(), order.len(), "one index for each value");
    (0..).zip(&mut *order).for_each(|(i, index)| *index = i);
    if is_sorted(values) {
        return Ok(());
    }
    if T::KIND == Kind::Bool {
        argsort_two_keys(values, order);
        return Ok(());
    }
    if T::Key::BITS == 8 {
        argsort_by_counting(values, order);
        return Ok(());
    }
    let profile = radix::profile(values);
    if profile.descents == values.len() - 1 {
        order.reverse();
        return Ok(());
    }
    sort_order(values, order, profile)
}

/// Sorts the indices in `order` by the values they stand for; where these are equal, as they were.
///
/// # Errors
/// [`OutOfMemory`] if there is not as much memory again as the indices take, twice.
///
/// # Panics
/// If an index is not one of a value.
///
/// ```
/// // What lexsort does: by the less important values first, then by the more important ones.
/// let (surnames, names) = ([1, 0, 1], [7, 8, 5]);
/// let mut order = [0, 1, 2];
/// rustsci_array::sorting::refine_order(&names, &mut order)?;
/// rustsci_array::sorting::refine_order(&surnames, &mut order)?;
/// assert_eq!(order, [1, 2, 0]);
/// # Ok::<(), rustsci_buffer::OutOfMemory>(())
/// ```
pub fn refine_order<T: SortKey>(values: &[T], order: &mut [i64]) -> Result<(), OutOfMemory> {
    let mut ordered = Scratch::<T>::new(order.len())?;
    for (value, &index) in ordered.iter_mut().zip(&*order) {
        *value = values[index as usize];
    }
    let mut positions = Scratch::<i64>::new(order.len())?;
    argsort(&ordered, &mut positions)?;
    for position in positions.iter_mut() {
        *position = order[*position as usize];
    }
    order.copy_from_slice(&positions);
    Ok(())
}

/// Keys that are the smallest or the largest: first the indices of those, then of these, each without a branch.
fn argsort_two_keys<T: SortKey>(values: &[T], order: &mut [i64]) {
    let mut place = 0;
    for wanted in [T::Key::min_value(), T::Key::max_value()] {
        for (index, &value) in (0..).zip(values) {
            // Without effect where the next write goes to the same place, and where there is none any more.
            if let Some(here) = order.get_mut(place) {
                *here = index;
            }
            place += usize::from(value.key() == wanted);
        }
    }
}

/// Keys of 8 bits: the indices of each go to their final place at once.
fn argsort_by_counting<T: SortKey>(values: &[T], order: &mut [i64]) {
    // Several parts are gone through in step, each with its own places: when the same key comes again and
    // again, each place must wait for the one before, but the parts need not wait for each other.
    const PARTS: usize = 4;
    let key = |index: usize| -> usize { values[index].key().as_() };
    let part = values.len() / PARTS;
    let start = |p: usize| p * part;
    let mut places = [[0_usize; PARTS]; 256];
    for index in 0..part {
        (0..PARTS).for_each(|p| places[key(start(p) + index)][p] += 1);
    }
    let rest = start(PARTS)..values.len();
    rest.clone()
        .for_each(|index| places[key(index)][PARTS - 1] += 1);
    let mut place = 0;
    for count in places.as_flattened_mut() {
        place += std::mem::replace(count, place);
    }
    let mut put = |p: usize, index: usize| {
        let place = &mut places[key(index)][p];
        order[*place] = index as i64;
        *place += 1;
    };
    for index in 0..part {
        (0..PARTS).for_each(|p| put(p, start(p) + index));
    }
    rest.for_each(|index| put(PARTS - 1, index));
}

/// Sorts `order`, which is that of the values so far, by their keys, which have the given profile.
fn sort_order<T: SortKey>(
    values: &[T],
    order: &mut [i64],
    profile: Profile<T::Key>,
) -> Result<(), OutOfMemory> {
    if values.len() > u32::MAX as usize {
        order.sort_by(|&i, &j| values[i as usize].order(values[j as usize]));
        return Ok(());
    }
    let packing = Packing::new::<T>(values.len(), profile.varying);
    let mut records = Scratch::<u64>::new(values.len())?;
    packing.pack(values, &mut records);
    let compare = |a, b| packing.compare(values, a, b);
    if records.len() < RADIX || profile.descents < 4 {
        records.sort_by(|&a, &b| compare(a, b));
    } else {
        let mut scratch = Scratch::<u64>::new(values.len())?;
        let bits = packing.bits(T::IDLE_BITS);
        let shift = radix::sort(&mut records, &mut scratch, bits);
        if shift > bits.lowest || packing.lossy {
            radix::settle(&mut records, shift, compare);
        }
    }
    for (index, &record) in order.iter_mut().zip(&*records) {
        *index = packing.index(record) as i64;
    }
    Ok(())
}

/// How a value's key, or as many of its upper bits as there is room for, and its index share one integer.
#[derive(Clone, Copy, Debug)]
struct Packing {
    /// Bits for the index: the lower ones.
    index_bits: usize,
    /// Where the key's varying bits end.
    top: usize,
    /// How many of the key's lower bits are left out.
    dropped: usize,
    /// Whether equal keys here may stand for different values.
    lossy: bool,
}

impl Packing {
    /// For `len` values whose keys differ in the bits `varying`.
    fn new<T: SortKey>(len: usize, varying: T::Key) -> Self {
        let index_bits = (usize::BITS - len.leading_zeros()) as usize;
        let top = T::Key::BITS - varying.leading_zeros() as usize;
        let dropped = top.saturating_sub(64 - index_bits);
        Self {
            index_bits,
            top,
            dropped,
            lossy: !T::EXACT || dropped > varying.trailing_zeros() as usize,
        }
    }

    /// Packs each value's key and index.
    fn pack<T: SortKey>(self, values: &[T], records: &mut [u64]) {
        for ((index, value), record) in (0_u64..).zip(values).zip(records) {
            // The key's bits above the varying ones, which all have in common, may be lost.
            let key: u64 = (value.key() >> self.dropped).as_();
            *record = key << self.index_bits | index;
        }
    }

    /// The index in a record.
    #[inline(always)]
    fn index(self, record: u64) -> usize {
        (record & ((1 << self.index_bits) - 1)) as usize
    }

    /// Compares what two records stand for, and their indices where that is equal.
    #[inline(always)]
    fn compare<T: SortKey>(self, values: &[T], a: u64, b: u64) -> Ordering {
        if self.lossy && a >> self.index_bits == b >> self.index_bits {
            let value = |record| values[self.index(record)];
            value(a).order(value(b)).then(a.cmp(&b))
        } else {
            a.cmp(&b)
        }
    }

    /// The record's bits that hold the key.
    fn bits(self, idle: usize) -> Bits {
        Bits {
            lowest: self.index_bits,
            top: self.top - self.dropped + self.index_bits,
            idle,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rustsci_buffer::{Bool, Complex, f16};

    use super::*;

    fn check<T: SortKey>(values: &[T]) {
        let mut order = vec![0; values.len()];
        argsort(values, &mut order).unwrap();
        let mut expected: Vec<i64> = (0..values.len() as i64).collect();
        expected.sort_by(|&i, &j| values[i as usize].order(values[j as usize]));
        assert_eq!(order, expected);
        let mut backwards: Vec<i64> = (0..values.len() as i64).rev().collect();
        let mut expected = backwards.clone();
        expected.sort_by(|&i, &j| values[i as usize].order(values[j as usize]));
        refine_order(values, &mut backwards).unwrap();
        assert_eq!(backwards, expected);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn orders_are_stable_and_sort(seeds in prop::collection::vec(any::<u64>(), 0..600), range in 1_u64..) {
            let seeds: Vec<u64> = seeds.into_iter().map(|seed| seed % range).collect();
            check(&seeds);
            check(&seeds.iter().map(|&seed| seed as i8).collect::<Vec<_>>());
            check(&seeds.iter().map(|&seed| seed as u16).collect::<Vec<_>>());
            check(&seeds.iter().map(|&seed| seed as i32).collect::<Vec<_>>());
            check(&seeds.iter().map(|&seed| Bool(seed as u8 & 2)).collect::<Vec<_>>());
            check(&seeds.iter().map(|&seed| f16::from_bits(seed as u16)).collect::<Vec<_>>());
            check(&seeds.iter().map(|&seed| f32::from_bits(seed as u32)).collect::<Vec<_>>());
            check(&seeds.iter().map(|&seed| f64::from_bits(seed)).collect::<Vec<_>>());
            let complex = |seed: u64| Complex { re: f64::from_bits(seed & 7 << 61), im: seed as f64 };
            check(&seeds.iter().map(|&seed| complex(seed)).collect::<Vec<_>>());
        }
    }

    #[test]
    fn presorted_values_of_any_kind() {
        for len in [0, 1, 2, 127, 128, 1000] {
            let ascending: Vec<i64> = (0..len).collect();
            check(&ascending);
            check(&ascending.iter().map(|value| -value).collect::<Vec<_>>());
            check(
                &ascending
                    .iter()
                    .map(|value| value % 700)
                    .collect::<Vec<_>>(),
            );
            check(&vec![1.0; len as usize]);
        }
    }
}
