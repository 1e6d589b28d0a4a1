//! Others' memory for us: the buffer protocol (PEP 3118).

use std::ffi::CStr;
use std::mem::MaybeUninit;

use pyo3::exceptions::PyValueError;
use pyo3::ffi;
use pyo3::prelude::*;
use rustsci_array::Array;

use super::foreign::Description;
use super::format::parse;

/// A view of another object's memory, released when nothing of ours uses it any more.
struct View(Box<ffi::Py_buffer>);

// SAFETY: the view is only read here, and released while attached to the interpreter.
unsafe impl Send for View {}
// SAFETY: as above.
unsafe impl Sync for View {}

impl Drop for View {
    fn drop(&mut self) {
        // SAFETY: the view was obtained once and is released once, attached, while there is an interpreter.
        unsafe {
            if ffi::Py_IsInitialized() == 0 {
                return;
            }
            let state = ffi::PyGILState_Ensure();
            ffi::PyBuffer_Release(&raw mut *self.0);
            ffi::PyGILState_Release(state);
        }
    }
}

impl View {
    /// The object's view, writable if it can be; `None` where the object refuses.
    fn get(object: &Bound<'_, PyAny>) -> Option<Self> {
        for flags in [ffi::PyBUF_FULL, ffi::PyBUF_FULL_RO] {
            let mut view = Box::new(MaybeUninit::<ffi::Py_buffer>::zeroed());
            // SAFETY: the object is live, and the view is ours to be filled.
            if unsafe { ffi::PyObject_GetBuffer(object.as_ptr(), view.as_mut_ptr(), flags) } == 0 {
                // SAFETY: a successful call has filled the view.
                return Some(Self(unsafe { view.assume_init() }));
            }
            drop(PyErr::take(object.py()));
        }
        None
    }

    fn description(&self) -> PyResult<Option<Description>> {
        let view = &*self.0;
        let ndim = view.ndim as usize;
        // SAFETY: the exporter has filled these fields as the protocol says: arrays of `ndim` lengths, a text that ends
        // with a null byte, or null pointers.
        let (shape, strides, format) = unsafe {
            let lengths = |pointer: *mut ffi::Py_ssize_t| {
                (!pointer.is_null() && ndim > 0).then(|| std::slice::from_raw_parts(pointer, ndim).to_vec())
            };
            let format = (!view.format.is_null()).then(|| CStr::from_ptr(view.format).to_string_lossy().into_owned());
            (lengths(view.shape), lengths(view.strides), format)
        };
        if !view.suboffsets.is_null() {
            return Err(PyValueError::new_err("buffers with suboffsets (pointers to rows) cannot become arrays"));
        }
        let size = view.itemsize as usize;
        let Some(dtype) = parse(format.as_deref().unwrap_or("B"), size) else { return Ok(None) };
        let shape = match (shape, ndim) {
            (Some(shape), _) => shape.iter().map(|&n| n as usize).collect(),
            (None, 0) => Vec::new(),
            (None, _) => vec![view.len as usize / size.max(1)],
        };
        Ok(Some(Description { address: view.buf as usize, dtype, shape, strides, writable: view.readonly == 0 }))
    }
}

/// An array over the memory that an object offers by the buffer protocol; `None` if it offers none, or elements of a type
/// that arrays do not have.
pub(crate) fn from_buffer(object: &Bound<'_, PyAny>) -> PyResult<Option<Array>> {
    // SAFETY: looks at the type's slots only.
    if unsafe { ffi::PyObject_CheckBuffer(object.as_ptr()) } == 0 {
        return Ok(None);
    }
    let Some(view) = View::get(object) else { return Ok(None) };
    let Some(description) = view.description()? else { return Ok(None) };
    // SAFETY: the protocol promises the memory until the view is released, which the guard does.
    unsafe { description.into_array(view) }.map(Some)
}
