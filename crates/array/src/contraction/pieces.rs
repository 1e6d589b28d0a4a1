//! Sharing a result among threads.

use std::sync::{Mutex, PoisonError};

use rustsci_buffer::OutOfMemory;

use crate::Result;
use crate::exec;

/// Calls `work` on each piece of `out`, `len` elements long, and the index of its first element.
///
/// # Errors
/// The first failure.
pub(super) fn for_each_piece<T: Send>(
    out: &mut [T],
    len: usize,
    work: &(dyn Fn(usize, &mut [T]) -> std::result::Result<(), OutOfMemory> + Sync),
) -> Result<()> {
    if out.len() <= len {
        return Ok(work(0, out)?);
    }
    let pieces: Vec<_> = out
        .chunks_mut(len)
        .map(|piece| Mutex::new(Some(piece)))
        .collect();
    exec::for_each_block(pieces.len(), &|i| {
        let piece = pieces[i]
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        piece.map_or(Ok(()), |piece| work(i * len, piece))
    })
}
