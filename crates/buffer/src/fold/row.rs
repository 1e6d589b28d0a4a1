//! Folding a row of neighbours into one accumulator.

use super::source::{Room, keep};
use super::{CHUNK, Fold, Grouping, LEAF, halfway};
use crate::block;
use crate::single::Value;
use crate::strided::gather;

impl Fold<'_> {
    /// Folds elements `from..to` of a row together, half by half.
    pub(super) fn tree(&self, k: usize, from: usize, to: usize, room: Option<&Room>) -> Value {
        if to - from > self.leaf() {
            let middle = from + halfway(to - from, self.source.used);
            return self.combine(
                self.tree(k, from, middle, room),
                self.tree(k, middle, to, room),
            );
        }
        let mut value = match self.grouping {
            Grouping::From(value) => value,
            Grouping::Sequential | Grouping::FromFirst => self.element(k, from, room),
        };
        self.fold_row(k, from, to, value.as_mut_ptr(), room);
        value
    }

    /// Rows up to this length are folded without a cut.
    pub(super) fn leaf(&self) -> usize {
        if self.is_direct() { LEAF } else { CHUNK }
    }

    /// One element of a row, in the kernel's type.
    fn element(&self, k: usize, position: usize, room: Option<&Room>) -> Value {
        let mut value = Value::ZERO;
        let row = self.source.row(self.source.kept_address(k));
        // SAFETY: the operand's layout lies in its buffer; a value has room for any element.
        unsafe {
            gather(
                row,
                &self.source.reduced_shape,
                position,
                1,
                value.as_mut_ptr(),
            )
        };
        if room.is_some()
            && let Some(cast) = self.source.cast
        {
            let mut used = Value::ZERO;
            let from = block::Lane {
                address: value.as_mut_ptr(),
                len: 1,
                kind: self.source.stored,
            };
            let to = block::Lane {
                address: used.as_mut_ptr(),
                len: 1,
                kind: self.source.used,
            };
            // SAFETY: both are aligned values of their own.
            unsafe { crate::plan::cast(cast, from, to) };
            value = used;
        }
        value
    }

    /// Folds elements `from..to` of the row of accumulator `k`.
    pub(super) fn fold_row(
        &self,
        k: usize,
        from: usize,
        to: usize,
        accumulator: *mut u8,
        room: Option<&Room>,
    ) {
        let base = self.source.kept_address(k);
        let Some(room) = room else {
            let address = base.wrapping_add(from * self.source.stored.size());
            self.call(
                block::Lane {
                    address,
                    len: to - from,
                    kind: self.source.used,
                },
                accumulator,
                1,
            );
            return;
        };
        let mask = self
            .mask
            .as_ref()
            .map(|mask| mask.row(mask.kept_address(k)));
        let mut position = from;
        while position < to {
            let count = CHUNK.min(to - position);
            // SAFETY: the operand's layout lies in its buffer; a slot holds a chunk.
            unsafe {
                gather(
                    self.source.row(base),
                    &self.source.reduced_shape,
                    position,
                    count,
                    room.slot(0),
                )
            };
            let mut lane = block::Lane {
                address: room.slot(0),
                len: count,
                kind: self.source.stored,
            };
            if let (Some(mask), Some(source)) = (mask, &self.mask) {
                // SAFETY: as above; the mask holds one byte an element.
                unsafe { gather(mask, &source.reduced_shape, position, count, room.slot(2)) };
                lane.len = keep(room.slot(0), room.slot(2), count, self.source.stored.size());
            }
            if lane.len > 0 {
                self.call(self.as_used(lane, room), accumulator, 1);
            }
            position += count;
        }
    }
}
