//! What a kernel sees: a block of packed elements of each operand.

use std::marker::PhantomData;

use crate::element::{Element, Kind};

/// The most inputs and outputs that an elementwise kernel can have.
pub const MAX_INPUTS: usize = 4;
/// The most outputs that an elementwise kernel can have.
pub const MAX_OUTPUTS: usize = 2;

/// An elementwise kernel: fills the outputs of a block from its inputs.
pub type Kernel<'k> = dyn Fn(&mut Block<'_>) + Send + Sync + 'k;

/// Packed elements of one operand, their type erased.
#[derive(Clone, Copy)]
pub(crate) struct Lane {
    pub(crate) address: *mut u8,
    pub(crate) len: usize,
    pub(crate) kind: Kind,
}

impl Lane {
    pub(crate) const NONE: Self = Self {
        address: std::ptr::null_mut(),
        len: 0,
        kind: Kind::U8,
    };
}

/// One block of an elementwise operation.
///
/// Inputs hold as many elements as the block is long, or a single one that stands for all of them. Outputs
/// overlap neither the inputs nor each other.
pub struct Block<'a> {
    len: usize,
    inputs: [Lane; MAX_INPUTS],
    outputs: [Lane; MAX_OUTPUTS],
    memory: PhantomData<&'a mut [u8]>,
}

impl Block<'_> {
    /// Gathers lanes into a block.
    ///
    /// # Safety
    /// Each lane must be aligned for its kind and valid for its length while the block lives: inputs for
    /// reads, outputs for reads and writes. Outputs must overlap nothing else in the block. Inputs have the
    /// block's length or length one; outputs have the block's length.
    pub(crate) unsafe fn new(
        len: usize,
        inputs: [Lane; MAX_INPUTS],
        outputs: [Lane; MAX_OUTPUTS],
    ) -> Self {
        Self {
            len,
            inputs,
            outputs,
            memory: PhantomData,
        }
    }

    /// How many elements each output has.
    #[inline(always)]
    #[allow(clippy::len_without_is_empty, reason = "a block is never empty")]
    pub fn len(&self) -> usize {
        self.len
    }

    #[inline(always)]
    fn input<T: Element>(&self, index: usize) -> &[T] {
        let lane = self.inputs[index];
        assert!(
            lane.kind == T::KIND,
            "input {index} holds {:?}, the kernel reads {:?}",
            lane.kind,
            T::KIND
        );
        // SAFETY: the lane is valid for reads of `len` elements of this kind (see `new`).
        unsafe { std::slice::from_raw_parts(lane.address.cast::<T>(), lane.len) }
    }

    #[inline(always)]
    #[allow(
        clippy::mut_from_ref,
        reason = "private; the callers below hand out each output once"
    )]
    fn output<T: Element>(&self, index: usize) -> &mut [T] {
        let lane = self.outputs[index];
        assert!(
            lane.kind == T::KIND,
            "output {index} holds {:?}, the kernel writes {:?}",
            lane.kind,
            T::KIND
        );
        // SAFETY: the lane is valid for writes of `len` elements of this kind and overlaps nothing (see `new`);
        // the callers below borrow the whole block mutably and take each output once.
        unsafe { std::slice::from_raw_parts_mut(lane.address.cast::<T>(), lane.len) }
    }

    /// An input by its place, to look at.
    pub fn operand<T: Element>(&self, index: usize) -> &[T] {
        self.input(index)
    }

    /// What an output holds now, by its place, to look at.
    pub fn result<T: Element>(&self, index: usize) -> &[T] {
        self.output(index)
    }

    /// The only output.
    #[inline(always)]
    pub fn nullary<C: Element>(&mut self) -> &mut [C] {
        self.output(0)
    }

    /// One input, one output.
    #[inline(always)]
    pub fn unary<A: Element, C: Element>(&mut self) -> (&[A], &mut [C]) {
        (self.input(0), self.output(0))
    }

    /// Two inputs, one output.
    #[inline(always)]
    pub fn binary<A: Element, B: Element, C: Element>(&mut self) -> (&[A], &[B], &mut [C]) {
        (self.input(0), self.input(1), self.output(0))
    }

    /// Three inputs, one output.
    #[inline(always)]
    pub fn ternary<A: Element, B: Element, C: Element, D: Element>(
        &mut self,
    ) -> (&[A], &[B], &[C], &mut [D]) {
        (self.input(0), self.input(1), self.input(2), self.output(0))
    }

    /// One input, two outputs.
    #[inline(always)]
    pub fn unary_pair<A: Element, C: Element, D: Element>(&mut self) -> (&[A], &mut [C], &mut [D]) {
        (self.input(0), self.output(0), self.output(1))
    }

    /// Two inputs, two outputs.
    #[inline(always)]
    pub fn binary_pair<A: Element, B: Element, C: Element, D: Element>(
        &mut self,
    ) -> (&[A], &[B], &mut [C], &mut [D]) {
        (self.input(0), self.input(1), self.output(0), self.output(1))
    }
}
