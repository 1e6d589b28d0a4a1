//! The pool where there are no threads: everything runs on the caller's.

/// There is no other thread to be inside of.
pub(crate) fn is_inside() -> bool {
    false
}

/// Runs all blocks in turn.
pub(crate) fn run(count: usize, _threads: usize, work: &(dyn Fn(usize) + Sync)) {
    (0..count).for_each(work);
}
