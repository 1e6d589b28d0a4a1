//! From a function of single values to kernels over blocks.

use rustsci_buffer::{Block, Bool, Element, Kind, halfway, simd};

use super::Reorder;

/// `out[i] = f(a[i])`.
#[inline(always)]
pub(super) fn unary<A: Element, C: Element>(block: &mut Block<'_>, f: impl Fn(A) -> C) {
    let (a, out) = block.unary::<A, C>();
    if let [a] = *a {
        out.fill(f(a));
        return;
    }
    simd::vectorized(
        #[inline(always)]
        || out.iter_mut().zip(a).for_each(|(out, &a)| *out = f(a)),
    );
}

/// `out[i] = f(a[i], b[i])`, where either operand may be one value.
#[inline(always)]
pub(super) fn binary<A: Element, B: Element, C: Element>(
    block: &mut Block<'_>,
    f: impl Fn(A, B) -> C,
) {
    let (a, b, out) = block.binary::<A, B, C>();
    match (a, b) {
        (&[a], &[b]) => out.fill(f(a, b)),
        (a, &[b]) => simd::vectorized(
            #[inline(always)]
            || out.iter_mut().zip(a).for_each(|(out, &a)| *out = f(a, b)),
        ),
        (&[a], b) => simd::vectorized(
            #[inline(always)]
            || out.iter_mut().zip(b).for_each(|(out, &b)| *out = f(a, b)),
        ),
        (a, b) => simd::vectorized(
            #[inline(always)]
            || {
                out.iter_mut()
                    .zip(a)
                    .zip(b)
                    .for_each(|((out, &a), &b)| *out = f(a, b))
            },
        ),
    }
}

/// `out[i] = f(a[i])` for truth values.
#[inline(always)]
pub(super) fn property<A: Element>(block: &mut Block<'_>, f: impl Fn(A) -> bool) {
    let (a, out) = block.unary::<A, Bool>();
    if let [a] = *a {
        out.fill(f(a).into());
        return;
    }
    simd::widest(
        #[inline(always)]
        || truths(a, a, out, |a, _| f(a)),
    );
}

/// `out[i] = f(a[i], b[i])` for truth values, where either operand may be one value.
#[inline(always)]
pub(super) fn predicate<A: Element, B: Element>(block: &mut Block<'_>, f: impl Fn(A, B) -> bool) {
    let (a, b, out) = block.binary::<A, B, Bool>();
    match (a, b) {
        (&[a], &[b]) => out.fill(f(a, b).into()),
        (a, &[b]) => simd::widest(
            #[inline(always)]
            || truths(a, a, out, |a, _| f(a, b)),
        ),
        (&[a], b) => simd::widest(
            #[inline(always)]
            || truths(b, b, out, |b, _| f(a, b)),
        ),
        (a, b) => simd::widest(
            #[inline(always)]
            || truths(a, b, out, f),
        ),
    }
}

/// Truth values, gathered before they are written: so many that they fill a vector, though each is much narrower than what
/// it is made from.
#[inline(always)]
fn truths<A: Copy, B: Copy>(a: &[A], b: &[B], out: &mut [Bool], f: impl Fn(A, B) -> bool) {
    const GATHERED: usize = 32;
    let (blocks, rest) = out.as_chunks_mut::<GATHERED>();
    let (a_blocks, a_rest) = a.as_chunks::<GATHERED>();
    let (b_blocks, b_rest) = b.as_chunks::<GATHERED>();
    for ((out, a), b) in blocks.iter_mut().zip(a_blocks).zip(b_blocks) {
        // An obstacle between blocks, and no instruction: without it the compiler may take one element of each of several
        // blocks together, and spends its time on sorting them.
        std::hint::black_box(());
        let mut truths = [Bool::FALSE; GATHERED];
        for i in 0..GATHERED {
            truths[i] = f(a[i], b[i]).into();
        }
        *out = truths;
    }
    for ((out, &a), &b) in rest.iter_mut().zip(a_rest).zip(b_rest) {
        *out = f(a, b).into();
    }
}

/// `out[i] = f(a[i], b[i], c[i])`.
#[inline(always)]
pub(super) fn ternary<A: Element, B: Element, C: Element, D: Element>(
    block: &mut Block<'_>,
    f: impl Fn(A, B, C) -> D,
) {
    let (a, b, c, out) = block.ternary::<A, B, C, D>();
    if let (&[b], &[c]) = (b, c)
        && a.len() == out.len()
    {
        simd::vectorized(
            #[inline(always)]
            || {
                out.iter_mut()
                    .zip(a)
                    .for_each(|(out, &a)| *out = f(a, b, c))
            },
        );
        return;
    }
    let step = |len: usize| usize::from(len != 1);
    let (sa, sb, sc) = (step(a.len()), step(b.len()), step(c.len()));
    simd::vectorized(
        #[inline(always)]
        || {
            out.iter_mut()
                .enumerate()
                .for_each(|(i, out)| *out = f(a[i * sa], b[i * sb], c[i * sc]))
        },
    );
}

/// `first[i], second[i] = f(a[i])`.
#[inline(always)]
pub(super) fn unary_pair<A: Element, C: Element, D: Element>(
    block: &mut Block<'_>,
    f: impl Fn(A) -> (C, D),
) {
    let (a, first, second) = block.unary_pair::<A, C, D>();
    let step = usize::from(a.len() != 1);
    for (i, (first, second)) in first.iter_mut().zip(second).enumerate() {
        (*first, *second) = f(a[i * step]);
    }
}

/// `first[i], second[i] = f(a[i], b[i])`.
#[inline(always)]
pub(super) fn binary_pair<A: Element, B: Element, C: Element, D: Element>(
    block: &mut Block<'_>,
    f: impl Fn(A, B) -> (C, D),
) {
    let (a, b, first, second) = block.binary_pair::<A, B, C, D>();
    let (sa, sb) = (usize::from(a.len() != 1), usize::from(b.len() != 1));
    for (i, (first, second)) in first.iter_mut().zip(second).enumerate() {
        (*first, *second) = f(a[i * sa], b[i * sb]);
    }
}

/// Folds `x` into the accumulators: the whole of it into one, or element by element.
#[inline(always)]
pub(super) fn fold<T: Element>(
    block: &mut Block<'_>,
    reorder: Reorder,
    f: impl Fn(T, T) -> T + Copy,
) {
    let (x, accumulators) = block.unary::<T, T>();
    if let [accumulator] = accumulators {
        *accumulator = match reorder {
            Reorder::Sequential => x.iter().fold(*accumulator, |acc, &x| f(acc, x)),
            Reorder::Free => simd::vectorized(
                #[inline(always)]
                || fold_free(*accumulator, x, f),
            ),
            Reorder::Pairwise => simd::vectorized(
                #[inline(always)]
                || f(*accumulator, pairwise(x, f)),
            ),
        };
        return;
    }
    update(accumulators, x, f);
}

/// As [`fold`], with a function that folds a whole slice.
#[inline(always)]
pub(super) fn fold_by<T: Element>(
    block: &mut Block<'_>,
    f: impl Fn(T, T) -> T + Copy,
    fold: impl Fn(T, &[T]) -> T,
) {
    let (x, accumulators) = block.unary::<T, T>();
    if let [accumulator] = accumulators {
        *accumulator = simd::widest(
            #[inline(always)]
            || fold(*accumulator, x),
        );
        return;
    }
    update(accumulators, x, f);
}

/// `acc[i] = f(acc[i], x[i])`, where `x` may be one value, or several rows of the accumulators' length.
#[inline(always)]
fn update<T: Element>(accumulators: &mut [T], x: &[T], f: impl Fn(T, T) -> T) {
    if let [x] = *x {
        simd::vectorized(
            #[inline(always)]
            || accumulators.iter_mut().for_each(|acc| *acc = f(*acc, x)),
        );
        return;
    }
    let n = accumulators.len();
    // Four rows at a time, so that accumulators are loaded and stored once for four elements.
    let (fours, rest) = x.split_at(x.len() / (4 * n) * (4 * n));
    simd::vectorized(
        #[inline(always)]
        || {
            for rows in fours.chunks_exact(4 * n) {
                let (first, second) = rows.split_at(2 * n);
                let ((a, b), (c, d)) = (first.split_at(n), second.split_at(n));
                for ((((acc, &a), &b), &c), &d) in
                    accumulators.iter_mut().zip(a).zip(b).zip(c).zip(d)
                {
                    *acc = f(f(f(f(*acc, a), b), c), d);
                }
            }
            for row in rest.chunks_exact(n) {
                for (acc, &x) in accumulators.iter_mut().zip(row) {
                    *acc = f(*acc, x);
                }
            }
        },
    );
}

/// Folds in whatever order is quickest: as many results side by side as fill four vectors.
#[inline(always)]
fn fold_free<T: Element>(start: T, x: &[T], f: impl Fn(T, T) -> T + Copy) -> T {
    match size_of::<T>() {
        1 => fold_lanes::<T, 128>(start, x, f),
        2 => fold_lanes::<T, 64>(start, x, f),
        4 => fold_lanes::<T, 32>(start, x, f),
        8 => fold_lanes::<T, 16>(start, x, f),
        _ => fold_lanes::<T, 8>(start, x, f),
    }
}

/// Folds with a number of results side by side.
#[inline(always)]
fn fold_lanes<T: Element, const LANES: usize>(start: T, x: &[T], f: impl Fn(T, T) -> T) -> T {
    let (blocks, rest) = x.as_chunks::<LANES>();
    let mut result = start;
    if let Some((first, blocks)) = blocks.split_first() {
        let mut lanes = *first;
        for block in blocks {
            for (lane, &x) in lanes.iter_mut().zip(block) {
                *lane = f(*lane, x);
            }
        }
        let mut width = LANES / 2;
        while width > 0 {
            for i in 0..width {
                lanes[i] = f(lanes[i], lanes[i + width]);
            }
            width /= 2;
        }
        result = f(result, lanes[0]);
    }
    rest.iter().fold(result, |acc, &x| f(acc, x))
}

/// Elements that are added with eight running sums before sums are added pairwise.
const PAIRWISE_BLOCK: usize = 128;

/// A sum whose rounding error grows with the logarithm of the length: halves are summed by themselves, down to
/// blocks with eight running sums (N. J. Higham, "The accuracy of floating point summation", 1993).
///
/// The halves are cut at multiples of eight, so that a sum can be cut into parts anywhere this function would cut
/// it, and give the same bits.
#[inline(always)]
pub(super) fn pairwise<T: Element>(x: &[T], f: impl Fn(T, T) -> T + Copy) -> T {
    fn split<T: Element>(x: &[T], block: &impl Fn(&[T]) -> T, f: impl Fn(T, T) -> T + Copy) -> T {
        if x.len() <= block_length::<T>() {
            return block(x);
        }
        let (left, right) = x.split_at(halfway(x.len(), T::KIND));
        f(split(left, block, f), split(right, block, f))
    }
    split(x, &|x| running_sums(x, f), f)
}

/// A block's length for an element type: complex numbers count twice, as they are two sums.
const fn block_length<T: Element>() -> usize {
    match T::KIND {
        Kind::C64 | Kind::C128 => PAIRWISE_BLOCK / 2,
        _ => PAIRWISE_BLOCK,
    }
}

/// One block of a pairwise sum.
#[inline(always)]
fn running_sums<T: Element>(x: &[T], f: impl Fn(T, T) -> T + Copy) -> T {
    simd::vectorized(
        #[inline(always)]
        || match T::KIND {
            Kind::C64 | Kind::C128 => {
                let (blocks, rest) = x.as_chunks::<4>();
                let Some((first, blocks)) = blocks.split_first() else {
                    return short(rest, f);
                };
                let mut r = *first;
                blocks
                    .iter()
                    .for_each(|block| (0..4).for_each(|i| r[i] = f(r[i], block[i])));
                rest.iter()
                    .fold(f(f(r[0], r[1]), f(r[2], r[3])), |acc, &x| f(acc, x))
            }
            _ => {
                let (blocks, rest) = x.as_chunks::<8>();
                let Some((first, blocks)) = blocks.split_first() else {
                    return short(rest, f);
                };
                let mut r = *first;
                blocks
                    .iter()
                    .for_each(|block| (0..8).for_each(|i| r[i] = f(r[i], block[i])));
                let sum = f(
                    f(f(r[0], r[1]), f(r[2], r[3])),
                    f(f(r[4], r[5]), f(r[6], r[7])),
                );
                rest.iter().fold(sum, |acc, &x| f(acc, x))
            }
        },
    )
}

/// A sum of fewer elements than there are running sums.
#[inline(always)]
fn short<T: Element>(x: &[T], f: impl Fn(T, T) -> T) -> T {
    x.split_first().map_or_else(T::default, |(&first, rest)| {
        rest.iter().fold(first, |acc, &x| f(acc, x))
    })
}

/// `out[i] = f(out[i - 1], x[i])`, the first from the result so far.
#[inline(always)]
pub(super) fn scan<T: Element>(block: &mut Block<'_>, f: impl Fn(T, T) -> T) {
    let (x, [start], out) = block.binary::<T, T, T>() else {
        return;
    };
    let mut result = *start;
    for (out, &x) in out.iter_mut().zip(x) {
        result = f(result, x);
        *out = result;
    }
}
