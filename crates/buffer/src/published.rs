//! A value of the whole process that is read and replaced without locks.

use std::ptr::{self, NonNull};
use std::sync::atomic::{AtomicPtr, Ordering};

/// A place for a process-wide value. Replaced values stay allocated, so references to them stay good.
///
/// A lock (or [`OnceLock`](std::sync::OnceLock)) that another thread held at the moment of a `fork` is held
/// for ever in the child; this place cannot be.
///
/// ```
/// use rustsci_buffer::published::Published;
/// static PLACE: Published<u32> = Published::empty();
/// assert_eq!(*PLACE.get_or_replace(|_| false, || 1), 1);
/// assert_eq!(*PLACE.get_or_replace(|_| false, || 2), 1);
/// assert_eq!(*PLACE.get_or_replace(|&value| value < 3, || 3), 3);
/// ```
#[derive(Debug)]
pub struct Published<T: 'static>(AtomicPtr<T>);

impl<T: Send + Sync + 'static> Published<T> {
    /// A place without a value yet.
    pub const fn empty() -> Self {
        Self(AtomicPtr::new(ptr::null_mut()))
    }

    /// The present value; or, where there is none or it is `stale`, what `make` gives, unless another
    /// thread was faster: then its value.
    pub fn get_or_replace(
        &self,
        stale: impl Fn(&T) -> bool,
        make: impl FnOnce() -> T,
    ) -> &'static T {
        let mut seen = self.0.load(Ordering::Acquire);
        if let Some(value) = Self::usable(seen, &stale) {
            return value;
        }
        let made = Box::into_raw(Box::new(make()));
        while let Err(theirs) =
            self.0
                .compare_exchange(seen, made, Ordering::AcqRel, Ordering::Acquire)
        {
            seen = theirs;
            if let Some(value) = Self::usable(seen, &stale) {
                // SAFETY: `made` was not published, so this is the box's only owner.
                drop(unsafe { Box::from_raw(made) });
                return value;
            }
        }
        // SAFETY: `made` comes from the box above, which nobody frees any more.
        unsafe { &*made }
    }

    fn usable(value: *mut T, stale: &impl Fn(&T) -> bool) -> Option<&'static T> {
        // SAFETY: `value` was read from the place, so it is null or a published box, which nobody frees.
        NonNull::new(value)
            .map(|value| unsafe { value.as_ref() })
            .filter(|value| !stale(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_threads_see_one_value() {
        static PLACE: Published<usize> = Published::empty();
        let seen: Vec<usize> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8)
                .map(|i| scope.spawn(move || *PLACE.get_or_replace(|_| false, || i)))
                .collect();
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap())
                .collect()
        });
        assert!(seen.iter().all(|value| *value == seen[0]));
    }

    #[test]
    fn replaced_values_stay_readable() {
        static PLACE: Published<String> = Published::empty();
        let first = PLACE.get_or_replace(|_| false, || "first".into());
        let second = PLACE.get_or_replace(|value| value == "first", || "second".into());
        assert_eq!((first.as_str(), second.as_str()), ("first", "second"));
    }
}
