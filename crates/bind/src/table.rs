//! All rows.

use crate::function::Function;
use crate::functions;

/// Every function and method that Python can call, in groups by the file they are in.
pub static TABLE: &[&[&Function]] = &[
    functions::creation::ROWS,
    functions::products::ROWS,
    functions::reductions::ROWS,
    functions::shape::ROWS,
];
