//! Sorting by the digits of keys.
//!
//! Counting sorts from the lower digits up, each stable, sort by all of them. The trick is to leave most
//! digits out: of keys that differ in many bits, about `log2(n)` upper ones tell nearly all pairs apart, and
//! what these leave together are short runs that comparisons finish.

use std::cmp::Ordering;

use num_traits::{AsPrimitive, PrimInt, Zero};

use super::order::{Key, SortKey};

/// The width of a digit.
const DIGIT: usize = 8;

/// How many bits more than the logarithm of the length are sorted by, so that few neighbours stay together.
const SPARE_BITS: usize = 4;

/// The longest run that is sorted by insertion.
const INSERTION: usize = 16;

/// What one look at all keys tells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Profile<K> {
    /// The bits in which some keys differ.
    pub(super) varying: K,
    /// How many keys are smaller than the one before.
    pub(super) descents: usize,
}

/// Looks at all keys.
pub(super) fn profile<T: SortKey>(values: &[T]) -> Profile<T::Key> {
    rustsci_buffer::simd::vectorized(
        #[inline(always)]
        || {
            let mut profile = Profile {
                varying: T::Key::zero(),
                descents: 0,
            };
            for (a, b) in values.iter().zip(values.get(1..).unwrap_or_default()) {
                let (a, b) = (a.key(), b.key());
                profile.varying = profile.varying | (a ^ b);
                profile.descents += usize::from(b < a);
            }
            profile
        },
    )
}

/// The bits of keys that count: from `lowest` up to, but without, `top`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bits {
    pub(super) lowest: usize,
    pub(super) top: usize,
    /// How many of the uppermost hardly tell keys apart.
    pub(super) idle: usize,
}

impl Bits {
    /// From the lowest to the highest bit of `varying`, the keys' differences; 0 to 0 if there are none.
    pub(super) fn of<T: SortKey>(varying: T::Key, idle: usize) -> Self {
        let top = T::Key::BITS - varying.leading_zeros() as usize;
        Self {
            lowest: top.min(varying.trailing_zeros() as usize),
            top,
            idle,
        }
    }
}

/// Sorts the values stably by `bits` of their keys, but by only so many of the upper ones as mostly do, and
/// gives the lowest bit sorted by. The caller must [`settle`] what agrees from there up. `scratch` has the
/// same length, which is below 2³².
pub(super) fn sort<T: SortKey>(values: &mut [T], scratch: &mut [T], bits: Bits) -> usize {
    let wanted = values.len().ilog2() as usize + SPARE_BITS + bits.idle;
    let passes = wanted.min(bits.top - bits.lowest).div_ceil(DIGIT);
    let shift = bits.top.saturating_sub(passes * DIGIT);
    let mut counts = [0; 1 << DIGIT];
    for &value in values.iter() {
        counts[digit(value, shift)] += 1;
    }
    let (mut from, mut to) = (&mut *values, scratch);
    for pass in 0..passes {
        counts = distribute(from, to, shift + pass * DIGIT, counts);
        (from, to) = (to, from);
    }
    if passes % 2 == 1 {
        to.copy_from_slice(from);
    }
    shift
}

#[inline(always)]
fn digit<T: SortKey>(value: T, shift: usize) -> usize {
    let digit: u8 = (value.key() >> shift).as_();
    usize::from(digit)
}

/// One counting sort, by the digit at `shift` of which there are `counts`; counts the next digit meanwhile.
fn distribute<T: SortKey>(
    from: &[T],
    to: &mut [T],
    shift: usize,
    counts: [u32; 1 << DIGIT],
) -> [u32; 1 << DIGIT] {
    let mut places = counts;
    let mut place = 0;
    for count in &mut places {
        place += std::mem::replace(count, place);
    }
    let mut next = [0; 1 << DIGIT];
    let next_shift = (shift + DIGIT).min(T::Key::BITS - 1);
    for &value in from {
        let place = &mut places[digit(value, shift)];
        to[*place as usize] = value;
        *place += 1;
        next[digit(value, next_shift)] += 1;
    }
    next
}

/// Sorts each run of values whose keys agree from bit `shift` up by comparison, stably.
pub(super) fn settle<T: SortKey>(
    values: &mut [T],
    shift: usize,
    compare: impl Fn(T, T) -> Ordering,
) {
    let upper = |value: T| value.key() >> shift;
    let mut start = 0;
    while start < values.len() {
        let here = upper(values[start]);
        let mut end = start + 1;
        while end < values.len() && upper(values[end]) == here {
            end += 1;
        }
        let run = &mut values[start..end];
        if run.len() > INSERTION {
            run.sort_by(|&a, &b| compare(a, b));
        } else {
            insertion_sort(run, &compare);
        }
        start = end;
    }
}

fn insertion_sort<T: Copy>(run: &mut [T], compare: &impl Fn(T, T) -> Ordering) {
    for end in 1..run.len() {
        let value = run[end];
        let mut place = end;
        while place > 0 && compare(value, run[place - 1]) == Ordering::Less {
            run[place] = run[place - 1];
            place -= 1;
        }
        run[place] = value;
    }
}
