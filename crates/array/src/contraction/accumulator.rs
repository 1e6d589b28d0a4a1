//! The types that sums of products are computed in.

use rustsci_buffer::{Complex, Element};

use super::dot::{complex_dot, complex_dots, real_dot, real_dots};
use super::pack::{Block, pack};
use super::semiring::Semiring;
use super::tile::{complex_tile, real_tile};

/// A type that sums of products are computed in.
pub trait Accumulator: Element {
    /// The type of its parts: itself, or that of the real and the imaginary part.
    type Part: Element;

    /// How many parts it has.
    const PARTS: usize;

    /// Rows of a tile: as many as, with [`COLUMNS`](Self::COLUMNS), keep its sums in registers.
    const ROWS: usize;

    /// Columns of a tile: two vectors.
    const COLUMNS: usize;

    /// A part of the number, counted from zero.
    fn part(self, index: usize) -> Self::Part;

    /// The sum of two numbers.
    #[must_use]
    fn plus(self, other: Self) -> Self;

    /// This sum with the product of two numbers added: rounded once if `FUSED`.
    #[must_use]
    fn plus_product<const FUSED: bool>(self, a: Self, b: Self) -> Self;

    /// Packs rows of a matrix for the left side of tiles.
    fn pack_left<T: Semiring<Sum = Self>>(block: &Block<'_, T>, packed: &mut [Self::Part]);

    /// Packs rows of a matrix (columns of the transposed one) for the right side of tiles.
    fn pack_right<T: Semiring<Sum = Self>>(block: &Block<'_, T>, packed: &mut [Self::Part]);

    /// The sum of the products of two short slices.
    fn dot<T: Semiring<Sum = Self>, const FUSED: bool>(a: &[T], b: &[T]) -> Self;

    /// Four sums of products of short slices with the same one.
    fn dots<T: Semiring<Sum = Self>, const FUSED: bool>(rows: [&[T]; 4], x: &[T]) -> [Self; 4];

    /// The sums of products of a packed row panel and a packed column panel, by rows into `sums`.
    ///
    /// For each step along the summed axis, `a` holds the parts of [`ROWS`](Self::ROWS) numbers, one part
    /// after the other, and `b` those of [`COLUMNS`](Self::COLUMNS) numbers.
    fn tile<const FUSED: bool>(a: &[Self::Part], b: &[Self::Part], sums: &mut [Self]);
}

/// The largest tile: its rows times its columns.
pub(super) const LARGEST_TILE: usize = 6 * 16;

macro_rules! integers {
    ($($type:ty, $rows:expr, $columns:expr;)*) => {$(
        impl Accumulator for $type {
            type Part = Self;

            const PARTS: usize = 1;
            const ROWS: usize = $rows;
            const COLUMNS: usize = $columns;

            #[inline(always)]
            fn part(self, _index: usize) -> Self {
                self
            }

            #[inline(always)]
            fn plus(self, other: Self) -> Self {
                self.wrapping_add(other)
            }

            #[inline(always)]
            fn plus_product<const FUSED: bool>(self, a: Self, b: Self) -> Self {
                self.wrapping_add(a.wrapping_mul(b))
            }

            #[inline(always)]
            fn pack_left<T: Semiring<Sum = Self>>(block: &Block<'_, T>, packed: &mut [Self]) {
                pack::<T, $rows, 1>(block, packed);
            }

            #[inline(always)]
            fn pack_right<T: Semiring<Sum = Self>>(block: &Block<'_, T>, packed: &mut [Self]) {
                pack::<T, $columns, 1>(block, packed);
            }

            #[inline(always)]
            fn dot<T: Semiring<Sum = Self>, const FUSED: bool>(a: &[T], b: &[T]) -> Self {
                real_dot::<T, { 256 / size_of::<Self>() }, FUSED>(a, b)
            }

            #[inline(always)]
            fn dots<T: Semiring<Sum = Self>, const FUSED: bool>(rows: [&[T]; 4], x: &[T]) -> [Self; 4] {
                real_dots::<T, { 64 / size_of::<Self>() }, FUSED>(rows, x)
            }

            #[inline(always)]
            fn tile<const FUSED: bool>(a: &[Self], b: &[Self], sums: &mut [Self]) {
                real_tile::<Self, $rows, $columns, FUSED>(a, b, sums);
            }
        }
    )*};
}

macro_rules! floats {
    ($($type:ty, $rows:expr, $columns:expr;)*) => {$(
        impl Accumulator for $type {
            type Part = Self;

            const PARTS: usize = 1;
            const ROWS: usize = $rows;
            const COLUMNS: usize = $columns;

            #[inline(always)]
            fn part(self, _index: usize) -> Self {
                self
            }

            #[inline(always)]
            fn plus(self, other: Self) -> Self {
                self + other
            }

            #[inline(always)]
            fn plus_product<const FUSED: bool>(self, a: Self, b: Self) -> Self {
                if FUSED { a.mul_add(b, self) } else { self + a * b }
            }

            #[inline(always)]
            fn pack_left<T: Semiring<Sum = Self>>(block: &Block<'_, T>, packed: &mut [Self]) {
                pack::<T, $rows, 1>(block, packed);
            }

            #[inline(always)]
            fn pack_right<T: Semiring<Sum = Self>>(block: &Block<'_, T>, packed: &mut [Self]) {
                pack::<T, $columns, 1>(block, packed);
            }

            #[inline(always)]
            fn dot<T: Semiring<Sum = Self>, const FUSED: bool>(a: &[T], b: &[T]) -> Self {
                real_dot::<T, { 256 / size_of::<Self>() }, FUSED>(a, b)
            }

            #[inline(always)]
            fn dots<T: Semiring<Sum = Self>, const FUSED: bool>(rows: [&[T]; 4], x: &[T]) -> [Self; 4] {
                real_dots::<T, { 64 / size_of::<Self>() }, FUSED>(rows, x)
            }

            #[inline(always)]
            fn tile<const FUSED: bool>(a: &[Self], b: &[Self], sums: &mut [Self]) {
                real_tile::<Self, $rows, $columns, FUSED>(a, b, sums);
            }
        }
    )*};
}

macro_rules! complexes {
    ($($part:ty, $rows:expr, $columns:expr;)*) => {$(
        impl Accumulator for Complex<$part> {
            type Part = $part;

            const PARTS: usize = 2;
            const ROWS: usize = $rows;
            const COLUMNS: usize = $columns;

            #[inline(always)]
            fn part(self, index: usize) -> $part {
                if index == 0 { self.re } else { self.im }
            }

            #[inline(always)]
            fn plus(self, other: Self) -> Self {
                self + other
            }

            #[inline(always)]
            fn plus_product<const FUSED: bool>(self, a: Self, b: Self) -> Self {
                let re = self.re.plus_product::<FUSED>(a.re, b.re).plus_product::<FUSED>(-a.im, b.im);
                let im = self.im.plus_product::<FUSED>(a.im, b.re).plus_product::<FUSED>(a.re, b.im);
                Self { re, im }
            }

            #[inline(always)]
            fn pack_left<T: Semiring<Sum = Self>>(block: &Block<'_, T>, packed: &mut [$part]) {
                pack::<T, $rows, 2>(block, packed);
            }

            #[inline(always)]
            fn pack_right<T: Semiring<Sum = Self>>(block: &Block<'_, T>, packed: &mut [$part]) {
                pack::<T, $columns, 2>(block, packed);
            }

            #[inline(always)]
            fn dot<T: Semiring<Sum = Self>, const FUSED: bool>(a: &[T], b: &[T]) -> Self {
                complex_dot::<T, $part, { 64 / size_of::<$part>() }, FUSED>(a, b)
            }

            #[inline(always)]
            fn dots<T: Semiring<Sum = Self>, const FUSED: bool>(rows: [&[T]; 4], x: &[T]) -> [Self; 4] {
                complex_dots::<T, $part, { 16 / size_of::<$part>() }, FUSED>(rows, x)
            }

            #[inline(always)]
            fn tile<const FUSED: bool>(a: &[$part], b: &[$part], sums: &mut [Self]) {
                complex_tile::<$part, $rows, $columns, FUSED>(a, b, sums);
            }
        }
    )*};
}

integers! {
    i32, 6, 16;
    i64, 4, 8;
}

floats! {
    f32, 6, 16;
    f64, 6, 8;
}

complexes! {
    f32, 2, 16;
    f64, 2, 8;
}
