//! The border between slots and Rust functions that may fail or panic.

use std::ffi::c_int;
use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::exceptions::PySystemError;
use pyo3::ffi;
use pyo3::prelude::*;

/// What a slot gives when it has set an exception.
pub(crate) trait Failure {
    const FAILURE: Self;
}

impl Failure for *mut ffi::PyObject {
    const FAILURE: Self = std::ptr::null_mut();
}

impl Failure for c_int {
    const FAILURE: Self = -1;
}

impl Failure for isize {
    const FAILURE: Self = -1;
}

impl Failure for ffi::Py_hash_t {
    const FAILURE: Self = -1;
}

/// Runs the body of a slot: its error is left for the caller, and so is a panic, as a `SystemError`.
#[inline]
pub(crate) fn slot<T: Failure>(body: impl FnOnce(Python<'_>) -> PyResult<T>) -> T {
    // SAFETY: slots are called by code of the machine that runs.
    let py = unsafe { Python::assume_attached() };
    match catch_unwind(AssertUnwindSafe(|| body(py))) {
        Ok(Ok(result)) => result,
        Ok(Err(error)) => fail(py, error),
        Err(panic) => {
            panicked(py, panic.as_ref());
            T::FAILURE
        }
    }
}

#[cold]
#[inline(never)]
fn fail<T: Failure>(py: Python<'_>, error: PyErr) -> T {
    error.restore(py);
    T::FAILURE
}

/// Sets the exception for a panic: a mistake in this library, never in the program that uses it.
#[cold]
fn panicked(py: Python<'_>, panic: &(dyn std::any::Any + Send)) {
    let message = panic
        .downcast_ref::<&str>()
        .map(|message| (*message).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_default();
    PySystemError::new_err(format!("rustsci failed: {message}")).restore(py);
}
