//! Copying many small blocks of one shape: what indexing with arrays comes down to.

use crate::element::Kind;
use crate::io::check_bounds;
use crate::layout::Layout;
use crate::memory::Buffer;
use crate::plan::coalesce;
use crate::strided::{Strided, by_size, copy_row, rows};

/// One side of a copy of blocks: a buffer, and how one block lies in it, seen from its first element.
pub struct Side<'a> {
    /// The memory.
    pub buffer: &'a Buffer,
    /// A block's shape and strides; the offset is not used.
    pub block: &'a Layout,
}

impl Side<'_> {
    /// The offsets at which a block may begin.
    fn limits(&self, item: usize) -> (isize, isize) {
        let (low, high) = Layout {
            offset: 0,
            ..self.block.clone()
        }
        .extent(item);
        (-low, self.buffer.len() as isize - high)
    }
}

/// Copies a block for each pair of byte offsets (destination, source).
///
/// # Panics
/// If the blocks' shapes differ, a block reaches outside its buffer, or the destination is read-only.
pub fn copy_blocks(
    destination: &Side<'_>,
    source: &Side<'_>,
    kind: Kind,
    offsets: impl Iterator<Item = (usize, usize)>,
) {
    assert!(
        destination.block.shape == source.block.shape,
        "blocks of different shapes"
    );
    assert!(destination.buffer.writable(), "read-only memory");
    if source.block.shape.contains(&0) {
        return;
    }
    let item = kind.size();
    let (to_limits, from_limits) = (destination.limits(item), source.limits(item));
    let inside = |offset: usize, (low, high): (isize, isize)| {
        offset as isize >= low && offset as isize <= high
    };
    let (shape, strides) = coalesce(
        &source.block.shape,
        &[&destination.block.strides, &source.block.strides],
    );
    let (to, from) = (destination.buffer.as_ptr(), source.buffer.as_ptr());
    if shape.is_empty() {
        by_size!(item, Word => {
            for (write, read) in offsets {
                assert!(inside(write, to_limits) && inside(read, from_limits), "block out of bounds");
                // SAFETY: both elements lie inside their buffers.
                unsafe { to.add(write).cast::<Word>().write_unaligned(from.add(read).cast::<Word>().read_unaligned()) };
            }
        });
        return;
    }
    if let ([n], [[write_step], [read_step]]) = (&shape[..], [&strides[0][..], &strides[1][..]]) {
        for (write, read) in offsets {
            assert!(
                inside(write, to_limits) && inside(read, from_limits),
                "block out of bounds"
            );
            let (place, address) = (to.wrapping_add(write), from.wrapping_add(read));
            // SAFETY: all elements of both blocks lie inside their buffers.
            unsafe { copy_row(place, *write_step, address, *read_step, *n, item) };
        }
        return;
    }
    let count = shape.iter().product();
    let inner = strides
        .iter()
        .map(|strides| strides.last().copied().unwrap_or(0))
        .collect::<crate::Strides>();
    for (write, read) in offsets {
        assert!(
            inside(write, to_limits) && inside(read, from_limits),
            "block out of bounds"
        );
        let (base, mut position) = (to.wrapping_add(write), 0);
        let reading = Strided {
            base: from.wrapping_add(read),
            strides: &strides[1],
            kind,
        };
        rows(reading, &shape, 0, count, |address, n, _| {
            let writing = Strided {
                base,
                strides: &strides[0],
                kind,
            };
            rows(writing, &shape, position, 1, |place, _, _| {
                // SAFETY: all elements of both blocks lie inside their buffers.
                unsafe { copy_row(place, inner[0], address, inner[1], n, item) };
            });
            position += n;
        });
    }
}

/// Copies the elements at positions `indices` along a strided row to a packed row, counting from the end where an index
/// is negative. Gives the first index that is out of range.
///
/// `row` is a one-dimensional layout in `source`; `destination` begins at byte `offset` and has room for all.
///
/// # Panics
/// If a layout reaches outside its buffer, or the destination is read-only.
pub fn take_row(
    destination: (&Buffer, usize),
    source: &Buffer,
    row: &Layout,
    indices: &[i64],
    kind: Kind,
) -> Result<(), i64> {
    let (&[n], &[stride]) = (&row.shape[..], &row.strides[..]) else {
        panic!("not a row")
    };
    let (buffer, offset) = destination;
    let item = kind.size();
    check_bounds(source, row, item);
    assert!(
        buffer.writable() && offset + indices.len() * item <= buffer.len(),
        "block out of bounds"
    );
    let (to, from) = (
        buffer.as_ptr().wrapping_add(offset),
        source.as_ptr().wrapping_add(row.offset),
    );
    by_size!(item, Word => {
        let to = to.cast::<Word>();
        for (i, &index) in indices.iter().enumerate() {
            let position = if index < 0 { index.wrapping_add(n as i64) } else { index };
            if position as u64 >= n as u64 {
                return Err(index);
            }
            // SAFETY: the position is inside the row, and `i` inside the destination.
            unsafe {
                let value = from.offset(position as isize * stride).cast::<Word>().read_unaligned();
                to.add(i).write_unaligned(value);
            }
        }
    });
    Ok(())
}

/// Copies the elements of a packed row for which the mask byte is not zero to a packed row, which has room for them.
///
/// # Panics
/// If a range reaches outside its buffer, or the destination is read-only or too short.
pub fn compress_row(
    destination: &Buffer,
    source: (&Buffer, usize),
    mask: &[u8],
    count: usize,
    kind: Kind,
) {
    let (buffer, offset) = source;
    let item = kind.size();
    assert!(
        destination.writable() && count * item <= destination.len(),
        "block out of bounds"
    );
    assert!(
        offset + mask.len() * item <= buffer.len(),
        "block out of bounds"
    );
    let (to, from) = (destination.as_ptr(), buffer.as_ptr().wrapping_add(offset));
    by_size!(item, Word => {
        let (to, from) = (to.cast::<Word>(), from.cast::<Word>());
        let mut kept = 0;
        // Without a branch: every element is written, and the place moves on only past those that are kept.
        for (i, &truth) in mask.iter().enumerate() {
            if kept == count {
                break;
            }
            // SAFETY: `kept < count`, and `i` is inside the source.
            unsafe { to.add(kept).write_unaligned(from.add(i).read_unaligned()) };
            kept += usize::from(truth != 0);
        }
    });
}
