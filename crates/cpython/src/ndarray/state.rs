//! The part of an instance that may change: attributes such as `shape` can be set.

use rustsci_array::Array;

/// Where an instance keeps its array.
///
/// With a global lock the array is replaced in place, and a borrow of it never lasts across a call into Python. Without
/// one, another thread may be reading, so arrays that were replaced stay as they were until the instance goes.
#[cfg(not(Py_GIL_DISABLED))]
pub(super) struct State(std::cell::UnsafeCell<Array>);

#[cfg(not(Py_GIL_DISABLED))]
impl State {
    pub(super) fn new(array: Array) -> Self {
        Self(std::cell::UnsafeCell::new(array))
    }

    /// The array.
    #[inline(always)]
    pub(super) fn array(&self) -> &Array {
        // SAFETY: replaced only while nothing is borrowed (see `replace`).
        unsafe { &*self.0.get() }
    }

    /// Replaces the array.
    ///
    /// # Safety
    /// Nothing that `array` gave may be in use.
    pub(super) unsafe fn replace(&self, array: Array) {
        // SAFETY: promised by the caller; the lock keeps other threads out.
        let old = unsafe { std::ptr::replace(self.0.get(), array) };
        drop(old);
    }
}

/// See above.
#[cfg(Py_GIL_DISABLED)]
pub(super) struct State {
    first: Array,
    latest: std::sync::atomic::AtomicPtr<Replaced>,
}

/// An array that took the place of another, which readers may still be looking at.
#[cfg(Py_GIL_DISABLED)]
struct Replaced {
    array: Array,
    previous: *mut Replaced,
}

#[cfg(Py_GIL_DISABLED)]
impl State {
    pub(super) fn new(array: Array) -> Self {
        Self {
            first: array,
            latest: std::sync::atomic::AtomicPtr::new(std::ptr::null_mut()),
        }
    }

    /// The array.
    #[inline(always)]
    pub(super) fn array(&self) -> &Array {
        let latest = self.latest.load(std::sync::atomic::Ordering::Acquire);
        if latest.is_null() {
            return &self.first;
        }
        // SAFETY: published by `replace`, and not freed before the instance is.
        unsafe { &(*latest).array }
    }

    /// Replaces the array.
    ///
    /// # Safety
    /// None here; with a global lock nothing may be borrowed.
    pub(super) unsafe fn replace(&self, array: Array) {
        use std::sync::atomic::Ordering;
        let mut previous = self.latest.load(Ordering::Acquire);
        let new = Box::into_raw(Box::new(Replaced { array, previous }));
        while let Err(seen) =
            self.latest
                .compare_exchange(previous, new, Ordering::AcqRel, Ordering::Acquire)
        {
            previous = seen;
            // SAFETY: not published yet, so nobody else looks at it.
            unsafe { (*new).previous = seen };
        }
    }
}

#[cfg(Py_GIL_DISABLED)]
impl Drop for State {
    fn drop(&mut self) {
        let mut next = *self.latest.get_mut();
        while !next.is_null() {
            // SAFETY: made by `replace`; the instance is going, so nobody is reading.
            let replaced = unsafe { Box::from_raw(next) };
            next = replaced.previous;
        }
    }
}
