//! The structures of the protocol, and what an array's types are called in it.

use std::ffi::{CStr, c_void};

use rustsci_array::DType;
use rustsci_array::dtype::Class;

#[repr(C)]
#[derive(Clone, Copy)]
pub(super) struct Device {
    pub(super) kind: i32,
    pub(super) id: i32,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub(super) struct TypeCode {
    pub(super) code: u8,
    pub(super) bits: u8,
    pub(super) lanes: u16,
}

/// `DLTensor`.
#[repr(C)]
pub(super) struct Tensor {
    pub(super) data: *mut c_void,
    pub(super) device: Device,
    pub(super) ndim: i32,
    pub(super) dtype: TypeCode,
    pub(super) shape: *mut i64,
    pub(super) strides: *mut i64,
    pub(super) byte_offset: u64,
}

/// `DLManagedTensor`, from before version 1.
#[repr(C)]
pub(super) struct Unversioned {
    pub(super) tensor: Tensor,
    pub(super) context: *mut c_void,
    pub(super) deleter: Option<unsafe extern "C" fn(*mut Unversioned)>,
}

/// `DLManagedTensorVersioned`.
#[repr(C)]
pub(super) struct Versioned {
    pub(super) version: [u32; 2],
    pub(super) context: *mut c_void,
    pub(super) deleter: Option<unsafe extern "C" fn(*mut Versioned)>,
    pub(super) flags: u64,
    pub(super) tensor: Tensor,
}

pub(super) const READ_ONLY: u64 = 1;
pub(super) const IS_COPIED: u64 = 2;

pub(super) const CPU: Device = Device { kind: 1, id: 0 };

pub(super) const UNVERSIONED: &CStr = c"dltensor";
pub(super) const UNVERSIONED_USED: &CStr = c"used_dltensor";
pub(super) const VERSIONED: &CStr = c"dltensor_versioned";
pub(super) const VERSIONED_USED: &CStr = c"used_dltensor_versioned";

/// The protocol's code of a type.
pub(super) fn type_code(dtype: &DType) -> TypeCode {
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

/// The type with a code.
pub(super) fn dtype_of(code: TypeCode) -> Option<DType> {
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
