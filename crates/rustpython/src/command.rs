//! The command `rustsci-python`.

use std::process::ExitCode;

use rustpython::{InterpreterBuilder, InterpreterBuilderExt};
use rustpython_vm::py_freeze;

/// Runs the interpreter as the command line says.
pub fn run() -> ExitCode {
    let builder = InterpreterBuilder::new().init_stdlib();
    let native = crate::native_module(&builder.ctx);
    let builder = builder
        .add_native_module(native)
        .add_frozen_modules(py_freeze!(dir = "../../../python"))
        .add_frozen_modules(py_freeze!(dir = "../lib"));
    rustpython::run(builder)
}
