//! The class `ufunc`, and what its calls have in common with Python's operators.

mod along;
mod arguments;
mod attributes;
pub(crate) mod call;
mod class;
mod generalized;
mod methods;
pub(crate) mod operators;
mod overrides;
mod pairs;
mod resolve;
mod wrap;

pub(crate) use class::{add_class, is_instance, object, without_overrides};
pub(crate) use wrap::wrap;
