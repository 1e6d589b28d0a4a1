//! The part of CPython's C API that is used, on RustPython's objects.
//!
//! A `*mut PyObject` is the address of an object, `null` a failure that has left its exception. Slots have CPython's
//! signatures; the numbers of slots are this module's own.
#![allow(
    non_camel_case_types,
    non_snake_case,
    non_upper_case_globals,
    missing_docs,
    reason = "CPython's names; what they mean is said there"
)]
#![allow(
    clippy::missing_safety_doc,
    reason = "pointers must be to live objects, as in CPython's API"
)]

use std::ffi::{c_char, c_int, c_ulong, c_void};
use std::ptr;

use num_traits::ToPrimitive;
use rustpython_vm::builtins::{PyInt, PyType};
use rustpython_vm::{AsObject, Py, PyObject as VmObject, PyObjectRef};

use crate::{Bound, PyAny, PyErr, Python, exceptions};

/// What comes before an object's payload.
#[repr(C, align(8))]
pub struct PyObject(Py<[u64; 0]>);

/// A class.
#[repr(C)]
pub struct PyTypeObject(u8);

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
pub type Py_hash_t = isize;
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

/// Places whose addresses stand for Python's own classes, as CPython's statics do.
macro_rules! statics {
    ($($name:ident => $field:ident;)*) => {
        $(pub static mut $name: PyTypeObject = PyTypeObject(0);)*

        /// The address that stands for a class.
        pub(crate) fn type_address(py: Python<'_>, class: &Py<PyType>) -> *mut PyTypeObject {
            // No class made at run time is one of Python's own.
            if class.heaptype_ext().is_none() {
                let types = &py.vm().ctx.types;
                $(if class.is(types.$field) {
                    return &raw mut $name;
                })*
            }
            ptr::from_ref(class).cast_mut().cast()
        }

        /// The class that an address stands for.
        fn class_at(py: Python<'_>, address: *mut PyTypeObject) -> &Py<PyType> {
            let types = &py.vm().ctx.types;
            $(if address == &raw mut $name {
                return types.$field;
            })*
            // SAFETY: every other address is that of a class.
            unsafe { &*address.cast::<Py<PyType>>() }
        }
    };
}

statics! {
    PyFloat_Type => float_type;
    PyLong_Type => int_type;
    PyBool_Type => bool_type;
    PyList_Type => list_type;
    PyTuple_Type => tuple_type;
    PyUnicode_Type => str_type;
    PyComplex_Type => complex_type;
    PyBytes_Type => bytes_type;
    PyBaseObject_Type => object_type;
}

/// Addresses that stand for exceptions.
pub static mut PyExc_OverflowError: *mut PyObject = ptr::without_provenance_mut(1);
pub static mut PyExc_IndexError: *mut PyObject = ptr::without_provenance_mut(2);

fn py() -> Python<'static> {
    // SAFETY: the functions below are called by code of the machine that runs.
    unsafe { Python::assume_attached() }
}

unsafe fn object<'a>(object: *mut PyObject) -> &'a VmObject {
    // SAFETY: promised by the callers.
    unsafe { &*object.cast::<VmObject>() }
}

/// The address of a result, or null and the exception left.
fn result(result: rustpython_vm::PyResult) -> *mut PyObject {
    match result {
        Ok(object) => object.into_raw().as_ptr().cast(),
        Err(error) => {
            PyErr::from(error).restore(py());
            ptr::null_mut()
        }
    }
}

pub unsafe fn Py_INCREF(address: *mut PyObject) {
    // SAFETY: promised by the caller; the reference is forgotten, so that the count stays.
    let _ = unsafe { object(address) }.to_owned().into_raw();
}

pub unsafe fn Py_DECREF(address: *mut PyObject) {
    // SAFETY: promised by the caller, whose reference is dropped.
    drop(unsafe { Bound::from_owned_ptr(py(), address) });
}

pub unsafe fn Py_XDECREF(address: *mut PyObject) {
    if !address.is_null() {
        // SAFETY: promised by the caller.
        drop(unsafe { PyObjectRef::from_raw(ptr::NonNull::new_unchecked(address.cast())) });
    }
}

pub unsafe fn Py_IsNone(address: *mut PyObject) -> c_int {
    // SAFETY: promised by the caller.
    c_int::from(py().vm().is_none(unsafe { object(address) }))
}

pub unsafe fn Py_REFCNT(address: *mut PyObject) -> isize {
    // SAFETY: promised by the caller.
    unsafe { object(address) }.strong_count() as isize
}

pub unsafe fn PyType_IsSubtype(class: *mut PyTypeObject, other: *mut PyTypeObject) -> c_int {
    let py = py();
    c_int::from(class_at(py, class).fast_issubclass(class_at(py, other)))
}

/// The class that a class is laid out as; null for `object`.
pub unsafe fn base_of(class: *mut PyTypeObject) -> *mut PyTypeObject {
    let py = py();
    match class_at(py, class).iter_base_chain().nth(1) {
        Some(base) => type_address(py, base),
        None => ptr::null_mut(),
    }
}

pub fn PyVectorcall_NARGS(count: usize) -> isize {
    count as isize
}

/// Marks a class that is called by its instances' `vectorcall`; [`Py_tp_call`] is that mark.
pub unsafe extern "C" fn PyVectorcall_Call(
    _callable: *mut PyObject,
    _arguments: *mut PyObject,
    _keywords: *mut PyObject,
) -> *mut PyObject {
    result(Err(py().vm().new_system_error("a mark was called")))
}

/// Marks a class whose instances have no hash; [`Py_tp_hash`] is that mark.
pub unsafe extern "C" fn PyObject_HashNotImplemented(_object: *mut PyObject) -> Py_hash_t {
    -1
}

pub unsafe fn PyObject_ClearWeakRefs(_object: *mut PyObject) {}

pub unsafe fn PySequence_Check(address: *mut PyObject) -> c_int {
    // SAFETY: promised by the caller.
    let object = unsafe { object(address) };
    let py = py();
    let mapping = object.class().fast_issubclass(py.vm().ctx.types.dict_type);
    let sequence = object.sequence_unchecked();
    c_int::from(!mapping && sequence.slots().has_item())
}

pub unsafe fn PyIndex_Check(address: *mut PyObject) -> c_int {
    // SAFETY: promised by the caller.
    c_int::from(unsafe { object(address) }.number().is_index())
}

pub unsafe fn PyObject_CheckBuffer(address: *mut PyObject) -> c_int {
    // SAFETY: promised by the caller.
    c_int::from(unsafe { object(address) }.check_buffer())
}

/// An integer; one too large is clipped where no exception is named.
pub unsafe fn PyNumber_AsSsize_t(address: *mut PyObject, exception: *mut PyObject) -> isize {
    // SAFETY: promised by the caller.
    let object = unsafe { object(address) };
    let py = py();
    let value = match object.try_index(py.vm()) {
        Ok(value) => value,
        Err(error) => {
            PyErr::from(error).restore(py);
            return -1;
        }
    };
    let value = value.as_bigint();
    if let Some(value) = value.to_isize() {
        return value;
    }
    if exception.is_null() {
        let negative = value.sign() == malachite_bigint::Sign::Minus;
        return if negative { isize::MIN } else { isize::MAX };
    }
    let message = format!(
        "cannot fit '{}' into an index-sized integer",
        object.class().name()
    );
    // SAFETY: the statics never change.
    if exception == unsafe { PyExc_IndexError } {
        exceptions::PyIndexError::new_err(message).restore(py);
    } else {
        exceptions::PyOverflowError::new_err(message).restore(py);
    }
    -1
}

pub unsafe fn PyLong_AsLongLongAndOverflow(address: *mut PyObject, overflow: *mut c_int) -> i64 {
    // SAFETY: promised by the caller.
    let value = unsafe { object(address) }.downcast_ref::<PyInt>();
    match value.and_then(|value| value.as_bigint().to_i64()) {
        Some(value) => value,
        None => {
            // SAFETY: the place is the caller's.
            unsafe { *overflow = 1 };
            -1
        }
    }
}

pub unsafe fn PySequence_Repeat(address: *mut PyObject, count: isize) -> *mut PyObject {
    // SAFETY: promised by the caller.
    let object = unsafe { object(address) };
    result(
        object
            .try_sequence(py().vm())
            .and_then(|sequence| sequence.repeat(count, py().vm())),
    )
}

pub unsafe fn PySeqIter_New(address: *mut PyObject) -> *mut PyObject {
    use rustpython_vm::PyPayload;
    use rustpython_vm::builtins::PySequenceIterator;
    // SAFETY: promised by the caller.
    let object = unsafe { object(address) }.to_owned();
    let vm = py().vm();
    result(PySequenceIterator::new(object, vm).map(|iterator| iterator.into_pyobject(vm)))
}

pub unsafe fn PyClassMethod_New(address: *mut PyObject) -> *mut PyObject {
    use rustpython_vm::PyPayload;
    // SAFETY: promised by the caller.
    let function = unsafe { object(address) }.to_owned();
    let method = rustpython_vm::builtins::PyClassMethod::from(function).into_ref(&py().vm().ctx);
    result(Ok(method.into()))
}

pub unsafe fn PyMethod_New(function: *mut PyObject, instance: *mut PyObject) -> *mut PyObject {
    // SAFETY: promised by the caller.
    let (function, instance) = unsafe { (object(function), object(instance)) };
    let vm = py().vm();
    let method = vm.ctx.types.bound_method_type.as_object();
    result(method.call((function.to_owned(), instance.to_owned()), vm))
}

/// The variable of a context, by `contextvars`.
pub unsafe fn PyContextVar_New(name: *const c_char, default: *mut PyObject) -> *mut PyObject {
    // SAFETY: the name is a literal; the default is alive.
    let (name, default) = unsafe { (std::ffi::CStr::from_ptr(name), object(default).to_owned()) };
    let made = (|| {
        let py = py();
        let keywords = crate::types::PyDict::new(py);
        keywords.set_item("default", Bound::<PyAny>::wrap(py, default))?;
        let class = py.import("contextvars")?.getattr("ContextVar")?;
        class.call((name.to_string_lossy().into_owned(),), Some(&keywords))
    })();
    bound_result(made)
}

pub unsafe fn PyContextVar_Get(
    variable: *mut PyObject,
    _default: *mut PyObject,
    value: *mut *mut PyObject,
) -> c_int {
    // SAFETY: promised by the caller.
    let variable = unsafe { Bound::from_borrowed_ptr(py(), variable) };
    let found = bound_result(variable.call_method0("get"));
    // SAFETY: the place is the caller's.
    unsafe { *value = found };
    if found.is_null() { -1 } else { 0 }
}

pub unsafe fn PyContextVar_Set(variable: *mut PyObject, value: *mut PyObject) -> *mut PyObject {
    // SAFETY: promised by the caller.
    let (variable, value) = unsafe {
        (
            Bound::from_borrowed_ptr(py(), variable),
            Bound::from_borrowed_ptr(py(), value),
        )
    };
    bound_result(variable.call_method1("set", (value,)))
}

fn bound_result(result: crate::PyResult<Bound<'_, PyAny>>) -> *mut PyObject {
    match result {
        Ok(object) => object.into_ptr(),
        Err(error) => {
            error.restore(py());
            ptr::null_mut()
        }
    }
}

/// Writes to `sys.stderr`. What cannot be written is lost, as it is on CPython.
pub fn write_stderr(text: &str) {
    let py = py();
    let written = py
        .import("sys")
        .and_then(|sys| sys.getattr("stderr"))
        .and_then(|stream| stream.call_method1("write", (text,)));
    drop(written);
}

pub type PyCapsule_Destructor = unsafe extern "C" fn(*mut PyObject);

pub unsafe fn PyCapsule_New(
    pointer: *mut c_void,
    name: *const c_char,
    destructor: Option<PyCapsule_Destructor>,
) -> *mut PyObject {
    // SAFETY: the names of capsules are literals; the destructor takes the capsule's address.
    let (name, destructor) = unsafe {
        (
            std::ffi::CStr::from_ptr(name),
            destructor.map(|function| {
                std::mem::transmute::<PyCapsule_Destructor, unsafe extern "C" fn(*mut VmObject)>(
                    function,
                )
            }),
        )
    };
    let capsule = py().vm().ctx.new_capsule(pointer, Some(name), destructor);
    result(Ok(capsule.into()))
}

/// The capsule at an address, if it has a name; one given later is kept as the capsule's context.
unsafe fn capsule<'a>(
    address: *mut PyObject,
    name: *const c_char,
) -> Option<&'a Py<rustpython_vm::builtins::PyCapsule>> {
    // SAFETY: promised by the callers; names are literals.
    unsafe {
        let capsule = object(address).downcast_ref::<rustpython_vm::builtins::PyCapsule>()?;
        let own = match capsule.context() {
            context if context.is_null() => capsule.name()?,
            context => std::ffi::CStr::from_ptr(context.cast()),
        };
        (own == std::ffi::CStr::from_ptr(name)).then_some(capsule)
    }
}

pub unsafe fn PyCapsule_IsValid(address: *mut PyObject, name: *const c_char) -> c_int {
    // SAFETY: promised by the caller.
    c_int::from(unsafe { capsule(address, name) }.is_some())
}

pub unsafe fn PyCapsule_GetPointer(address: *mut PyObject, name: *const c_char) -> *mut c_void {
    // SAFETY: promised by the caller.
    unsafe { capsule(address, name) }.map_or(ptr::null_mut(), |capsule| capsule.pointer())
}

pub unsafe fn PyCapsule_SetName(address: *mut PyObject, name: *const c_char) -> c_int {
    // SAFETY: promised by the caller.
    let found = unsafe { object(address) }.downcast_ref::<rustpython_vm::builtins::PyCapsule>();
    if let Some(capsule) = found {
        capsule.set_context(name.cast_mut().cast());
    }
    0
}
