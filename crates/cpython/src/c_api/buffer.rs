//! Memory that objects lend (PEP 3118).

use std::ffi::CStr;

use pyo3::ffi;
use pyo3::prelude::*;

use super::owned;

/// A memory view as CPython lays it out (`PyMemoryViewObject`), up to the description.
#[repr(C)]
struct MemoryView {
    head: ffi::PyVarObject,
    managed: *mut ffi::PyObject,
    hash: ffi::Py_hash_t,
    flags: std::ffi::c_int,
    exports: isize,
    view: ffi::Py_buffer,
}

/// Memory that an object lends, as a memory view describes it.
pub(crate) struct Lent<'py>(Bound<'py, PyAny>);

impl<'py> Lent<'py> {
    /// Asks an object for its memory.
    pub(crate) fn of(object: &Bound<'py, PyAny>) -> PyResult<Self> {
        // SAFETY: makes a new object from a live one.
        unsafe { owned(object.py(), ffi::PyMemoryView_FromObject(object.as_ptr())) }.map(Self)
    }

    fn description(&self) -> &ffi::Py_buffer {
        // SAFETY: the object is a memory view, made above; the description in it lives as long as it.
        unsafe { &(*self.0.as_ptr().cast::<MemoryView>()).view }
    }

    fn axes(&self, table: *mut isize) -> Option<&[isize]> {
        let ndim = self.ndim();
        // SAFETY: the tables of a description have an entry for each axis, unless they are null.
        (!table.is_null() && ndim > 0).then(|| unsafe { std::slice::from_raw_parts(table, ndim) })
    }

    /// Where the first element is.
    pub(crate) fn address(&self) -> *mut u8 {
        self.description().buf.cast()
    }

    /// Bytes of all elements.
    pub(crate) fn bytes(&self) -> usize {
        self.description().len as usize
    }

    /// Bytes of one element.
    pub(crate) fn item_size(&self) -> usize {
        self.description().itemsize as usize
    }

    /// Whether elements may be written.
    pub(crate) fn is_writeable(&self) -> bool {
        self.description().readonly == 0
    }

    /// The `struct` code of the elements.
    pub(crate) fn format(&self) -> &CStr {
        let format = self.description().format;
        if format.is_null() {
            return c"B";
        }
        // SAFETY: a description's format ends with a zero and lives as long as it.
        unsafe { CStr::from_ptr(format) }
    }

    /// The number of axes.
    pub(crate) fn ndim(&self) -> usize {
        self.description().ndim as usize
    }

    /// The lengths of the axes.
    pub(crate) fn shape(&self) -> Option<&[isize]> {
        self.axes(self.description().shape)
    }

    /// The steps along the axes.
    pub(crate) fn strides(&self) -> Option<&[isize]> {
        self.axes(self.description().strides)
    }

    /// Whether elements are reached by pointers on the way.
    pub(crate) fn is_indirect(&self) -> bool {
        let offsets = self.axes(self.description().suboffsets);
        offsets.is_some_and(|offsets| offsets.iter().any(|&offset| offset >= 0))
    }

    /// Whether the elements lie packed in either order.
    pub(crate) fn is_contiguous(&self) -> bool {
        // SAFETY: asks the description only.
        unsafe { ffi::PyBuffer_IsContiguous(self.description(), b'A' as _) != 0 }
    }

    /// The object that keeps the memory.
    pub(crate) fn into_owner(self) -> Bound<'py, PyAny> {
        self.0
    }
}
