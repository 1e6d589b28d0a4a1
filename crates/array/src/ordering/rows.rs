//! Working on arrays row by row, whatever the axis.

use rustsci_buffer::{Order, OutOfMemory};

use crate::dtype::Number;
use crate::exec::for_each_block;
use crate::{Array, DType, Result};

/// Elements from which rows are worth sharing among threads.
const LARGE: usize = 1 << 15;

/// Lets `change` rewrite each row along an axis, in place.
///
/// # Errors
/// If the array is read-only, or memory cannot be had.
pub(super) fn change_rows<T: Number>(
    array: &Array,
    axis: usize,
    change: impl Fn(&mut [T]) -> Result<(), OutOfMemory> + Sync,
) -> Result<()> {
    let n = array.shape()[axis];
    if array.size() == 0 || n < 2 {
        return Ok(());
    }
    let rows = array.moved_axis(axis, array.ndim() - 1);
    // Rows that do not lie packed are brought together all at once: a column at a time would waste most of each
    // cache line.
    let apart = array.strides()[axis] != array.item_size() as isize || !array.is_aligned();
    let work = if apart {
        rows.copied(Order::C)?
    } else {
        rows.clone()
    };
    over_rows(work.size() / n, n, &|first, count| {
        let Ok(mut writer) = work.writer::<T>() else {
            return Ok(());
        };
        for row in first..first + count {
            writer.update(row * n, n, &change)??;
        }
        Ok(())
    })?;
    if apart { rows.assign(&work) } else { Ok(()) }
}

/// A new array of indices, in which `find` fills in each row along an axis from that of `array`.
///
/// # Errors
/// If memory cannot be had.
pub(super) fn index_rows<T: Number>(
    array: &Array,
    axis: usize,
    find: impl Fn(&[T], &mut [i64]) -> Result<(), OutOfMemory> + Sync,
) -> Result<Array> {
    let last = array.ndim() - 1;
    let rows = packed_rows(array, axis)?;
    let found = Array::empty(rows.shape(), &DType::Int64, Order::C)?;
    let n = array.shape()[axis];
    if found.size() > 0 {
        over_rows(found.size() / n, n, &|first, count| {
            let mut reader = rows.reader::<T>();
            let Ok(mut writer) = found.writer::<i64>() else {
                return Ok(());
            };
            for row in first..first + count {
                let values = reader.block(row * n, n)?;
                writer.update(row * n, n, |found| find(values, found))??;
            }
            Ok(())
        })?;
    }
    if axis == last {
        return Ok(found);
    }
    found.moved_axis(last, axis).copied(Order::C)
}

/// The array with an axis moved to the end, copied if its rows do not lie packed.
pub(crate) fn packed_rows(array: &Array, axis: usize) -> Result<Array> {
    let rows = array.moved_axis(axis, array.ndim() - 1);
    if array.strides()[axis] == array.item_size() as isize && array.is_aligned() {
        Ok(rows)
    } else {
        rows.copied(Order::C)
    }
}

/// Calls `work(first, count)` for stretches of rows, over several threads if there is much to do.
pub(super) fn over_rows(
    rows: usize,
    length: usize,
    work: &(dyn Fn(usize, usize) -> Result<(), OutOfMemory> + Sync),
) -> Result<()> {
    let threads = rustsci_par::num_threads();
    if threads == 1 || rows < 2 || rows.saturating_mul(length) < LARGE {
        return Ok(work(0, rows)?);
    }
    let block = (LARGE / length).clamp(1, rows.div_ceil(threads));
    for_each_block(rows.div_ceil(block), &|i| {
        work(i * block, block.min(rows - i * block))
    })
}
