//! Copying between layouts of the same element type.

use crate::element::Kind;
use crate::io::check_bounds;
use crate::layout::Layout;
use crate::memory::Buffer;
use crate::plan::{coalesce, sort_axes};
use crate::strided::{by_size, copy_row};

/// Bytes of a cache line: transposed data are copied in bands of that width.
const LINE: usize = 64;

/// Copies the elements that `from` shows to the places that `to` shows, in whatever order is quickest.
///
/// Source and destination must not overlap, unless they are the same elements; shapes must be equal.
///
/// # Panics
/// If the shapes differ, a layout reaches outside its buffer, or the destination is read-only.
pub fn copy(destination: &Buffer, to: &Layout, source: &Buffer, from: &Layout, kind: Kind) {
    assert!(
        to.shape == from.shape,
        "shapes {:?} and {:?} differ",
        to.shape,
        from.shape
    );
    assert!(destination.writable(), "read-only memory");
    check_bounds(destination, to, kind.size());
    check_bounds(source, from, kind.size());
    if to.shape.contains(&0) {
        return;
    }
    let (out, input) = (
        destination.as_ptr().wrapping_add(to.offset),
        source.as_ptr().wrapping_add(from.offset),
    );
    let order = sort_axes(&to.shape, &[&to.strides, &from.strides]);
    let pick = |strides: &[isize]| {
        order
            .iter()
            .map(|&axis| strides[axis])
            .collect::<crate::Strides>()
    };
    let shape: crate::Shape = order.iter().map(|&axis| to.shape[axis]).collect();
    let (shape, strides) = coalesce(&shape, &[&pick(&to.strides), &pick(&from.strides)]);
    let size = kind.size();
    let Some((&inner, outer)) = shape.split_last() else {
        // SAFETY: one element on either side, inside the buffers.
        unsafe { copy_row(out, 0, input, 0, 1, size) };
        return;
    };
    let (to, from) = (&strides[0], &strides[1]);
    let last = outer.len();
    let tiled = last >= 1
        && from[last - 1] != 0
        && from[last].unsigned_abs() > from[last - 1].unsigned_abs()
        && to[last] == size as isize;
    let axes = if tiled { last - 1 } else { last };
    let mut index = crate::Shape::from_elem(0, axes);
    loop {
        let at = |base: *mut u8, strides: &[isize]| {
            index.iter().zip(strides).fold(base, |p, (&i, &stride)| {
                p.wrapping_offset(stride * i as isize)
            })
        };
        let (row_out, row_in) = (at(out, to), at(input, from));
        // SAFETY: all addresses belong to elements of the layouts, which were checked to lie inside the buffers.
        unsafe {
            if tiled {
                let steps = (to[last - 1], from[last - 1], from[last]);
                copy_transposed(row_out, row_in, outer[last - 1], inner, steps, size);
            } else {
                copy_row(row_out, to[last], row_in, from[last], inner, size);
            }
        }
        let mut axis = axes;
        loop {
            if axis == 0 {
                return;
            }
            axis -= 1;
            index[axis] += 1;
            if index[axis] < shape[axis] {
                break;
            }
            index[axis] = 0;
        }
    }
}

/// Copies a matrix whose fast axis in the source is the slow one in the destination, in bands of as many columns as make
/// a cache line of the destination: each line is written whole, and each column is read from end to end, as memory is
/// fetched ahead.
///
/// `steps`: bytes between rows of the destination, and along rows and columns of the source.
///
/// # Safety
/// All elements must be valid on both sides.
unsafe fn copy_transposed(
    out: *mut u8,
    input: *const u8,
    rows: usize,
    columns: usize,
    steps: (isize, isize, isize),
    size: usize,
) {
    let width = (LINE / size).max(4);
    let (out_row, in_row, in_column) = steps;
    by_size!(size, Word => {
        for first in (0..columns).step_by(width) {
            for row in 0..rows {
                // SAFETY: row and column stay inside the matrices promised by the caller.
                unsafe {
                    let target = out.offset(row as isize * out_row).cast::<Word>();
                    let start = input.offset(row as isize * in_row);
                    for column in first..(first + width).min(columns) {
                        let value = start.offset(column as isize * in_column).cast::<Word>().read_unaligned();
                        target.add(column).write_unaligned(value);
                    }
                }
            }
        }
    });
}
