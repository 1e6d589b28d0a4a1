//! `nditer`: several arrays, element by element or stretch by stretch, in an order that suits their memory.
//!
//! [`options`] reads the flags; [`shape`] and [`operands`] make the arrays one shape and one set of types, which [`setup`]
//! puts together; a [`stretch`] is what is handed out, one after the other by [`iteration`], from the [`places`] that
//! indices name on; [`class`] is what Python sees, and [`nested`] makes several within each other.

mod class;
mod iteration;
mod nested;
mod operands;
mod options;
mod places;
mod setup;
mod shape;
mod stretch;

use pyo3::prelude::*;
use rustsci_array::array::CopyOrder;
use rustsci_array::dtype::Casting;
use rustsci_bind::{Argument, FromArgument};

use crate::c_api::borrowed;
use crate::call::{IntoPyErr, Object};

pub(crate) use class::NdIter;
pub(crate) use nested::NESTED_ITERS;

/// The order of elements that an argument asks for; that of the memory if it is absent.
fn order(argument: Option<&Bound<'_, PyAny>>) -> PyResult<CopyOrder> {
    converted(argument, "order").map(|order| order.unwrap_or(CopyOrder::K))
}

/// The rule for conversions that an argument asks for.
fn casting(argument: Option<&Bound<'_, PyAny>>) -> PyResult<Casting> {
    converted(argument, "casting").map(|casting| casting.unwrap_or(Casting::Safe))
}

fn converted<T: for<'a> FromArgument<'a>>(
    argument: Option<&Bound<'_, PyAny>>,
    name: &'static str,
) -> PyResult<Option<T>> {
    let Some(argument) = argument else {
        return Ok(None);
    };
    let py = argument.py();
    // SAFETY: the argument outlives its conversion.
    let object = Object(unsafe { borrowed(py, argument.as_ptr()) });
    T::from_argument(&Argument {
        object: &object,
        name,
        function: "nditer",
    })
    .map(Some)
    .map_err(|error| error.into_py_err(py))
}
