//! The dot product of two slices.

use rustsci_buffer::simd;

use super::Semiring;

/// Running sums that are kept side by side.
const LANES: usize = 16;
/// Elements that are summed before sums are joined pairwise, which keeps rounding errors small.
const BLOCK: usize = 1024;

/// The sum of the products of two slices of one length.
///
/// ```
/// assert_eq!(rustsci_array::contraction::dot(&[1.0, 2.0], &[3.0, 4.0]), 11.0);
/// ```
pub fn dot<T: Semiring>(a: &[T], b: &[T]) -> T {
    T::finish(simd::vectorized(
        #[inline(always)]
        || pairwise(a, b),
    ))
}

#[inline(always)]
fn pairwise<T: Semiring>(a: &[T], b: &[T]) -> T::Sum {
    let mut sums = [T::Sum::default(); 64];
    // Sum number `i` holds 2^i blocks while bit `i` of the count is set: a pairwise sum without recursion.
    let mut blocks = 0_usize;
    let (a_blocks, b_blocks) = (a.chunks(BLOCK), b.chunks(BLOCK));
    for (a, b) in a_blocks.zip(b_blocks) {
        let mut sum = block(a, b);
        let mut level = 0;
        while blocks >> level & 1 == 1 {
            sum = T::join(sums[level], sum);
            level += 1;
        }
        sums[level] = sum;
        blocks += 1;
    }
    let mut total: Option<T::Sum> = None;
    for (level, &sum) in sums.iter().enumerate() {
        if blocks >> level & 1 == 1 {
            total = Some(total.map_or(sum, |total| T::join(sum, total)));
        }
    }
    total.unwrap_or_default()
}

#[inline(always)]
fn block<T: Semiring>(a: &[T], b: &[T]) -> T::Sum {
    let mut lanes = [T::Sum::default(); LANES];
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    for (a, b) in a.iter().zip(b) {
        for i in 0..LANES {
            lanes[i] = T::add_product(lanes[i], a[i], b[i]);
        }
    }
    let mut width = LANES / 2;
    while width > 0 {
        for i in 0..width {
            lanes[i] = T::join(lanes[i], lanes[i + width]);
        }
        width /= 2;
    }
    a_rest
        .iter()
        .zip(b_rest)
        .fold(lanes[0], |sum, (&a, &b)| T::add_product(sum, a, b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_length_is_summed_whole() {
        for n in [0, 1, 15, 16, 17, 1023, 1024, 1025, 5000] {
            let a: Vec<i64> = (0..n).collect();
            assert_eq!(dot(&a, &a), a.iter().map(|x| x * x).sum::<i64>());
        }
    }
}
