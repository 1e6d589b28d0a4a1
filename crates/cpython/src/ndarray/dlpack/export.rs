//! Lending an array's memory.

use std::ffi::c_void;

use pyo3::exceptions::{PyBufferError, PyRuntimeError, PyTypeError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use rustsci_array::{Array, DType};

use super::super::array;
use super::tensor::{
    CPU, IS_COPIED, READ_ONLY, Tensor, UNVERSIONED, Unversioned, VERSIONED, Versioned, type_code,
};
use crate::c_api::{Held, owned};
use crate::call::{Call, IntoPyErr};

/// Keeps what a lent tensor points to.
struct Loan {
    shape: Vec<i64>,
    strides: Vec<i64>,
    _array: Array,
    /// The object that was asked, unless it was copied.
    _object: Option<Held>,
}

impl Loan {
    fn new(array: Array, object: Option<Held>) -> Box<Self> {
        let item = array.item_size() as i64;
        Box::new(Self {
            shape: array.shape().iter().map(|&n| n as i64).collect(),
            strides: array
                .strides()
                .iter()
                .zip(array.shape())
                .map(|(&stride, &n)| if n == 1 { 1 } else { stride as i64 / item })
                .collect(),
            _array: array,
            _object: object,
        })
    }

    /// The tensor, which points into this loan.
    fn tensor(&mut self, address: usize, dtype: &DType) -> Tensor {
        Tensor {
            data: address as *mut c_void,
            device: CPU,
            ndim: self.shape.len() as i32,
            dtype: type_code(dtype),
            shape: self.shape.as_mut_ptr(),
            strides: self.strides.as_mut_ptr(),
            byte_offset: 0,
        }
    }
}

unsafe extern "C" fn delete_versioned(managed: *mut Versioned) {
    // SAFETY: made by `export` from two boxes; the consumer calls this once.
    unsafe {
        drop(Box::from_raw((*managed).context.cast::<Loan>()));
        drop(Box::from_raw(managed));
    }
}

unsafe extern "C" fn delete_unversioned(managed: *mut Unversioned) {
    // SAFETY: as above.
    unsafe {
        drop(Box::from_raw((*managed).context.cast::<Loan>()));
        drop(Box::from_raw(managed));
    }
}

/// Frees a tensor whose capsule nobody has consumed.
unsafe extern "C" fn delete_capsule(capsule: *mut ffi::PyObject) {
    // SAFETY: the capsule is live and holds, by its name, one of the two kinds of tensor.
    unsafe {
        if ffi::PyCapsule_IsValid(capsule, VERSIONED.as_ptr()) != 0 {
            delete_versioned(ffi::PyCapsule_GetPointer(capsule, VERSIONED.as_ptr()).cast());
        } else if ffi::PyCapsule_IsValid(capsule, UNVERSIONED.as_ptr()) != 0 {
            delete_unversioned(ffi::PyCapsule_GetPointer(capsule, UNVERSIONED.as_ptr()).cast());
        }
    }
}

/// `__dlpack__`.
pub(super) fn export<'py>(call: &Call<'_, 'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = call.py;
    let own = call.required(0)?;
    if call.not_none(1).is_some() {
        return Err(PyRuntimeError::new_err("NumPy only supports stream=None."));
    }
    if let Some(device) = call.not_none(3) {
        let device: (i32, i32) = device.extract()?;
        if device != (CPU.kind, CPU.id) {
            return Err(PyBufferError::new_err("unsupported device requested"));
        }
    }
    let major = match call.not_none(2) {
        Some(version) => {
            let Ok(version) = version.cast::<PyTuple>() else {
                return Err(PyTypeError::new_err(
                    "max_version must be None or a tuple with two elements.",
                ));
            };
            version.get_item(0)?.extract::<u32>()?
        }
        None => 0,
    };
    let mut current = array(own).clone();
    let copied = call
        .not_none(4)
        .map_or(Ok(false), |copy| copy.is_truthy())?;
    if copied {
        current = current
            .copied(rustsci_array::array::CopyOrder::K)
            .map_err(|error| error.into_py_err(py))?;
    }
    let item = current.item_size() as isize;
    let steps = current.strides().iter().zip(current.shape());
    if current.size() > 0
        && steps
            .into_iter()
            .any(|(&stride, &n)| n > 1 && stride % item != 0)
    {
        return Err(PyBufferError::new_err(
            "DLPack only supports strides which are a multiple of itemsize.",
        ));
    }
    if major < 1 && !current.is_writeable() {
        return Err(PyBufferError::new_err(
            "Cannot export readonly array since signalling readonly is unsupported by DLPack (supported by newer DLPack \
             version).",
        ));
    }
    let (address, dtype) = (current.address(), current.dtype().clone());
    let mut flags = if current.is_writeable() { 0 } else { READ_ONLY };
    if copied {
        flags |= IS_COPIED;
    }
    let object = (!copied).then(|| Held::new(own.clone()));
    let mut loan = Loan::new(current, object);
    let tensor = loan.tensor(address, &dtype);
    let context = Box::into_raw(loan).cast();
    let (pointer, name): (*mut c_void, _) = if major >= 1 {
        let managed = Versioned {
            version: [1, 0],
            context,
            deleter: Some(delete_versioned),
            flags,
            tensor,
        };
        (Box::into_raw(Box::new(managed)).cast(), VERSIONED)
    } else {
        let managed = Unversioned {
            tensor,
            context,
            deleter: Some(delete_unversioned),
        };
        (Box::into_raw(Box::new(managed)).cast(), UNVERSIONED)
    };
    // SAFETY: the pointer is not null, the name lives for ever, the destructor fits.
    unsafe {
        owned(
            py,
            ffi::PyCapsule_New(pointer, name.as_ptr(), Some(delete_capsule)),
        )
    }
}
