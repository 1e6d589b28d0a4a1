//! Runs what the command line names: the text of a program, a module, a file or a folder; what standard input brings; or a
//! session with whoever types there.

mod file;

use std::io::{IsTerminal, Read};

use rustpython_vm::scope::Scope;
use rustpython_vm::{PyResult, VirtualMachine};

use crate::session;

/// What to run.
pub(crate) enum Program {
    /// The text itself.
    Text(String),
    /// A module, by its dotted name.
    Module(String),
    /// A file, or a folder or archive with a `__main__` in it.
    File(String),
    /// Standard input: a program that is piped, or the statements of a session.
    Input,
}

/// Runs a program in `__main__`, and goes on in a session where the settings ask for one.
pub(crate) fn run(vm: &VirtualMachine, program: Program) -> PyResult<()> {
    let settings = &vm.state.config.settings;
    let scope = vm.new_scope_with_main()?;
    vm.import("warnings", 0)?;
    if settings.import_site {
        vm.import("site", 0)?;
    }
    if let Some(folder) = beside(&program)
        && !settings.safe_path
    {
        vm.insert_sys_path(vm.new_pyobj(folder))?;
    }
    if settings.faulthandler {
        let handler = vm.import("faulthandler", 0)?;
        vm.call_method(&handler, "enable", ())?;
    }
    let typed = std::io::stdin().is_terminal() || settings.inspect;
    let ended = match program {
        Program::Text(text) => vm.run_string(scope.clone(), &text, "<string>").map(drop),
        Program::Module(name) => vm.run_module(&name),
        Program::File(path) => file::run(vm, &scope, &path),
        Program::Input if typed => {
            startup(vm, &scope)?;
            return session::run(vm, &scope, !settings.quiet);
        }
        Program::Input => piped(vm, &scope),
    };
    if !settings.inspect {
        return ended;
    }
    // What the program has left is to be looked at however it ended, with `sys.exit` too.
    if let Err(error) = ended {
        vm.print_exception(&error);
    }
    session::run(vm, &scope, false)
}

/// The folder that modules are looked for in first; a file's is found where the file is.
fn beside(program: &Program) -> Option<String> {
    match program {
        Program::Text(_) | Program::Input => Some(String::new()),
        Program::Module(_) => std::env::current_dir()
            .ok()
            .and_then(|folder| folder.into_os_string().into_string().ok()),
        Program::File(_) => None,
    }
}

/// Runs the program that standard input has.
fn piped(vm: &VirtualMachine, scope: &Scope) -> PyResult<()> {
    let mut program = Vec::new();
    std::io::stdin()
        .read_to_end(&mut program)
        .map_err(|error| {
            vm.new_os_error(format!(
                "cannot read the program from standard input: {error}"
            ))
        })?;
    execute(vm, scope, program, "<stdin>")
}

/// Runs the file that `PYTHONSTARTUP` names before a session. What goes wrong in it is told, and does not end the session.
fn startup(vm: &VirtualMachine, scope: &Scope) -> PyResult<()> {
    if vm.state.config.settings.ignore_environment {
        return Ok(());
    }
    let Some(path) = std::env::var_os("PYTHONSTARTUP").filter(|path| !path.is_empty()) else {
        return Ok(());
    };
    let name = path.to_string_lossy();
    let program = match std::fs::read(&path) {
        Ok(program) => program,
        Err(error) => {
            eprintln!("rustsci-python: PYTHONSTARTUP: cannot read '{name}': {error}");
            return Ok(());
        }
    };
    session::unless_exit(vm, execute(vm, scope, program, &name))
}

/// Runs a program's bytes, which may say of themselves how they are encoded.
fn execute(vm: &VirtualMachine, scope: &Scope, program: Vec<u8>, name: &str) -> PyResult<()> {
    let builtin = |name: &'static str| vm.builtins.get_attr(name, vm);
    let code = builtin("compile")?.call((vm.ctx.new_bytes(program), name, "exec"), vm)?;
    builtin("exec")?.call((code, scope.globals.clone()), vm)?;
    Ok(())
}
