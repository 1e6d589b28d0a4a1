//! Copying bytes that lie together.

use crate::memory::Buffer;

/// Copies `count` bytes from one buffer to another (or the same: the ranges may overlap).
///
/// # Panics
/// If a range reaches outside its buffer, or the destination is read-only.
#[inline]
pub fn copy_bytes(destination: (&Buffer, usize), source: (&Buffer, usize), count: usize) {
    let inside = |(buffer, start): (&Buffer, usize)| {
        start
            .checked_add(count)
            .is_some_and(|end| end <= buffer.len())
    };
    assert!(inside(destination) && inside(source), "bytes out of bounds");
    assert!(destination.0.writable(), "read-only memory");
    let (to, from) = (
        destination.0.as_ptr().wrapping_add(destination.1),
        source.0.as_ptr().wrapping_add(source.1),
    );
    // SAFETY: both ranges lie inside their buffers, and the first may be written.
    unsafe { std::ptr::copy(from, to, count) };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{load, store};

    #[test]
    fn ranges_may_overlap() {
        let buffer = Buffer::zeroed(64).unwrap();
        (0..8).for_each(|i| store(&buffer, 8 * i, i as u64));
        copy_bytes((&buffer, 8), (&buffer, 0), 56);
        assert_eq!(load::<u64>(&buffer, 56), 6);
    }

    #[test]
    #[should_panic(expected = "out of bounds")]
    fn ranges_must_lie_inside() {
        let buffer = Buffer::zeroed(64).unwrap();
        copy_bytes((&buffer, 8), (&buffer, 0), 57);
    }
}
