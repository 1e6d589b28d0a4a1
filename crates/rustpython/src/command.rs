//! The command `rustsci-python`.

use std::process::ExitCode;

use rustpython::InterpreterBuilder;
use rustsci_rustpython_frozen as frozen;

use crate::limit;

/// Runs the interpreter as the command line says.
pub fn run() -> ExitCode {
    let builder = InterpreterBuilder::new();
    let standard_library = rustpython_stdlib::stdlib_module_defs(&builder.ctx);
    let native = crate::native_module(&builder.ctx);
    let mut builder = builder
        .add_native_modules(&standard_library)
        .add_native_module(native)
        .add_frozen_modules(frozen::library());
    // A command line that cannot be read is told of by the interpreter itself.
    if let Ok((settings, _)) = rustpython::parse_opts() {
        match limit::asked_for(&settings.xoptions) {
            Ok(Some(limit)) => builder = builder.init_hook(move |vm| limit::enforce(vm, limit)),
            Ok(None) => {}
            Err(message) => {
                eprintln!("rustsci-python: {message}");
                return ExitCode::from(2);
            }
        }
    }
    rustpython::run(builder)
}
