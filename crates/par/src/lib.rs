//! Threads in one place: a small pool that is deterministic by construction, sleeps when idle and survives `fork`.
//!
//! Work is cut into blocks *by the caller*, by rules that do not look at the number of threads. Which thread
//! runs which block is left to chance, so a result may depend on the blocks alone: the same bits come out for
//! any number of threads.
//!
//! Two things a block should know: it may run on a thread whose floating-point status is its own, so a caller
//! that wants the status reads it at the end of each block; and a call of this crate from inside a block runs
//! on the block's own thread.
#![forbid(unsafe_code)]

#[cfg(not(target_family = "wasm"))]
mod pool;
#[cfg(target_family = "wasm")]
#[path = "inline.rs"]
mod pool;
mod threads;

pub use threads::{num_threads, override_threads, set_num_threads, with_threads};

use std::sync::{Mutex, PoisonError};

/// Runs `work(0)`, `work(1)`, …, `work(count - 1)`, each once, on up to [`num_threads`] threads of which the
/// calling one is the first, and returns when all are done.
///
/// A panic of `work` is passed on to the caller; blocks that had not begun by then are left out.
///
/// ```
/// use std::sync::atomic::{AtomicUsize, Ordering};
/// let sum = AtomicUsize::new(0);
/// rustsci_par::for_each_block(100, &|block| { sum.fetch_add(block, Ordering::Relaxed); });
/// assert_eq!(sum.into_inner(), 4950);
/// ```
pub fn for_each_block(count: usize, work: &(dyn Fn(usize) + Sync)) {
    let threads = if pool::is_inside() {
        1
    } else {
        num_threads().min(count)
    };
    if threads > 1 {
        pool::run(count, threads, work);
    } else {
        (0..count).for_each(work);
    }
}

/// Runs `work` on each of `items`, which are typically disjoint mutable pieces of one slice.
///
/// ```
/// let mut data = vec![1.0; 10];
/// rustsci_par::for_each(data.chunks_mut(4).collect(), &|piece: &mut [f64]| piece.fill(2.0));
/// assert_eq!(data, vec![2.0; 10]);
/// ```
pub fn for_each<I: Send>(items: Vec<I>, work: &(dyn Fn(I) + Sync)) {
    if items.len() < 2 || num_threads() < 2 || pool::is_inside() {
        return items.into_iter().for_each(work);
    }
    let items: Vec<_> = items
        .into_iter()
        .map(|item| Mutex::new(Some(item)))
        .collect();
    for_each_block(items.len(), &|block| {
        // Each index comes once, so the lock is always free and the item always there.
        if let Some(item) = items[block]
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
        {
            work(item);
        }
    });
}
