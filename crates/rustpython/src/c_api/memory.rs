//! Where instances keep their fields.
//!
//! A class declares its instances as a struct whose first field is the object's head (`ffi::PyObject`). What follows
//! lies in the object's payload: a float, a complex number, or a block of memory of one of two sizes.

use std::ffi::c_int;

use super::buffer::Lender;
use pyo3::prelude::*;
use pyo3::{exceptions::PyTypeError, ffi};
use rustpython_vm::builtins::{PyComplex, PyFloat, PyType};
use rustpython_vm::object::{MaybeTraverse, TraverseFn};
use rustpython_vm::types::PyTypeFlags;
use rustpython_vm::{Context, Py as VmPy, PyObjectRef, PyPayload, PyRef};

/// Gives up what the fields of an instance hold.
pub(super) type Dealloc = unsafe extern "C" fn(*mut ffi::PyObject);

/// What instances of a class keep behind their head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Payload {
    /// Nothing that this crate knows of.
    None,
    Float,
    Complex,
    /// Up to [`SMALL`] words.
    Small,
    /// Up to [`LARGE`] words.
    Large,
}

const SMALL: usize = 6;
const LARGE: usize = 40;

impl Payload {
    /// What instances of so many bytes, head included, keep; nothing is said by a size of 0.
    pub(super) fn of_size(size: usize) -> PyResult<Self> {
        let words = size.saturating_sub(size_of::<ffi::PyObject>()).div_ceil(8);
        match words {
            _ if size <= size_of::<ffi::PyObject>() => Ok(Self::None),
            _ if words <= SMALL => Ok(Self::Small),
            _ if words <= LARGE => Ok(Self::Large),
            _ => Err(PyTypeError::new_err(format!(
                "an instance of {size} bytes is larger than any that was thought of"
            ))),
        }
    }

    /// The size of an instance, head included, as its class tells it.
    pub(super) fn basic_size(self) -> usize {
        match self {
            Self::None => 0,
            Self::Float => size_of::<VmPy<PyFloat>>(),
            Self::Complex => size_of::<VmPy<PyComplex>>(),
            Self::Small => size_of::<VmPy<Memory<SMALL>>>(),
            Self::Large => size_of::<VmPy<Memory<LARGE>>>(),
        }
    }
}

/// A block of memory for an instance's fields.
#[repr(C, align(8))]
pub(super) struct Memory<const WORDS: usize> {
    words: [u64; WORDS],
    dealloc: Option<Dealloc>,
}

impl<const WORDS: usize> std::fmt::Debug for Memory<WORDS> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Memory")
    }
}

impl<const WORDS: usize> MaybeTraverse for Memory<WORDS> {
    fn try_traverse(&self, _: &mut TraverseFn<'_>) {}
}

impl<const WORDS: usize> PyPayload for Memory<WORDS> {
    fn class(context: &Context) -> &'static VmPy<PyType> {
        context.types.object_type
    }
}

impl<const WORDS: usize> Drop for Memory<WORDS> {
    fn drop(&mut self) {
        if let Some(dealloc) = self.dealloc {
            let fields = std::ptr::from_mut(self).cast::<u8>();
            let object = fields.wrapping_sub(size_of::<ffi::PyObject>());
            // SAFETY: the block lies behind the head of an object of the class that the function was written for;
            // nobody refers to it any more.
            unsafe { dealloc(object.cast()) };
        }
    }
}

/// What there is to know of a class whose instances are made here.
pub(super) struct Shape {
    pub(super) payload: Payload,
    pub(super) dealloc: Option<Dealloc>,
    /// Where instances keep their `vectorcall`, if they do.
    pub(super) vectorcall: Option<usize>,
    pub(super) lender: Option<Lender>,
}

/// Looks at what is known of a class, or of the class that it is laid out as.
pub(super) fn with_shape<T>(class: &VmPy<PyType>, look: impl FnOnce(&Shape) -> T) -> Option<T> {
    let shape = class
        .iter_base_chain()
        .filter_map(|class| class.get_type_data::<Shape>())
        .find(|shape| shape.payload != Payload::None)?;
    Some(look(&shape))
}

/// A new instance of a class made by [`super::Class`], or of a subclass; its fields are zero, for the caller to write.
///
/// # Safety
/// `class` must be a live class.
pub(crate) unsafe fn allocate<'py>(
    py: Python<'py>,
    class: *mut ffi::PyTypeObject,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: promised by the caller; classes made at run time have addresses of their own.
    let class = unsafe { &*class.cast::<VmPy<PyType>>() };
    let Some((payload, dealloc)) = with_shape(class, |shape| (shape.payload, shape.dealloc)) else {
        return Err(PyTypeError::new_err(format!(
            "cannot create '{}' instances",
            class.name()
        )));
    };
    let vm = py.vm();
    let class = class.to_owned();
    let dict = class
        .slots()
        .flags
        .has_feature(PyTypeFlags::HAS_DICT)
        .then(|| vm.ctx.new_dict());
    let object: PyObjectRef = match payload {
        Payload::None => return Err(PyTypeError::new_err("a class without a layout")),
        Payload::Float => PyRef::new_ref(PyFloat::from(0.0), class, dict).into(),
        Payload::Complex => {
            let zero = PyComplex::from(num_complex::Complex64::default());
            PyRef::new_ref(zero, class, dict).into()
        }
        Payload::Small => PyRef::new_ref(block::<SMALL>(dealloc), class, dict).into(),
        Payload::Large => PyRef::new_ref(block::<LARGE>(dealloc), class, dict).into(),
    };
    Ok(Bound::wrap(py, object))
}

fn block<const WORDS: usize>(dealloc: Option<Dealloc>) -> Memory<WORDS> {
    Memory {
        words: [0; WORDS],
        dealloc,
    }
}

/// Gives back the memory of an instance: RustPython does so itself, once the fields have been dropped.
///
/// # Safety
/// As on CPython.
pub(crate) unsafe fn free(_object: *mut ffi::PyObject) {}

const _: () = assert!(size_of::<ffi::PyObject>() % 8 == 0 && size_of::<c_int>() == 4);
