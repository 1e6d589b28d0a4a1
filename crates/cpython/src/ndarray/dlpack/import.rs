//! Borrowing the memory of another library.

use std::ptr;

use pyo3::exceptions::{PyBufferError, PyRuntimeError, PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use rustsci_array::Order;
use rustsci_buffer::{Layout, Shape, Strides};

use super::super::{wrap, wrap_foreign};
use super::tensor::{
    IS_COPIED, READ_ONLY, Tensor, UNVERSIONED, UNVERSIONED_USED, Unversioned, VERSIONED,
    VERSIONED_USED, Versioned, dtype_of,
};
use crate::c_api::Held;
use crate::call::{Call, IntoPyErr};
use crate::coerce;

/// Gives a borrowed tensor back to the library that it came from.
enum Borrowed {
    Versioned(*mut Versioned),
    Unversioned(*mut Unversioned),
}

// SAFETY: the pointer is only handed to the deleter, which the protocol allows on any thread.
unsafe impl Send for Borrowed {}
// SAFETY: as above.
unsafe impl Sync for Borrowed {}

impl Drop for Borrowed {
    fn drop(&mut self) {
        // SAFETY: the tensor was taken out of its capsule, so its deleter is ours to call, once.
        unsafe {
            match *self {
                Self::Versioned(managed) => {
                    if let Some(delete) = (*managed).deleter {
                        delete(managed);
                    }
                }
                Self::Unversioned(managed) => {
                    if let Some(delete) = (*managed).deleter {
                        delete(managed);
                    }
                }
            }
        }
    }
}

/// Keeps a borrowed tensor until the last array over it is gone.
#[pyclass(name = "_DLPackOwner", module = "rustsci", frozen)]
struct Owner(#[allow(dead_code, reason = "held only to be dropped")] Borrowed);

/// `from_dlpack`.
pub(super) fn import<'py>(call: &Call<'_, 'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = call.py;
    let object = call.required(0)?;
    let copy: Option<bool> = call.get(2)?;
    if let Some(device) = call.not_none(1)
        && device.str()? != "cpu"
    {
        return Err(PyValueError::new_err(
            "from_dlpack: device must be None or 'cpu'",
        ));
    }
    let keywords = PyDict::new(py);
    keywords.set_item("dl_device", py.None())?;
    keywords.set_item("copy", copy)?;
    keywords.set_item("max_version", (1, 0))?;
    let method = object.getattr("__dlpack__")?;
    let capsule = match method.call((), Some(&keywords)) {
        // Libraries from before version 1 take no keywords.
        Err(error) if error.is_instance_of::<PyTypeError>(py) => {
            if copy.is_some() {
                return Err(error);
            }
            method.call0()?
        }
        other => other?,
    };
    let (borrowed, tensor, writeable, fresh) = take(&capsule)?;
    // SAFETY: the tensor lives until `borrowed` is dropped.
    let tensor = unsafe { &*tensor };
    if ![1, 2, 3, 13].contains(&tensor.device.kind) {
        return Err(PyRuntimeError::new_err("Unsupported device in DLTensor."));
    }
    let Some(dtype) = dtype_of(tensor.dtype) else {
        return Err(PyRuntimeError::new_err("Unsupported dtype in DLTensor."));
    };
    let ndim = tensor.ndim as usize;
    // SAFETY: the tables have an entry for each axis, unless there is none or they are null.
    let table = |pointer: *mut i64| unsafe {
        (!pointer.is_null() && ndim > 0).then(|| std::slice::from_raw_parts(pointer, ndim))
    };
    let shape: Shape = table(tensor.shape)
        .unwrap_or_default()
        .iter()
        .map(|&n| n as usize)
        .collect();
    let item = dtype.item_size();
    let strides = match table(tensor.strides) {
        Some(strides) => strides
            .iter()
            .map(|&stride| stride as isize * item as isize)
            .collect::<Strides>(),
        None => Layout::packed(&shape, item, Order::C).strides,
    };
    let address = tensor
        .data
        .cast::<u8>()
        .wrapping_add(tensor.byte_offset as usize);
    let owner = Bound::new(py, Owner(borrowed))?.into_any();
    let guard = Held::new(owner.clone());
    // SAFETY: the other library promises by the protocol that the memory lives until the deleter is called.
    let result = unsafe { coerce::over(address, shape, strides, &dtype, writeable, guard) };
    if copy == Some(true) && !fresh {
        let copied = result
            .copied(rustsci_array::array::CopyOrder::K)
            .map_err(|error| error.into_py_err(py))?;
        return wrap(py, copied);
    }
    wrap_foreign(result, owner)
}

/// Takes the tensor out of a capsule: the tensor, whether it may be written, whether it is a copy.
fn take(capsule: &Bound<'_, PyAny>) -> PyResult<(Borrowed, *const Tensor, bool, bool)> {
    let pointer = capsule.as_ptr();
    // SAFETY: the functions check that the object is a capsule of that name; a valid one holds such a tensor, and is
    // renamed so that nobody else takes it.
    unsafe {
        if ffi::PyCapsule_IsValid(pointer, VERSIONED.as_ptr()) != 0 {
            let managed: *mut Versioned =
                ffi::PyCapsule_GetPointer(pointer, VERSIONED.as_ptr()).cast();
            if (*managed).version[0] > 1 {
                return Err(PyBufferError::new_err(format!(
                    "from_dlpack(): the exported DLPack major version is {}, but at most 1 is supported",
                    (*managed).version[0]
                )));
            }
            ffi::PyCapsule_SetName(pointer, VERSIONED_USED.as_ptr());
            let flags = (*managed).flags;
            return Ok((
                Borrowed::Versioned(managed),
                ptr::from_ref(&(*managed).tensor),
                flags & READ_ONLY == 0,
                flags & IS_COPIED != 0,
            ));
        }
        if ffi::PyCapsule_IsValid(pointer, UNVERSIONED.as_ptr()) != 0 {
            let managed: *mut Unversioned =
                ffi::PyCapsule_GetPointer(pointer, UNVERSIONED.as_ptr()).cast();
            ffi::PyCapsule_SetName(pointer, UNVERSIONED_USED.as_ptr());
            // Nothing says whether such memory may be written, so it is not.
            return Ok((
                Borrowed::Unversioned(managed),
                ptr::from_ref(&(*managed).tensor),
                false,
                false,
            ));
        }
    }
    Err(PyTypeError::new_err(
        "__dlpack__ did not return a capsule with a tensor",
    ))
}
