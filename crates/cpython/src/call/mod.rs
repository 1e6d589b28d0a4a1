//! Calls from Python into Rust: arguments, results, errors.

mod binding;
pub(crate) mod builtin;
mod class_item;
pub(crate) mod error_state;
pub(crate) mod errors;
pub(crate) mod object;
pub(crate) mod overrides;
mod quick;
pub(crate) mod value;

/// Elements from which on other Python threads may run beside the work.
pub(crate) const LARGE: usize = 1 << 14;

pub(crate) use binding::Call;
pub(crate) use builtin::{HostFunction, add_class, builtin, kept};
pub(crate) use class_item::class_item;
pub(crate) use errors::IntoPyErr;
pub(crate) use object::Object;
