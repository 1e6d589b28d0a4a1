//! What is asked of objects below Python's own protocols.

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PySlice;
use rustpython_vm::builtins;

/// Whether weak references to an object exist: RustPython counts them itself, and leaves the field that CPython has alone.
pub(crate) fn has_weak_references(object: &Bound<'_, PyAny>, _list: *mut ffi::PyObject) -> bool {
    object.object().weak_count().is_some_and(|count| count > 0)
}

/// The class that a class is laid out as; null for `object`.
///
/// # Safety
/// `class` must be a live class.
pub(crate) unsafe fn base_of(class: *mut ffi::PyTypeObject) -> *mut ffi::PyTypeObject {
    // SAFETY: promised by the caller.
    unsafe { ffi::base_of(class) }
}

/// The start, stop and step of a slice.
pub(crate) fn slice_members<'py>(slice: &Bound<'py, PySlice>) -> [Bound<'py, PyAny>; 3] {
    let py = slice.py();
    let none = || py.None().into_bound(py);
    match slice.object().downcast_ref::<builtins::PySlice>() {
        Some(members) => [
            members
                .start
                .clone()
                .map_or_else(none, |start| Bound::wrap(py, start)),
            Bound::wrap(py, members.stop.clone()),
            members
                .step
                .clone()
                .map_or_else(none, |step| Bound::wrap(py, step)),
        ],
        None => [none(), none(), none()],
    }
}

/// Whether an object can be repeated as sequences are, and not multiplied as numbers are.
pub(crate) fn only_repeats(object: &Bound<'_, PyAny>) -> bool {
    let slots = object.object().class().slots();
    slots.as_sequence.repeat.load().is_some() && slots.as_number.multiply.load().is_none()
}

/// Writes to `sys.stderr`.
pub(crate) fn write_stderr(_py: Python<'_>, text: &str) {
    ffi::write_stderr(text);
}
