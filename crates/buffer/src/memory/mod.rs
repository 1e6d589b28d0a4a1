//! Blocks of memory: who owns them, and where they come from.

mod blocks;
mod huge;
mod small;

use std::any::Any;
use std::ptr::NonNull;
use std::sync::Arc;

/// Alignment in bytes of every block that this crate allocates.
pub const ALIGNMENT: usize = 64;

/// Memory could not be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unable to allocate {bytes} bytes")]
pub struct OutOfMemory {
    /// How much was asked for.
    pub bytes: usize,
}

/// Who frees a block.
enum Owner {
    /// This crate's allocator.
    Ours,
    /// Somebody else: the guard keeps the memory alive and is dropped with the buffer.
    Foreign(#[allow(dead_code, reason = "held only to be dropped")] Box<dyn Any + Send + Sync>),
}

/// A block of bytes that arrays share.
///
/// Arrays alias: a slice of an array writes through to it, and two threads may hold views of one block. So
/// a `Buffer` gives out no references by itself; [`Reader`](crate::Reader), [`Writer`](crate::Writer) and
/// [`Plan`](crate::Plan) make short-lived ones, after the caller has resolved overlaps. As with NumPy,
/// ordering writes by several Python threads to one array is up to their program.
pub struct Buffer {
    address: NonNull<u8>,
    bytes: usize,
    writable: bool,
    owner: Owner,
}

// SAFETY: the block is plain bytes; the guard is `Send + Sync`; the address is never rebound.
unsafe impl Send for Buffer {}
// SAFETY: as above; access to the bytes is governed by the contract in the type's documentation.
unsafe impl Sync for Buffer {}

impl Buffer {
    /// A block whose content is arbitrary.
    ///
    /// # Errors
    /// [`OutOfMemory`] when the system refuses.
    #[inline]
    pub fn empty(bytes: usize) -> Result<Arc<Self>, OutOfMemory> {
        Ok(Arc::new(Self {
            address: blocks::acquire(bytes)?,
            bytes,
            writable: true,
            owner: Owner::Ours,
        }))
    }

    /// A block of zeros; large ones come from fresh pages and cost nothing until they are touched.
    ///
    /// # Errors
    /// [`OutOfMemory`] when the system refuses.
    pub fn zeroed(bytes: usize) -> Result<Arc<Self>, OutOfMemory> {
        Ok(Arc::new(Self {
            address: blocks::acquire_zeroed(bytes)?,
            bytes,
            writable: true,
            owner: Owner::Ours,
        }))
    }

    /// A block that belongs to somebody else, kept alive by `guard`.
    ///
    /// # Safety
    /// `address` must be valid for reads of `bytes` bytes (and for writes, if `writable`) until `guard` is
    /// dropped, from any thread.
    pub unsafe fn foreign(
        address: *mut u8,
        bytes: usize,
        writable: bool,
        guard: Box<dyn Any + Send + Sync>,
    ) -> Arc<Self> {
        let address = NonNull::new(address).unwrap_or(NonNull::dangling());
        Arc::new(Self {
            address,
            bytes,
            writable,
            owner: Owner::Foreign(guard),
        })
    }

    /// Where the block begins.
    #[inline(always)]
    pub fn address(&self) -> usize {
        self.address.as_ptr() as usize
    }

    /// The block's first byte, for hosts that hand the memory on.
    #[inline(always)]
    pub fn as_ptr(&self) -> *mut u8 {
        self.address.as_ptr()
    }

    /// The block's length in bytes.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.bytes
    }

    /// Whether the block holds no byte at all.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.bytes == 0
    }

    /// Whether the memory may be written at all.
    #[inline(always)]
    pub fn writable(&self) -> bool {
        self.writable
    }

    /// Whether the memory belongs to somebody else.
    #[inline]
    pub fn is_foreign(&self) -> bool {
        matches!(self.owner, Owner::Foreign(_))
    }

    /// What keeps foreign memory alive.
    pub fn guard(&self) -> Option<&(dyn Any + Send + Sync)> {
        match &self.owner {
            Owner::Ours => None,
            Owner::Foreign(guard) => Some(guard.as_ref()),
        }
    }
}

impl Drop for Buffer {
    #[inline]
    fn drop(&mut self) {
        if matches!(self.owner, Owner::Ours) {
            // SAFETY: the block came from `blocks::acquire*` with this very length, and nobody else frees it.
            unsafe { blocks::release(self.address, self.bytes) }
        }
    }
}

impl std::fmt::Debug for Buffer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Buffer")
            .field("bytes", &self.bytes)
            .field("writable", &self.writable)
            .field("foreign", &self.is_foreign())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_aligned_and_zeroed_ones_are_zero() {
        for bytes in [0, 1, 63, 64, 1000, 1 << 12, 1 << 20, 5 << 20] {
            let block = Buffer::zeroed(bytes).unwrap();
            assert_eq!(block.address() % ALIGNMENT, 0);
            // SAFETY: the block was just made, is `bytes` long, and nobody writes it.
            let content = unsafe { std::slice::from_raw_parts(block.as_ptr(), bytes) };
            assert!(content.iter().all(|&byte| byte == 0));
        }
    }

    #[test]
    fn an_impossible_size_is_an_error() {
        assert_eq!(
            Buffer::empty(1 << 60).unwrap_err(),
            OutOfMemory { bytes: 1 << 60 }
        );
        assert!(Buffer::zeroed(usize::MAX).is_err());
    }

    #[test]
    fn a_freed_large_block_is_used_again_and_zeroed_ones_stay_zero() {
        for _ in 0..3 {
            let block = Buffer::empty(3 << 20).unwrap();
            // SAFETY: the block is ours alone and that long.
            unsafe { block.as_ptr().write_bytes(0xff, 3 << 20) };
            drop(block);
            let zeros = Buffer::zeroed(3 << 20).unwrap();
            // SAFETY: as above, read only.
            assert_eq!(unsafe { *zeros.as_ptr().add(12345) }, 0);
        }
    }

    #[test]
    fn a_guard_is_dropped_with_its_buffer() {
        let guard = Arc::new(());
        let mut bytes = [1_u8, 2, 3];
        // SAFETY: `bytes` outlives the buffer.
        let buffer =
            unsafe { Buffer::foreign(bytes.as_mut_ptr(), 3, false, Box::new(Arc::clone(&guard))) };
        assert_eq!(Arc::strong_count(&guard), 2);
        assert!(buffer.is_foreign() && !buffer.writable());
        drop(buffer);
        assert_eq!(Arc::strong_count(&guard), 1);
    }
}
