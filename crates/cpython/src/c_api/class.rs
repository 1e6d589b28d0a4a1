//! Classes made through the C API: with several bases, a memory layout of their own, and slots without detours.

use std::ffi::{CStr, c_int, c_uint, c_void};
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

use pyo3::exceptions::PyAttributeError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use super::{borrowed, owned, slot};

/// Where a class is kept for the life of the process.
pub(crate) struct TypeCell(AtomicPtr<ffi::PyTypeObject>);

impl TypeCell {
    /// A place for a class that is yet to be made.
    pub(crate) const fn empty() -> Self {
        Self(AtomicPtr::new(ptr::null_mut()))
    }

    /// The class; null before the module was made.
    #[inline(always)]
    pub(crate) fn get(&self) -> *mut ffi::PyTypeObject {
        self.0.load(Ordering::Relaxed)
    }

    /// Keeps a class for ever.
    pub(crate) fn set(&self, class: &Bound<'_, PyAny>) {
        self.0
            .store(class.clone().into_ptr().cast(), Ordering::Release);
    }

    /// The class as an object.
    pub(crate) fn bind<'py>(&self, py: Python<'py>) -> Bound<'py, PyAny> {
        // SAFETY: the class was kept for ever when the module was made, before anything could ask for it.
        unsafe { Bound::from_borrowed_ptr(py, self.get().cast()) }
    }

    /// Whether the object is an instance of the class itself.
    #[inline(always)]
    pub(crate) fn is_exact(&self, object: &Bound<'_, PyAny>) -> bool {
        object.get_type_ptr() == self.get()
    }

    /// Whether the object is an instance of the class or a subclass.
    #[inline]
    pub(crate) fn is_instance(&self, object: &Bound<'_, PyAny>) -> bool {
        // SAFETY: both are live types.
        self.is_exact(object)
            || unsafe { ffi::PyType_IsSubtype(object.get_type_ptr(), self.get()) } != 0
    }
}

/// Reads an attribute of an object.
pub(crate) type Getter = for<'py> fn(&Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>>;
/// Sets an attribute of an object.
pub(crate) type Setter = for<'py> fn(&Bound<'py, PyAny>, &Bound<'py, PyAny>) -> PyResult<()>;

/// One attribute of a class.
pub(crate) struct Attribute {
    pub(crate) name: &'static CStr,
    pub(crate) doc: &'static CStr,
    pub(crate) get: Getter,
    pub(crate) set: Option<Setter>,
}

impl Attribute {
    /// An attribute that can only be read.
    pub(crate) const fn new(name: &'static CStr, doc: &'static CStr, get: Getter) -> Self {
        Self {
            name,
            doc,
            get,
            set: None,
        }
    }

    /// The same attribute, with a way to set it.
    pub(crate) const fn settable(mut self, set: Setter) -> Self {
        self.set = Some(set);
        self
    }
}

unsafe extern "C" fn get_attribute(
    object: *mut ffi::PyObject,
    attribute: *mut c_void,
) -> *mut ffi::PyObject {
    slot(|py| {
        // SAFETY: CPython hands over a live object and the closure given in `Class::build`, an `Attribute`.
        let (object, attribute) =
            unsafe { (borrowed(py, object), &*attribute.cast::<Attribute>()) };
        (attribute.get)(&object).map(Bound::into_ptr)
    })
}

unsafe extern "C" fn set_attribute(
    object: *mut ffi::PyObject,
    value: *mut ffi::PyObject,
    attribute: *mut c_void,
) -> c_int {
    slot(|py| {
        // SAFETY: as in `get_attribute`.
        let (object, attribute) =
            unsafe { (borrowed(py, object), &*attribute.cast::<Attribute>()) };
        let Some(set) = attribute.set.filter(|_| !value.is_null()) else {
            return Err(PyAttributeError::new_err(format!(
                "cannot delete attribute '{}'",
                attribute.name.to_string_lossy()
            )));
        };
        // SAFETY: the value is not null, hence a live object.
        let value = unsafe { borrowed(py, value) };
        set(&object, &value)?;
        Ok(0)
    })
}

/// A class in the making.
pub(crate) struct Class {
    name: &'static CStr,
    size: usize,
    flags: std::ffi::c_ulong,
    slots: Vec<ffi::PyType_Slot>,
    members: Vec<ffi::PyMemberDef>,
    attributes: Vec<ffi::PyGetSetDef>,
}

impl Class {
    /// A class whose instances have the given size in bytes, head included; 0 for that of its base.
    pub(crate) fn new(name: &'static CStr, doc: &'static CStr, size: usize) -> Self {
        Self {
            name,
            size,
            flags: ffi::Py_TPFLAGS_DEFAULT,
            slots: vec![ffi::PyType_Slot {
                slot: ffi::Py_tp_doc,
                pfunc: doc.as_ptr().cast_mut().cast(),
            }],
            members: Vec::new(),
            attributes: Vec::new(),
        }
    }

    /// Adds flags.
    pub(crate) fn flags(mut self, flags: std::ffi::c_ulong) -> Self {
        self.flags |= flags;
        self
    }

    /// Sets a slot.
    ///
    /// # Safety
    /// `function` must be a function of the type that the slot asks for, written for instances of this class.
    pub(crate) unsafe fn slot(mut self, slot: c_int, function: *mut c_void) -> Self {
        self.slots.push(ffi::PyType_Slot {
            slot,
            pfunc: function,
        });
        self
    }

    /// Says where instances keep a special pointer: `__weaklistoffset__`, `__vectorcalloffset__`.
    ///
    /// # Safety
    /// Instances must have such a field at that offset.
    pub(crate) unsafe fn offset(mut self, name: &'static CStr, offset: usize) -> Self {
        self.members.push(ffi::PyMemberDef {
            name: name.as_ptr(),
            type_code: ffi::Py_T_PYSSIZET,
            offset: offset as isize,
            flags: ffi::Py_READONLY,
            doc: ptr::null(),
        });
        self
    }

    /// Adds attributes.
    pub(crate) fn attributes(mut self, attributes: &'static [Attribute]) -> Self {
        self.attributes
            .extend(attributes.iter().map(|attribute| ffi::PyGetSetDef {
                name: attribute.name.as_ptr(),
                get: Some(get_attribute),
                set: attribute.set.map(|_| set_attribute as ffi::setter),
                doc: attribute.doc.as_ptr(),
                closure: ptr::from_ref(attribute).cast_mut().cast(),
            }));
        self
    }

    /// Makes the class.
    pub(crate) fn build<'py>(
        mut self,
        py: Python<'py>,
        bases: &[&Bound<'py, PyAny>],
    ) -> PyResult<Bound<'py, PyAny>> {
        if !self.members.is_empty() {
            self.members.push(ffi::PyMemberDef {
                name: ptr::null(),
                type_code: 0,
                offset: 0,
                flags: 0,
                doc: ptr::null(),
            });
            self.slots.push(ffi::PyType_Slot {
                slot: ffi::Py_tp_members,
                pfunc: self.members.as_mut_ptr().cast(),
            });
        }
        // The documentation of the class would take the place of an attribute that instances have.
        let own_doc = |attribute: &ffi::PyGetSetDef| {
            // SAFETY: the names of attributes are C strings.
            unsafe { CStr::from_ptr(attribute.name) == c"__doc__" }
        };
        if self.attributes.iter().any(own_doc) {
            self.slots.retain(|slot| slot.slot != ffi::Py_tp_doc);
        }
        if !self.attributes.is_empty() {
            self.attributes.push(ffi::PyGetSetDef::default());
            // CPython goes on using the table, so it stays for the life of the process.
            let attributes = Box::leak(std::mem::take(&mut self.attributes).into_boxed_slice());
            self.slots.push(ffi::PyType_Slot {
                slot: ffi::Py_tp_getset,
                pfunc: attributes.as_mut_ptr().cast(),
            });
        }
        self.slots.push(ffi::PyType_Slot::default());
        let mut spec = ffi::PyType_Spec {
            name: self.name.as_ptr(),
            basicsize: self.size as c_int,
            itemsize: 0,
            flags: self.flags as c_uint,
            slots: self.slots.as_mut_ptr(),
        };
        let bases = PyTuple::new(py, bases)?;
        let bases = if bases.is_empty() {
            ptr::null_mut()
        } else {
            bases.as_ptr()
        };
        // SAFETY: the specification and its tables are complete and end with an empty entry; the functions in it
        // fit their slots (see `slot`).
        unsafe { owned(py, ffi::PyType_FromSpecWithBases(&raw mut spec, bases)) }
    }
}
