//! Rows of the table, and the call of one.

use rustsci_array::{Error, Result};

use crate::convert::{Argument, FromArgument};
use crate::object::Object;
use crate::signature::Signature;
use crate::value::{IntoValue, Value};

/// What a row runs.
pub type Call = fn(&Arguments<'_>) -> Result<Value>;

/// What there is to say about a function besides what it runs.
pub struct Header {
    /// The submodule it belongs to; empty for the main namespace.
    pub module: &'static str,
    /// The class whose method it is, if it is one; its first parameter is then `self`.
    pub class: Option<&'static str>,
    /// Its name.
    pub name: &'static str,
    /// Its parameters as Python writes them: `"(a, axis=-1, *, out=None)"`.
    pub signature: &'static str,
    /// Its documentation.
    pub doc: &'static str,
    /// The parameters whose arguments may take over the call (`__array_function__`); a name after an asterisk is
    /// that of a sequence whose members are asked.
    pub dispatch: &'static [&'static str],
    /// Whether a method is a function of the module as well.
    pub function: bool,
    /// Whether the result of a method goes through `__array_wrap__` of an array of a subclass.
    pub wraps: bool,
    /// The parameter whose argument's class new arrays have, unless `subok` says no.
    pub after: Option<&'static str>,
}

impl Header {
    /// The header of a function of the main namespace.
    pub const fn new(name: &'static str, signature: &'static str, doc: &'static str) -> Self {
        Self {
            module: "",
            class: None,
            name,
            signature,
            doc,
            dispatch: &[],
            function: false,
            wraps: false,
            after: None,
        }
    }

    /// The same as a function of a submodule.
    #[must_use]
    pub const fn of_module(mut self, module: &'static str) -> Self {
        self.module = module;
        self
    }

    /// The same as a method of a class.
    #[must_use]
    pub const fn of_class(mut self, class: &'static str) -> Self {
        self.class = Some(class);
        self
    }

    /// The same as a method that is a function of the module as well.
    #[must_use]
    pub const fn also_function(mut self) -> Self {
        self.function = true;
        self
    }

    /// The same as a method whose result goes through `__array_wrap__` of an array of a subclass.
    #[must_use]
    pub const fn wrapping(mut self) -> Self {
        self.wraps = true;
        self
    }

    /// The same with the parameter whose argument's class new arrays have.
    #[must_use]
    pub const fn after(mut self, parameter: &'static str) -> Self {
        self.after = Some(parameter);
        self
    }

    /// The same with parameters whose arguments may take over the call.
    #[must_use]
    pub const fn dispatched(mut self, parameters: &'static [&'static str]) -> Self {
        self.dispatch = parameters;
        self
    }
}

/// One function that Python can call.
pub struct Function {
    /// What it is called and what it takes.
    pub header: Header,
    /// What it runs.
    pub call: Call,
}

/// One call as the host sees it.
pub trait Host {
    /// The argument bound to a parameter, if one was given.
    fn argument(&self, parameter: usize) -> Option<&dyn Object>;

    /// Runs work that touches no object of the host, so that other threads may use the interpreter meanwhile.
    fn detached(&self, work: &mut (dyn FnMut() + Send));
}

/// The elements from which on it is worth letting other threads run Python code meanwhile.
const LARGE: usize = 1 << 14;

/// The bound arguments of one call.
pub struct Arguments<'a> {
    header: &'static Header,
    signature: &'a Signature,
    host: &'a dyn Host,
}

impl<'a> Arguments<'a> {
    /// The arguments that a host has bound by the function's signature.
    pub fn new(header: &'static Header, signature: &'a Signature, host: &'a dyn Host) -> Self {
        Self {
            header,
            signature,
            host,
        }
    }

    /// The argument of a parameter (or its default), converted.
    ///
    /// # Errors
    /// If the argument cannot be converted; the message names function and parameter.
    #[inline]
    pub fn get<T: FromArgument<'a>>(&self, index: usize) -> Result<T> {
        let parameter = &self.signature.parameters[index];
        let object = match (self.host.argument(index), &parameter.default) {
            (Some(object), _) => object,
            (None, Some(default)) => default,
            (None, None) => {
                return Err(Error::type_(format!(
                    "{}() missing required argument '{}' (pos {index})",
                    self.header.name, parameter.name
                )));
            }
        };
        T::from_argument(&Argument {
            object,
            name: parameter.name,
            function: self.header.name,
        })
    }

    /// Runs the function proper, without holding up the interpreter's other threads if it has much to do.
    ///
    /// # Errors
    /// Those of the function.
    pub fn run<R>(&self, elements: usize, work: impl FnOnce() -> R + Send) -> Result<Value>
    where
        R: IntoValue + Send,
    {
        if elements < LARGE {
            return work().into_value();
        }
        let (mut work, mut result) = (Some(work), None);
        self.host.detached(&mut || {
            if let Some(work) = work.take() {
                result = Some(work());
            }
        });
        result.map_or_else(
            || Err(Error::runtime("the call was not carried out")),
            IntoValue::into_value,
        )
    }
}
