//! The buffer protocol (PEP 3118): arrays lend their memory.

use std::ffi::{CStr, c_int};
use std::ptr;

use pyo3::exceptions::PyBufferError;
use pyo3::ffi;
use rustsci_array::{Array, DType};

use super::array;
use crate::c_api::{Class, borrowed, slot};

/// The `struct` code of a dtype's elements.
pub(crate) fn buffer_format(dtype: &DType) -> &'static CStr {
    match dtype {
        DType::Bool => c"?",
        DType::Int8 => c"b",
        DType::UInt8 => c"B",
        DType::Int16 => c"h",
        DType::UInt16 => c"H",
        DType::Int32 => c"i",
        DType::UInt32 => c"I",
        DType::Int64 if cfg!(windows) => c"q",
        DType::UInt64 if cfg!(windows) => c"Q",
        DType::Int64 => c"l",
        DType::UInt64 => c"L",
        DType::Float16 => c"e",
        DType::Float32 => c"f",
        DType::Float64 => c"d",
        DType::Complex64 => c"Zf",
        DType::Complex128 => c"Zd",
    }
}

/// The code of elements that lie where the processor would not put them: of standard size, without alignment.
fn unaligned_format(dtype: &DType) -> &'static CStr {
    match dtype {
        DType::Int16 => c"=h",
        DType::UInt16 => c"=H",
        DType::Int32 => c"=i",
        DType::UInt32 => c"=I",
        DType::Int64 => c"=q",
        DType::UInt64 => c"=Q",
        DType::Float16 => c"=e",
        DType::Float32 => c"=f",
        DType::Float64 => c"=d",
        DType::Complex64 => c"=Zf",
        DType::Complex128 => c"=Zd",
        DType::Bool | DType::Int8 | DType::UInt8 => buffer_format(dtype),
    }
}

/// Adds the protocol to the class.
///
/// # Safety
/// As for [`Class::slot`].
pub(super) unsafe fn slots(class: Class) -> Class {
    // SAFETY: the functions fit their slots, and are written for arrays.
    unsafe {
        class
            .slot(ffi::Py_bf_getbuffer, get as *mut _)
            .slot(ffi::Py_bf_releasebuffer, release as *mut _)
    }
}

/// What a loan needs to keep: shape and strides, which the array may change meanwhile.
struct Loan {
    shape: Box<[isize]>,
    strides: Box<[isize]>,
    _array: Array,
}

unsafe extern "C" fn get(
    object: *mut ffi::PyObject,
    view: *mut ffi::Py_buffer,
    flags: c_int,
) -> c_int {
    slot(|py| {
        // SAFETY: CPython hands over a live array and a description to fill.
        let (object, view) = unsafe { (borrowed(py, object), &mut *view) };
        view.obj = ptr::null_mut();
        let own = array(&object).clone();
        check(&own, flags).map_err(PyBufferError::new_err)?;
        let wants = |flag: c_int| flags & flag == flag;
        view.buf = own.address() as *mut _;
        view.len = (own.size() * own.item_size()) as isize;
        view.itemsize = own.item_size() as isize;
        view.readonly = c_int::from(!own.is_writeable());
        view.ndim = own.ndim() as c_int;
        view.format = if wants(ffi::PyBUF_FORMAT) {
            let format = if own.is_aligned() {
                buffer_format(own.dtype())
            } else {
                unaligned_format(own.dtype())
            };
            format.as_ptr().cast_mut()
        } else {
            ptr::null_mut()
        };
        let mut loan = Box::new(Loan {
            shape: own.shape().iter().map(|&n| n as isize).collect(),
            strides: packed_or_own_strides(&own),
            _array: own,
        });
        let axes = |axes: &mut Box<[isize]>, wanted: bool| {
            if wanted && !axes.is_empty() {
                axes.as_mut_ptr()
            } else {
                ptr::null_mut()
            }
        };
        view.shape = axes(&mut loan.shape, wants(ffi::PyBUF_ND));
        view.strides = axes(&mut loan.strides, wants(ffi::PyBUF_STRIDES));
        if !wants(ffi::PyBUF_ND) {
            view.ndim = 1;
        }
        view.suboffsets = ptr::null_mut();
        view.internal = Box::into_raw(loan).cast();
        view.obj = object.to_owned().into_ptr();
        Ok(0)
    })
}

/// The strides to lend: those of a packed array look packed even along axes of length one.
fn packed_or_own_strides(own: &Array) -> Box<[isize]> {
    if !own.is_c_contiguous() && !own.is_f_contiguous() {
        return own.strides().into();
    }
    let mut step = own.item_size();
    let mut packed = |&n: &usize| {
        let stride = step as isize;
        step *= n;
        stride
    };
    if !own.is_c_contiguous() {
        return own.shape().iter().map(packed).collect();
    }
    let mut strides: Vec<isize> = own.shape().iter().rev().map(&mut packed).collect();
    strides.reverse();
    strides.into()
}

/// Whether the array can be lent in the way that is asked for.
fn check(own: &Array, flags: c_int) -> Result<(), &'static str> {
    let wants = |flag: c_int| flags & flag == flag;
    if wants(ffi::PyBUF_WRITABLE) && !own.is_writeable() {
        return Err("buffer source array is read-only");
    }
    if wants(ffi::PyBUF_ANY_CONTIGUOUS) {
        if !own.is_c_contiguous() && !own.is_f_contiguous() {
            return Err("ndarray is not contiguous");
        }
    } else if wants(ffi::PyBUF_C_CONTIGUOUS) && !own.is_c_contiguous() {
        return Err("ndarray is not C-contiguous");
    } else if wants(ffi::PyBUF_F_CONTIGUOUS) && !own.is_f_contiguous() {
        return Err("ndarray is not Fortran contiguous");
    } else if !wants(ffi::PyBUF_STRIDES) && !own.is_c_contiguous() {
        return Err("ndarray is not C-contiguous");
    }
    Ok(())
}

unsafe extern "C" fn release(_object: *mut ffi::PyObject, view: *mut ffi::Py_buffer) {
    // SAFETY: `internal` is what `get` put there, or null; CPython releases a loan once.
    unsafe {
        let loan = ptr::replace(&raw mut (*view).internal, ptr::null_mut());
        if !loan.is_null() {
            drop(Box::from_raw(loan.cast::<Loan>()));
        }
    }
}
