//! Vectors whose memory may be refused.

use rustsci_buffer::OutOfMemory;

use crate::Result;

/// An empty vector with room for `count` elements.
///
/// # Errors
/// If the memory cannot be had.
pub(crate) fn with_room<T>(count: usize) -> Result<Vec<T>> {
    let mut vector = Vec::new();
    let bytes = count.saturating_mul(size_of::<T>());
    vector
        .try_reserve_exact(count)
        .map_err(|_| OutOfMemory { bytes })?;
    Ok(vector)
}

/// A vector of `count` times the same element.
///
/// # Errors
/// If the memory cannot be had.
pub(crate) fn filled<T: Clone>(count: usize, element: T) -> Result<Vec<T>> {
    let mut vector = with_room(count)?;
    vector.resize(count, element);
    Ok(vector)
}
