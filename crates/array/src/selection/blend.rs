//! One of two elements, without a branch.

use rustsci_buffer::{Bool, Complex, Element, f16};

/// An element type of which one of two can be taken by masking bits: what vector instructions do well, and compilers
/// do not always see in a plain choice.
pub(crate) trait Blend: Element {
    /// `x` if the truth value holds, else `y`.
    fn blend(truth: Bool, x: Self, y: Self) -> Self;
}

macro_rules! integers {
    ($($type:ty, $word:ty);* $(;)?) => {$(
        impl Blend for $type {
            #[inline(always)]
            fn blend(truth: Bool, x: Self, y: Self) -> Self {
                let mask = <$word>::from(truth.get()).wrapping_neg();
                (x as $word & mask | y as $word & !mask) as $type
            }
        }
    )*};
}

integers! {
    i8, u8; u8, u8; i16, u16; u16, u16; i32, u32; u32, u32; i64, u64; u64, u64;
}

macro_rules! floats {
    ($($type:ty),*) => {$(
        impl Blend for $type {
            #[inline(always)]
            fn blend(truth: Bool, x: Self, y: Self) -> Self {
                Self::from_bits(Blend::blend(truth, x.to_bits(), y.to_bits()))
            }
        }
    )*};
}

floats!(f16, f32, f64);

macro_rules! complex {
    ($($type:ty),*) => {$(
        impl Blend for Complex<$type> {
            #[inline(always)]
            fn blend(truth: Bool, x: Self, y: Self) -> Self {
                Self::new(Blend::blend(truth, x.re, y.re), Blend::blend(truth, x.im, y.im))
            }
        }
    )*};
}

complex!(f32, f64);

impl Blend for Bool {
    #[inline(always)]
    fn blend(truth: Bool, x: Self, y: Self) -> Self {
        Self(Blend::blend(truth, x.0, y.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bit_comes_from_the_chosen_one() {
        assert_eq!(i16::blend(Bool(7), -1, 2), -1);
        assert_eq!(i16::blend(Bool::FALSE, -1, 2), 2);
        assert_eq!(
            f64::blend(Bool::TRUE, -0.0, 1.0).to_bits(),
            (-0.0_f64).to_bits()
        );
        let (x, y) = (Complex::new(1.0_f32, 2.0), Complex::new(3.0, 4.0));
        assert_eq!(
            (
                Blend::blend(Bool::TRUE, x, y),
                Blend::blend(Bool::FALSE, x, y)
            ),
            (x, y)
        );
    }
}
