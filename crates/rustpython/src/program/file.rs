//! A program that stands in a file, or in a folder or archive with a `__main__` in it.

use std::env;
use std::path::Path;

use rustpython_vm::scope::Scope;
use rustpython_vm::{AsObject, PyObjectRef, PyResult, VirtualMachine};

/// What Python ends with where there is no such file.
const NO_FILE: i32 = 2;

/// Runs it; the folder that it is in is where modules are looked for first.
pub(super) fn run(vm: &VirtualMachine, scope: &Scope, given: &str) -> PyResult<()> {
    let path = absolute(given);
    if holds_modules(vm, &path)? {
        vm.insert_sys_path(vm.new_pyobj(path))?;
        let runpy = vm.import("runpy", 0)?;
        vm.call_method(&runpy, "_run_module_as_main", ("__main__", false))?;
        return Ok(());
    }
    if let Err(error) = std::fs::metadata(&path) {
        return Err(missing(vm, given, &error));
    }
    if !vm.state.config.settings.safe_path {
        vm.insert_sys_path(vm.new_pyobj(folder_of(&path)))?;
    }
    vm.run_any_file(scope.clone(), &path)
}

fn absolute(path: &str) -> String {
    let folder = env::current_dir().ok();
    let joined = folder.and_then(|folder| folder.join(path).into_os_string().into_string().ok());
    joined.unwrap_or_else(|| path.to_owned())
}

/// The folder of a file, that which a link to it leads to.
fn folder_of(path: &str) -> String {
    let resolved = std::fs::canonicalize(path);
    let path = resolved.as_deref().unwrap_or(Path::new(path));
    path.parent()
        .and_then(Path::to_str)
        .unwrap_or_default()
        .to_owned()
}

/// Whether modules can be imported from a path: one of the importers takes it.
fn holds_modules(vm: &VirtualMachine, path: &str) -> PyResult<bool> {
    let hooks = vm.sys_module.get_attr("path_hooks", vm)?;
    let hooks: Vec<PyObjectRef> = hooks.try_into_value(vm)?;
    for hook in hooks {
        match hook.call((path,), vm) {
            Ok(_) => return Ok(true),
            Err(error) if error.fast_isinstance(vm.ctx.exceptions.import_error) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(false)
}

/// Tells of a file that cannot be read, and ends the program.
fn missing(
    vm: &VirtualMachine,
    given: &str,
    error: &std::io::Error,
) -> rustpython_vm::builtins::PyBaseExceptionRef {
    let number = error.raw_os_error().unwrap_or(NO_FILE);
    let text = error.to_string();
    // Rust repeats the number behind the text.
    let text = text.split(" (os error").next().unwrap_or(&text);
    eprintln!("rustsci-python: can't open file '{given}': [Errno {number}] {text}");
    vm.new_system_exit(vec![vm.ctx.new_int(NO_FILE).into()].into())
}
