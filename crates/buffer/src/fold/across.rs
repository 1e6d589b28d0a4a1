//! Folding row after row into lanes of accumulators.

use super::source::Room;
use super::{Fold, LANES};
use crate::block;
use crate::memory::OutOfMemory;
use crate::strided::{Strided, gather, rows};

impl Fold<'_> {
    /// Folds row after row into stretches of accumulators.
    pub(super) fn run_across(&self, start: usize, end: usize) -> Result<(), OutOfMemory> {
        let (source, item) = (&self.source, self.source.used.size());
        let inner = source.kept_shape.last().copied().unwrap_or(1);
        let step = source.kept[self.kept_axes - 1];
        let direct =
            step == source.stored.size() as isize && source.aligned && source.cast.is_none();
        let room = if direct { None } else { Some(Room::new()?) };
        let mut k = start;
        while k < end {
            let count = LANES.min(inner - k % inner).min(end - k);
            let accumulator = self.accumulators.as_ptr().wrapping_add(k * item);
            let base = source.kept_address(k);
            let fold = |address: *mut u8| {
                let lane = match &room {
                    None => block::Lane {
                        address,
                        len: count,
                        kind: source.used,
                    },
                    Some(room) => {
                        let (line, kind) = ([step], source.stored);
                        let row = Strided {
                            base: address,
                            strides: &line,
                            kind,
                        };
                        // SAFETY: the operand's layout lies in its buffer; a slot holds a chunk.
                        unsafe { gather(row, &[count], 0, count, room.slot(0)) };
                        self.as_used(
                            block::Lane {
                                address: room.slot(0),
                                len: count,
                                kind,
                            },
                            room,
                        )
                    }
                };
                self.call(lane, accumulator, count);
            };
            let wanted = self.reduced - self.skip;
            let stride = source.reduced.last().copied().unwrap_or(0);
            // Whole rows that lie one behind the other are one block.
            let whole = source.kept_shape.len() == 1 && count == inner && room.is_none();
            let follows = whole && stride == (inner * source.stored.size()) as isize;
            let stretch = |address: *mut u8, n: usize, _: usize| {
                if follows {
                    let (len, kind) = (n * count, source.used);
                    self.call(block::Lane { address, len, kind }, accumulator, count);
                } else {
                    (0..n).for_each(|i| fold(address.wrapping_offset(stride * i as isize)));
                }
            };
            rows(
                source.row(base),
                &source.reduced_shape,
                self.skip,
                wanted,
                stretch,
            );
            k += count;
        }
        Ok(())
    }
}
