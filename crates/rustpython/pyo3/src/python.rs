//! The virtual machine as a token.

use std::marker::PhantomData;

use rustpython_vm::VirtualMachine;
use rustpython_vm::convert::ToPyObject;

use crate::types::{PyModule, PyType, TypeInfo};
use crate::{Bound, Py, PyAny, PyResult};

/// A sign that code of a virtual machine is running on this thread.
#[derive(Clone, Copy)]
pub struct Python<'py>(PhantomData<&'py VirtualMachine>);

impl<'py> Python<'py> {
    /// The token for a machine.
    pub fn of(_vm: &'py VirtualMachine) -> Self {
        Self(PhantomData)
    }

    /// The machine that runs on this thread.
    ///
    /// # Safety
    /// One must be running for as long as the token is used.
    pub unsafe fn assume_attached() -> Self {
        Self(PhantomData)
    }

    /// The machine that runs on this thread.
    pub fn vm(self) -> &'py VirtualMachine {
        rustpython_vm::vm::thread::with_current_vm(|vm| {
            // SAFETY: who made the token saw to it that a machine runs for as long as the token lives.
            unsafe { &*std::ptr::from_ref(vm) }
        })
    }

    /// `None`.
    #[expect(non_snake_case, reason = "PyO3's name, which is Python's")]
    pub fn None(self) -> Py<PyAny> {
        Py::from(self.vm().ctx.none())
    }

    /// `NotImplemented`.
    #[expect(non_snake_case, reason = "PyO3's name, which is Python's")]
    pub fn NotImplemented(self) -> Py<PyAny> {
        Py::from(self.vm().ctx.not_implemented())
    }

    /// `Ellipsis`.
    #[expect(non_snake_case, reason = "PyO3's name, which is Python's")]
    pub fn Ellipsis(self) -> Py<PyAny> {
        Py::from(self.vm().ctx.ellipsis.clone().to_pyobject(self.vm()))
    }

    /// A module by its full name.
    pub fn import(self, name: &str) -> PyResult<Bound<'py, PyModule>> {
        let modules = self.vm().sys_module.get_attr("modules", self.vm())?;
        let module = match modules.get_item(name, self.vm()) {
            Ok(module) if !self.vm().is_none(&module) => module,
            _ => {
                // This gives the outermost package; the module itself is in the table by then.
                self.vm().import(self.vm().ctx.intern_str(name), 0)?;
                modules.get_item(name, self.vm())?
            }
        };
        Ok(Bound::wrap(self, module))
    }

    /// The class that Rust knows as `T`.
    pub fn get_type<T: TypeInfo>(self) -> Bound<'py, PyType> {
        Bound::wrap(self, T::class(self.vm()).to_owned().into())
    }

    /// Runs work that touches no object, beside other Python threads.
    pub fn detach<T>(self, work: impl FnOnce() -> T) -> T {
        self.vm().allow_threads(work)
    }
}
