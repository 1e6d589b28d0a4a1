//! How many threads a call may use.

use std::cell::Cell;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The number of threads for the process; 0 until somebody asks.
static THREADS: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    static OVERRIDE: Cell<Option<NonZeroUsize>> = const { Cell::new(None) };
}

/// The number of threads a call made on this thread may use.
///
/// In order: what [`override_threads`] or [`with_threads`] say on this thread, what [`set_num_threads`] said,
/// what the environment variable `RUSTSCI_NUM_THREADS` held when first asked (if a positive whole number), the
/// number of processors this process may run on.
pub fn num_threads() -> usize {
    if let Some(threads) = OVERRIDE.get() {
        return threads.get();
    }
    match THREADS.load(Ordering::Relaxed) {
        0 => initial(),
        threads => threads,
    }
}

#[cold]
fn initial() -> usize {
    let threads = from_environment(std::env::var("RUSTSCI_NUM_THREADS").ok().as_deref())
        .or_else(|| std::thread::available_parallelism().ok())
        .map_or(1, NonZeroUsize::get);
    // Somebody may have set a number meanwhile, which then holds.
    THREADS
        .compare_exchange(0, threads, Ordering::Relaxed, Ordering::Relaxed)
        .err()
        .unwrap_or(threads)
}

fn from_environment(value: Option<&str>) -> Option<NonZeroUsize> {
    value?.trim().parse().ok()
}

/// Sets the number of threads for all calls of the process, from now on.
pub fn set_num_threads(threads: NonZeroUsize) {
    THREADS.store(threads.get(), Ordering::Relaxed);
}

/// Sets the number of threads for calls made on this thread (`None`: as the process has it), and gives the
/// setting it replaces, for whoever ends a `with` block to put back.
pub fn override_threads(threads: Option<NonZeroUsize>) -> Option<NonZeroUsize> {
    OVERRIDE.replace(threads)
}

/// Runs `body` with another number of threads for calls made on this thread.
pub fn with_threads<R>(threads: NonZeroUsize, body: impl FnOnce() -> R) -> R {
    struct Restore(Option<NonZeroUsize>);
    impl Drop for Restore {
        fn drop(&mut self) {
            override_threads(self.0);
        }
    }
    let _restore = Restore(override_threads(Some(threads)));
    body()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_counts_if_it_holds_a_positive_number() {
        assert_eq!(
            from_environment(Some(" 3 ")).map(NonZeroUsize::get),
            Some(3)
        );
        for value in [None, Some(""), Some("0"), Some("-1"), Some("two")] {
            assert_eq!(from_environment(value), None);
        }
    }

    #[test]
    fn overrides_nest_and_end() {
        let (two, three) = (NonZeroUsize::new(2).unwrap(), NonZeroUsize::new(3).unwrap());
        let outside = num_threads();
        with_threads(two, || {
            assert_eq!(num_threads(), 2);
            with_threads(three, || assert_eq!(num_threads(), 3));
            assert_eq!(num_threads(), 2);
            assert_ne!(std::thread::spawn(num_threads).join().unwrap(), 0);
        });
        assert_eq!(num_threads(), outside);
    }
}
