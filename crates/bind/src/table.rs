//! All rows.

use crate::function::Function;
use crate::functions;

/// Every function and method that Python can call, in groups by the file they are in.
pub static TABLE: &[&[&Function]] = &[
    functions::averages::ROWS,
    functions::bits::ROWS,
    functions::counting::ROWS,
    functions::creation::ROWS,
    functions::parsing::ROWS,
    functions::products::ROWS,
    functions::reductions::ROWS,
    functions::sequences::ROWS,
    functions::shape::ROWS,
];
