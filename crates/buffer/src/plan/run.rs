//! Running a range of a plan: rows where they lie, or packed chunks through scratch memory.

use std::ptr::null_mut;

use super::lane::Lane;
use super::{CHUNK, LONG_ROW, Plan};
use crate::block::{self, Block, Kernel, MAX_INPUTS, MAX_OUTPUTS};
use crate::element::Kind;
use crate::memory::{Buffer, OutOfMemory};
use crate::strided::{gather, rows, scatter};
use std::sync::Arc;

/// Scratch blocks for one run: each lane may need one in its stored type and one in the kernel's.
pub(super) struct Scratch {
    block: Option<Arc<Buffer>>,
    slots: usize,
}

/// Bytes of one scratch slot: a chunk of the widest elements.
const SLOT: usize = CHUNK * Kind::C128.size();

impl Scratch {
    pub(super) fn new(slots: usize) -> Result<Self, OutOfMemory> {
        let block = if slots > 0 {
            Some(Buffer::empty(slots * SLOT)?)
        } else {
            None
        };
        Ok(Self { block, slots })
    }

    /// The start of a slot.
    pub(super) fn slot(&self, index: usize) -> *mut u8 {
        debug_assert!(index < self.slots);
        self.block.as_ref().map_or(null_mut(), |block| {
            block.as_ptr().wrapping_add(index * SLOT)
        })
    }
}

/// Runs a cast over packed elements.
///
/// # Safety
/// `from` must hold `count` elements of its kind (or the one that stands for all), `to` have room for `count`, both
/// aligned and apart.
pub(crate) unsafe fn cast(kernel: &Kernel<'_>, from: block::Lane, to: block::Lane) {
    let (mut inputs, mut outputs) = (
        [block::Lane::NONE; MAX_INPUTS],
        [block::Lane::NONE; MAX_OUTPUTS],
    );
    (inputs[0], outputs[0]) = (from, to);
    // SAFETY: promised by the caller.
    kernel(&mut unsafe { Block::new(to.len, inputs, outputs) });
}

impl Plan<'_> {
    /// Runs elements `start..end` (in the plan's own order).
    pub(super) fn run_range(
        &self,
        start: usize,
        end: usize,
        kernel: &Kernel<'_>,
    ) -> Result<(), OutOfMemory> {
        if start >= end {
            return Ok(());
        }
        if self.mask.is_some() {
            return self.run_masked(start, end, kernel);
        }
        let row = self.shape.last().copied().unwrap_or(1);
        let long_rows = self.shape.len() <= 1 || row >= LONG_ROW;
        if self.direct && long_rows {
            self.run_rows(start, end, row, kernel);
            return Ok(());
        }
        let scratch = Scratch::new(2 * (self.inputs.len() + self.outputs.len()))?;
        let mut position = start;
        while position < end {
            let room = if long_rows {
                row - position % row
            } else {
                usize::MAX
            };
            let count = CHUNK.min(end - position).min(room);
            self.run_chunk(position, count, kernel, &scratch);
            position += count;
        }
        Ok(())
    }

    /// Every lane lies packed or constant along rows: one kernel call a row.
    #[inline]
    fn run_rows(&self, start: usize, end: usize, row: usize, kernel: &Kernel<'_>) {
        let (mut inputs, mut outputs) = (
            [block::Lane::NONE; MAX_INPUTS],
            [block::Lane::NONE; MAX_OUTPUTS],
        );
        let mut position = start;
        while position < end {
            let within = position % row;
            let count = (row - within).min(end - position);
            let place = |lane: &Lane<'_>| {
                let step = lane.strides.last().copied().unwrap_or(0);
                let mut address = lane.base.wrapping_offset(step * within as isize);
                if self.shape.len() > 1 {
                    rows(lane.strided(), &self.shape, position, 1, |found, _, _| {
                        address = found
                    });
                }
                block::Lane {
                    address,
                    len: if step == 0 { 1 } else { count },
                    kind: lane.used,
                }
            };
            for (lane, input) in self.inputs.iter().zip(&mut inputs) {
                *input = place(lane);
            }
            for (lane, output) in self.outputs.iter().zip(&mut outputs) {
                *output = block::Lane {
                    len: count,
                    ..place(lane)
                };
            }
            // SAFETY: the lanes' layouts were checked to lie in their buffers; direct lanes are aligned and do not
            // overlap outputs; an output has stride zero only where a row has one element.
            kernel(&mut unsafe { Block::new(count, inputs, outputs) });
            position += count;
        }
    }

    /// Packs, casts, computes and spreads one chunk, which fits the scratch slots.
    fn run_chunk(&self, start: usize, count: usize, kernel: &Kernel<'_>, scratch: &Scratch) {
        let (mut inputs, mut outputs) = (
            [block::Lane::NONE; MAX_INPUTS],
            [block::Lane::NONE; MAX_OUTPUTS],
        );
        for (i, lane) in self.inputs.iter().enumerate() {
            inputs[i] = self.fetch(lane, start, count, scratch, 2 * i);
        }
        let first = 2 * self.inputs.len();
        for (i, lane) in self.outputs.iter().enumerate() {
            let direct = if lane.is_direct() {
                self.in_place(lane, start, count)
            } else {
                None
            };
            let address = direct.unwrap_or_else(|| scratch.slot(first + 2 * i));
            outputs[i] = block::Lane {
                address,
                len: count,
                kind: lane.used,
            };
        }
        // SAFETY: lanes are direct memory of the checked layouts or scratch slots of their own, aligned, and inputs
        // that overlap outputs were copied to scratch.
        kernel(&mut unsafe { Block::new(count, inputs, outputs) });
        for (i, lane) in self.outputs.iter().enumerate() {
            if outputs[i].address == scratch.slot(first + 2 * i) {
                self.deliver(lane, start, outputs[i], scratch.slot(first + 2 * i + 1));
            }
        }
    }

    /// Where elements `start..start+count` of a lane lie packed in memory, if they do.
    fn in_place(&self, lane: &Lane<'_>, start: usize, count: usize) -> Option<*mut u8> {
        let row = self.shape.last().copied().unwrap_or(1);
        if lane
            .strides
            .last()
            .is_some_and(|&step| step == 0 && count > 1)
        {
            return None;
        }
        if self.shape.len() > 1 && start % row + count > row {
            return None;
        }
        let mut found = None;
        rows(lane.strided(), &self.shape, start, 1, |address, _, _| {
            found = Some(address)
        });
        found
    }

    /// Elements `start..start+count` of an input, packed and in the kernel's type; `slot` and the one after are free.
    pub(super) fn fetch(
        &self,
        lane: &Lane<'_>,
        start: usize,
        count: usize,
        scratch: &Scratch,
        slot: usize,
    ) -> block::Lane {
        let constant = lane.is_constant();
        let len = if constant { 1 } else { count };
        let mut packed = block::Lane {
            address: scratch.slot(slot),
            len,
            kind: lane.stored,
        };
        let direct = if lane.aliased || !lane.is_aligned() {
            None
        } else if constant {
            Some(lane.base)
        } else if lane.is_unit() {
            self.in_place(lane, start, count)
        } else {
            None
        };
        match direct {
            Some(address) => packed.address = address,
            // SAFETY: the layout lies in its buffer, and a slot holds a chunk of any type.
            None => unsafe { gather(lane.strided(), &self.shape, start, len, packed.address) },
        }
        let Some(kernel) = lane.cast else {
            return packed;
        };
        let used = block::Lane {
            address: scratch.slot(slot + 1),
            len,
            kind: lane.used,
        };
        // SAFETY: `packed` was just filled; the second slot is free.
        unsafe { cast(kernel, packed, used) };
        used
    }

    /// Casts a computed block to its output's type and spreads it there; `room` is a free scratch slot.
    pub(super) fn deliver(
        &self,
        lane: &Lane<'_>,
        start: usize,
        computed: block::Lane,
        room: *mut u8,
    ) {
        let mut ready = computed;
        if let Some(kernel) = lane.cast {
            ready = block::Lane {
                address: room,
                len: computed.len,
                kind: lane.stored,
            };
            // SAFETY: `computed` was filled by the kernel; `room` is a slot of its own.
            unsafe { cast(kernel, computed, ready) };
        }
        // SAFETY: the layout lies in its writable buffer.
        unsafe {
            scatter(
                lane.strided(),
                &self.shape,
                start,
                computed.len,
                ready.address,
            )
        };
    }
}
