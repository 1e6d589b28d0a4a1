//! RustPython's class for a Rust type, made when it is first asked for.

use rustpython_vm::builtins::{PyStaticMethod, PyType as VmType, PyTypeRef};
use rustpython_vm::function::{FuncArgs, PySetterValue};
use rustpython_vm::types::{PyTypeFlags, PyTypeSlots};
use rustpython_vm::{AsObject, Py as VmPy, PyObjectRef, PyPayload, PyRef, VirtualMachine};

use super::entries::{Body, Entry, Kind, NewBody};
use super::{Arguments, Cell, PyClass, missing};
use crate::types::PyType;
use crate::{Bound, PyAny, PyErr, PyResult, Python, exceptions};

/// The class, which is made when it is first asked for.
pub fn class<'py, T: PyClass>(py: Python<'py>) -> PyResult<&'static VmPy<VmType>> {
    let place = &T::place().0;
    if place.get().is_none() {
        let class = make::<T>(py)?;
        let _ = place.set(class);
    }
    Ok(<Cell<T> as PyPayload>::class(&py.vm().ctx))
}

fn make<T: PyClass>(py: Python<'_>) -> PyResult<PyTypeRef> {
    let vm = py.vm();
    let mut slots = PyTypeSlots::new(<T as PyClass>::NAME, PyTypeFlags::empty());
    slots.basicsize = size_of::<VmPy<Cell<T>>>();
    let class = VmType::new_heap(
        <T as PyClass>::NAME,
        vec![vm.ctx.types.object_type.to_owned()],
        Default::default(),
        slots,
        vm.ctx.types.type_type.to_owned(),
        &vm.ctx,
    )
    .map_err(exceptions::PyTypeError::new_err)?;
    let kept: &'static VmPy<VmType> = PyRef::leak(class.clone());
    let set = |name: &str, value: PyObjectRef| {
        class
            .as_object()
            .set_attr(vm.ctx.intern_str(name), value, vm)
    };
    set("__module__", vm.ctx.new_str(T::MODULE).into())?;
    set("__doc__", vm.ctx.new_str(T::DOC.trim()).into())?;
    let entries = T::entries();
    for entry in &entries {
        if let Some(value) = member(vm, kept, entry, &entries) {
            set(entry.name, value)?;
        }
    }
    Ok(class)
}

/// What a class has under the name of an entry; a setter belongs to the getter of its name.
fn member(
    vm: &VirtualMachine,
    class: &'static VmPy<VmType>,
    entry: &Entry,
    entries: &[Entry],
) -> Option<PyObjectRef> {
    let name = entry.name;
    match entry.kind {
        Kind::New(body) => Some(constructor(vm, body)),
        Kind::Method(body) => Some(method(vm, name, class, move |own, arguments| {
            body(own, arguments)
        })),
        Kind::Comparison(body, operation) => {
            Some(method(vm, name, class, move |own, mut arguments| {
                let other = arguments
                    .take(0, "other")
                    .ok_or_else(|| missing(name, "other"))?;
                body(own, &other, operation)
            }))
        }
        Kind::Getter(get) => {
            let setter = entries.iter().find_map(|other| match other.kind {
                Kind::Setter(set) if other.name == name => Some(set),
                _ => None,
            });
            Some(attribute(vm, name, class, get, setter))
        }
        Kind::Setter(_) => None,
    }
}

fn constructor(vm: &VirtualMachine, body: NewBody) -> PyObjectRef {
    let function = vm.new_function(
        "__new__",
        move |mut arguments: FuncArgs, vm: &VirtualMachine| {
            let py = Python::of(vm);
            if arguments.args.is_empty() {
                return Err(vm.new_type_error("__new__(): not enough arguments"));
            }
            let class = Bound::<PyAny>::wrap(py, arguments.args.remove(0));
            let made = (|| body(class.cast::<PyType>()?, Arguments::new(py, arguments)))();
            made.map(Bound::into_object).map_err(PyErr::into_exception)
        },
    );
    PyStaticMethod::new(function.into())
        .into_ref(&vm.ctx)
        .into()
}

fn method(
    vm: &VirtualMachine,
    name: &'static str,
    class: &'static VmPy<VmType>,
    body: impl for<'py> Fn(&Bound<'py, PyAny>, Arguments<'py>) -> PyResult<Bound<'py, PyAny>>
    + Send
    + Sync
    + 'static,
) -> PyObjectRef {
    let function = move |mut arguments: FuncArgs, vm: &VirtualMachine| {
        let py = Python::of(vm);
        if arguments.args.is_empty() {
            return Err(vm.new_type_error(format!("{name}() needs an instance")));
        }
        let own = Bound::wrap(py, arguments.args.remove(0));
        body(&own, Arguments::new(py, arguments))
            .map(Bound::into_object)
            .map_err(PyErr::into_exception)
    };
    vm.new_method(name, class, function).into()
}

fn attribute(
    vm: &VirtualMachine,
    name: &'static str,
    class: &'static VmPy<VmType>,
    get: Body,
    set: Option<Body>,
) -> PyObjectRef {
    let getter = move |own: PyObjectRef, vm: &VirtualMachine| {
        let py = Python::of(vm);
        get(
            &Bound::wrap(py, own),
            Arguments::new(py, FuncArgs::default()),
        )
        .map(Bound::into_object)
        .map_err(PyErr::into_exception)
    };
    let Some(set) = set else {
        return vm.ctx.new_readonly_getset(name, class, getter).into();
    };
    let setter = move |own: PyObjectRef, value: PySetterValue, vm: &VirtualMachine| {
        let py = Python::of(vm);
        let PySetterValue::Assign(value) = value else {
            return Err(vm.new_attribute_error(format!("cannot delete attribute '{name}'")));
        };
        set(
            &Bound::wrap(py, own),
            Arguments::new(py, vec![value].into()),
        )
        .map(drop)
        .map_err(PyErr::into_exception)
    };
    vm.ctx.new_getset(name, class, getter, setter).into()
}
