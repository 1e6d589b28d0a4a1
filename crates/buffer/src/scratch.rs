//! Working memory for one call of a kernel.

use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use crate::element::Element;
use crate::memory::{Buffer, OutOfMemory};

/// Blocks of at least this many bytes are not cleared: their pages were initialised when they were mapped.
const WHOLE_PAGES: usize = 256 << 10;

/// Working memory: a slice of numbers that is freed at the end of the call, its content arbitrary at first.
///
/// Unlike a `Vec`, it takes large blocks from the cache of mapped pages, and a refusal is an error.
///
/// ```
/// let mut scratch = rustsci_buffer::Scratch::<f64>::new(1000)?;
/// scratch.fill(1.0);
/// assert_eq!(scratch.iter().sum::<f64>(), 1000.0);
/// # Ok::<(), rustsci_buffer::OutOfMemory>(())
/// ```
#[derive(Debug)]
pub struct Scratch<T: Element> {
    buffer: Arc<Buffer>,
    len: usize,
    element: PhantomData<T>,
}

impl<T: Element> Scratch<T> {
    /// Memory for `len` elements.
    ///
    /// # Errors
    /// [`OutOfMemory`] when the system refuses.
    pub fn new(len: usize) -> Result<Self, OutOfMemory> {
        let bytes = len
            .checked_mul(size_of::<T>())
            .ok_or(OutOfMemory { bytes: usize::MAX })?;
        let buffer = if bytes < WHOLE_PAGES {
            Buffer::zeroed(bytes)?
        } else {
            Buffer::empty(bytes)?
        };
        Ok(Self {
            buffer,
            len,
            element: PhantomData,
        })
    }
}

impl<T: Element> Deref for Scratch<T> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        // SAFETY: the buffer was made for `len` elements, aligned beyond any of theirs; its bytes are
        // initialised, any bytes are elements, and it is never handed out but through this borrow.
        unsafe { std::slice::from_raw_parts(self.buffer.as_ptr().cast(), self.len) }
    }
}

impl<T: Element> DerefMut for Scratch<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut [T] {
        // SAFETY: as for `deref`, and the borrow is unique.
        unsafe { std::slice::from_raw_parts_mut(self.buffer.as_ptr().cast(), self.len) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scratch_of_any_size_can_be_filled() {
        for len in [0, 1, 100, 40_000, 300_000] {
            let mut scratch = Scratch::<f64>::new(len).unwrap();
            assert_eq!(scratch.len(), len);
            scratch.fill(2.0);
            assert!(scratch.iter().all(|&value| value == 2.0));
        }
    }

    #[test]
    fn an_impossible_size_is_an_error() {
        assert!(Scratch::<f64>::new(usize::MAX / 4).is_err());
        assert!(Scratch::<u8>::new(1 << 60).is_err());
    }
}
