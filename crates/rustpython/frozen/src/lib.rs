//! The Python that is built into `rustsci-python`, as compiled code.
//!
//! Of the standard library that is what `build.rs` chooses for the target: only what can work there, so that the
//! module for WASI stays small.

use rustpython_compiler_core::frozen::FrozenLib;
use rustpython_derive::py_freeze;

/// The standard library.
pub const STANDARD_LIBRARY: &FrozenLib = include!(concat!(env!("OUT_DIR"), "/frozen.rs"));

/// The package `rustsci`.
pub const RUSTSCI: &FrozenLib = py_freeze!(
    dir = "../../../../python",
    crate_name = "rustpython_compiler_core"
);

/// The name `numpy`.
pub const NUMPY: &FrozenLib =
    py_freeze!(dir = "../../lib", crate_name = "rustpython_compiler_core");
