//! Where the largest and the smallest values are.
//!
//! Block by block only the extreme value is found, by vector instructions; its place is looked up at the end.

use num_traits::Bounded;
use rustsci_buffer::simd::vectorized;

use super::order::SortKey;

/// How many values are looked at in one step.
const BLOCK: usize = 4096;

/// How many values are compared side by side.
const LANES: usize = 16;

/// The index of the largest value: the first of several, or the first NaN if there is any; `None` for no values.
///
/// ```
/// assert_eq!(rustsci_array::sorting::argmax(&[1.0, 3.0, 3.0]), Some(1));
/// assert_eq!(rustsci_array::sorting::argmax(&[1.0, f64::NAN, 3.0]), Some(1));
/// ```
pub fn argmax<T: SortKey>(values: &[T]) -> Option<usize> {
    if T::HAS_NAN {
        first_by_comparison(values, |value, best| best.lt(value))
    } else {
        first_by_key(values, |value| value.key())
    }
}

/// The index of the smallest value: the first of several, or the first NaN if there is any; `None` for no values.
///
/// ```
/// assert_eq!(rustsci_array::sorting::argmin(&[3.0, -0.0, 0.0]), Some(1));
/// ```
pub fn argmin<T: SortKey>(values: &[T]) -> Option<usize> {
    if T::HAS_NAN {
        first_by_comparison(values, |value, best| value.lt(best))
    } else {
        first_by_key(values, |value| !value.key())
    }
}

/// The index of the first value with the largest `key`.
fn first_by_key<T: SortKey>(values: &[T], key: impl Fn(T) -> T::Key) -> Option<usize> {
    let mut largest = key(*values.first()?);
    let mut start = 0;
    for (index, block) in values.chunks(BLOCK).enumerate() {
        let largest_here = vectorized(
            #[inline(always)]
            || {
                block
                    .iter()
                    .fold(largest, |largest, &value| largest.max(key(value)))
            },
        );
        if largest_here > largest {
            (largest, start) = (largest_here, index * BLOCK);
        }
        if largest == T::Key::max_value() {
            break;
        }
    }
    position(&values[start..], |value| key(value) == largest).map(|first| start + first)
}

/// The index of the first NaN, or else of the first value that none `beats`; NaN beats none.
fn first_by_comparison<T: SortKey>(
    values: &[T],
    beats: impl Fn(T, T) -> bool + Copy,
) -> Option<usize> {
    let mut best = *values.first()?;
    if best.is_nan() {
        return Some(0);
    }
    let mut start = 0;
    for (index, block) in values.chunks(BLOCK).enumerate() {
        let (best_here, any_nan) = vectorized(
            #[inline(always)]
            || best_of(block, best, beats),
        );
        if any_nan {
            return position(block, |value| value.is_nan()).map(|first| index * BLOCK + first);
        }
        if beats(best_here, best) {
            (best, start) = (best_here, index * BLOCK);
        }
    }
    let equal = |value: T| !beats(value, best) & !beats(best, value);
    position(&values[start..], equal).map(|first| start + first)
}

/// `best`, or what beats it most in the block; and whether there is a NaN, in which case the former means nothing.
#[inline(always)]
fn best_of<T: SortKey>(block: &[T], best: T, beats: impl Fn(T, T) -> bool + Copy) -> (T, bool) {
    let (groups, rest) = block.as_chunks::<LANES>();
    let mut lanes = [best; LANES];
    // Truths as wide as the values themselves can share their vectors.
    let (no, yes) = (T::Key::min_value(), T::Key::max_value());
    let mut nans = [no; LANES];
    for group in groups {
        for lane in 0..LANES {
            let value = group[lane];
            lanes[lane] = if beats(value, lanes[lane]) {
                value
            } else {
                lanes[lane]
            };
            nans[lane] = nans[lane] | if value.is_nan() { yes } else { no };
        }
    }
    let mut any_nan = nans.contains(&yes);
    let mut best = best;
    for &value in lanes.iter().chain(rest) {
        any_nan |= value.is_nan();
        best = if beats(value, best) { value } else { best };
    }
    (best, any_nan)
}

/// Where the first value is that fulfils `wanted`; looks at several in one step.
fn position<T: SortKey>(values: &[T], wanted: impl Fn(T) -> bool) -> Option<usize> {
    const GROUP: usize = 64;
    let group = vectorized(
        #[inline(always)]
        || {
            let any = |group: &[T]| {
                group
                    .iter()
                    .fold(0, |any, &value| any | u8::from(wanted(value)))
                    != 0
            };
            values.chunks(GROUP).position(any)
        },
    )?;
    let start = group * GROUP;
    values[start..]
        .iter()
        .position(|&value| wanted(value))
        .map(|first| start + first)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// By one plain comparison after the other.
    fn plain<T: SortKey>(values: &[T], beats: impl Fn(T, T) -> bool) -> Option<usize> {
        if let Some(nan) = values.iter().position(|value| value.is_nan()) {
            return Some(nan);
        }
        (0..values.len()).reduce(|best, i| {
            if beats(values[i], values[best]) {
                i
            } else {
                best
            }
        })
    }

    fn check<T: SortKey>(values: &[T]) {
        assert_eq!(argmax(values), plain(values, |a, b| b.order(a).is_lt()));
        assert_eq!(argmin(values), plain(values, |a, b| a.order(b).is_lt()));
    }

    proptest! {
        #[test]
        fn the_first_of_repeated_values_is_found(values in prop::collection::vec(-3_i32..3, 0..100)) {
            check(&values);
            check(&values.iter().map(|&v| f64::from(v)).collect::<Vec<_>>());
            check(&values.iter().map(|&v| rustsci_buffer::Bool::from(v == 1)).collect::<Vec<_>>());
            check(&values.iter().map(|&v| half::f16::from_f32(v as f32)).collect::<Vec<_>>());
        }

        #[test]
        fn the_first_nan_wins(
            values in prop::collection::vec(prop_oneof![4 => -1e3_f64..1e3, 1 => Just(f64::NAN)], 0..100),
            imaginary in -2_i32..2,
        ) {
            check(&values);
            check(&values.iter().map(|&re| num_complex::Complex { re: re.round(), im: f64::from(imaginary) }).collect::<Vec<_>>());
        }
    }

    #[test]
    fn extremes_are_found_in_any_block() {
        for index in [0, 1, 1023, 1024, 1025, 4999] {
            let mut values = vec![0_i64; 5000];
            values[index] = 1;
            assert_eq!(argmax(&values), Some(index));
            values[index] = -1;
            assert_eq!(argmin(&values), Some(index));
            let mut values = vec![1.0_f32; 5000];
            values[index] = f32::NAN;
            assert_eq!(
                (argmax(&values), argmin(&values)),
                (Some(index), Some(index))
            );
        }
    }
}
