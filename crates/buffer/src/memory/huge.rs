//! Large blocks: whole pages from the system, huge ones where it has them, and a bounded cache of freed ones.
//!
//! On fresh pages a large result costs more in page faults than in arithmetic, so a program that makes one
//! temporary after another should get the same pages back.

use std::ptr::NonNull;
use std::sync::Mutex;

use super::OutOfMemory;

/// Blocks of at least this many bytes are handled here.
pub(super) const SMALLEST: usize = 256 << 10;
/// How many bytes of freed blocks are kept at most.
const KEPT_BYTES: usize = 256 << 20;
/// How many freed blocks are kept at most.
const KEPT_BLOCKS: usize = 16;

struct Freed {
    address: usize,
    bytes: usize,
}

static CACHE: Mutex<Vec<Freed>> = Mutex::new(Vec::new());

/// The size that a block of `bytes` really gets, so that blocks of nearly the same size can replace each other.
fn rounded(bytes: usize) -> Option<usize> {
    // Steps of an eighth of the size, whole pages at least.
    let step = (bytes.checked_next_power_of_two()? / 8).max(4096);
    bytes
        .checked_next_multiple_of(step)
        .filter(|&size| isize::try_from(size).is_ok())
}

/// A block with arbitrary content: a freed one of the same rounded size if there is one.
pub(super) fn acquire(bytes: usize) -> Result<NonNull<u8>, OutOfMemory> {
    let size = rounded(bytes).ok_or(OutOfMemory { bytes })?;
    // A fork may happen while another thread holds the lock; `try_lock` then means no cache, never a dead lock.
    if let Ok(mut cache) = CACHE.try_lock()
        && let Some(found) = cache.iter().rposition(|freed| freed.bytes == size)
    {
        let freed = cache.remove(found);
        return NonNull::new(freed.address as *mut u8).ok_or(OutOfMemory { bytes });
    }
    pages::map(size).ok_or(OutOfMemory { bytes })
}

/// A block of zeros, always from fresh pages.
pub(super) fn acquire_zeroed(bytes: usize) -> Result<NonNull<u8>, OutOfMemory> {
    let size = rounded(bytes).ok_or(OutOfMemory { bytes })?;
    pages::map(size).ok_or(OutOfMemory { bytes })
}

/// Keeps a block for later, or gives its pages back.
///
/// # Safety
/// `block` must come from this module with the same `bytes`, and must not be used again.
pub(super) unsafe fn release(block: NonNull<u8>, bytes: usize) {
    let Some(size) = rounded(bytes) else { return };
    let mut evicted = Vec::new();
    if let Ok(mut cache) = CACHE.try_lock() {
        cache.push(Freed {
            address: block.as_ptr() as usize,
            bytes: size,
        });
        while cache.len() > KEPT_BLOCKS
            || cache.iter().map(|freed| freed.bytes).sum::<usize>() > KEPT_BYTES
        {
            evicted.push(cache.remove(0));
        }
    } else {
        evicted.push(Freed {
            address: block.as_ptr() as usize,
            bytes: size,
        });
    }
    for freed in evicted {
        if let Some(address) = NonNull::new(freed.address as *mut u8) {
            // SAFETY: the block was mapped with this size and nobody uses it any more.
            unsafe { pages::unmap(address, freed.bytes) }
        }
    }
}

#[cfg(unix)]
mod pages {
    use std::ptr::{NonNull, null_mut};

    /// The size of a huge page; blocks of at least twice that are aligned to it.
    const HUGE_PAGE: usize = 2 << 20;

    /// Fresh zeroed pages; `bytes` is a multiple of the page size.
    pub(super) fn map(bytes: usize) -> Option<NonNull<u8>> {
        let huge = bytes >= 2 * HUGE_PAGE;
        let reserved = if huge {
            bytes.checked_add(HUGE_PAGE)?
        } else {
            bytes
        };
        // SAFETY: an anonymous private mapping at an address of the system's choice.
        let start = unsafe {
            libc::mmap(
                null_mut(),
                reserved,
                libc::PROT_READ | libc::PROT_WRITE,
                libc::MAP_PRIVATE | libc::MAP_ANONYMOUS,
                -1,
                0,
            )
        };
        if start == libc::MAP_FAILED {
            return None;
        }
        let start = start.cast::<u8>();
        if !huge {
            return NonNull::new(start);
        }
        // Only a mapping that begins on a huge page's boundary gets huge pages from its first byte: trim to it.
        let lead = start.align_offset(HUGE_PAGE);
        // SAFETY: the trimmed ends lie inside the mapping just made and hold nothing.
        unsafe {
            if lead > 0 {
                libc::munmap(start.cast(), lead);
            }
            let aligned = start.add(lead);
            let tail = HUGE_PAGE - lead;
            if tail > 0 {
                libc::munmap(aligned.add(bytes).cast(), tail);
            }
            #[cfg(target_os = "linux")]
            libc::madvise(aligned.cast(), bytes, libc::MADV_HUGEPAGE);
            NonNull::new(aligned)
        }
    }

    /// Gives pages back.
    ///
    /// # Safety
    /// The block must come from [`map`] with the same size and be unused.
    pub(super) unsafe fn unmap(block: NonNull<u8>, bytes: usize) {
        // SAFETY: as promised by the caller.
        unsafe { libc::munmap(block.as_ptr().cast(), bytes) };
    }
}

#[cfg(not(unix))]
mod pages {
    use std::alloc::{Layout, alloc_zeroed, dealloc};
    use std::ptr::NonNull;

    use super::super::ALIGNMENT;

    /// Fresh zeroed memory from the allocator.
    pub(super) fn map(bytes: usize) -> Option<NonNull<u8>> {
        let layout = Layout::from_size_align(bytes, ALIGNMENT).ok()?;
        // SAFETY: the size is not zero.
        NonNull::new(unsafe { alloc_zeroed(layout) })
    }

    /// Gives memory back.
    ///
    /// # Safety
    /// The block must come from [`map`] with the same size and be unused.
    pub(super) unsafe fn unmap(block: NonNull<u8>, bytes: usize) {
        if let Ok(layout) = Layout::from_size_align(bytes, ALIGNMENT) {
            // SAFETY: the block was allocated with this layout.
            unsafe { dealloc(block.as_ptr(), layout) }
        }
    }
}
