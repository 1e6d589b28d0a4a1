//! Classes made at run time.

use std::ffi::{CStr, c_int, c_ulong, c_void};
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

use pyo3::exceptions::PyTypeError;
use pyo3::ffi;
use pyo3::prelude::*;
use rustpython_vm::builtins::{PyType, PyTypeRef};
use rustpython_vm::function::PySetterValue;
use rustpython_vm::types::{PyTypeFlags, PyTypeSlots};
use rustpython_vm::{AsObject, Py as VmPy, PyObjectRef, PyRef, VirtualMachine};

use super::buffer::Lender;
use super::memory::{Dealloc, Payload, Shape, with_shape};
use super::methods;

/// Where a class is kept for the life of the process.
pub(crate) struct TypeCell(AtomicPtr<ffi::PyTypeObject>);

impl TypeCell {
    /// A place for a class that is yet to be made.
    pub(crate) const fn empty() -> Self {
        Self(AtomicPtr::new(ptr::null_mut()))
    }

    /// The class; null before the module was made.
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
    pub(crate) fn is_exact(&self, object: &Bound<'_, PyAny>) -> bool {
        ptr::from_ref(object.object().class()).cast() == self.get().cast_const()
    }

    /// Whether the object is an instance of the class or a subclass.
    pub(crate) fn is_instance(&self, object: &Bound<'_, PyAny>) -> bool {
        if self.is_exact(object) {
            return true;
        }
        let class = self.get().cast::<VmPy<PyType>>();
        // SAFETY: null, or a class that is kept for ever.
        !class.is_null() && object.object().class().fast_issubclass(unsafe { &*class })
    }
}

/// Reads an attribute of an object.
pub(crate) type Getter = for<'py> fn(&Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>>;
/// Sets an attribute of an object.
pub(crate) type Setter = for<'py> fn(&Bound<'py, PyAny>, &Bound<'py, PyAny>) -> PyResult<()>;

/// One attribute of a class.
pub(crate) struct Attribute {
    pub(crate) name: &'static CStr,
    pub(crate) get: Getter,
    pub(crate) set: Option<Setter>,
}

impl Attribute {
    /// An attribute that can only be read.
    pub(crate) const fn new(name: &'static CStr, _doc: &'static CStr, get: Getter) -> Self {
        Self {
            name,
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

/// A class in the making.
pub(crate) struct Class {
    name: &'static str,
    doc: &'static str,
    size: usize,
    flags: c_ulong,
    slots: Vec<(c_int, *mut c_void)>,
    /// Where instances keep a special pointer, by its name.
    offsets: Vec<(&'static CStr, usize)>,
    attributes: &'static [Attribute],
}

impl Class {
    /// A class whose instances have the given size in bytes, head included; 0 for that of its base.
    pub(crate) fn new(name: &'static CStr, doc: &'static CStr, size: usize) -> Self {
        let text = |text: &'static CStr| text.to_str().unwrap_or_default();
        Self {
            name: text(name),
            doc: text(doc),
            size,
            flags: 0,
            slots: Vec::new(),
            offsets: Vec::new(),
            attributes: &[],
        }
    }

    /// Adds flags.
    pub(crate) fn flags(mut self, flags: c_ulong) -> Self {
        self.flags |= flags;
        self
    }

    /// Sets a slot.
    ///
    /// # Safety
    /// `function` must be a function of the type that the slot asks for, written for instances of this class.
    pub(crate) unsafe fn slot(mut self, slot: c_int, function: *mut c_void) -> Self {
        self.slots.push((slot, function));
        self
    }

    /// Says where instances keep a special pointer: `__weaklistoffset__`, `__vectorcalloffset__`.
    ///
    /// # Safety
    /// Instances must have such a field at that offset.
    pub(crate) unsafe fn offset(mut self, name: &'static CStr, offset: usize) -> Self {
        self.offsets.push((name, offset));
        self
    }

    /// Adds attributes.
    pub(crate) fn attributes(mut self, attributes: &'static [Attribute]) -> Self {
        self.attributes = attributes;
        self
    }

    fn find_slot(&self, wanted: c_int) -> Option<*mut c_void> {
        let mut found = self.slots.iter().filter(|(slot, _)| *slot == wanted);
        found.next_back().map(|(_, function)| *function)
    }

    fn find_offset(&self, wanted: &CStr) -> Option<usize> {
        let mut found = self.offsets.iter().filter(|(name, _)| *name == wanted);
        found.next().map(|(_, offset)| *offset)
    }

    /// What instances keep, by their size and by Python's own class among the bases.
    fn payload(&self, vm: &VirtualMachine, bases: &[PyTypeRef]) -> PyResult<Payload> {
        let is_below = |class: &VmPy<PyType>| bases.iter().any(|base| base.fast_issubclass(class));
        if is_below(vm.ctx.types.float_type) {
            return Ok(Payload::Float);
        }
        if is_below(vm.ctx.types.complex_type) {
            return Ok(Payload::Complex);
        }
        Payload::of_size(self.size)
    }

    fn type_flags(&self) -> PyTypeFlags {
        let mut flags = Vec::new();
        if self.flags & ffi::Py_TPFLAGS_BASETYPE != 0 {
            flags.push(PyTypeFlags::BASETYPE);
        }
        if self.flags & ffi::Py_TPFLAGS_SEQUENCE != 0 {
            flags.push(PyTypeFlags::SEQUENCE);
        }
        if self.find_offset(c"__weaklistoffset__").is_some() {
            flags.extend([PyTypeFlags::HAS_WEAKREF, PyTypeFlags::MANAGED_WEAKREF]);
        }
        PyTypeFlags::from_slice(&flags)
    }

    /// Makes the class.
    pub(crate) fn build<'py>(
        self,
        py: Python<'py>,
        bases: &[&Bound<'py, PyAny>],
    ) -> PyResult<Bound<'py, PyAny>> {
        let vm = py.vm();
        let mut classes = Vec::new();
        for base in bases {
            let Ok(class) = base.object().to_owned().downcast::<PyType>() else {
                return Err(PyTypeError::new_err("bases must be classes"));
            };
            classes.push(class);
        }
        if classes.is_empty() {
            classes.push(vm.ctx.types.object_type.to_owned());
        }
        let payload = self.payload(vm, &classes)?;
        let inherited = with_shape(&classes[0], |shape| shape.payload);
        let mut slots = PyTypeSlots::new(self.name, self.type_flags());
        slots.basicsize = match (payload, inherited) {
            (Payload::None, Some(inherited)) => inherited.basic_size(),
            _ => payload.basic_size(),
        };
        let (module, short) = self
            .name
            .rsplit_once('.')
            .unwrap_or(("builtins", self.name));
        let class = PyType::new_heap(
            short,
            classes,
            Default::default(),
            slots,
            vm.ctx.types.type_type.to_owned(),
            &vm.ctx,
        )
        .map_err(PyTypeError::new_err)?;
        let dealloc = self.find_slot(ffi::Py_tp_dealloc);
        let shape = Shape {
            payload,
            // SAFETY: the slot holds a function of this type (see `slot`).
            dealloc: dealloc
                .map(|function| unsafe { std::mem::transmute::<*mut c_void, Dealloc>(function) }),
            vectorcall: self.find_offset(c"__vectorcalloffset__"),
            lender: self.find_slot(ffi::Py_bf_getbuffer).map(|get| {
                // SAFETY: the slots hold functions of these types.
                unsafe { Lender::new(get, self.find_slot(ffi::Py_bf_releasebuffer)) }
            }),
        };
        class.init_type_data(shape).map_err(PyTypeError::new_err)?;
        // The class is kept for the life of the process, as are all that native modules make.
        let kept: &'static VmPy<PyType> = PyRef::leak(class.clone());
        let set = |name: &str, value: PyObjectRef| -> PyResult<()> {
            Ok(class
                .as_object()
                .set_attr(vm.ctx.intern_str(name), value, vm)?)
        };
        set("__module__", vm.ctx.new_str(module).into())?;
        set("__doc__", documentation(vm, self.doc))?;
        for attribute in self.attributes {
            // Past the class's own attributes: instances may have a `__name__` as well as their class.
            let name = attribute.name.to_str().unwrap_or_default();
            class.set_attr(vm.ctx.intern_str(name), property(vm, kept, attribute));
        }
        for (slot, function) in &self.slots {
            // SAFETY: the function is of the type that the slot asks for (see `slot`).
            for (name, value) in unsafe { methods::of_slot(vm, kept, *slot, *function) } {
                set(name, value)?;
            }
            methods::set_directly(kept, *slot);
        }
        let has = |slot| self.find_slot(slot).is_some();
        if has(ffi::Py_mp_subscript) && !has(ffi::Py_sq_item) && !has(ffi::Py_tp_iter) {
            methods::refuse_iteration(kept);
        }
        Ok(Bound::wrap(py, class.into()))
    }
}

/// A class's documentation without the signature that comes before it.
fn documentation(vm: &VirtualMachine, doc: &str) -> PyObjectRef {
    let text = doc.split_once("\n--\n\n").map_or(doc, |(_, text)| text);
    vm.ctx.new_str(text).into()
}

/// An attribute as a property of the class.
fn property(
    vm: &VirtualMachine,
    class: &'static VmPy<PyType>,
    attribute: &'static Attribute,
) -> PyObjectRef {
    let name = attribute.name.to_str().unwrap_or_default();
    let get = |own: PyObjectRef, vm: &VirtualMachine| {
        let py = Python::of(vm);
        (attribute.get)(&Bound::wrap(py, own))
            .map(Bound::into_object)
            .map_err(PyErr::into_exception)
    };
    let Some(set) = attribute.set else {
        return vm.ctx.new_readonly_getset(name, class, get).into();
    };
    let set = move |own: PyObjectRef, value: PySetterValue, vm: &VirtualMachine| {
        let py = Python::of(vm);
        let PySetterValue::Assign(value) = value else {
            return Err(vm.new_attribute_error(format!("cannot delete attribute '{name}'")));
        };
        set(&Bound::wrap(py, own), &Bound::wrap(py, value)).map_err(PyErr::into_exception)
    };
    vm.ctx.new_getset(name, class, get, set).into()
}
