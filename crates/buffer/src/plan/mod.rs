//! One elementwise operation over operands of any layout, run block by block.
//!
//! A kernel sees packed, aligned blocks of the types it was written for. The plan arranges that: it puts the axes
//! in memory order, merges those that lie as one, hands out memory directly where it is packed already, and packs,
//! casts and spreads through a small scratch block where it is not.

mod axes;
mod lane;
mod masked;
mod packed;
mod run;

use smallvec::SmallVec;

pub(crate) use self::axes::{coalesce, sort_axes};
use self::lane::{Lane, overlap};
pub use self::packed::run_packed;
pub(crate) use self::run::cast;
use crate::block::{Kernel, MAX_INPUTS, MAX_OUTPUTS};
use crate::element::{Element, Kind};
use crate::io::check_bounds;
use crate::layout::Layout;
use crate::memory::{Buffer, OutOfMemory};
use crate::{Shape, Strides};

/// Elements per block where operands pass through scratch memory.
const CHUNK: usize = 1024;
/// Rows at least this long are worth a kernel call each; shorter ones are packed together.
const LONG_ROW: usize = 64;

/// One operand of a [`Plan`].
#[derive(Clone, Copy)]
pub struct Operand<'a> {
    base: *mut u8,
    shape: &'a [usize],
    strides: &'a [isize],
    stored: Kind,
    used: Kind,
    cast: Option<&'a Kernel<'a>>,
    writable: bool,
}

impl<'a> Operand<'a> {
    /// The elements of type `kind` that `layout` shows in `buffer`.
    ///
    /// # Panics
    /// If the layout reaches outside the buffer.
    #[inline]
    pub fn array(buffer: &'a Buffer, layout: &'a Layout, kind: Kind) -> Self {
        check_bounds(buffer, layout, kind.size());
        Self {
            base: buffer.as_ptr().wrapping_add(layout.offset),
            shape: &layout.shape,
            strides: &layout.strides,
            stored: kind,
            used: kind,
            cast: None,
            writable: buffer.writable(),
        }
    }

    /// One value that stands for every element.
    #[inline]
    pub fn value<T: Element>(value: &'a T) -> Self {
        let base = std::ptr::from_ref(value).cast_mut().cast::<u8>();
        Self {
            base,
            shape: &[],
            strides: &[],
            stored: T::KIND,
            used: T::KIND,
            cast: None,
            writable: false,
        }
    }

    /// Lets the kernel see this operand as `used`: `cast` is a unary kernel from the stored type to `used` for an
    /// input, and from `used` to the stored type for an output.
    #[must_use]
    pub fn cast(mut self, used: Kind, cast: &'a Kernel<'a>) -> Self {
        self.used = used;
        self.cast = Some(cast);
        self
    }

    /// Strides that show this operand with another shape, to which it must broadcast.
    pub(crate) fn broadcast_strides(&self, shape: &[usize]) -> Strides {
        let lead = shape.len().checked_sub(self.shape.len());
        let lead = lead
            .unwrap_or_else(|| panic!("shape {:?} does not broadcast to {shape:?}", self.shape));
        let mut strides = Strides::from_elem(0, shape.len());
        for (axis, (&n, &stride)) in self.shape.iter().zip(self.strides).enumerate() {
            assert!(
                n == 1 || n == shape[lead + axis],
                "shape {:?} does not broadcast to {shape:?}",
                self.shape
            );
            strides[lead + axis] = if n == 1 { 0 } else { stride };
        }
        strides
    }

    /// Whether the operand is `count` elements that lie packed and aligned, in C or Fortran order.
    pub(crate) fn is_packed(&self, count: usize) -> bool {
        let item = self.stored.size() as isize;
        let walk = |step: &mut isize, (&n, &stride): (&usize, &isize)| {
            let fits = n == 1 || stride == *step;
            *step *= n as isize;
            fits
        };
        let (mut forward, mut backward) = (item, item);
        let axes = || self.shape.iter().zip(self.strides);
        let packed = axes().all(|axis| walk(&mut forward, axis))
            || axes().rev().all(|axis| walk(&mut backward, axis));
        packed
            && self.shape.iter().product::<usize>() == count
            && (self.base as usize).is_multiple_of(self.stored.alignment())
    }

    /// Address, stored type, used type and cast.
    pub(crate) fn parts(&self) -> (*mut u8, Kind, Kind, Option<&'a Kernel<'a>>) {
        (self.base, self.stored, self.used, self.cast)
    }
}

/// An elementwise operation, ready to run.
pub struct Plan<'a> {
    shape: Shape,
    size: usize,
    inputs: SmallVec<[Lane<'a>; MAX_INPUTS]>,
    outputs: SmallVec<[Lane<'a>; MAX_OUTPUTS]>,
    mask: Option<Lane<'a>>,
    /// Whether every row can be handed to the kernel as it lies.
    direct: bool,
}

// SAFETY: a plan borrows `Sync` buffers and `Sync` kernels; `Part`s write disjoint ranges of the outputs.
unsafe impl Sync for Plan<'_> {}
// SAFETY: as above.
unsafe impl Send for Plan<'_> {}

impl<'a> Plan<'a> {
    /// Plans an operation over `shape`, to which inputs and mask must broadcast and which outputs must have.
    ///
    /// An input may be the very elements of an output, or lie apart from all outputs; any other overlap must have
    /// been resolved by a copy. Where there is a mask (of truth values), only elements at which it holds are read,
    /// computed and written.
    ///
    /// # Panics
    /// If shapes do not fit, an output is read-only, or there are too many operands.
    pub fn new(
        shape: &[usize],
        inputs: &[Operand<'a>],
        outputs: &[Operand<'a>],
        mask: Option<&Operand<'a>>,
    ) -> Self {
        assert!(
            inputs.len() <= MAX_INPUTS && outputs.len() <= MAX_OUTPUTS,
            "too many operands"
        );
        for output in outputs {
            assert!(output.writable, "read-only memory");
            assert!(
                output.shape == shape,
                "an output of shape {:?} for {shape:?}",
                output.shape
            );
        }
        let (shape, mut lanes) = arrange(shape, inputs, outputs, mask);
        let mask = mask.is_some().then(|| lanes.pop()).flatten();
        let mut outputs: SmallVec<[Lane<'a>; MAX_OUTPUTS]> = lanes.drain(inputs.len()..).collect();
        let mut inputs: SmallVec<[Lane<'a>; MAX_INPUTS]> = lanes.into_iter().collect();
        let size = shape.iter().product();
        if size > 0 {
            for input in &mut inputs {
                input.aliased = outputs.iter().any(|output| overlap(input, output, &shape));
            }
            if let [first, second] = &mut outputs[..] {
                second.aliased = overlap(first, second, &shape);
            }
        }
        let direct = mask.is_none()
            && inputs.iter().chain(&outputs).all(Lane::is_direct)
            && outputs
                .iter()
                .all(|output| output.is_unit() || output.strides.is_empty());
        Self {
            size,
            shape,
            inputs,
            outputs,
            mask,
            direct,
        }
    }

    /// How many elements the operation covers.
    pub fn size(&self) -> usize {
        self.size
    }

    /// Runs the whole operation on this thread.
    ///
    /// # Errors
    /// [`OutOfMemory`] if there is no room for scratch blocks.
    #[inline]
    pub fn run(self, kernel: &Kernel<'_>) -> Result<(), OutOfMemory> {
        self.run_range(0, self.size, kernel)
    }

    /// Cuts the operation into parts of `block` elements, to be run by several threads.
    pub fn parts(&self, block: usize) -> impl ExactSizeIterator<Item = Part<'_, 'a>> {
        let block = block.max(1);
        (0..self.size.div_ceil(block)).map(move |i| Part {
            plan: self,
            start: i * block,
            end: ((i + 1) * block).min(self.size),
        })
    }
}

/// Some of the elements of a [`Plan`].
pub struct Part<'p, 'a> {
    plan: &'p Plan<'a>,
    start: usize,
    end: usize,
}

impl Part<'_, '_> {
    /// Runs this part.
    ///
    /// # Errors
    /// [`OutOfMemory`] if there is no room for scratch blocks.
    pub fn run(self, kernel: &Kernel<'_>) -> Result<(), OutOfMemory> {
        self.plan.run_range(self.start, self.end, kernel)
    }
}

/// Brings all operands to one shape with as few axes as possible, the fastest last.
fn arrange<'a>(
    shape: &[usize],
    inputs: &[Operand<'a>],
    outputs: &[Operand<'a>],
    mask: Option<&Operand<'a>>,
) -> (Shape, SmallVec<[Lane<'a>; 4]>) {
    let operands = || inputs.iter().chain(outputs).chain(mask);
    let packed = |operand: &Operand<'_>| {
        operand.shape == shape && {
            let mut step = operand.stored.size() as isize;
            shape
                .iter()
                .zip(operand.strides)
                .rev()
                .all(|(&n, &stride)| {
                    let fits = n == 1 || stride == step;
                    step = step.wrapping_mul(n as isize);
                    fits
                })
        }
    };
    let single = |operand: &Operand<'_>| operand.shape.iter().all(|&n| n == 1);
    let size: usize = shape.iter().product();
    if operands().all(|operand| single(operand) || packed(operand)) {
        // The usual case: everything is packed in C order, or one value.
        let lane = |operand: &Operand<'a>| {
            let step = if single(operand) && size != 1 {
                0
            } else {
                operand.stored.size() as isize
            };
            Lane::new(operand, smallvec::smallvec![step])
        };
        return (smallvec::smallvec![size], operands().map(lane).collect());
    }
    let broadcast: SmallVec<[Strides; 4]> = operands()
        .map(|operand| operand.broadcast_strides(shape))
        .collect();
    // Outputs decide the order of axes first: scattered writes cost more than scattered reads.
    let views: SmallVec<[&[isize]; 4]> = broadcast[inputs.len()..]
        .iter()
        .chain(&broadcast[..inputs.len()])
        .map(|strides| &strides[..])
        .collect();
    let order = sort_axes(shape, &views);
    let ordered_shape: Shape = order.iter().map(|&axis| shape[axis]).collect();
    let ordered: SmallVec<[Strides; 4]> = broadcast
        .iter()
        .map(|strides| order.iter().map(|&axis| strides[axis]).collect())
        .collect();
    let views: SmallVec<[&[isize]; 4]> = ordered.iter().map(|strides| &strides[..]).collect();
    let (shape, strides) = coalesce(&ordered_shape, &views);
    let lanes = operands()
        .zip(strides)
        .map(|(operand, strides)| Lane::new(operand, strides))
        .collect();
    (shape, lanes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Order;
    use crate::{Buffer, load, store};
    use std::sync::Arc;

    fn numbers(n: usize) -> Arc<Buffer> {
        let buffer = Buffer::empty(n * 8).unwrap();
        (0..n).for_each(|i| store(&buffer, i * 8, i as f64));
        buffer
    }

    fn subtract(block: &mut Block<'_>) {
        let (a, b, out) = block.binary::<f64, f64, f64>();
        for (i, out) in out.iter_mut().enumerate() {
            *out = a[i % a.len()] - b[i % b.len()];
        }
    }

    use crate::block::Block;

    /// Runs `a - b` over the layouts and compares with indices computed one by one.
    fn check(shape: &[usize], a: Layout, b: Layout, out: Layout) {
        let (x, y, z) = (
            numbers(20_000),
            numbers(20_000),
            Buffer::zeroed(20_000 * 8).unwrap(),
        );
        let inputs = [
            Operand::array(&x, &a, Kind::F64),
            Operand::array(&y, &b, Kind::F64),
        ];
        let outputs = [Operand::array(&z, &out, Kind::F64)];
        let plan = Plan::new(shape, &inputs, &outputs, None);
        for part in plan.parts(700) {
            part.run(&subtract).unwrap();
        }
        let (a, b) = (
            a.broadcast_to(shape).unwrap(),
            b.broadcast_to(shape).unwrap(),
        );
        let size: usize = shape.iter().product();
        for flat in 0..size {
            let (mut rest, mut offsets) = (flat, [a.offset, b.offset, out.offset]);
            for axis in (0..shape.len()).rev() {
                let index = (rest % shape[axis]) as isize;
                rest /= shape[axis];
                for (offset, layout) in offsets.iter_mut().zip([&a, &b, &out]) {
                    *offset = offset.wrapping_add_signed(layout.strides[axis] * index);
                }
            }
            let expected = load::<f64>(&x, offsets[0]) - load::<f64>(&y, offsets[1]);
            assert_eq!(
                load::<f64>(&z, offsets[2]),
                expected,
                "element {flat} of {shape:?}"
            );
        }
    }

    #[test]
    fn every_mix_of_layouts_gives_the_same_result() {
        let c = |shape: &[usize]| Layout::packed(shape, 8, Order::C);
        let f = |shape: &[usize]| Layout::packed(shape, 8, Order::F);
        check(&[3000], c(&[3000]), c(&[1]), c(&[3000]));
        check(
            &[3000],
            c(&[6000]).sliced(0, 5999, -2, 3000),
            c(&[3000]),
            c(&[9000]).sliced(0, 0, 3, 3000),
        );
        check(&[40, 50], c(&[40, 50]), f(&[40, 50]), c(&[40, 50]));
        check(&[40, 50], f(&[40, 50]), f(&[40, 50]), f(&[40, 50]));
        check(&[40, 3], c(&[3]), c(&[40, 1]), f(&[40, 3]));
        check(
            &[7, 5, 11],
            c(&[7, 5, 11]).permuted(&[0, 1, 2]),
            c(&[5, 1]),
            c(&[11, 5, 7]).permuted(&[2, 1, 0]),
        );
        check(
            &[4, 100],
            c(&[4, 120]).sliced(1, 7, 1, 100),
            c(&[100]),
            c(&[4, 130]).sliced(1, 3, 1, 100),
        );
        check(&[], c(&[]), c(&[]), c(&[]));
    }

    #[test]
    fn an_input_may_be_the_output() {
        let (x, layout) = (numbers(5000), Layout::packed(&[5000], 8, Order::C));
        let operand = Operand::array(&x, &layout, Kind::F64);
        let one = 1.0;
        let plan = Plan::new(&[5000], &[operand, Operand::value(&one)], &[operand], None);
        plan.run(&subtract).unwrap();
        assert!((0..5000).all(|i| load::<f64>(&x, i * 8) == i as f64 - 1.0));
    }

    #[test]
    fn a_mask_leaves_other_elements_alone() {
        let (x, layout) = (numbers(3000), Layout::packed(&[3000], 8, Order::C));
        let truth = Buffer::zeroed(3000).unwrap();
        (0..3000).step_by(7).for_each(|i| store(&truth, i, 1_u8));
        let mask_layout = Layout::packed(&[3000], 1, Order::C);
        let operand = Operand::array(&x, &layout, Kind::F64);
        let mask = Operand::array(&truth, &mask_layout, Kind::Bool);
        let seen = std::sync::atomic::AtomicUsize::new(0);
        Plan::new(&[3000], &[operand, operand], &[operand], Some(&mask))
            .run(&|block: &mut Block<'_>| {
                seen.fetch_add(block.len(), std::sync::atomic::Ordering::Relaxed);
                subtract(block);
            })
            .unwrap();
        assert_eq!(seen.into_inner(), 3000_usize.div_ceil(7));
        assert!(
            (0..3000).all(|i| load::<f64>(&x, i * 8) == if i % 7 == 0 { 0.0 } else { i as f64 })
        );
    }
}
