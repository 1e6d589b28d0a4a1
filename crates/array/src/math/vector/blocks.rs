//! Elementary functions of slices, block by block.

use rustsci_buffer::{Element, simd};

use super::{Elementary, ElementaryOfTwo};

/// Elements that are computed together, whether there are as many or not: two to four vectors, whose steps overlap.
const BLOCK: usize = 16;

/// The function of a block. It is not decided element by element: a compiler that then does both would compute what is not
/// asked for, and its conditions would be reported.
#[inline(always)]
fn of_block<T: Element, F: Elementary<T>>(x: [T; BLOCK], example: T) -> [T; BLOCK] {
    let mut out = [example; BLOCK];
    for i in 0..BLOCK {
        out[i] = F::plain(if F::is_plain(x[i]) { x[i] } else { example });
    }
    if !x.iter().fold(true, |all, &x| all & F::is_plain(x)) {
        for i in 0..BLOCK {
            if !F::is_plain(x[i]) {
                out[i] = F::any(x[i]);
            }
        }
    }
    out
}

/// `out[i] = f(x[i])`.
#[inline(always)]
pub(crate) fn of_all<T: Element, F: Elementary<T>>(x: &[T], out: &mut [T]) {
    let blocks = simd::fused_only(
        #[inline(always)]
        || {
            let example = unknown(F::EXAMPLE);
            for (x, out) in x.chunks(BLOCK).zip(out.chunks_mut(BLOCK)) {
                out.copy_from_slice(&of_block::<T, F>(filled(x, example), example)[..out.len()]);
            }
        },
    );
    if blocks.is_none() {
        for (out, &x) in out.iter_mut().zip(x) {
            *out = F::any(x);
        }
    }
}

/// A number that the compiler does not know: a known one in place of what is not plain would let it compute with both, and
/// choose afterwards.
#[inline(always)]
fn unknown<T>(example: T) -> T {
    std::hint::black_box(example)
}

/// Elements as a block, whose rest is `others`.
#[inline(always)]
fn filled<T: Element>(x: &[T], others: T) -> [T; BLOCK] {
    if let Ok(block) = <[T; BLOCK]>::try_from(x) {
        return block;
    }
    let mut block = [others; BLOCK];
    block[..x.len()].copy_from_slice(x);
    block
}

/// As [`of_block`], for two arguments.
#[inline(always)]
fn of_block_pairs<T: Element, F: ElementaryOfTwo<T>>(
    x: [T; BLOCK],
    y: [T; BLOCK],
    example: T,
) -> [T; BLOCK] {
    let mut out = [example; BLOCK];
    let mut all = true;
    for i in 0..BLOCK {
        let plain = F::is_plain(x[i], y[i]);
        all &= plain;
        let a = if plain { x[i] } else { example };
        let b = if plain { y[i] } else { example };
        out[i] = F::plain(a, b);
    }
    if !all {
        for i in 0..BLOCK {
            if !F::is_plain(x[i], y[i]) {
                out[i] = F::any(x[i], y[i]);
            }
        }
    }
    out
}

/// `out[i] = f(x[i], y[i])`, where either operand may be one value.
#[inline(always)]
pub(crate) fn of_pairs<T: Element, F: ElementaryOfTwo<T>>(x: &[T], y: &[T], out: &mut [T]) {
    let blocks = simd::fused_only(
        #[inline(always)]
        || {
            let example = unknown(F::EXAMPLE);
            for (i, out) in out.chunks_mut(BLOCK).enumerate() {
                let (from, to) = (i * BLOCK, i * BLOCK + out.len());
                let block = of_block_pairs::<T, F>(
                    one_or_filled(x, from, to, example),
                    one_or_filled(y, from, to, example),
                    example,
                );
                out.copy_from_slice(&block[..out.len()]);
            }
        },
    );
    if blocks.is_none() {
        let step = |operand: &[T]| usize::from(operand.len() != 1);
        let (step_x, step_y) = (step(x), step(y));
        for (i, out) in out.iter_mut().enumerate() {
            *out = F::any(x[i * step_x], y[i * step_y]);
        }
    }
}

/// The function of two values.
#[inline(always)]
pub(crate) fn of_pair<T: Element, F: ElementaryOfTwo<T>>(x: T, y: T) -> T {
    let mut out = [F::EXAMPLE];
    of_pairs::<T, F>(&[x], &[y], &mut out);
    out[0]
}

/// A block of an operand that may be one value.
#[inline(always)]
fn one_or_filled<T: Element>(x: &[T], from: usize, to: usize, others: T) -> [T; BLOCK] {
    match *x {
        [x] => [x; BLOCK],
        _ => filled(&x[from..to], others),
    }
}
