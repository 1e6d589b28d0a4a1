//! Sorting values.

use num_traits::{AsPrimitive, One, Zero};
use rustsci_buffer::simd::vectorized;
use rustsci_buffer::{OutOfMemory, Scratch};

use super::argsort::argsort;
use super::order::{Key, SortKey, is_sorted};
use super::radix::{self, Bits};

/// The shortest slice that is sorted by digits.
const RADIX: usize = 256;

/// The shortest slice whose 16-bit values are counted.
const COUNTING: usize = 1 << 15;

/// Sorts the values; equal ones (zeros of different sign, say) keep their order.
///
/// # Errors
/// [`OutOfMemory`] if there is not twice as much memory again as the values take.
///
/// ```
/// let mut values = [2.0, f64::NAN, -1.0, 0.5];
/// rustsci_array::sorting::sort(&mut values)?;
/// assert_eq!(values[..3], [-1.0, 0.5, 2.0]);
/// # Ok::<(), rustsci_buffer::OutOfMemory>(())
/// ```
pub fn sort<T: SortKey>(values: &mut [T]) -> Result<(), OutOfMemory> {
    if values.len() < RADIX || values.len() > u32::MAX as usize {
        sort_by_comparison(values);
        return Ok(());
    }
    if is_sorted(values) {
        return Ok(());
    }
    let value_of = T::VALUE_OF.filter(|_| {
        values
            .iter()
            .fold(true, |all, value| all & value.is_canonical())
    });
    match value_of {
        Some(value_of) if T::Key::BITS == 8 => sort_by_counting(values, value_of),
        Some(value_of) if T::Key::BITS == 16 && values.len() >= COUNTING => {
            sort_by_counting(values, value_of)
        }
        // Keys that cost more to make than to sort are made once.
        Some(value_of) if T::IDLE_BITS > 0 => {
            let mut keys = Scratch::<T::Key>::new(values.len())?;
            vectorized(
                #[inline(always)]
                || {
                    keys.iter_mut()
                        .zip(&*values)
                        .for_each(|(key, value)| *key = value.key())
                },
            );
            sort_by_digits(&mut keys, T::IDLE_BITS)?;
            vectorized(
                #[inline(always)]
                || {
                    values
                        .iter_mut()
                        .zip(&*keys)
                        .for_each(|(value, key)| *value = value_of(*key))
                },
            );
        }
        // Keys that do not say all are made once, too, in finding the order.
        _ if !T::EXACT => {
            let mut order = Scratch::new(values.len())?;
            argsort(values, &mut order)?;
            let mut sorted = Scratch::<T>::new(values.len())?;
            sorted
                .iter_mut()
                .zip(&*order)
                .for_each(|(value, &index)| *value = values[index as usize]);
            values.copy_from_slice(&sorted);
        }
        _ => sort_by_digits(values, T::IDLE_BITS)?,
    }
    Ok(())
}

fn sort_by_comparison<T: SortKey>(values: &mut [T]) {
    if values.iter().any(|value| value.is_nan()) {
        values.sort_by(|a, b| a.order(*b));
    } else {
        values.sort_by(|a, b| a.order_of_numbers(*b));
    }
}

fn sort_by_digits<T: SortKey>(values: &mut [T], idle_bits: usize) -> Result<(), OutOfMemory> {
    let profile = radix::profile(values);
    if profile.descents == values.len() - 1 {
        values.reverse();
    } else if profile.descents < 4 {
        // A few ascending runs, which a merge sort finds and merges.
        sort_by_comparison(values);
    } else {
        let bits = Bits::of::<T>(profile.varying, idle_bits);
        let mut scratch = Scratch::new(values.len())?;
        let shift = radix::sort(values, &mut scratch, bits);
        if shift > bits.lowest {
            radix::settle(values, shift, T::order);
        }
    }
    Ok(())
}

fn sort_by_counting<T: SortKey>(values: &mut [T], value_of: fn(T::Key) -> T) {
    // Neighbours count in different tables: a value that repeats must not wait for its own last count.
    let mut counts = vec![[0_u32; 2]; 1 << T::Key::BITS];
    for pair in values.chunks(2) {
        for (table, value) in pair.iter().enumerate() {
            let key: usize = value.key().as_();
            counts[key][table] += 1;
        }
    }
    let mut rest = values;
    let mut key = T::Key::zero();
    for [first, second] in counts {
        let (run, later) = rest.split_at_mut((first + second) as usize);
        run.fill(value_of(key));
        rest = later;
        if rest.is_empty() {
            break;
        }
        key = key + T::Key::one();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rustsci_buffer::{Bool, Complex, f16};

    use super::*;

    /// Sorts as the standard library does by keys, and compares bit for bit.
    fn check<T: SortKey>(values: &[T]) {
        let (mut sorted, mut expected) = (values.to_vec(), values.to_vec());
        sort(&mut sorted).unwrap();
        expected.sort_by(|a, b| a.order(*b));
        // The text of a number tells -0.0 from 0.0, and of NaNs no more than NumPy does.
        assert_eq!(format!("{sorted:?}"), format!("{expected:?}"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn every_type_is_sorted(seeds in prop::collection::vec(any::<u64>(), 0..1000), range in 1_u64..) {
            let seeds: Vec<u64> = seeds.into_iter().map(|seed| seed % range).collect();
            check(&seeds);
            check(&seeds.iter().map(|&seed| seed as i8).collect::<Vec<_>>());
            check(&seeds.iter().map(|&seed| seed as u16).collect::<Vec<_>>());
            check(&seeds.iter().map(|&seed| seed as i32).collect::<Vec<_>>());
            check(&seeds.iter().map(|&seed| Bool(seed as u8 & 1)).collect::<Vec<_>>());
            check(&seeds.iter().map(|&seed| f16::from_bits(seed as u16)).collect::<Vec<_>>());
            check(&seeds.iter().map(|&seed| f32::from_bits(seed as u32)).collect::<Vec<_>>());
            check(&seeds.iter().map(|&seed| f64::from_bits(seed)).collect::<Vec<_>>());
            check(&seeds.iter().map(|&seed| seed as f64 * 1e-3).collect::<Vec<_>>());
            let complex = |seed: u64| Complex { re: (seed % 3) as f32, im: f32::from_bits(seed as u32) };
            check(&seeds.iter().map(|&seed| complex(seed)).collect::<Vec<_>>());
        }
    }

    #[test]
    fn presorted_values_of_any_kind() {
        for len in [0, 1, 2, 255, 256, 1000, 100_000] {
            let ascending: Vec<i64> = (0..len).collect();
            check(&ascending);
            check(&ascending.iter().map(|value| -value).collect::<Vec<_>>());
            check(
                &ascending
                    .iter()
                    .map(|value| value % 700)
                    .collect::<Vec<_>>(),
            );
            check(
                &ascending
                    .iter()
                    .map(|value| (value * 31 % 1009) as i16)
                    .collect::<Vec<_>>(),
            );
            check(&vec![1.0; len as usize]);
        }
    }

    #[test]
    fn keys_that_share_their_upper_bits_are_sorted_too() {
        let clustered: Vec<f64> = (0..3000_u32)
            .map(|i| 1.0 + f64::from(i.wrapping_mul(2_654_435_761) % 1000) * f64::EPSILON)
            .chain([1e300])
            .collect();
        check(&clustered);
    }
}
