//! What is asked of objects below Python's own protocols.

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PySlice;

/// A new instance of a class, with its fields for the caller to write.
///
/// # Safety
/// `class` must be a live class, and the fields must be written before anyone sees the object.
#[inline]
pub(crate) unsafe fn allocate<'py>(
    py: Python<'py>,
    class: *mut ffi::PyTypeObject,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: promised by the caller.
    unsafe {
        let allocate = (*class).tp_alloc.unwrap_or(ffi::PyType_GenericAlloc);
        super::owned(py, allocate(class, 0))
    }
}

/// Gives back the memory of an instance, and the reference that it held to its class.
///
/// # Safety
/// The last reference to the object must be gone, and its fields dropped.
pub(crate) unsafe fn free(object: *mut ffi::PyObject) {
    // SAFETY: promised by the caller; the memory is freed by the class's allocator.
    unsafe {
        let class = ffi::Py_TYPE(object);
        if let Some(free) = (*class).tp_free {
            free(object.cast());
        }
        ffi::Py_DECREF(class.cast());
    }
}

/// Whether weak references to an object exist: CPython lists them in a field of the object.
pub(crate) fn has_weak_references(_object: &Bound<'_, PyAny>, list: *mut ffi::PyObject) -> bool {
    !list.is_null()
}

/// The class that a class is laid out as; null for `object`.
///
/// # Safety
/// `class` must be a live class.
#[inline]
pub(crate) unsafe fn base_of(class: *mut ffi::PyTypeObject) -> *mut ffi::PyTypeObject {
    // SAFETY: promised by the caller.
    unsafe { (*class).tp_base }
}

/// The start, stop and step of a slice.
#[inline]
pub(crate) fn slice_members<'a, 'py>(
    slice: &'a Bound<'py, PySlice>,
) -> [pyo3::Borrowed<'a, 'py, PyAny>; 3] {
    // SAFETY: the object is a slice, whose members live as long as it.
    unsafe {
        let members = &*slice.as_ptr().cast::<ffi::PySliceObject>();
        [members.start, members.stop, members.step]
            .map(|member| pyo3::Borrowed::from_ptr(slice.py(), member))
    }
}

/// Whether an object can be repeated as sequences are, and not multiplied as numbers are.
pub(crate) fn only_repeats(object: &Bound<'_, PyAny>) -> bool {
    // SAFETY: looks at the slots of a live type.
    unsafe {
        let class = &*object.get_type_ptr();
        let (sequence, number) = (class.tp_as_sequence, class.tp_as_number);
        !sequence.is_null()
            && (*sequence).sq_repeat.is_some()
            && (number.is_null() || (*number).nb_multiply.is_none())
    }
}

/// Writes to `sys.stderr`.
pub(crate) fn write_stderr(_py: Python<'_>, text: &str) {
    if let Ok(text) = std::ffi::CString::new(text) {
        // SAFETY: the text is passed as the argument of a format that takes one.
        unsafe { ffi::PySys_WriteStderr(c"%s".as_ptr(), text.as_ptr()) };
    }
}
