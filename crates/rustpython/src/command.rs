//! The command `rustsci-python`.

use std::process::ExitCode;

use rustpython::{InterpreterBuilder, RunMode};
use rustsci_rustpython_frozen as frozen;

use crate::{interactive, limit};

/// Runs the interpreter as the command line says.
pub fn run() -> ExitCode {
    let builder = InterpreterBuilder::new();
    let standard_library = rustpython_stdlib::stdlib_module_defs(&builder.ctx);
    let native = crate::native_module(&builder.ctx);
    let mut builder = builder
        .add_native_modules(&standard_library)
        .add_native_module(native)
        .add_frozen_modules(frozen::library());
    let (settings, mode) = match rustpython::parse_opts() {
        Ok(options) => options,
        Err(error) => return refuse(&error.to_string()),
    };
    match limit::asked_for(&settings.xoptions) {
        Ok(Some(limit)) => builder = builder.init_hook(move |vm| limit::enforce(vm, limit)),
        Ok(None) => {}
        Err(message) => return refuse(&message),
    }
    // RustPython's own session takes every line of a program that is piped to it for a statement.
    if matches!(mode, RunMode::Repl) {
        // As RustPython does for programs that are named: WASI has no folder of its own to start in.
        #[cfg(target_os = "wasi")]
        if let Ok(folder) = std::env::var("PWD") {
            let _ = std::env::set_current_dir(folder);
        }
        let code = builder
            .settings(settings)
            .interpreter()
            .run(interactive::run);
        return rustpython_vm::host_env::os::exit_code(code);
    }
    rustpython::run(builder)
}

/// Ends with the code that Python has for a command line that it cannot read.
fn refuse(message: &str) -> ExitCode {
    eprintln!("rustsci-python: {message} (--help lists the options)");
    ExitCode::from(2)
}
