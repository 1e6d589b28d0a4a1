//! The class `ndarray`: a shell around the core's array, with the object whose memory it shows.

mod attributes;
mod buffer;
mod class;
mod compare;
mod copying;
mod dlpack;
mod finalize;
mod flags;
mod index;
mod item;
mod methods;
mod new;
mod number;
mod pickle;
mod protocols;
mod sequence;
mod state;
mod text;

use std::ptr;

use pyo3::ffi;
use pyo3::prelude::*;
use rustsci_array::Array;

use self::state::State;
use crate::c_api::{TypeCell, allocate, has_weak_references};

pub(crate) use buffer::buffer_format;
pub(crate) use class::add_class;
pub(crate) use compare::compare;
pub(crate) use copying::converted;
pub(crate) use copying::copy_order;
pub(crate) use dlpack::FROM_DLPACK;
pub(crate) use finalize::{wrap_like, wrap_subclass};
pub(crate) use index::parse as parse_index;
pub(crate) use pickle::{FROM_BUFFER, RECONSTRUCT};
pub(crate) use protocols::{is_default_ufunc, is_of_numpy};

/// An instance.
#[repr(C)]
pub(crate) struct Object {
    head: ffi::PyObject,
    weak_references: *mut ffi::PyObject,
    /// The object whose memory is shown; null where the array owns it.
    base: *mut ffi::PyObject,
    state: State,
}

static NDARRAY: TypeCell = TypeCell::empty();

/// The class.
pub(crate) fn class(py: Python<'_>) -> Bound<'_, PyAny> {
    NDARRAY.bind(py)
}

/// Whether the object is an array of the class itself.
#[inline(always)]
pub(crate) fn is_exact(object: &Bound<'_, PyAny>) -> bool {
    NDARRAY.is_exact(object)
}

/// Whether the object is an array, of a subclass perhaps.
#[inline]
pub(crate) fn is_instance(object: &Bound<'_, PyAny>) -> bool {
    NDARRAY.is_instance(object)
}

/// The array of an instance, for as long as no Python code runs.
#[inline(always)]
pub(crate) fn array<'a>(object: &'a Bound<'_, PyAny>) -> &'a Array {
    debug_assert!(is_instance(object));
    // SAFETY: the callers have checked that the object is an instance.
    unsafe { (*object.as_ptr().cast::<Object>()).state.array() }
}

/// Replaces the array of an instance.
pub(super) fn change(object: &Bound<'_, PyAny>, array: Array) {
    debug_assert!(is_instance(object));
    // SAFETY: as in `array`; where there is a global lock, nothing is borrowed while attributes are set.
    unsafe { (*object.as_ptr().cast::<Object>()).state.replace(array) };
}

/// The object whose memory an array shows.
pub(super) fn base<'py>(object: &Bound<'py, PyAny>) -> Option<Bound<'py, PyAny>> {
    // SAFETY: the object is an instance; its base is null or alive as long as the instance.
    unsafe {
        Bound::from_borrowed_ptr_or_opt(object.py(), (*object.as_ptr().cast::<Object>()).base)
    }
}

/// Whether weak references to an array exist.
fn is_weakly_referenced(object: &Bound<'_, PyAny>) -> bool {
    // SAFETY: the object is an instance.
    let list = unsafe { (*object.as_ptr().cast::<Object>()).weak_references };
    has_weak_references(object, list)
}

/// Sets the object whose memory an array shows, once.
pub(super) fn set_base(object: &Bound<'_, PyAny>, base: Option<Bound<'_, PyAny>>) {
    let base = base.map_or(ptr::null_mut(), Bound::into_ptr);
    // SAFETY: the object is an instance; the reference it held is given up.
    unsafe {
        let field = &raw mut (*object.as_ptr().cast::<Object>()).base;
        let old = ptr::replace(field, base);
        ffi::Py_XDECREF(old);
    }
}

/// A new instance of the class or a subclass; `__array_finalize__` is the caller's to call.
#[inline]
pub(super) fn instance<'py>(
    py: Python<'py>,
    class: *mut ffi::PyTypeObject,
    array: Array,
    base: Option<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: the class has the layout of `Object`; its fields are written before anyone sees the object.
    unsafe {
        let object = allocate(py, class)?;
        let this = object.as_ptr().cast::<Object>();
        (&raw mut (*this).state).write(State::new(array));
        (&raw mut (*this).base).write(base.map_or(ptr::null_mut(), Bound::into_ptr));
        Ok(object)
    }
}

/// An object for an array that owns what it shows (or shares memory that Python objects know nothing of).
#[inline]
pub(crate) fn wrap(py: Python<'_>, array: Array) -> PyResult<Bound<'_, PyAny>> {
    instance(py, NDARRAY.get(), array, None)
}

/// An object for an array that shows memory of another.
#[inline]
pub(crate) fn wrap_view<'py>(of: &Bound<'py, PyAny>, array: Array) -> PyResult<Bound<'py, PyAny>> {
    instance(
        of.py(),
        NDARRAY.get(),
        array,
        Some(owner(of, NDARRAY.get())),
    )
}

/// The object to name as the base of a view: the owner of the memory, or the last array on the way to it that is of
/// the view's own class.
#[inline]
pub(super) fn owner<'py>(
    of: &Bound<'py, PyAny>,
    class: *mut ffi::PyTypeObject,
) -> Bound<'py, PyAny> {
    let mut owner = of.clone();
    while is_instance(&owner)
        && let Some(next) = base(&owner)
        && next.get_type_ptr() == class
    {
        owner = next;
    }
    owner
}

/// An object for an array over memory that some Python object keeps alive.
pub(crate) fn wrap_foreign<'py>(
    array: Array,
    owner: Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    instance(owner.py(), NDARRAY.get(), array, Some(owner))
}
