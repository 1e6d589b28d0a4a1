//! What the command does when it is given no program: it runs the one that standard input brings, or holds a session with
//! whoever types there.

#[cfg(not(target_arch = "wasm32"))]
mod completion;
mod session;

use std::io::{IsTerminal, Read};

use rustpython_vm::{PyResult, VirtualMachine};

/// Runs what standard input has.
pub(crate) fn run(vm: &VirtualMachine) -> PyResult<()> {
    let scope = vm.new_scope_with_main()?;
    vm.import("warnings", 0)?;
    vm.import("site", 0)?;
    let settings = &vm.state.config.settings;
    if !settings.safe_path {
        vm.insert_sys_path(vm.new_pyobj(String::new()))?;
    }
    if std::io::stdin().is_terminal() || settings.inspect {
        return session::run(vm, &scope);
    }
    let mut program = Vec::new();
    std::io::stdin()
        .read_to_end(&mut program)
        .map_err(|error| {
            vm.new_os_error(format!(
                "cannot read the program from standard input: {error}"
            ))
        })?;
    // `compile` takes bytes, and heeds what they say of their encoding.
    let builtin = |name: &'static str| vm.builtins.get_attr(name, vm);
    let code = builtin("compile")?.call((vm.ctx.new_bytes(program), "<stdin>", "exec"), vm)?;
    builtin("exec")?.call((code, scope.globals.clone()), vm)?;
    Ok(())
}
