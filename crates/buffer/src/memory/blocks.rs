//! Where blocks come from, by size: a thread's own small blocks, the allocator, or whole pages.

use std::alloc::{Layout, alloc, alloc_zeroed, dealloc};
use std::ptr::NonNull;

use super::{ALIGNMENT, OutOfMemory, huge, small};

/// The allocator's layout for a block of medium size.
fn medium(bytes: usize) -> Result<Layout, OutOfMemory> {
    Layout::from_size_align(bytes, ALIGNMENT).map_err(|_| OutOfMemory { bytes })
}

/// A block with arbitrary content.
#[inline]
pub(super) fn acquire(bytes: usize) -> Result<NonNull<u8>, OutOfMemory> {
    if bytes <= small::LARGEST {
        small::acquire(bytes)
    } else {
        acquire_larger(bytes)
    }
}

#[cold]
#[inline(never)]
fn acquire_larger(bytes: usize) -> Result<NonNull<u8>, OutOfMemory> {
    if bytes >= huge::SMALLEST {
        return huge::acquire(bytes);
    }
    // SAFETY: the size is not zero.
    NonNull::new(unsafe { alloc(medium(bytes)?) }).ok_or(OutOfMemory { bytes })
}

/// A block of zeros.
pub(super) fn acquire_zeroed(bytes: usize) -> Result<NonNull<u8>, OutOfMemory> {
    if bytes <= small::LARGEST {
        let block = small::acquire(bytes)?;
        // SAFETY: the block is ours and at least `bytes` long.
        unsafe { block.as_ptr().write_bytes(0, bytes) };
        return Ok(block);
    }
    if bytes >= huge::SMALLEST {
        return huge::acquire_zeroed(bytes);
    }
    // SAFETY: the size is not zero.
    NonNull::new(unsafe { alloc_zeroed(medium(bytes)?) }).ok_or(OutOfMemory { bytes })
}

/// Gives a block back.
///
/// # Safety
/// `block` must come from [`acquire`] or [`acquire_zeroed`] with the same `bytes`, and must not be used again.
#[inline]
pub(super) unsafe fn release(block: NonNull<u8>, bytes: usize) {
    if bytes <= small::LARGEST {
        // SAFETY: passed on.
        unsafe { small::release(block, bytes) }
    } else if bytes >= huge::SMALLEST {
        // SAFETY: passed on.
        unsafe { huge::release(block, bytes) }
    } else if let Ok(layout) = medium(bytes) {
        // SAFETY: the block was allocated with this layout.
        unsafe { dealloc(block.as_ptr(), layout) }
    }
}
