//! The command `rustsci-python`.

use std::process::ExitCode;

use rustpython::RunMode;
use rustpython_vm::InterpreterBuilder;
use rustsci_rustpython_frozen as frozen;

use crate::limit;
use crate::program::{self, Program};

/// Runs the interpreter as the command line says.
pub fn run() -> ExitCode {
    // What RustPython cannot make sense of in the options and the environment, it tells to a log.
    if log::set_logger(&Messages).is_ok() {
        log::set_max_level(log::LevelFilter::Error);
    }
    // WASI has no folder of its own to start in.
    #[cfg(target_os = "wasi")]
    if let Ok(folder) = std::env::var("PWD") {
        let _ = std::env::set_current_dir(folder);
    }
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
    let program = match mode {
        RunMode::Command(text) => Program::Text(text),
        RunMode::Module(name) => Program::Module(name),
        RunMode::Script(path) => Program::File(path),
        RunMode::Repl => Program::Input,
        RunMode::InstallPip(_) => {
            return refuse(
                "--install-pip: pip is not built in; install with another Python's pip --target FOLDER, and name the folder in PYTHONPATH",
            );
        }
    };
    let code = builder
        .settings(settings)
        .interpreter()
        .run(|vm| program::run(vm, program));
    rustpython_vm::host_env::os::exit_code(code)
}

/// Ends with the code that Python has for a command line that it cannot read.
fn refuse(message: &str) -> ExitCode {
    eprintln!("rustsci-python: {message} (--help lists the options)");
    ExitCode::from(2)
}

/// Writes what is told to the log to the standard error stream.
struct Messages;

impl log::Log for Messages {
    fn enabled(&self, about: &log::Metadata<'_>) -> bool {
        about.level() <= log::Level::Error
    }

    fn log(&self, record: &log::Record<'_>) {
        if self.enabled(record.metadata()) {
            eprintln!("{}", record.args());
        }
    }

    fn flush(&self) {}
}
