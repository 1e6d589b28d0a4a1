//! The innermost loops: all products of a few rows and a few columns, summed in registers.
//!
//! The loops have constant bounds and are unrolled whole; the compiler keeps the sums in vector registers.

use rustsci_buffer::Complex;

use super::accumulator::Accumulator;

/// A tile of plain numbers.
#[inline(always)]
pub(super) fn real_tile<
    T: Accumulator,
    const ROWS: usize,
    const COLUMNS: usize,
    const FUSED: bool,
>(
    a: &[T],
    b: &[T],
    sums: &mut [T],
) {
    let mut tile = [[T::default(); COLUMNS]; ROWS];
    for (a, b) in a
        .as_chunks::<ROWS>()
        .0
        .iter()
        .zip(b.as_chunks::<COLUMNS>().0)
    {
        for i in 0..ROWS {
            for j in 0..COLUMNS {
                tile[i][j] = tile[i][j].plus_product::<FUSED>(a[i], b[j]);
            }
        }
    }
    sums.copy_from_slice(tile.as_flattened());
}

/// A tile of complex numbers, whose parts are summed apart.
#[inline(always)]
pub(super) fn complex_tile<T, const ROWS: usize, const COLUMNS: usize, const FUSED: bool>(
    a: &[T],
    b: &[T],
    sums: &mut [Complex<T>],
) where
    T: Accumulator + std::ops::Neg<Output = T>,
{
    let mut re = [[T::default(); COLUMNS]; ROWS];
    let mut im = [[T::default(); COLUMNS]; ROWS];
    let (a, b) = (a.as_chunks::<ROWS>().0, b.as_chunks::<COLUMNS>().0);
    for (a, b) in a.as_chunks::<2>().0.iter().zip(b.as_chunks::<2>().0) {
        for i in 0..ROWS {
            for j in 0..COLUMNS {
                re[i][j] = re[i][j].plus_product::<FUSED>(a[0][i], b[0][j]);
                im[i][j] = im[i][j].plus_product::<FUSED>(a[0][i], b[1][j]);
            }
            for j in 0..COLUMNS {
                re[i][j] = re[i][j].plus_product::<FUSED>(-a[1][i], b[1][j]);
                im[i][j] = im[i][j].plus_product::<FUSED>(a[1][i], b[0][j]);
            }
        }
    }
    for ((sum, &re), &im) in sums
        .iter_mut()
        .zip(re.as_flattened())
        .zip(im.as_flattened())
    {
        *sum = Complex { re, im };
    }
}
