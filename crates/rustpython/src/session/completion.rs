//! Names that the tabulator key completes, found by Python's own `rlcompleter`.

use rustpython_vm::scope::Scope;
use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};
use rustyline::completion::Completer;
use rustyline::{Context, Helper, highlight::Highlighter, hint::Hinter, validate::Validator};

/// What the key inserts where there is no name to complete.
const INDENTATION: &str = "    ";

pub(super) struct Completion<'vm> {
    vm: &'vm VirtualMachine,
    completer: PyObjectRef,
}

impl<'vm> Completion<'vm> {
    pub(super) fn new(vm: &'vm VirtualMachine, scope: &Scope) -> PyResult<Self> {
        let class = vm.import("rlcompleter", 0)?.get_attr("Completer", vm)?;
        let completer = class.call((scope.globals.clone(),), vm)?;
        Ok(Self { vm, completer })
    }

    fn names(&self, word: &str) -> PyResult<Vec<String>> {
        let mut names = Vec::new();
        loop {
            let name = self
                .vm
                .call_method(&self.completer, "complete", (word, names.len()))?;
            if self.vm.is_none(&name) {
                return Ok(names);
            }
            names.push(name.str(self.vm)?.expect_str().to_owned());
        }
    }
}

impl Completer for Completion<'_> {
    type Candidate = String;

    fn complete(
        &self,
        line: &str,
        position: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<String>)> {
        let before = &line[..position];
        let is_of_word = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
        let word = &before[before.trim_end_matches(is_of_word).len()..];
        if word.is_empty() {
            return Ok((position, vec![INDENTATION.to_owned()]));
        }
        // What fails while names are looked for is not what was asked for.
        let names = self.names(word).unwrap_or_default();
        Ok((position - word.len(), names))
    }
}

impl Hinter for Completion<'_> {
    type Hint = String;
}
impl Highlighter for Completion<'_> {}
impl Validator for Completion<'_> {}
impl Helper for Completion<'_> {}
