//! Running a plan only where a mask holds.
//!
//! The chosen elements of a chunk are pressed together, so that the kernel never computes (and never raises a
//! floating-point condition for) an element that was not asked for.

use super::run::{Scratch, cast};
use super::{CHUNK, Plan};
use crate::block::{self, Block, Kernel, MAX_INPUTS, MAX_OUTPUTS};
use crate::memory::OutOfMemory;
use crate::strided::{by_size, gather, scatter};

impl Plan<'_> {
    pub(super) fn run_masked(
        &self,
        start: usize,
        end: usize,
        kernel: &Kernel<'_>,
    ) -> Result<(), OutOfMemory> {
        let Some(mask) = &self.mask else {
            return Ok(());
        };
        // Three slots a lane: as stored, as used, pressed together; and one for the mask.
        let lanes = self.inputs.len() + self.outputs.len();
        let scratch = Scratch::new(3 * lanes + 1)?;
        let mut chosen: Vec<u32> = Vec::with_capacity(CHUNK);
        let mut position = start;
        while position < end {
            let count = CHUNK.min(end - position);
            let truth = scratch.slot(3 * lanes);
            // SAFETY: the mask's layout lies in its buffer and a slot holds a chunk; the bytes read were just written.
            let bytes = unsafe {
                gather(mask.strided(), &self.shape, position, count, truth);
                std::slice::from_raw_parts(truth, count)
            };
            chosen.clear();
            chosen.extend((0..count as u32).filter(|&i| bytes[i as usize] != 0));
            if !chosen.is_empty() {
                self.run_chosen(position, count, &chosen, kernel, &scratch);
            }
            position += count;
        }
        Ok(())
    }

    /// Computes the chosen elements of one chunk.
    fn run_chosen(
        &self,
        start: usize,
        count: usize,
        chosen: &[u32],
        kernel: &Kernel<'_>,
        scratch: &Scratch,
    ) {
        let (mut inputs, mut outputs) = (
            [block::Lane::NONE; MAX_INPUTS],
            [block::Lane::NONE; MAX_OUTPUTS],
        );
        for (i, lane) in self.inputs.iter().enumerate() {
            let whole = self.fetch(lane, start, count, scratch, 3 * i);
            inputs[i] = if whole.len == 1 && lane.is_constant() {
                whole
            } else {
                let address = scratch.slot(3 * i + 2);
                // SAFETY: `whole` holds the chunk; the third slot is free.
                unsafe { press(whole.address, address, chosen, whole.kind.size()) };
                block::Lane {
                    address,
                    len: chosen.len(),
                    kind: whole.kind,
                }
            };
        }
        let first = 3 * self.inputs.len();
        for (i, lane) in self.outputs.iter().enumerate() {
            let address = scratch.slot(first + 3 * i);
            outputs[i] = block::Lane {
                address,
                len: chosen.len(),
                kind: lane.used,
            };
        }
        // SAFETY: all lanes are scratch slots of their own, or constants outside the outputs' scratch.
        kernel(&mut unsafe { Block::new(chosen.len(), inputs, outputs) });
        for (i, lane) in self.outputs.iter().enumerate() {
            let (stored, whole) = (
                scratch.slot(first + 3 * i + 1),
                scratch.slot(first + 3 * i + 2),
            );
            let mut ready = outputs[i];
            if let Some(kernel) = lane.cast {
                ready = block::Lane {
                    address: stored,
                    len: chosen.len(),
                    kind: lane.stored,
                };
                // SAFETY: the computed block and a free slot.
                unsafe { cast(kernel, outputs[i], ready) };
            }
            // SAFETY: the layout lies in its writable buffer; `whole` is a free slot for the chunk.
            unsafe {
                gather(lane.strided(), &self.shape, start, count, whole);
                spread(ready.address, whole, chosen, lane.stored.size());
                scatter(lane.strided(), &self.shape, start, count, whole);
            }
        }
    }
}

/// Copies the chosen elements of `from` together.
///
/// # Safety
/// `from` must hold every chosen element, `to` have room for all of them, both aligned for their size up to 8 bytes.
unsafe fn press(from: *const u8, to: *mut u8, chosen: &[u32], size: usize) {
    by_size!(size, Word => {
        for (k, &i) in chosen.iter().enumerate() {
            // SAFETY: promised by the caller.
            unsafe {
                let value = from.cast::<Word>().add(i as usize).read_unaligned();
                to.cast::<Word>().add(k).write_unaligned(value);
            }
        }
    });
}

/// Copies elements of `from`, which lie together, to their chosen places in `to`.
///
/// # Safety
/// As for [`press`], the other way round.
unsafe fn spread(from: *const u8, to: *mut u8, chosen: &[u32], size: usize) {
    by_size!(size, Word => {
        for (k, &i) in chosen.iter().enumerate() {
            // SAFETY: promised by the caller.
            unsafe {
                let value = from.cast::<Word>().add(k).read_unaligned();
                to.cast::<Word>().add(i as usize).write_unaligned(value);
            }
        }
    });
}
