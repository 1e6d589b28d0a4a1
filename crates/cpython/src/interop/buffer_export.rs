//! Our memory for others: the buffer protocol (PEP 3118).

use std::ffi::{c_int, c_void};
use std::ptr;

use pyo3::exceptions::PyBufferError;
use pyo3::ffi;
use pyo3::prelude::*;
use rustsci_array::Array;

use super::format::format;
use crate::c_api::{borrowed, slot};
use crate::ndarray;

/// What a view points into besides the elements; it lives as long as the view.
struct Extras {
    shape: Vec<ffi::Py_ssize_t>,
    strides: Vec<ffi::Py_ssize_t>,
    /// Keeps the memory, should the array be given another.
    _array: Array,
}

/// Refuses a request that the array's memory cannot meet.
fn check(array: &Array, flags: c_int) -> PyResult<()> {
    let asked = |flag: c_int| flags & flag == flag;
    if asked(ffi::PyBUF_WRITABLE) && !array.is_writeable() {
        return Err(PyBufferError::new_err("buffer source array is read-only"));
    }
    let (c, f) = (array.is_c_contiguous(), array.is_f_contiguous());
    let message = if asked(ffi::PyBUF_C_CONTIGUOUS) && !c {
        "ndarray is not C-contiguous"
    } else if asked(ffi::PyBUF_F_CONTIGUOUS) && !f {
        "ndarray is not Fortran contiguous"
    } else if asked(ffi::PyBUF_ANY_CONTIGUOUS) && !c && !f {
        "ndarray is not contiguous"
    } else if !asked(ffi::PyBUF_STRIDES) && !c {
        "ndarray is not C-contiguous"
    } else {
        return Ok(());
    };
    Err(PyBufferError::new_err(message))
}

/// The slot `bf_getbuffer`.
pub(crate) unsafe extern "C" fn get_buffer(
    object: *mut ffi::PyObject,
    view: *mut ffi::Py_buffer,
    flags: c_int,
) -> c_int {
    slot(|py| {
        if view.is_null() {
            return Err(PyBufferError::new_err("NULL view in getbuffer"));
        }
        // SAFETY: CPython hands over a live array and a view to fill; a view without object is how a refusal looks.
        let object = unsafe {
            (*view).obj = ptr::null_mut();
            borrowed(py, object)
        };
        let array = ndarray::array(&object).clone();
        check(&array, flags)?;
        let asked = |flag: c_int| flags & flag == flag;
        let mut extras = Box::new(Extras {
            shape: array.shape().iter().map(|&n| n as ffi::Py_ssize_t).collect(),
            strides: array.strides().to_vec(),
            _array: array.clone(),
        });
        let ndim = array.ndim() as c_int;
        // SAFETY: the view is CPython's to read from now on; shape and strides live in `extras`, which the view owns.
        unsafe {
            (*view).buf = array.address() as *mut c_void;
            (*view).len = (array.size() * array.item_size()) as ffi::Py_ssize_t;
            (*view).readonly = c_int::from(!array.is_writeable());
            (*view).itemsize = array.item_size() as ffi::Py_ssize_t;
            (*view).format = match asked(ffi::PyBUF_FORMAT) {
                true => format(array.dtype()).as_ptr().cast_mut(),
                false => ptr::null_mut(),
            };
            (*view).ndim = ndim;
            (*view).shape = if asked(ffi::PyBUF_ND) { extras.shape.as_mut_ptr() } else { ptr::null_mut() };
            (*view).strides = if asked(ffi::PyBUF_STRIDES) { extras.strides.as_mut_ptr() } else { ptr::null_mut() };
            (*view).suboffsets = ptr::null_mut();
            (*view).internal = Box::into_raw(extras).cast();
            (*view).obj = object.to_owned().into_ptr();
        }
        Ok(0)
    })
}

/// The slot `bf_releasebuffer`.
pub(crate) unsafe extern "C" fn release_buffer(_object: *mut ffi::PyObject, view: *mut ffi::Py_buffer) {
    // SAFETY: CPython releases a view once, and `internal` is what `get_buffer` put there.
    unsafe {
        if !(*view).internal.is_null() {
            drop(Box::from_raw((*view).internal.cast::<Extras>()));
            (*view).internal = ptr::null_mut();
        }
    }
}
