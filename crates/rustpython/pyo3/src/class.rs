//! Classes whose instances are Rust values: what [`crate::pyclass`] and [`crate::pymethods`] expand to.

use std::cell::UnsafeCell;
use std::ops::{Deref, DerefMut};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicIsize, Ordering};

use rustpython_vm::builtins::{PyStaticMethod, PyType as VmType, PyTypeRef};
use rustpython_vm::function::{FuncArgs, PySetterValue};
use rustpython_vm::object::{MaybeTraverse, TraverseFn};
use rustpython_vm::types::{PyTypeFlags, PyTypeSlots};
use rustpython_vm::{
    AsObject, Context, Py as VmPy, PyObject, PyObjectRef, PyPayload, PyRef, VirtualMachine,
};

use crate::basic::CompareOp;
use crate::types::{NotAny, PyTuple, PyType, TypeCheck};
use crate::{Bound, IntoPyObject, PyAny, PyErr, PyResult, Python, exceptions};

/// A Rust type that is a class.
pub trait PyClass: Send + Sync + Sized + 'static {
    /// The class's name.
    const NAME: &'static str;
    /// The module to import it from.
    const MODULE: &'static str;
    /// Its documentation.
    const DOC: &'static str;

    /// Where the class is kept.
    fn place() -> &'static Place;

    /// Its methods and attributes.
    fn entries() -> Vec<Entry>;
}

/// The methods of a class without any.
pub trait NoMethods {
    /// None.
    #[doc(hidden)]
    fn __pyo3_entries() -> Vec<Entry> {
        Vec::new()
    }
}

impl<T: PyClass> NoMethods for T {}

/// Where a class is kept for the life of the process.
pub struct Place(OnceLock<PyTypeRef>);

impl Place {
    /// A place for a class that is yet to be made.
    pub const fn empty() -> Self {
        Self(OnceLock::new())
    }
}

type Body = for<'py> fn(&Bound<'py, PyAny>, Arguments<'py>) -> PyResult<Bound<'py, PyAny>>;
type NewBody = for<'py> fn(&Bound<'py, PyType>, Arguments<'py>) -> PyResult<Bound<'py, PyAny>>;
type Comparison =
    for<'py> fn(&Bound<'py, PyAny>, &Bound<'py, PyAny>, CompareOp) -> PyResult<Bound<'py, PyAny>>;

enum Kind {
    New(NewBody),
    Getter(Body),
    Setter(Body),
    Method(Body),
    Comparison(Comparison, CompareOp),
}

/// A method, or a way to read or set an attribute.
pub struct Entry {
    name: &'static str,
    kind: Kind,
}

impl Entry {
    /// What the class does when called.
    pub fn new(body: NewBody) -> Self {
        Self {
            name: "__new__",
            kind: Kind::New(body),
        }
    }

    /// A way to read an attribute.
    pub fn getter(name: &'static str, _doc: &'static str, body: Body) -> Self {
        Self {
            name,
            kind: Kind::Getter(body),
        }
    }

    /// A way to set an attribute.
    pub fn setter(name: &'static str, _doc: &'static str, body: Body) -> Self {
        Self {
            name,
            kind: Kind::Setter(body),
        }
    }

    /// A method.
    pub fn method(name: &'static str, _doc: &'static str, body: Body) -> Self {
        Self {
            name,
            kind: Kind::Method(body),
        }
    }
}

/// The methods of a class that compares in one function.
pub fn comparisons(body: Comparison) -> Vec<Entry> {
    use CompareOp::{Eq, Ge, Gt, Le, Lt, Ne};
    [
        ("__lt__", Lt),
        ("__le__", Le),
        ("__eq__", Eq),
        ("__ne__", Ne),
        ("__gt__", Gt),
        ("__ge__", Ge),
    ]
    .into_iter()
    .map(|(name, operation)| Entry {
        name,
        kind: Kind::Comparison(body, operation),
    })
    .collect()
}

/// The arguments of a call that have not been taken yet.
pub struct Arguments<'py> {
    py: Python<'py>,
    positional: Vec<Option<PyObjectRef>>,
    named: Vec<(String, PyObjectRef)>,
}

impl<'py> Arguments<'py> {
    fn new(py: Python<'py>, arguments: FuncArgs) -> Self {
        Self {
            py,
            positional: arguments.args.into_iter().map(Some).collect(),
            named: arguments
                .kwargs
                .into_iter()
                .map(|(name, value)| (name.to_string(), value))
                .collect(),
        }
    }

    /// The argument at a position or of a name.
    pub fn take(&mut self, position: usize, name: &str) -> Option<Bound<'py, PyAny>> {
        let given = match self.positional.get_mut(position) {
            Some(argument) => argument.take(),
            None => {
                let place = self.named.iter().position(|(given, _)| given == name);
                place.map(|place| self.named.remove(place).1)
            }
        };
        given.map(|object| Bound::wrap(self.py, object))
    }

    /// All further positional arguments.
    pub fn rest(&mut self, position: usize, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let rest = self.positional.iter_mut().skip(position);
        let objects: Vec<_> = rest.filter_map(Option::take).collect();
        Ok(Bound::wrap(py, py.vm().ctx.new_tuple(objects).into()))
    }

    /// Refuses what no parameter took.
    pub fn finish(self, function: &str) -> PyResult<()> {
        if let Some((name, _)) = self.named.first() {
            return Err(exceptions::PyTypeError::new_err(format!(
                "{function}() got an unexpected keyword argument '{name}'"
            )));
        }
        if self.positional.iter().any(Option::is_some) {
            return Err(exceptions::PyTypeError::new_err(format!(
                "{function}() takes fewer positional arguments than the {} given",
                self.positional.len()
            )));
        }
        Ok(())
    }
}

/// The error for an argument that was not given.
pub fn missing(function: &str, name: &str) -> PyErr {
    crate::types::missing(function, name)
}

/// What a method may return.
pub trait Output<'py> {
    /// The object.
    fn object(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>>;
}

impl<'py, T: IntoPyObject<'py>> Output<'py> for T {
    fn object(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.into_pyobject(py)
    }
}

impl<'py, T: IntoPyObject<'py>> Output<'py> for PyResult<T> {
    fn object(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self?.into_pyobject(py)
    }
}

/// What may have failed.
pub trait Fallible<T> {
    /// The value or the error.
    fn result(self) -> PyResult<T>;
}

impl<T> Fallible<T> for PyResult<T> {
    fn result(self) -> PyResult<T> {
        self
    }
}

/// The result of `__next__`.
pub fn next<'py, T: IntoPyObject<'py>>(
    py: Python<'py>,
    found: PyResult<Option<T>>,
) -> PyResult<Bound<'py, PyAny>> {
    match found? {
        Some(item) => item.into_pyobject(py),
        None => Err(PyErr(py.vm().new_stop_iteration(None))),
    }
}

/// The payload of an instance.
pub struct Cell<T> {
    value: UnsafeCell<T>,
    /// How often the value is borrowed; -1 while it may be changed.
    borrows: AtomicIsize,
}

// SAFETY: the value is Send and Sync, and who changes it is alone in doing so (see `borrow_mut`).
unsafe impl<T: Send + Sync> Sync for Cell<T> {}

impl<T> std::fmt::Debug for Cell<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Cell")
    }
}

impl<T> MaybeTraverse for Cell<T> {
    fn try_traverse(&self, _: &mut TraverseFn<'_>) {}
}

impl<T: PyClass> PyPayload for Cell<T> {
    fn class(_: &Context) -> &'static VmPy<VmType> {
        match T::place().0.get() {
            Some(class) => class,
            None => unreachable!("the class is made before its instances"),
        }
    }
}

impl<T: PyClass> NotAny for T {}

impl<T: PyClass> TypeCheck for T {
    const NAME: &'static str = <T as PyClass>::NAME;

    fn is_instance(object: &PyObject, _: &VirtualMachine) -> bool {
        object.downcast_ref::<Cell<T>>().is_some()
    }

    fn is_exact(object: &PyObject, vm: &VirtualMachine) -> bool {
        Self::is_instance(object, vm)
    }
}

fn cell<'a, T: PyClass>(object: &'a Bound<'_, PyAny>) -> PyResult<&'a Cell<T>> {
    match object.object().downcast_ref::<Cell<T>>() {
        Some(cell) => Ok(cell),
        None => Err(exceptions::PyTypeError::new_err(format!(
            "expected a {}, not {}",
            <T as PyClass>::NAME,
            object.object().class().name()
        ))),
    }
}

/// A value that is borrowed.
pub struct PyRefTo<'a, T>(&'a Cell<T>);

/// A value that may be changed.
pub struct PyRefMutTo<'a, T>(&'a Cell<T>);

/// Borrows the value of an instance.
pub fn borrow<'a, T: PyClass>(object: &'a Bound<'_, PyAny>) -> PyResult<PyRefTo<'a, T>> {
    let cell = cell::<T>(object)?;
    if cell.borrows.fetch_add(1, Ordering::Acquire) < 0 {
        cell.borrows.fetch_sub(1, Ordering::Release);
        return Err(exceptions::PyRuntimeError::new_err(
            "Already mutably borrowed",
        ));
    }
    Ok(PyRefTo(cell))
}

/// Borrows the value of an instance to change it.
pub fn borrow_mut<'a, T: PyClass>(object: &'a Bound<'_, PyAny>) -> PyResult<PyRefMutTo<'a, T>> {
    let cell = cell::<T>(object)?;
    let alone = cell
        .borrows
        .compare_exchange(0, -1, Ordering::Acquire, Ordering::Relaxed);
    if alone.is_err() {
        return Err(exceptions::PyRuntimeError::new_err("Already borrowed"));
    }
    Ok(PyRefMutTo(cell))
}

impl<T> Deref for PyRefTo<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: nobody changes the value while the count is above zero.
        unsafe { &*self.0.value.get() }
    }
}

impl<T> Drop for PyRefTo<'_, T> {
    fn drop(&mut self) {
        self.0.borrows.fetch_sub(1, Ordering::Release);
    }
}

impl<T> Deref for PyRefMutTo<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: the count says that this is the only borrow.
        unsafe { &*self.0.value.get() }
    }
}

impl<T> DerefMut for PyRefMutTo<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: as above.
        unsafe { &mut *self.0.value.get() }
    }
}

impl<T> Drop for PyRefMutTo<'_, T> {
    fn drop(&mut self) {
        self.0.borrows.store(0, Ordering::Release);
    }
}

impl<'py, T: PyClass> Bound<'py, T> {
    /// A new instance.
    #[expect(clippy::new_ret_no_self, reason = "PyO3's name")]
    pub fn new(py: Python<'py>, value: T) -> PyResult<Self> {
        let class = class::<T>(py)?.to_owned();
        Ok(Self::wrap(py, made(class, value, py.vm())))
    }

    /// The value of an instance of a class whose values never change.
    pub fn get(&self) -> &T {
        // SAFETY: the object was tested when it was marked; PyO3 offers this for frozen classes only, so code that
        // compiles there changes nothing.
        unsafe {
            &*self
                .object()
                .downcast_unchecked_ref::<Cell<T>>()
                .value
                .get()
        }
    }

    /// The value.
    pub fn borrow(&self) -> PyRefTo<'_, T> {
        match borrow::<T>(self.as_any()) {
            Ok(value) => value,
            Err(error) => panic!("{error}"),
        }
    }
}

fn made<T: PyClass>(class: PyTypeRef, value: T, _vm: &VirtualMachine) -> PyObjectRef {
    let cell = Cell {
        value: UnsafeCell::new(value),
        borrows: AtomicIsize::new(0),
    };
    PyRef::new_ref(cell, class, None).into()
}

/// A new instance of a class, which was called.
pub fn instance<'py, T: PyClass>(
    py: Python<'py>,
    class: &Bound<'py, PyType>,
    value: T,
) -> PyResult<Bound<'py, PyAny>> {
    Ok(Bound::wrap(
        py,
        made(class.class().to_owned(), value, py.vm()),
    ))
}

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
        let name = entry.name;
        match entry.kind {
            Kind::New(body) => {
                let function = vm.new_function(
                    "__new__",
                    move |mut arguments: FuncArgs, vm: &VirtualMachine| {
                        let py = Python::of(vm);
                        if arguments.args.is_empty() {
                            return Err(vm.new_type_error("__new__(): not enough arguments"));
                        }
                        let class = Bound::<PyAny>::wrap(py, arguments.args.remove(0));
                        let made =
                            (|| body(class.cast::<PyType>()?, Arguments::new(py, arguments)))();
                        made.map(Bound::into_object).map_err(PyErr::into_exception)
                    },
                );
                set(
                    name,
                    PyStaticMethod::new(function.into())
                        .into_ref(&vm.ctx)
                        .into(),
                )?;
            }
            Kind::Method(body) => set(
                name,
                method(vm, name, kept, move |own, arguments| body(own, arguments)),
            )?,
            Kind::Comparison(body, operation) => {
                let compare = method(vm, name, kept, move |own, mut arguments| {
                    let other = arguments
                        .take(0, "other")
                        .ok_or_else(|| missing(name, "other"))?;
                    body(own, &other, operation)
                });
                set(name, compare)?;
            }
            Kind::Getter(get) => {
                let setter = entries.iter().find_map(|other| match other.kind {
                    Kind::Setter(set) if other.name == name => Some(set),
                    _ => None,
                });
                set(name, attribute(vm, name, kept, get, setter))?;
            }
            Kind::Setter(_) => {}
        }
    }
    Ok(class)
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
