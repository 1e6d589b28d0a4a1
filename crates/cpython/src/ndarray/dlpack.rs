//! DLPack: arrays lent to and borrowed from other libraries, version 1 of the protocol and what came before it.

use std::ffi::{CStr, c_void};
use std::ptr;

use pyo3::exceptions::{PyBufferError, PyRuntimeError, PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use rustsci_array::dtype::Class;
use rustsci_array::{Array, DType, Order};
use rustsci_bind::Header;
use rustsci_buffer::{Layout, Shape, Strides};

use super::{array, wrap, wrap_foreign};
use crate::c_api::{Held, owned};
use crate::call::{Call, HostFunction, IntoPyErr};
use crate::coerce;

type Result<'py> = PyResult<Bound<'py, PyAny>>;

#[repr(C)]
#[derive(Clone, Copy)]
struct Device {
    kind: i32,
    id: i32,
}

#[repr(C)]
#[derive(Clone, Copy)]
struct TypeCode {
    code: u8,
    bits: u8,
    lanes: u16,
}

/// `DLTensor`.
#[repr(C)]
struct Tensor {
    data: *mut c_void,
    device: Device,
    ndim: i32,
    dtype: TypeCode,
    shape: *mut i64,
    strides: *mut i64,
    byte_offset: u64,
}

/// `DLManagedTensor`, from before version 1.
#[repr(C)]
struct Unversioned {
    tensor: Tensor,
    context: *mut c_void,
    deleter: Option<unsafe extern "C" fn(*mut Unversioned)>,
}

/// `DLManagedTensorVersioned`.
#[repr(C)]
struct Versioned {
    version: [u32; 2],
    context: *mut c_void,
    deleter: Option<unsafe extern "C" fn(*mut Versioned)>,
    flags: u64,
    tensor: Tensor,
}

const READ_ONLY: u64 = 1;
const IS_COPIED: u64 = 2;

const CPU: Device = Device { kind: 1, id: 0 };

const UNVERSIONED: &CStr = c"dltensor";
const UNVERSIONED_USED: &CStr = c"used_dltensor";
const VERSIONED: &CStr = c"dltensor_versioned";
const VERSIONED_USED: &CStr = c"used_dltensor_versioned";

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

fn type_code(dtype: &DType) -> TypeCode {
    let code = match dtype.class() {
        Class::Signed => 0,
        Class::Unsigned => 1,
        Class::Floating => 2,
        Class::Complex => 5,
        Class::Bool => 6,
    };
    TypeCode {
        code,
        bits: 8 * dtype.item_size() as u8,
        lanes: 1,
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
fn export<'py>(call: &Call<'_, 'py>) -> Result<'py> {
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
fn import<'py>(call: &Call<'_, 'py>) -> Result<'py> {
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

fn dtype_of(code: TypeCode) -> Option<DType> {
    if code.lanes != 1 {
        return None;
    }
    DType::ALL
        .iter()
        .find(|dtype| {
            let own = type_code(dtype);
            (own.code, own.bits) == (code.code, code.bits)
        })
        .cloned()
}

pub(super) static METHODS: &[HostFunction] = &[
    HostFunction {
        header: Header::new(
            "__dlpack__",
            "(self, /, *, stream=None, max_version=None, dl_device=None, copy=None)",
            "Lend the memory as a DLPack capsule.",
        )
        .of_class("ndarray"),
        call: export,
    },
    HostFunction {
        header: Header::new(
            "__dlpack_device__",
            "(self, /)",
            "Return the DLPack device: the processor.",
        )
        .of_class("ndarray"),
        call: |call| Ok((CPU.kind, CPU.id).into_pyobject(call.py)?.into_any()),
    },
];

/// The function `from_dlpack`.
pub(crate) static FROM_DLPACK: HostFunction = HostFunction {
    header: Header::new(
        "from_dlpack",
        "(x, /, *, device=None, copy=None)",
        "Make an array of the memory that another library lends by DLPack.",
    ),
    call: import,
};
