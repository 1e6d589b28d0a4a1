//! Structures, flags and the numbers of slots.

use std::ffi::{c_char, c_int, c_ulong, c_void};

use rustpython_vm::Py;

/// What comes before an object's payload.
#[repr(C, align(8))]
pub struct PyObject(Py<[u64; 0]>);

/// A class.
#[repr(C)]
pub struct PyTypeObject(pub(super) u8);

/// A `float`, the payload included.
#[repr(C)]
pub struct PyFloatObject {
    pub ob_base: PyObject,
    pub ob_fval: f64,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Py_complex {
    pub real: f64,
    pub imag: f64,
}

/// A `complex`, the payload included.
#[repr(C)]
pub struct PyComplexObject {
    pub ob_base: PyObject,
    pub cval: Py_complex,
}

pub type Py_ssize_t = isize;
/// Of RustPython's width, which is that of no target.
pub type Py_hash_t = i64;
pub type vectorcallfunc = unsafe extern "C" fn(
    *mut PyObject,
    *const *mut PyObject,
    usize,
    *mut PyObject,
) -> *mut PyObject;

/// The description of memory that is lent.
#[repr(C)]
pub struct Py_buffer {
    pub buf: *mut c_void,
    pub obj: *mut PyObject,
    pub len: Py_ssize_t,
    pub itemsize: Py_ssize_t,
    pub readonly: c_int,
    pub ndim: c_int,
    pub format: *mut c_char,
    pub shape: *mut Py_ssize_t,
    pub strides: *mut Py_ssize_t,
    pub suboffsets: *mut Py_ssize_t,
    pub internal: *mut c_void,
}

pub const PyBUF_WRITABLE: c_int = 0x1;
pub const PyBUF_FORMAT: c_int = 0x4;
pub const PyBUF_ND: c_int = 0x8;
pub const PyBUF_STRIDES: c_int = 0x10 | PyBUF_ND;
pub const PyBUF_C_CONTIGUOUS: c_int = 0x20 | PyBUF_STRIDES;
pub const PyBUF_F_CONTIGUOUS: c_int = 0x40 | PyBUF_STRIDES;
pub const PyBUF_ANY_CONTIGUOUS: c_int = 0x80 | PyBUF_STRIDES;

pub const Py_LT: c_int = 0;
pub const Py_LE: c_int = 1;
pub const Py_EQ: c_int = 2;
pub const Py_NE: c_int = 3;
pub const Py_GT: c_int = 4;
pub const Py_GE: c_int = 5;

pub const Py_TPFLAGS_SEQUENCE: c_ulong = 1 << 5;
pub const Py_TPFLAGS_BASETYPE: c_ulong = 1 << 10;
pub const Py_TPFLAGS_HAVE_VECTORCALL: c_ulong = 1 << 11;
pub const Py_TPFLAGS_METHOD_DESCRIPTOR: c_ulong = 1 << 17;

macro_rules! slots {
    ($($name:ident)*) => {
        slots!(0; $($name)*);
    };
    ($number:expr; $name:ident $($rest:ident)*) => {
        pub const $name: c_int = $number;
        slots!($number + 1; $($rest)*);
    };
    ($number:expr;) => {};
}

slots! {
    Py_bf_getbuffer Py_bf_releasebuffer Py_mp_ass_subscript Py_mp_length Py_mp_subscript Py_nb_absolute Py_nb_add
    Py_nb_and Py_nb_bool Py_nb_divmod Py_nb_float Py_nb_floor_divide Py_nb_index Py_nb_inplace_add Py_nb_inplace_and
    Py_nb_inplace_floor_divide Py_nb_inplace_lshift Py_nb_inplace_matrix_multiply Py_nb_inplace_multiply
    Py_nb_inplace_or Py_nb_inplace_power Py_nb_inplace_remainder Py_nb_inplace_rshift Py_nb_inplace_subtract
    Py_nb_inplace_true_divide Py_nb_inplace_xor Py_nb_int Py_nb_invert Py_nb_lshift Py_nb_matrix_multiply
    Py_nb_multiply Py_nb_negative Py_nb_or Py_nb_positive Py_nb_power Py_nb_remainder Py_nb_rshift Py_nb_subtract
    Py_nb_true_divide Py_nb_xor Py_sq_contains Py_sq_item Py_sq_length Py_tp_call Py_tp_dealloc Py_tp_descr_get
    Py_tp_hash Py_tp_iter Py_tp_new Py_tp_repr Py_tp_richcompare Py_tp_str
}
