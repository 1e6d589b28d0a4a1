//! rustsci for RustPython: the module `rustsci._native`, the Python layer frozen in, and an interpreter with both.
//!
//! The shells of the classes and the binding of the common table are those of CPython, compiled once more: the crate
//! `pyo3` that they use is `pyo3/` here, PyO3's API on RustPython's objects, and [`c_api`] makes classes of what they
//! declare.

mod c_api;
mod command;
mod limit;
mod program;
mod session;

#[path = "../../cpython/src/call/mod.rs"]
mod call;
#[path = "../../cpython/src/coerce/mod.rs"]
mod coerce;
#[path = "../../cpython/src/dtype/mod.rs"]
mod dtype;
#[path = "../../cpython/src/iterators/mod.rs"]
mod iterators;
#[path = "../../cpython/src/module.rs"]
mod module;
#[path = "../../cpython/src/ndarray/mod.rs"]
mod ndarray;
#[path = "../../cpython/src/scalar/mod.rs"]
mod scalar;
#[path = "../../cpython/src/ufunc/mod.rs"]
mod ufunc;

pub use command::run;

use pyo3::prelude::*;
use rustpython_vm::builtins::{PyModule as VmModule, PyModuleDef, PyModuleSlots};
use rustpython_vm::{Context, Py as VmPy, PyResult as VmResult, VirtualMachine};

/// The definition of the native module.
pub fn native_module(context: &Context) -> &'static PyModuleDef {
    Box::leak(Box::new(PyModuleDef {
        name: context.intern_str("rustsci._native"),
        doc: None,
        methods: &[],
        slots: PyModuleSlots {
            create: None,
            exec: Some(fill),
        },
    }))
}

fn fill(vm: &VirtualMachine, module: &VmPy<VmModule>) -> VmResult<()> {
    let module = Bound::wrap(Python::of(vm), module.to_owned().into());
    module::fill(&module).map_err(PyErr::into_exception)
}
