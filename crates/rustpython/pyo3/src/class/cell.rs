//! Instances: the Rust value in their payload, and who may read or change it.

use std::cell::UnsafeCell;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicIsize, Ordering};

use rustpython_vm::builtins::{PyType as VmType, PyTypeRef};
use rustpython_vm::object::{MaybeTraverse, TraverseFn};
use rustpython_vm::{Context, Py as VmPy, PyObject, PyObjectRef, PyPayload, PyRef, VirtualMachine};

use super::{PyClass, class};
use crate::types::{NotAny, PyType, TypeCheck};
use crate::{Bound, PyAny, PyResult, Python, exceptions};

/// The payload of an instance.
pub struct Cell<T> {
    value: UnsafeCell<T>,
    /// How often the value is borrowed; -1 while it may be changed.
    borrows: AtomicIsize,
}

// SAFETY: the value is Send and Sync, and who changes it is alone in doing so (see `borrow_mut`).
unsafe impl<T: Send + Sync> Sync for Cell<T> {}

impl<T> fmt::Debug for Cell<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
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
        Ok(Self::wrap(py, made(class, value)))
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

    /// The value, to be changed, unless somebody is at it.
    pub fn try_borrow_mut(&self) -> PyResult<PyRefMutTo<'_, T>> {
        borrow_mut::<T>(self.as_any())
    }
}

fn made<T: PyClass>(class: PyTypeRef, value: T) -> PyObjectRef {
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
    Ok(Bound::wrap(py, made(class.class().to_owned(), value)))
}
