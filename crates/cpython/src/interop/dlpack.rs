//! DLPack: arrays from and for other libraries, versioned, with the read-only flag.

use std::ffi::{CStr, c_void};

use pyo3::exceptions::{PyBufferError, PyRuntimeError, PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use rustsci_array::array::CopyOrder;
use rustsci_array::dtype::Class;
use rustsci_array::{Array, DType};
use rustsci_bind::Header;

use super::dlpack_abi::{COPIED, CPU, DataType, Device, Managed, READ_ONLY, Tensor, VERSION, Versioned};
use super::foreign::Description;
use crate::c_api::owned;
use crate::call::{Call, HostFunction, IntoPyErr};
use crate::ndarray;

const UNVERSIONED_NAME: &CStr = c"dltensor";
const VERSIONED_NAME: &CStr = c"dltensor_versioned";
const USED_UNVERSIONED: &CStr = c"used_dltensor";
const USED_VERSIONED: &CStr = c"used_dltensor_versioned";

/// What an exported tensor owns.
struct Context {
    shape: Vec<i64>,
    strides: Vec<i64>,
    _array: Array,
}

fn data_type(dtype: &DType) -> DataType {
    let code = match dtype.class() {
        Class::Signed => 0,
        Class::Unsigned => 1,
        Class::Floating => 2,
        Class::Complex => 5,
        Class::Bool => 6,
    };
    DataType { code, bits: (8 * dtype.item_size()) as u8, lanes: 1 }
}

fn dtype_of(data: DataType) -> PyResult<DType> {
    let found = DType::ALL.iter().find(|dtype| {
        let own = data_type(dtype);
        own.code == data.code && own.bits == data.bits && data.lanes == 1
    });
    found.cloned().ok_or_else(|| PyBufferError::new_err("Unsupported dtype in DLTensor."))
}

/// The tensor that describes an array, and its owner.
fn tensor(array: &Array) -> (Tensor, Box<Context>) {
    let item = array.item_size() as i64;
    let mut context = Box::new(Context {
        shape: array.shape().iter().map(|&n| n as i64).collect(),
        strides: array.strides().iter().map(|&stride| stride as i64 / item).collect(),
        _array: array.clone(),
    });
    let tensor = Tensor {
        data: array.address() as *mut c_void,
        device: Device { kind: CPU, id: 0 },
        ndim: array.ndim() as i32,
        dtype: data_type(array.dtype()),
        shape: context.shape.as_mut_ptr(),
        strides: context.strides.as_mut_ptr(),
        byte_offset: 0,
    };
    (tensor, context)
}

unsafe extern "C" fn delete_managed(managed: *mut Managed) {
    // SAFETY: the consumer deletes the structure once; both boxes were made in `export`.
    unsafe {
        drop(Box::from_raw((*managed).context.cast::<Context>()));
        drop(Box::from_raw(managed));
    }
}

unsafe extern "C" fn delete_versioned(managed: *mut Versioned) {
    // SAFETY: as in `delete_managed`.
    unsafe {
        drop(Box::from_raw((*managed).context.cast::<Context>()));
        drop(Box::from_raw(managed));
    }
}

/// Frees the tensor of a capsule that nobody consumed.
unsafe extern "C" fn destroy_capsule(capsule: *mut ffi::PyObject) {
    // SAFETY: a capsule keeps its first name until it is consumed; then the consumer frees the tensor.
    unsafe {
        if ffi::PyCapsule_IsValid(capsule, VERSIONED_NAME.as_ptr()) != 0 {
            let managed = ffi::PyCapsule_GetPointer(capsule, VERSIONED_NAME.as_ptr()).cast::<Versioned>();
            if let Some(delete) = (*managed).deleter {
                delete(managed);
            }
        } else if ffi::PyCapsule_IsValid(capsule, UNVERSIONED_NAME.as_ptr()) != 0 {
            let managed = ffi::PyCapsule_GetPointer(capsule, UNVERSIONED_NAME.as_ptr()).cast::<Managed>();
            if let Some(delete) = (*managed).deleter {
                delete(managed);
            }
        }
    }
}

/// `__dlpack__(*, stream=None, max_version=None, dl_device=None, copy=None)`.
fn export<'py>(call: &Call<'_, 'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = call.py;
    if call.not_none(1).is_some() {
        return Err(PyRuntimeError::new_err("NumPy only supports stream=None."));
    }
    let versioned = match call.not_none(2) {
        Some(version) => {
            let version: (u32, u32) = version.extract().map_err(|_| {
                PyTypeError::new_err("__dlpack__() argument 'max_version' must be a tuple of two integers, or None")
            })?;
            version.0 >= VERSION.0
        }
        None => false,
    };
    if let Some(device) = call.not_none(3) {
        let device: (i32, i32) = device
            .extract()
            .map_err(|_| PyTypeError::new_err("__dlpack__() argument 'dl_device' must be a tuple of two integers, or None"))?;
        if device != (CPU, 0) {
            return Err(PyBufferError::new_err("unsupported device requested"));
        }
    }
    let copy = call.not_none(4).map(|copy| copy.is_truthy()).transpose()?;
    let mut array = ndarray::array(call.required(0)?).clone();
    let copied = copy == Some(true);
    if copied {
        array = array.copied(CopyOrder::C).map_err(|error| error.into_py_err(py))?;
    }
    if !array.is_writeable() && !versioned {
        return Err(PyBufferError::new_err(
            "Cannot export readonly array since signalling readonly is unsupported by DLPack (supported by newer DLPack \
             version).",
        ));
    }
    let item = array.item_size() as isize;
    if array.strides().iter().zip(array.shape()).any(|(stride, &n)| n > 1 && stride % item != 0) {
        return Err(PyBufferError::new_err("DLPack only supports strides which are a multiple of itemsize."));
    }
    let flags = if array.is_writeable() { 0 } else { READ_ONLY } | if copied { COPIED } else { 0 };
    let (tensor, context) = tensor(&array);
    let context = Box::into_raw(context).cast::<c_void>();
    let (pointer, name) = if versioned {
        let (major, minor) = VERSION;
        let managed = Versioned { major, minor, context, deleter: Some(delete_versioned), flags, tensor };
        (Box::into_raw(Box::new(managed)).cast::<c_void>(), VERSIONED_NAME)
    } else {
        let managed = Managed { tensor, context, deleter: Some(delete_managed) };
        (Box::into_raw(Box::new(managed)).cast::<c_void>(), UNVERSIONED_NAME)
    };
    // SAFETY: the pointer is not null, the name is static, and the destructor fits the name.
    unsafe { owned(py, ffi::PyCapsule_New(pointer, name.as_ptr(), Some(destroy_capsule))) }
}

/// A tensor that was consumed: deleted when the last array over it goes.
enum Consumed {
    Managed(*mut Managed),
    Versioned(*mut Versioned),
}

// SAFETY: the structure is only read, and deleted once, by whichever thread drops it; DLPack asks deleters to bear that.
unsafe impl Send for Consumed {}
// SAFETY: as above.
unsafe impl Sync for Consumed {}

impl Consumed {
    fn tensor(&self) -> &Tensor {
        // SAFETY: the structure lives until this value is dropped.
        unsafe {
            match self {
                Self::Managed(managed) => &(**managed).tensor,
                Self::Versioned(managed) => &(**managed).tensor,
            }
        }
    }

    fn flags(&self) -> u64 {
        match self {
            Self::Managed(_) => READ_ONLY,
            // SAFETY: as in `tensor`.
            Self::Versioned(managed) => unsafe { (**managed).flags },
        }
    }
}

impl Drop for Consumed {
    fn drop(&mut self) {
        // SAFETY: we are the consumer, and call the deleter once; it may touch Python objects, so we are attached.
        unsafe {
            if ffi::Py_IsInitialized() == 0 {
                return;
            }
            let state = ffi::PyGILState_Ensure();
            match *self {
                Self::Managed(managed) => {
                    if let Some(delete) = (*managed).deleter {
                        delete(managed);
                    }
                }
                Self::Versioned(managed) => {
                    if let Some(delete) = (*managed).deleter {
                        delete(managed);
                    }
                }
            }
            ffi::PyGILState_Release(state);
        }
    }
}

/// Asks an object for its capsule; producers that know no versions are asked without.
fn capsule<'py>(call: &Call<'_, 'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = call.py;
    let source = call.required(0)?;
    let keywords = PyDict::new(py);
    keywords.set_item("dl_device", call.not_none(1).map(|device| {
        if device.extract::<&str>().is_ok_and(|name| name == "cpu") { Ok((CPU, 0)) } else { Err(()) }
    }).transpose().map_err(|()| PyValueError::new_err("Device not understood. Only \"cpu\" is allowed"))?)?;
    keywords.set_item("copy", call.given(2).map(|copy| copy.to_owned()))?;
    keywords.set_item("max_version", VERSION)?;
    match source.call_method("__dlpack__", (), Some(&keywords)) {
        Err(error) if error.is_instance_of::<PyTypeError>(py) => {
            if call.not_none(1).is_some() || call.not_none(2).is_some() {
                return Err(error);
            }
            source.call_method0("__dlpack__")
        }
        result => result,
    }
}

/// `from_dlpack(x, /, *, device=None, copy=None)`.
fn import<'py>(call: &Call<'_, 'py>) -> PyResult<Bound<'py, PyAny>> {
    let py = call.py;
    let capsule = capsule(call)?;
    let pointer = |name: &CStr, used: &'static CStr| -> Option<*mut c_void> {
        // SAFETY: the capsule is live; renaming it makes us the tensor's consumer.
        unsafe {
            if ffi::PyCapsule_IsValid(capsule.as_ptr(), name.as_ptr()) == 0 {
                return None;
            }
            let pointer = ffi::PyCapsule_GetPointer(capsule.as_ptr(), name.as_ptr());
            (ffi::PyCapsule_SetName(capsule.as_ptr(), used.as_ptr()) == 0).then_some(pointer)
        }
    };
    let consumed = if let Some(pointer) = pointer(VERSIONED_NAME, USED_VERSIONED) {
        Consumed::Versioned(pointer.cast())
    } else if let Some(pointer) = pointer(UNVERSIONED_NAME, USED_UNVERSIONED) {
        Consumed::Managed(pointer.cast())
    } else {
        return Err(PyValueError::new_err("__dlpack__() did not give a capsule with an unused tensor"));
    };
    if let Consumed::Versioned(managed) = &consumed {
        // SAFETY: the version stands first in every version of the structure.
        let major = unsafe { (**managed).major };
        if major > VERSION.0 {
            return Err(PyBufferError::new_err("from_dlpack(): the exported DLPack major version is too high to be imported"));
        }
    }
    let tensor = consumed.tensor();
    if tensor.device.kind != CPU {
        return Err(PyRuntimeError::new_err("Unsupported device in DLTensor."));
    }
    let dtype = dtype_of(tensor.dtype)?;
    let item = dtype.item_size() as i64;
    let ndim = usize::try_from(tensor.ndim).unwrap_or(0);
    // SAFETY: the producer has filled shape (and strides, unless null) with `ndim` numbers.
    let (shape, strides) = unsafe {
        let numbers = |pointer: *mut i64| match pointer.is_null() || ndim == 0 {
            true => None,
            false => Some(std::slice::from_raw_parts(pointer, ndim).to_vec()),
        };
        (numbers(tensor.shape).unwrap_or_default(), numbers(tensor.strides))
    };
    let description = Description {
        address: tensor.data as usize + tensor.byte_offset as usize,
        dtype,
        shape: shape.iter().map(|&n| n as usize).collect(),
        strides: strides.map(|strides| strides.iter().map(|&stride| (stride * item) as isize).collect()),
        writable: consumed.flags() & READ_ONLY == 0,
    };
    // SAFETY: the producer promises the memory until the tensor is deleted, which the guard does.
    let array = unsafe { description.into_array(consumed) }?;
    ndarray::wrap(py, array)
}

pub(crate) static FUNCTIONS: &[HostFunction] = &[
    HostFunction {
        header: Header::new(
            "__dlpack__",
            "(self, /, *, stream=None, max_version=None, dl_device=None, copy=None)",
            "Offer the memory to another library by DLPack.",
        )
        .of_class("ndarray"),
        call: export,
    },
    HostFunction {
        header: Header::new("__dlpack_device__", "(self, /)", "Tell where the memory is: in main memory.")
            .of_class("ndarray"),
        call: |call| Ok((CPU, 0).into_pyobject(call.py)?.into_any()),
    },
    HostFunction {
        header: Header::new(
            "from_dlpack",
            "(x, /, *, device=None, copy=None)",
            "Make an array of another library's memory, without copying it, by DLPack.",
        ),
        call: import,
    },
];
