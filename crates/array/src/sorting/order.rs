//! NumPy's order of the values of each type.

use std::cmp::Ordering;

use num_traits::{AsPrimitive, PrimInt, Unsigned};
use rustsci_buffer::{Bool, Complex, Element, f16};

/// An unsigned integer that stands for a value when it is compared.
pub trait Key:
    SortKey<Key = Self> + PrimInt + Unsigned + AsPrimitive<u8> + AsPrimitive<u64> + AsPrimitive<usize>
{
    /// Its width.
    const BITS: usize;
}

macro_rules! keys {
    ($($type:ty),*) => {$(
        impl Key for $type {
            const BITS: usize = <$type>::BITS as usize;
        }
    )*};
}

keys!(u8, u16, u32, u64);

/// An element type with NumPy's order, NaN last.
pub trait SortKey: Element {
    /// The type of its keys.
    type Key: Key;

    /// Whether values with equal keys are equal, and not only close.
    const EXACT: bool = true;

    /// Whether some value is not a number.
    const HAS_NAN: bool = false;

    /// How many of a key's upper bits hardly tell values apart: most of an exponent's.
    const IDLE_BITS: usize = 0;

    /// The canonical value of a key, if keys are exact.
    const VALUE_OF: Option<fn(Self::Key) -> Self>;

    /// Its key: of two values, the smaller one's is smaller or equal. Equal values (-0.0 and 0.0, say, or two
    /// NaNs) have equal keys.
    fn key(self) -> Self::Key;

    /// Whether this is what `VALUE_OF` makes of its key, bit for bit.
    #[inline(always)]
    fn is_canonical(self) -> bool {
        true
    }

    /// Whether this is, or a part of it is, not a number.
    #[inline(always)]
    fn is_nan(self) -> bool {
        false
    }

    /// Whether this comes before `other`, which must not be NaN; this may.
    fn lt(self, other: Self) -> bool;

    /// Whether this comes before or is equal to `other`, which must not be NaN; this may.
    fn le(self, other: Self) -> bool;

    /// How this compares with `other`.
    #[inline(always)]
    fn order(self, other: Self) -> Ordering {
        self.key().cmp(&other.key())
    }

    /// The same where neither is NaN, for which the type's own comparison is mostly cheaper than keys.
    #[inline(always)]
    fn order_of_numbers(self, other: Self) -> Ordering {
        if self.lt(other) {
            Ordering::Less
        } else if other.lt(self) {
            Ordering::Greater
        } else {
            Ordering::Equal
        }
    }
}

/// Whether each value is equal to or comes before the next.
///
/// ```
/// use rustsci_array::sorting::is_sorted;
/// assert!(is_sorted(&[-1.0, 0.0, -0.0, f64::NAN]));
/// assert!(!is_sorted(&[f64::NAN, 0.0]));
/// ```
pub fn is_sorted<T: SortKey>(values: &[T]) -> bool {
    let mut rest = values;
    while rest.len() > 1 {
        // Blocks are looked at as a whole, which vectorises; the last of one is the first of the next.
        let block = &rest[..rest.len().min(257)];
        if !is_block_sorted(block) {
            return false;
        }
        rest = &rest[block.len() - 1..];
    }
    true
}

fn is_block_sorted<T: SortKey>(block: &[T]) -> bool {
    let (descends, any_nan) = rustsci_buffer::simd::vectorized(
        #[inline(always)]
        || {
            block
                .iter()
                .zip(&block[1..])
                .fold((false, false), |(descends, any_nan), (a, b)| {
                    (descends | b.lt(*a), any_nan | a.is_nan())
                })
        },
    );
    if any_nan {
        block.is_sorted_by(|a, b| a.order(*b).is_le())
    } else {
        !descends
    }
}

impl SortKey for Bool {
    type Key = u8;

    const VALUE_OF: Option<fn(u8) -> Self> = Some(|key| Self(key & 1));

    #[inline(always)]
    fn key(self) -> u8 {
        // Of all keys the largest for true: a search for the largest ends there.
        u8::from(self.get()).wrapping_neg()
    }

    #[inline(always)]
    fn is_canonical(self) -> bool {
        self.0 < 2
    }

    #[inline(always)]
    fn lt(self, other: Self) -> bool {
        !self.get() & other.get()
    }

    #[inline(always)]
    fn le(self, other: Self) -> bool {
        !self.get() | other.get()
    }
}

macro_rules! integers {
    ($($type:ty, $key:ty;)*) => {$(
        impl SortKey for $type {
            type Key = $key;

            const VALUE_OF: Option<fn($key) -> Self> = Some(|key| (key ^ <$type>::MIN as $key) as $type);

            #[inline(always)]
            fn key(self) -> $key {
                // Turns the smallest value into zero.
                (self as $key) ^ (<$type>::MIN as $key)
            }

            #[inline(always)]
            fn lt(self, other: Self) -> bool {
                self < other
            }

            #[inline(always)]
            fn le(self, other: Self) -> bool {
                self <= other
            }
        }
    )*};
}

integers! {
    i8, u8;
    u8, u8;
    i16, u16;
    u16, u16;
    i32, u32;
    u32, u32;
    i64, u64;
    u64, u64;
}

macro_rules! floats {
    ($($type:ty, $key:ty, $signed:ty, $idle:expr, $lt:expr, $le:expr;)*) => {$(
        impl SortKey for $type {
            type Key = $key;

            const HAS_NAN: bool = true;

            const IDLE_BITS: usize = $idle;

            const VALUE_OF: Option<fn($key) -> Self> = Some(|key| {
                let value = (key ^ <$signed>::MIN as $key) as $signed;
                let sign = value >> (<$key>::BITS - 1);
                <$type>::from_bits(((value ^ sign) - sign | sign & <$signed>::MIN) as $key)
            });

            #[inline(always)]
            fn key(self) -> $key {
                let magnitude = self.to_bits() as $signed & <$signed>::MAX;
                let sign = self.to_bits() as $signed >> (<$key>::BITS - 1);
                // Sign and magnitude to two's complement, where both zeros are 0; then from zero up.
                let key = ((magnitude ^ sign) - sign) as $key ^ <$signed>::MIN as $key;
                // All ones for NaN. A choice by `if` would keep searches for the largest key from being
                // turned into vector code.
                let nan = (<$type>::INFINITY.to_bits() as $signed - magnitude) >> (<$key>::BITS - 1);
                key | nan as $key
            }

            #[inline(always)]
            fn is_canonical(self) -> bool {
                !SortKey::is_nan(self) & (self.to_bits() != <$signed>::MIN as $key)
            }

            #[inline(always)]
            fn is_nan(self) -> bool {
                // The type's own test: a comparison of bits is not always turned into vector code.
                self.is_nan()
            }

            #[inline(always)]
            fn lt(self, other: Self) -> bool {
                $lt(self, other)
            }

            #[inline(always)]
            fn le(self, other: Self) -> bool {
                $le(self, other)
            }
        }
    )*};
}

floats! {
    f16, u16, i16, 3, |a: f16, b: f16| a.key() < b.key(), |a: f16, b: f16| a.key() <= b.key();
    f32, u32, i32, 6, |a, b| a < b, |a, b| a <= b;
    f64, u64, i64, 9, |a, b| a < b, |a, b| a <= b;
}

macro_rules! complexes {
    ($($part:ty, $key:ty;)*) => {$(
        impl SortKey for Complex<$part> {
            type Key = $key;

            const EXACT: bool = false;

            const HAS_NAN: bool = true;

            const IDLE_BITS: usize = <$part>::IDLE_BITS;

            const VALUE_OF: Option<fn($key) -> Self> = None;

            #[inline(always)]
            fn key(self) -> $key {
                // First the pairs of numbers, by real part; then what lacks its imaginary part; then what lacks
                // its real part. Of the largest two keys the real part itself uses one, for NaN.
                if SortKey::is_nan(self.im) { self.re.key().max(<$key>::MAX - 1) } else { self.re.key() }
            }

            #[inline(always)]
            fn is_nan(self) -> bool {
                SortKey::is_nan(self.re) | SortKey::is_nan(self.im)
            }

            #[inline(always)]
            fn lt(self, other: Self) -> bool {
                let before = (self.re < other.re) & !SortKey::is_nan(self.im);
                before | ((self.re == other.re) & (self.im < other.im))
            }

            #[inline(always)]
            fn le(self, other: Self) -> bool {
                let before = (self.re < other.re) & !SortKey::is_nan(self.im);
                before | ((self.re == other.re) & (self.im <= other.im))
            }

            #[inline(always)]
            fn order(self, other: Self) -> Ordering {
                if self.is_nan() | other.is_nan() {
                    let keys = |z: Self| (z.key(), z.re.key(), z.im.key());
                    keys(self).cmp(&keys(other))
                } else {
                    self.order_of_numbers(other)
                }
            }
        }
    )*};
}

complexes! {
    f32, u32;
    f64, u64;
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAN: f64 = f64::NAN;
    const FLOATS: [f64; 12] = [
        f64::NEG_INFINITY,
        f64::MIN,
        -1.5,
        -f64::MIN_POSITIVE,
        -5e-324,
        -0.0,
        5e-324,
        f64::MIN_POSITIVE,
        1.5,
        f64::MAX,
        f64::INFINITY,
        NAN,
    ];

    fn check<T: SortKey>(ascending: &[T]) {
        for (i, &a) in ascending.iter().enumerate() {
            for (j, &b) in ascending.iter().enumerate() {
                assert_eq!(a.order(b), i.cmp(&j), "{a:?} {b:?}");
                assert!(a.key() <= b.key() || i > j, "{a:?} {b:?}");
                assert!(a.key() != b.key() || i == j || !T::EXACT, "{a:?} {b:?}");
                if !b.is_nan() {
                    assert_eq!(a.lt(b), i < j, "{a:?} {b:?}");
                    assert_eq!(a.le(b), i <= j, "{a:?} {b:?}");
                }
                if !a.is_nan() && !b.is_nan() {
                    assert_eq!(a.order_of_numbers(b), i.cmp(&j), "{a:?} {b:?}");
                }
            }
        }
    }

    #[test]
    fn every_type_is_ordered() {
        check(&[Bool::FALSE, Bool(3)]);
        check(&[i8::MIN, -1, 0, 1, i8::MAX]);
        check(&[0, 1, u16::MAX]);
        check(&[i32::MIN, -1, 0, 1, i32::MAX]);
        check(&[i64::MIN, -1, 0, 1, i64::MAX]);
        check(&FLOATS);
        check(&[
            f32::NEG_INFINITY,
            f32::MIN,
            -1e-45,
            0.0,
            1e-45,
            f32::MAX,
            f32::INFINITY,
            f32::NAN,
        ]);
        check(&[
            -f16::INFINITY,
            f16::MIN,
            -f16::ONE,
            f16::ZERO,
            f16::from_bits(1),
            f16::MAX,
            f16::INFINITY,
            f16::NAN,
        ]);
    }

    #[test]
    fn complex_numbers_are_ordered_by_what_is_a_number() {
        let mut all: Vec<Complex<f64>> = FLOATS
            .iter()
            .flat_map(|&re| FLOATS.iter().map(move |&im| Complex { re, im }))
            .collect();
        // The array is in order of (re, im) already; what lacks an imaginary part goes after what has both,
        // what lacks a real part after that.
        all.sort_by_key(|z| (z.re.is_nan(), z.im.is_nan()));
        check(&all);
        let single: Vec<Complex<f32>> = all
            .iter()
            .filter(|z| {
                [z.re, z.im]
                    .iter()
                    .all(|part| part.is_nan() || f64::from(*part as f32) == *part)
            })
            .map(|z| Complex {
                re: z.re as f32,
                im: z.im as f32,
            })
            .collect();
        check(&single);
    }

    #[test]
    fn equal_values_have_equal_keys() {
        assert_eq!(0.0_f64.key(), (-0.0_f64).key());
        assert_eq!(NAN.key(), (-NAN).key());
        assert_eq!(f16::NEG_ZERO.key(), f16::ZERO.key());
        assert_eq!(Bool(1).key(), Bool(255).key());
    }

    #[test]
    fn canonical_values_come_back_from_their_keys() {
        fn check<T: SortKey>(values: impl Iterator<Item = T>) {
            let value_of = T::VALUE_OF.unwrap();
            for value in values {
                let back = value_of(value.key());
                assert_eq!(
                    format!("{back:?}") == format!("{value:?}"),
                    value.is_canonical() || value.is_nan()
                );
            }
        }
        check(i8::MIN..=i8::MAX);
        check((0..=u16::MAX).map(|bits| bits as i16));
        check((0..=u16::MAX).map(f16::from_bits));
        check(FLOATS.into_iter());
        check(FLOATS.into_iter().map(|value| value as f32));
    }

    #[test]
    fn sortedness_is_found_across_blocks() {
        let mut values: Vec<i32> = (0..1000).collect();
        assert!(is_sorted(&values));
        for i in [1, 255, 256, 257, 999] {
            values.swap(i - 1, i);
            assert!(!is_sorted(&values), "{i}");
            values.swap(i - 1, i);
        }
        assert!(is_sorted::<i32>(&[]) && is_sorted(&[1]));
    }
}
