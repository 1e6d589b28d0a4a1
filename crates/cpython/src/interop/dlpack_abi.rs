//! The data structures of DLPack 1.0, as its header lays them out.

use std::ffi::c_void;

/// The version of the structures written here.
pub(super) const VERSION: (u32, u32) = (1, 0);
/// Main memory.
pub(super) const CPU: i32 = 1;
/// The tensor must not be written to.
pub(super) const READ_ONLY: u64 = 1;
/// The tensor is a copy made for the consumer.
pub(super) const COPIED: u64 = 2;

/// Where a tensor's memory is.
#[repr(C)]
#[derive(Clone, Copy)]
pub(super) struct Device {
    pub(super) kind: i32,
    pub(super) id: i32,
}

/// The type of a tensor's elements.
#[repr(C)]
#[derive(Clone, Copy)]
pub(super) struct DataType {
    pub(super) code: u8,
    pub(super) bits: u8,
    pub(super) lanes: u16,
}

/// A tensor; strides count elements.
#[repr(C)]
pub(super) struct Tensor {
    pub(super) data: *mut c_void,
    pub(super) device: Device,
    pub(super) ndim: i32,
    pub(super) dtype: DataType,
    pub(super) shape: *mut i64,
    pub(super) strides: *mut i64,
    pub(super) byte_offset: u64,
}

/// A tensor with its owner, before version 1.
#[repr(C)]
pub(super) struct Managed {
    pub(super) tensor: Tensor,
    pub(super) context: *mut c_void,
    pub(super) deleter: Option<unsafe extern "C" fn(*mut Managed)>,
}

/// A tensor with its owner, from version 1 on.
#[repr(C)]
pub(super) struct Versioned {
    pub(super) major: u32,
    pub(super) minor: u32,
    pub(super) context: *mut c_void,
    pub(super) deleter: Option<unsafe extern "C" fn(*mut Versioned)>,
    pub(super) flags: u64,
    pub(super) tensor: Tensor,
}
