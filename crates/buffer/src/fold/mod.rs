//! Combining elements along axes: the driver of reductions.
//!
//! A fold kernel gets a block with one input `x` and one output `acc`. If `acc` holds one element, the whole of `x` is
//! folded into it; otherwise `x` holds one row or several of the accumulators' length, and `row[i]` of each in turn is
//! folded into `acc[i]`. Which of the two is quicker depends on how the array lies: along rows where neighbours are
//! combined, or across lanes where they are not.

mod across;
mod row;
mod source;

use self::source::{Room, Source, select};
use crate::block::{self, Block, Kernel, MAX_INPUTS, MAX_OUTPUTS};
use crate::element::Kind;
use crate::memory::{Buffer, OutOfMemory};
use crate::plan::{Operand, coalesce, sort_axes};
use crate::single::Value;
use crate::{Shape, Strides};

/// Elements packed together at a time where they do not lie so.
const CHUNK: usize = 4096;
/// Elements of one stretch of accumulators, when rows are folded across lanes.
const LANES: usize = 4096;
/// Rows that lie packed are cut in halves until they are no longer than this.
const LEAF: usize = 1 << 16;

/// How the elements of a row may be grouped.
#[derive(Clone, Copy)]
pub enum Grouping {
    /// Not at all: strictly from first to last.
    Sequential,
    /// Freely; a group starts from this value, which changes nothing.
    From(Value),
    /// Freely; a group starts from its first element, which may be folded in twice.
    FromFirst,
}

/// Where a row of `n` elements is cut in two: at a multiple of eight numbers near the middle.
///
/// The cuts depend on nothing but the length, so a reduction gives the same bits however many threads share it.
pub fn halfway(n: usize, kind: Kind) -> usize {
    let unit = if matches!(kind, Kind::C64 | Kind::C128) {
        4
    } else {
        8
    };
    n / 2 - n / 2 % unit
}

/// A reduction, ready to run.
///
/// `accumulators` is a packed block of the kernel's type with one element for each index of the kept axes, in the order
/// that [`Fold::kept_order`] tells.
pub struct Fold<'a> {
    source: Source<'a>,
    mask: Option<Source<'a>>,
    kept: usize,
    kept_axes: usize,
    kept_order: Shape,
    reduced: usize,
    skip: usize,
    across: bool,
    grouping: Grouping,
    accumulators: &'a Buffer,
    kernel: &'a Kernel<'a>,
}

// SAFETY: a fold borrows `Sync` buffers and kernels; callers run disjoint ranges of kept indices.
unsafe impl Sync for Fold<'_> {}

impl<'a> Fold<'a> {
    /// A reduction of `source` (over `shape`, to which it and the mask broadcast) along the axes for which `reduced`
    /// holds; `skip` of the first reduced indices are left out, as they are in the accumulators already. `grouping` tells in which
    /// order the kernel may be applied.
    ///
    /// # Panics
    /// If the accumulators have too few bytes.
    #[allow(
        clippy::too_many_arguments,
        reason = "each is one aspect of the reduction, named at the only call"
    )]
    pub fn new(
        shape: &[usize],
        source: &Operand<'a>,
        mask: Option<&Operand<'a>>,
        is_reduced: &dyn Fn(usize) -> bool,
        kept_order: &[usize],
        skip: usize,
        grouping: Grouping,
        accumulators: &'a Buffer,
        kernel: &'a Kernel<'a>,
    ) -> Self {
        let reduced_axes: Shape = (0..shape.len()).filter(|&axis| is_reduced(axis)).collect();
        let strides = source.broadcast_strides(shape);
        let order = {
            let (sub_shape, sub) = select(&reduced_axes, shape, &strides);
            sort_axes(&sub_shape, &[&sub])
        };
        // With elements to skip, the reduced axes keep their order: the first index must stay the first.
        let reduced_axes: Shape = if skip > 0 {
            reduced_axes
        } else {
            order.iter().map(|&i| reduced_axes[i]).collect()
        };
        let mask_strides = mask.map(|mask| mask.broadcast_strides(shape));
        let mut views: Vec<&[isize]> = vec![&strides];
        views.extend(mask_strides.as_deref());
        let merge = |axes: &[usize]| {
            let picked: Vec<Strides> = views
                .iter()
                .map(|strides| select(axes, shape, strides).1)
                .collect();
            let picked: Vec<&[isize]> = picked.iter().map(|strides| &strides[..]).collect();
            coalesce(&select(axes, shape, &strides).0, &picked)
        };
        let (kept_shape, kept_strides) = merge(kept_order);
        let (reduced_shape, reduced_strides) = merge(&reduced_axes);
        let build = |operand: &Operand<'a>, i: usize| {
            let (base, stored, used, cast) = operand.parts();
            let align = stored.alignment() as isize;
            let steps = kept_strides[i].iter().chain(&reduced_strides[i]);
            Source {
                base,
                kept_shape: kept_shape.clone(),
                kept: kept_strides[i].clone(),
                reduced_shape: reduced_shape.clone(),
                reduced: reduced_strides[i].clone(),
                stored,
                used,
                cast,
                aligned: base as isize % align == 0 && steps.clone().all(|step| step % align == 0),
            }
        };
        let (first, mask) = (build(source, 0), mask.map(|mask| build(mask, 1)));
        let (kept, reduced) = (kept_shape.iter().product(), reduced_shape.iter().product());
        assert!(
            accumulators.len() >= kept * first.used.size(),
            "too few accumulators"
        );
        let nearest = |strides: &Strides| strides.last().map_or(isize::MAX, |stride| stride.abs());
        let across = mask.is_none()
            && kept_shape.last().is_some_and(|&n| n >= 8)
            && nearest(&first.kept) < nearest(&first.reduced);
        Self {
            source: first,
            mask,
            kept,
            kept_axes: kept_shape.len(),
            kept_order: kept_order.into(),
            reduced,
            skip,
            across,
            grouping,
            accumulators,
            kernel,
        }
    }

    /// How many accumulators there are.
    pub fn kept(&self) -> usize {
        self.kept
    }

    /// How many elements are folded into each accumulator.
    pub fn reduced(&self) -> usize {
        self.reduced - self.skip.min(self.reduced)
    }

    /// The order of the kept axes in the accumulators, as given.
    pub fn kept_order(&self) -> &[usize] {
        &self.kept_order
    }

    /// Whether rows are folded across lanes of accumulators.
    pub fn is_across(&self) -> bool {
        self.across
    }

    /// Folds everything that belongs to the accumulators `start..end`.
    ///
    /// # Errors
    /// [`OutOfMemory`] if there is no room to pack in.
    pub fn run(&self, start: usize, end: usize) -> Result<(), OutOfMemory> {
        assert!(
            start <= end && end <= self.kept,
            "accumulators out of range"
        );
        let item = self.source.used.size();
        if self.reduced <= self.skip || start == end {
            return Ok(());
        }
        if self.across {
            return self.run_across(start, end);
        }
        let room = self.room()?;
        for k in start..end {
            let accumulator = self.accumulators.as_ptr().wrapping_add(k * item);
            let count = self.reduced - self.skip;
            if matches!(self.grouping, Grouping::Sequential) || count <= self.leaf() {
                self.fold_row(k, self.skip, self.reduced, accumulator, room.as_ref());
            } else {
                let mut value = self.tree(k, self.skip, self.reduced, room.as_ref());
                let lane = block::Lane {
                    address: value.as_mut_ptr(),
                    len: 1,
                    kind: self.source.used,
                };
                self.call(lane, accumulator, 1);
            }
        }
        Ok(())
    }

    /// The reduced elements `from..to` (counted from the first that is not skipped) of one accumulator, folded together; the
    /// accumulator itself has no part in it. Cut rows only with [`halfway`].
    ///
    /// # Errors
    /// [`OutOfMemory`] if there is no room to pack in.
    pub fn partial(&self, k: usize, from: usize, to: usize) -> Result<Value, OutOfMemory> {
        assert!(
            k < self.kept && from < to && to <= self.reduced(),
            "elements out of range"
        );
        let room = self.room()?;
        Ok(self.tree(k, self.skip + from, self.skip + to, room.as_ref()))
    }

    /// Folds a value into an accumulator.
    pub fn add_to(&self, k: usize, value: Value) {
        assert!(k < self.kept, "accumulators out of range");
        let mut value = value;
        let lane = block::Lane {
            address: value.as_mut_ptr(),
            len: 1,
            kind: self.source.used,
        };
        self.call(
            lane,
            self.accumulators
                .as_ptr()
                .wrapping_add(k * self.source.used.size()),
            1,
        );
    }

    /// Whether parts of a row may be folded by themselves.
    pub fn can_group(&self) -> bool {
        !matches!(self.grouping, Grouping::Sequential)
    }

    /// The type that the kernel folds.
    pub fn kind(&self) -> Kind {
        self.source.used
    }

    fn room(&self) -> Result<Option<Room>, OutOfMemory> {
        if self.is_direct() {
            Ok(None)
        } else {
            Room::new().map(Some)
        }
    }

    /// Folds one value into another.
    pub fn combine(&self, left: Value, right: Value) -> Value {
        let (mut left, mut right) = (left, right);
        let lane = block::Lane {
            address: right.as_mut_ptr(),
            len: 1,
            kind: self.source.used,
        };
        self.call(lane, left.as_mut_ptr(), 1);
        left
    }

    /// Whether whole rows lie packed as the kernel wants them.
    fn is_direct(&self) -> bool {
        let unit = self.source.reduced_shape.is_empty()
            || (self.source.reduced_shape.len() == 1
                && self.source.reduced[0] == self.source.stored.size() as isize);
        unit && self.source.aligned && self.source.cast.is_none() && self.mask.is_none()
    }

    fn call(&self, x: block::Lane, accumulator: *mut u8, count: usize) {
        let (mut inputs, mut outputs) = (
            [block::Lane::NONE; MAX_INPUTS],
            [block::Lane::NONE; MAX_OUTPUTS],
        );
        inputs[0] = x;
        outputs[0] = block::Lane {
            address: accumulator,
            len: count,
            kind: self.source.used,
        };
        // SAFETY: `x` is packed memory of the source or scratch; accumulators are a block of their own, and this range
        // of them is this call's alone.
        (self.kernel)(&mut unsafe { Block::new(count, inputs, outputs) });
    }

    /// A packed block in the kernel's type.
    fn as_used(&self, lane: block::Lane, room: &Room) -> block::Lane {
        let Some(cast) = self.source.cast else {
            return lane;
        };
        let used = block::Lane {
            address: room.slot(1),
            len: lane.len,
            kind: self.source.used,
        };
        // SAFETY: `lane` was filled; slot 1 is free.
        unsafe { crate::plan::cast(cast, lane, used) };
        used
    }
}

/// Folds the elements of a packed operand into `start`: a reduction that needs no planning.
///
/// # Panics
/// If the operand has a cast or does not lie packed.
#[inline]
pub fn fold_packed(
    operand: &Operand<'_>,
    count: usize,
    start: Value,
    kernel: &Kernel<'_>,
) -> Value {
    let (address, kind, _, cast) = operand.parts();
    assert!(
        cast.is_none() && operand.is_packed(count) && count <= LEAF,
        "not a packed operand"
    );
    let mut value = start;
    let (mut inputs, mut outputs) = (
        [block::Lane::NONE; MAX_INPUTS],
        [block::Lane::NONE; MAX_OUTPUTS],
    );
    inputs[0] = block::Lane {
        address,
        len: count,
        kind,
    };
    outputs[0] = block::Lane {
        address: value.as_mut_ptr(),
        len: 1,
        kind,
    };
    // SAFETY: the operand's layout lies in its buffer, packed and aligned; the value is aligned for any element.
    kernel(&mut unsafe { Block::new(1, inputs, outputs) });
    value
}
