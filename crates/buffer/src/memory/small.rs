//! Small blocks: each thread keeps a few freed ones of each size, so that little arrays cost no allocator call.

use std::alloc::{Layout, alloc, dealloc};
use std::cell::RefCell;
use std::ptr::NonNull;

use super::{ALIGNMENT, OutOfMemory};

/// The largest block, in bytes, that is kept here.
pub(super) const LARGEST: usize = 1024;
/// One list of free blocks per multiple of the alignment.
const CLASSES: usize = LARGEST / ALIGNMENT;
/// How many free blocks of one size a thread keeps.
const KEPT: usize = 32;

/// A thread's free blocks, by size class.
struct Free([Vec<NonNull<u8>>; CLASSES]);

impl Drop for Free {
    fn drop(&mut self) {
        for (class, blocks) in self.0.iter_mut().enumerate() {
            for block in blocks.drain(..) {
                // SAFETY: a block of this class was allocated with this layout, and the list owned it.
                unsafe { dealloc(block.as_ptr(), layout(class)) }
            }
        }
    }
}

thread_local! {
    static FREE: RefCell<Free> = const { RefCell::new(Free([const { Vec::new() }; CLASSES])) };
}

#[inline]
fn class(bytes: usize) -> usize {
    bytes.saturating_sub(1) / ALIGNMENT
}

fn layout(class: usize) -> Layout {
    // SAFETY: the alignment is a power of two and the size is at most LARGEST.
    unsafe { Layout::from_size_align_unchecked((class + 1) * ALIGNMENT, ALIGNMENT) }
}

/// A block of at least `bytes` bytes, of which there are at most [`LARGEST`].
#[inline]
pub(super) fn acquire(bytes: usize) -> Result<NonNull<u8>, OutOfMemory> {
    let class = class(bytes);
    // While a thread ends its list may be gone already: then the allocator serves directly.
    if let Ok(Some(block)) = FREE.try_with(|free| free.borrow_mut().0[class].pop()) {
        return Ok(block);
    }
    // SAFETY: the layout's size is not zero.
    NonNull::new(unsafe { alloc(layout(class)) }).ok_or(OutOfMemory { bytes })
}

/// Keeps a block for later, or frees it.
///
/// # Safety
/// `block` must come from [`acquire`] with the same `bytes` and must not be used again.
#[inline]
pub(super) unsafe fn release(block: NonNull<u8>, bytes: usize) {
    let class = class(bytes);
    let kept = FREE.try_with(|free| {
        let list = &mut free.borrow_mut().0[class];
        let keep = list.len() < KEPT;
        if keep {
            list.push(block);
        }
        keep
    });
    if !kept.unwrap_or(false) {
        // SAFETY: the block was allocated with this layout.
        unsafe { dealloc(block.as_ptr(), layout(class)) }
    }
}
