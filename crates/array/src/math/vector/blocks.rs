//! Elementary functions of slices, block by block.

use rustsci_buffer::{Element, simd};

use super::{Elementary, ElementaryOfTwo};

/// Elements that are computed together, whether there are as many or not: two to eight vectors, whose steps overlap.
const BLOCK: usize = 32;

/// An operand in blocks, or the one value that it has.
struct Blocks<'a, T> {
    whole: &'a [[T; BLOCK]],
    rest: &'a [T],
    single: Option<T>,
}

impl<'a, T: Element> Blocks<'a, T> {
    #[inline(always)]
    fn new(x: &'a [T]) -> Self {
        let (whole, rest) = x.as_chunks();
        let single = if let [x] = *x { Some(x) } else { None };
        Self {
            whole,
            rest,
            single,
        }
    }

    /// A block; the last one is filled up with `others`.
    #[inline(always)]
    fn block(&self, i: usize, others: T) -> [T; BLOCK] {
        if let Some(x) = self.single {
            return [x; BLOCK];
        }
        if i < self.whole.len() {
            return self.whole[i];
        }
        let mut block = [others; BLOCK];
        block[..self.rest.len()].copy_from_slice(self.rest);
        block
    }
}

/// Computes block by block. The last, which may have fewer elements, takes the same way as the others, so that there is one
/// copy of the code.
#[inline(always)]
fn by_blocks<T: Element>(out: &mut [T], of_block: impl Fn(usize) -> [T; BLOCK]) {
    let (whole, rest) = out.as_chunks_mut::<BLOCK>();
    let blocks = whole.len() + usize::from(!rest.is_empty());
    for i in 0..blocks {
        let block = of_block(i);
        if i < whole.len() {
            whole[i] = block;
        } else {
            rest.copy_from_slice(&block[..rest.len()]);
        }
    }
}

/// The function of a block. It is not decided element by element: a compiler that then does both would compute what is not
/// asked for, and its conditions would be reported.
#[inline(always)]
fn of_block<T: Element, F: Elementary<T>>(x: [T; BLOCK], example: T) -> [T; BLOCK] {
    let mut out = [example; BLOCK];
    let mut all = true;
    for i in 0..BLOCK {
        let plain = F::is_plain(x[i]);
        all &= plain;
        out[i] = F::plain(if plain { x[i] } else { example });
    }
    if !all {
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
    let done = simd::fused_only(
        #[inline(always)]
        || {
            let example = unknown(F::EXAMPLE);
            let x = Blocks::new(x);
            by_blocks(
                out,
                #[inline(always)]
                |i| of_block::<T, F>(x.block(i, example), example),
            );
        },
    );
    if done.is_none() {
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
    let done = simd::fused_only(
        #[inline(always)]
        || {
            let example = unknown(F::EXAMPLE);
            let (x, y) = (Blocks::new(x), Blocks::new(y));
            by_blocks(
                out,
                #[inline(always)]
                |i| of_block_pairs::<T, F>(x.block(i, example), y.block(i, example), example),
            );
        },
    );
    if done.is_none() {
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
