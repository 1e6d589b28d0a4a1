//! A session: a statement is read, run, and its value shown, as `python` does when it is started alone.

#[cfg(not(target_arch = "wasm32"))]
mod completion;

use std::io::IsTerminal;
use std::path::PathBuf;

use rustpython_vm::builtins::PyCode;
use rustpython_vm::readline::{Readline, ReadlineResult};
use rustpython_vm::scope::Scope;
use rustpython_vm::{AsObject, PyObjectRef, PyRef, PyResult, VirtualMachine};

const BANNER: &str = concat!(
    "rustsci ",
    env!("CARGO_PKG_VERSION"),
    " in RustPython 0.6 (Python 3.14); numpy is built in. Type help, copyright, credits or license for more."
);

/// Reads and runs statements until the input ends or the program does; `greets` says first what is spoken to.
pub(crate) fn run(vm: &VirtualMachine, scope: &Scope, greets: bool) -> PyResult<()> {
    if greets {
        eprintln!("{BANNER}");
    }
    let sys = &vm.sys_module;
    for (name, prompt) in [("ps1", ">>> "), ("ps2", "... ")] {
        if sys.get_attr(name, vm).is_err() {
            sys.set_attr(name, vm.new_pyobj(prompt), vm)?;
        }
    }
    let mut lines = reader(vm, scope)?;
    let history = history();
    if let Some(path) = &history {
        // There is none before the first session.
        let _ = lines.load_history(path);
    }
    let ended = converse(vm, scope, |prompt| {
        let line = lines.readline(prompt);
        if let ReadlineResult::Line(line) = &line {
            let _ = lines.add_history_entry(line.trim_end());
        }
        line
    });
    if let Some(path) = &history {
        // A session is none the worse for a home that cannot be written to.
        let _ = lines.save_history(path);
    }
    ended
}

fn converse(
    vm: &VirtualMachine,
    scope: &Scope,
    mut read: impl FnMut(&str) -> ReadlineResult,
) -> PyResult<()> {
    let compiler = vm
        .import("codeop", 0)?
        .get_attr("CommandCompiler", vm)?
        .call((), vm)?;
    // The lines of a statement that is not complete yet.
    let mut begun: Vec<String> = Vec::new();
    loop {
        let prompt = vm
            .sys_module
            .get_attr(if begun.is_empty() { "ps1" } else { "ps2" }, vm);
        let prompt = prompt.and_then(|prompt| prompt.str(vm));
        let prompt = prompt.as_ref().map_or("", |prompt| prompt.expect_str());
        let done = match read(prompt) {
            ReadlineResult::Line(line) => {
                begun.push(line);
                let source = begun.join("\n");
                match compile(vm, &compiler, &source) {
                    Ok(None) => continue,
                    Ok(Some(code)) => {
                        // Without its source a traceback has one line less.
                        let _ = vm.register_code_in_linecache(&code, &source);
                        vm.run_code_obj(code, scope.clone()).map(drop)
                    }
                    Err(error) => Err(error),
                }
            }
            ReadlineResult::Interrupt => {
                let interrupt = vm.ctx.exceptions.keyboard_interrupt.to_owned();
                Err(vm.new_exception_empty(interrupt))
            }
            ReadlineResult::Eof => return Ok(()),
            ReadlineResult::Io(error) => return Err(vm.new_os_error(error.to_string())),
            #[cfg(unix)]
            ReadlineResult::OsError(error) => return Err(vm.new_os_error(error)),
            ReadlineResult::Other(error) => return Err(vm.new_os_error(error.to_string())),
        };
        begun.clear();
        unless_exit(vm, done)?;
        for stream in ["stdout", "stderr"] {
            // What cannot be flushed has told of it, or is closed.
            let _ = vm
                .sys_module
                .get_attr(stream, vm)
                .and_then(|stream| vm.call_method(&stream, "flush", ()));
        }
    }
}

/// Tells what went wrong, and passes on only what ends the program.
pub(crate) fn unless_exit(vm: &VirtualMachine, ended: PyResult<()>) -> PyResult<()> {
    match ended {
        Err(error) if !error.fast_isinstance(vm.ctx.exceptions.system_exit) => {
            vm.print_exception(&error);
            Ok(())
        }
        other => other,
    }
}

/// The code of a statement, or nothing if there is more to come.
fn compile(
    vm: &VirtualMachine,
    compiler: &PyObjectRef,
    source: &str,
) -> PyResult<Option<PyRef<PyCode>>> {
    match compiler.call((source, "<stdin>", "single"), vm) {
        Ok(code) if vm.is_none(&code) => Ok(None),
        Ok(code) => Ok(Some(code.try_into_value(vm)?)),
        Err(error) => {
            // RustPython's parser takes a decorator without its function for an error rather than for a beginning.
            let last = source.rsplit('\n').next().unwrap_or(source);
            let decorator = last.trim_start().starts_with('@');
            if decorator && error.fast_isinstance(vm.ctx.exceptions.syntax_error) {
                return Ok(None);
            }
            // The statement's fault, not that of the library that read it.
            error.set_traceback(None);
            Err(error)
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn reader<'vm>(
    vm: &'vm VirtualMachine,
    scope: &Scope,
) -> PyResult<Readline<completion::Completion<'vm>>> {
    Ok(Readline::new(completion::Completion::new(vm, scope)?))
}

#[cfg(target_arch = "wasm32")]
#[expect(
    clippy::unnecessary_wraps,
    reason = "elsewhere there is a completion that may fail"
)]
fn reader(_: &VirtualMachine, _: &Scope) -> PyResult<Readline<()>> {
    Ok(Readline::new(()))
}

/// The file of what was typed in earlier sessions; none if nobody types.
fn history() -> Option<PathBuf> {
    if !std::io::stdin().is_terminal() {
        return None;
    }
    let given = std::env::var_os("PYTHON_HISTORY").filter(|path| !path.is_empty());
    given.map(PathBuf::from).or_else(|| {
        let home = std::env::var_os("HOME")?;
        Some(PathBuf::from(home).join(".rustsci_history"))
    })
}
