//! The methods that scalars share with arrays: each runs the array's on the scalar as an array without axes.

use pyo3::prelude::*;
use rustsci_bind::Header;

use super::attributes::as_array;
use super::object;
use crate::call::{Call, HostFunction, builtin};
use crate::ndarray;

/// Passes the call on to the array's method of the same name.
fn delegate<'py>(call: &Call<'_, 'py>) -> PyResult<Bound<'py, PyAny>> {
    let array = as_array(call.required(0)?)?;
    let (arguments, keywords) = call.bindings.as_passed(call.py)?;
    let arguments = arguments.get_slice(1, arguments.len());
    let result = array
        .getattr(call.header.name)?
        .call(arguments, Some(&keywords))?;
    // What has no axes is a scalar again, unless it is an array that was given.
    let new = keywords.get_item("out")?.is_none_or(|out| out.is_none());
    if new && ndarray::is_exact(&result) && ndarray::array(&result).ndim() == 0 {
        return object(call.py, &ndarray::array(&result).get(&[]));
    }
    Ok(result)
}

macro_rules! delegates {
    ($($name:literal),* $(,)?) => {
        static METHODS: &[HostFunction] = &[$(HostFunction {
            header: Header::new($name, "(self, /, *args, **kwargs)", concat!("The same as `ndarray.", $name, "`."))
                .of_class("generic"),
            call: delegate,
        }),*];
    };
}

delegates! {
    "all", "any", "argmax", "argmin", "argsort", "astype", "byteswap", "choose", "clip", "compress", "copy", "cumprod",
    "cumsum", "diagonal", "dump", "dumps", "fill", "flatten", "getfield", "item", "max", "mean", "min", "nonzero",
    "prod", "put", "ravel", "repeat", "reshape", "resize", "round", "searchsorted", "setfield", "setflags", "sort",
    "squeeze", "std", "sum", "swapaxes", "take", "tobytes", "tofile", "tolist", "trace",
    "transpose", "var", "view",
}

/// Gives the methods to `generic`.
pub(super) fn add_methods(generic: &Bound<'_, PyAny>) -> PyResult<()> {
    for method in METHODS {
        generic.setattr(method.header.name, builtin(generic.py(), method)?)?;
    }
    Ok(())
}
