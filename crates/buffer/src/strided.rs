//! Moving elements between strided and packed memory.

use crate::element::Kind;

/// A machine word of each size an element can have: moving needs the size, not the meaning.
macro_rules! by_size {
    ($size:expr, $word:ident => $body:expr) => {
        match $size {
            1 => {
                type $word = u8;
                $body
            }
            2 => {
                type $word = u16;
                $body
            }
            4 => {
                type $word = u32;
                $body
            }
            8 => {
                type $word = u64;
                $body
            }
            _ => {
                type $word = u128;
                $body
            }
        }
    };
}

/// Copies `count` elements from one strided row to another; the rows may be unaligned.
///
/// # Safety
/// Both rows must be valid for `count` elements of `size` bytes at their strides, and elements of the source
/// that are read after a destination element was written must not overlap it.
pub(crate) unsafe fn copy_row(
    destination: *mut u8,
    destination_stride: isize,
    source: *const u8,
    source_stride: isize,
    count: usize,
    size: usize,
) {
    let packed = size as isize;
    if destination_stride == packed && source_stride == packed {
        // SAFETY: both are packed rows of that many bytes.
        unsafe { std::ptr::copy(source, destination, count * size) };
        return;
    }
    by_size!(size, Word => {
        // SAFETY: every address stays within the rows promised by the caller; unaligned access is used throughout.
        unsafe {
            if destination_stride == packed && source_stride == 0 {
                let value = source.cast::<Word>().read_unaligned();
                let out = destination.cast::<Word>();
                for i in 0..count {
                    out.add(i).write_unaligned(value);
                }
            } else if destination_stride == packed {
                let out = destination.cast::<Word>();
                for i in 0..count {
                    let value = source.offset(i as isize * source_stride).cast::<Word>().read_unaligned();
                    out.add(i).write_unaligned(value);
                }
            } else if source_stride == 0 {
                let value = source.cast::<Word>().read_unaligned();
                for i in 0..count {
                    destination.offset(i as isize * destination_stride).cast::<Word>().write_unaligned(value);
                }
            } else {
                for i in 0..count {
                    let value = source.offset(i as isize * source_stride).cast::<Word>().read_unaligned();
                    destination.offset(i as isize * destination_stride).cast::<Word>().write_unaligned(value);
                }
            }
        }
    });
}

/// A strided operand: where its first element is, its steps, and how large an element is.
#[derive(Clone, Copy)]
pub(crate) struct Strided<'a> {
    pub(crate) base: *mut u8,
    pub(crate) strides: &'a [isize],
    pub(crate) kind: Kind,
}

/// Calls `row(address, count, filled)` for each stretch along the last axis of elements `start..start+count` of an
/// operand, in C order.
pub(crate) fn rows(
    operand: Strided<'_>,
    shape: &[usize],
    start: usize,
    count: usize,
    mut row: impl FnMut(*mut u8, usize, usize),
) {
    let Some((&inner, outer)) = shape.split_last() else {
        row(operand.base, count, 0);
        return;
    };
    let (&inner_stride, strides) = operand.strides.split_last().unwrap_or((&0, &[]));
    let (mut filled, mut position) = (0, start);
    while filled < count {
        let mut rest = position / inner;
        let within = position % inner;
        let mut address = operand.base.wrapping_offset(inner_stride * within as isize);
        for axis in (0..outer.len()).rev() {
            address = address.wrapping_offset(strides[axis] * (rest % outer[axis]) as isize);
            rest /= outer[axis];
        }
        let stretch = (inner - within).min(count - filled);
        row(address, stretch, filled);
        filled += stretch;
        position += stretch;
    }
}

/// Packs elements `start..start+count` (in C order) of an operand into `out`.
///
/// # Safety
/// The operand must be valid for reads at all its indices; `out` for writes of `count` elements, apart from it.
pub(crate) unsafe fn gather(
    operand: Strided<'_>,
    shape: &[usize],
    start: usize,
    count: usize,
    out: *mut u8,
) {
    let size = operand.kind.size();
    let stride = operand.strides.last().copied().unwrap_or(0);
    rows(operand, shape, start, count, |address, n, filled| {
        // SAFETY: promised by the caller.
        unsafe {
            copy_row(
                out.add(filled * size),
                size as isize,
                address,
                stride,
                n,
                size,
            )
        }
    });
}

/// Spreads packed elements from `source` over elements `start..start+count` (in C order) of an operand.
///
/// # Safety
/// The operand must be valid for writes at all its indices; `source` for reads of `count` elements, apart from it.
pub(crate) unsafe fn scatter(
    operand: Strided<'_>,
    shape: &[usize],
    start: usize,
    count: usize,
    source: *const u8,
) {
    let size = operand.kind.size();
    let stride = operand.strides.last().copied().unwrap_or(0);
    rows(operand, shape, start, count, |address, n, filled| {
        // SAFETY: promised by the caller.
        unsafe {
            copy_row(
                address,
                stride,
                source.add(filled * size),
                size as isize,
                n,
                size,
            )
        }
    });
}

pub(crate) use by_size;
