//! The arguments of a call to a method, and which of them have been taken.

use rustpython_vm::PyObjectRef;
use rustpython_vm::function::FuncArgs;

use crate::types::PyTuple;
use crate::{Bound, PyAny, PyErr, PyResult, Python, exceptions};

/// The arguments of a call that have not been taken yet.
pub struct Arguments<'py> {
    py: Python<'py>,
    positional: Vec<Option<PyObjectRef>>,
    named: Vec<(String, PyObjectRef)>,
}

impl<'py> Arguments<'py> {
    pub(super) fn new(py: Python<'py>, arguments: FuncArgs) -> Self {
        Self {
            py,
            positional: arguments.args.into_iter().map(Some).collect(),
            named: arguments
                .kwargs
                .into_iter()
                .map(|(name, value)| (name.to_string(), value))
                .collect(),
        }
    }

    /// The argument at a position or of a name.
    pub fn take(&mut self, position: usize, name: &str) -> Option<Bound<'py, PyAny>> {
        let given = match self.positional.get_mut(position) {
            Some(argument) => argument.take(),
            None => {
                let place = self.named.iter().position(|(given, _)| given == name);
                place.map(|place| self.named.remove(place).1)
            }
        };
        given.map(|object| Bound::wrap(self.py, object))
    }

    /// All further positional arguments.
    pub fn rest(&mut self, position: usize, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let rest = self.positional.iter_mut().skip(position);
        let objects: Vec<_> = rest.filter_map(Option::take).collect();
        Ok(Bound::wrap(py, py.vm().ctx.new_tuple(objects).into()))
    }

    /// Refuses what no parameter took.
    pub fn finish(self, function: &str) -> PyResult<()> {
        if let Some((name, _)) = self.named.first() {
            return Err(exceptions::PyTypeError::new_err(format!(
                "{function}() got an unexpected keyword argument '{name}'"
            )));
        }
        if self.positional.iter().any(Option::is_some) {
            return Err(exceptions::PyTypeError::new_err(format!(
                "{function}() takes fewer positional arguments than the {} given",
                self.positional.len()
            )));
        }
        Ok(())
    }
}

/// The error for an argument that was not given.
pub fn missing(function: &str, name: &str) -> PyErr {
    crate::types::missing(function, name)
}
