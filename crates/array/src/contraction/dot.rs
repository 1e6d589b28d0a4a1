//! The dot product of two slices.

use rustsci_buffer::{Complex, simd};

use super::accumulator::Accumulator;
use super::semiring::Semiring;

/// Elements that are summed before sums are joined pairwise, which keeps rounding errors small.
const BLOCK: usize = 2048;

/// The sum of the products of two slices of one length.
///
/// ```
/// assert_eq!(rustsci_array::contraction::dot(&[1.0, 2.0], &[3.0, 4.0]), 11.0);
/// ```
pub fn dot<T: Semiring>(a: &[T], b: &[T]) -> T {
    T::narrow(if simd::fused() {
        pairwise::<T, true>(a, b)
    } else {
        pairwise::<T, false>(a, b)
    })
}

/// The dot products of four slices with another of the same length, which is read once for all.
pub(super) fn dots<T: Semiring>(rows: [&[T]; 4], x: &[T]) -> [T; 4] {
    let fused = simd::fused();
    let mut sums = [T::Sum::default(); 4];
    let mut start = 0;
    for x in x.chunks(BLOCK) {
        let rows = rows.map(|row| &row[start..start + x.len()]);
        let more = if fused {
            T::Sum::dots::<T, true>(rows, x)
        } else {
            T::Sum::dots::<T, false>(rows, x)
        };
        sums = std::array::from_fn(|i| sums[i].plus(more[i]));
        start += x.len();
    }
    sums.map(T::narrow)
}

/// Joins the sums of blocks pairwise.
fn pairwise<T: Semiring, const FUSED: bool>(a: &[T], b: &[T]) -> T::Sum {
    if a.len() <= BLOCK {
        return T::Sum::dot::<T, FUSED>(a, b);
    }
    let mut sums = [T::Sum::default(); usize::BITS as usize];
    // Sum number `i` holds 2^i blocks while bit `i` of the count is set: a pairwise sum without recursion.
    let mut blocks = 0_usize;
    for (a, b) in a.chunks(BLOCK).zip(b.chunks(BLOCK)) {
        let mut sum = T::Sum::dot::<T, FUSED>(a, b);
        if T::is_settled(sum) {
            return sum;
        }
        let mut level = 0;
        while blocks >> level & 1 == 1 {
            sum = sums[level].plus(sum);
            level += 1;
        }
        sums[level] = sum;
        blocks += 1;
    }
    let held = sums
        .iter()
        .enumerate()
        .filter(|(level, _)| blocks >> level & 1 == 1);
    held.map(|(_, &sum)| sum)
        .reduce(|total, sum| sum.plus(total))
        .unwrap_or_default()
}

/// The sum of the products of two short slices of numbers, `LANES` of them side by side.
pub(super) fn real_dot<T: Semiring, const LANES: usize, const FUSED: bool>(
    a: &[T],
    b: &[T],
) -> T::Sum {
    // A function of its own: in a larger one the compiler may fail to keep the lanes in registers.
    let lanes = simd::vectorized(
        #[inline(always)]
        || {
            let mut lanes = [T::Sum::default(); LANES];
            for (a, b) in a
                .as_chunks::<LANES>()
                .0
                .iter()
                .zip(b.as_chunks::<LANES>().0)
            {
                for i in 0..LANES {
                    lanes[i] = lanes[i].plus_product::<FUSED>(a[i].widen(), b[i].widen());
                }
            }
            lanes
        },
    );
    total(lanes).plus(rest::<T, LANES, FUSED>(a, b))
}

/// The same for complex numbers. Products of like parts and of unlike parts are summed apart, so that all lanes
/// of a vector are treated alike.
pub(super) fn complex_dot<T, P, const LANES: usize, const FUSED: bool>(
    a: &[T],
    b: &[T],
) -> Complex<P>
where
    T: Semiring<Sum = Complex<P>>,
    P: Accumulator + std::ops::Sub<Output = P>,
    Complex<P>: Accumulator,
{
    let (like, unlike) = simd::vectorized(
        #[inline(always)]
        || {
            let mut like = [[P::default(); 2]; LANES];
            let mut unlike = [[P::default(); 2]; LANES];
            for (a, b) in a
                .as_chunks::<LANES>()
                .0
                .iter()
                .zip(b.as_chunks::<LANES>().0)
            {
                for i in 0..LANES {
                    let (a, b) = (a[i].widen(), b[i].widen());
                    like[i][0] = like[i][0].plus_product::<FUSED>(a.re, b.re);
                    like[i][1] = like[i][1].plus_product::<FUSED>(a.im, b.im);
                    unlike[i][0] = unlike[i][0].plus_product::<FUSED>(a.re, b.im);
                    unlike[i][1] = unlike[i][1].plus_product::<FUSED>(a.im, b.re);
                }
            }
            (like, unlike)
        },
    );
    let re = total(like.map(|[re, im]| re - im));
    let im = total(unlike.map(|[one, other]| one.plus(other)));
    Complex { re, im }.plus(rest::<T, LANES, FUSED>(a, b))
}

/// Four dot products with the same slice.
pub(super) fn real_dots<T: Semiring, const LANES: usize, const FUSED: bool>(
    rows: [&[T]; 4],
    x: &[T],
) -> [T::Sum; 4] {
    let lanes = simd::vectorized(
        #[inline(always)]
        || {
            let mut lanes = [[T::Sum::default(); LANES]; 4];
            let groups = rows.map(|row| row.as_chunks::<LANES>().0);
            for (group, x) in x.as_chunks::<LANES>().0.iter().enumerate() {
                for row in 0..4 {
                    let a = groups[row][group];
                    for i in 0..LANES {
                        lanes[row][i] =
                            lanes[row][i].plus_product::<FUSED>(a[i].widen(), x[i].widen());
                    }
                }
            }
            lanes
        },
    );
    std::array::from_fn(|row| total(lanes[row]).plus(rest::<T, LANES, FUSED>(rows[row], x)))
}

/// The same for complex numbers.
pub(super) fn complex_dots<T, P, const LANES: usize, const FUSED: bool>(
    rows: [&[T]; 4],
    x: &[T],
) -> [Complex<P>; 4]
where
    T: Semiring<Sum = Complex<P>>,
    P: Accumulator + std::ops::Sub<Output = P>,
    Complex<P>: Accumulator,
{
    let (like, unlike) = simd::vectorized(
        #[inline(always)]
        || {
            let mut like = [[[P::default(); 2]; LANES]; 4];
            let mut unlike = [[[P::default(); 2]; LANES]; 4];
            let groups = rows.map(|row| row.as_chunks::<LANES>().0);
            for (group, x) in x.as_chunks::<LANES>().0.iter().enumerate() {
                for row in 0..4 {
                    let a = groups[row][group];
                    for i in 0..LANES {
                        let (a, b) = (a[i].widen(), x[i].widen());
                        like[row][i][0] = like[row][i][0].plus_product::<FUSED>(a.re, b.re);
                        like[row][i][1] = like[row][i][1].plus_product::<FUSED>(a.im, b.im);
                        unlike[row][i][0] = unlike[row][i][0].plus_product::<FUSED>(a.re, b.im);
                        unlike[row][i][1] = unlike[row][i][1].plus_product::<FUSED>(a.im, b.re);
                    }
                }
            }
            (like, unlike)
        },
    );
    std::array::from_fn(|row| {
        let re = total(like[row].map(|[re, im]| re - im));
        let im = total(unlike[row].map(|[one, other]| one.plus(other)));
        Complex { re, im }.plus(rest::<T, LANES, FUSED>(rows[row], x))
    })
}

/// The products beyond the last group of lanes, eight side by side as far as they go.
fn rest<T: Semiring, const LANES: usize, const FUSED: bool>(a: &[T], b: &[T]) -> T::Sum {
    let (a, b) = (a.as_chunks::<LANES>().1, b.as_chunks::<LANES>().1);
    if a.is_empty() {
        return T::Sum::default();
    }
    simd::vectorized(
        #[inline(always)]
        || {
            let mut lanes = [T::Sum::default(); 8];
            let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
            for (a, b) in a.iter().zip(b) {
                for i in 0..8 {
                    lanes[i] = lanes[i].plus_product::<FUSED>(a[i].widen(), b[i].widen());
                }
            }
            for (lane, (a, b)) in lanes.iter_mut().zip(a_rest.iter().zip(b_rest)) {
                *lane = lane.plus_product::<FUSED>(a.widen(), b.widen());
            }
            total(lanes)
        },
    )
}

/// The sum of all lanes, in halves.
#[inline(always)]
fn total<A: Accumulator, const LANES: usize>(mut lanes: [A; LANES]) -> A {
    let mut width = LANES / 2;
    while width > 0 {
        for i in 0..width {
            lanes[i] = lanes[i].plus(lanes[i + width]);
        }
        width /= 2;
    }
    lanes[0]
}

#[cfg(test)]
mod tests {
    use rustsci_buffer::{Bool, f16};

    use super::*;

    #[test]
    fn every_length_is_summed_whole() {
        for n in [0, 1, 31, 32, 33, 2047, 2048, 2049, 10_000] {
            let a: Vec<i64> = (0..n).collect();
            assert_eq!(dot(&a, &a), a.iter().map(|x| x * x).sum::<i64>());
        }
    }

    #[test]
    fn each_type_sums_in_its_way() {
        assert_eq!(dot(&[100_i8; 3], &[100; 3]), 30_000_i32 as i8);
        assert_eq!(dot(&[u64::MAX; 2], &[2, 3]), 5_u64.wrapping_neg());
        assert_eq!(
            dot(&[f16::from_f32(0.1); 4096], &[f16::ONE; 4096]),
            f16::from_f32(409.5)
        );
        assert_eq!(dot(&[Bool(2), Bool(0)], &[Bool(4), Bool(1)]), Bool::TRUE);
        assert_eq!(dot(&[Bool(1), Bool(0)], &[Bool(0), Bool(1)]), Bool::FALSE);
        let (i, one) = (Complex { re: 0.0, im: 1.0 }, Complex { re: 1.0, im: 0.0 });
        assert_eq!(
            dot(&[i, one, i], &[i, i, one]),
            Complex { re: -1.0, im: 2.0 }
        );
    }

    #[test]
    fn complex_numbers_fill_all_lanes() {
        let numbers = |offset: i32| -> Vec<Complex<f32>> {
            let part = |i: i32| (i * 7 % 5 - 2) as f32;
            (0..101)
                .map(|i| Complex {
                    re: part(i + offset),
                    im: part(i + 3),
                })
                .collect()
        };
        let (a, b) = (numbers(0), numbers(1));
        assert_eq!(dot(&a, &b), a.iter().zip(&b).map(|(a, b)| a * b).sum());
    }

    #[test]
    fn rounding_errors_stay_small() {
        let a: Vec<f32> = (0..1_u64 << 20)
            .map(|i| ((i * 7919 % 1009) as f32).sin() + 1.0)
            .collect();
        let exact: f64 = a.iter().map(|&x| f64::from(x) * f64::from(x)).sum();
        assert!((f64::from(dot(&a, &a)) / exact - 1.0).abs() < 4.0 * f64::from(f32::EPSILON));
    }
}
