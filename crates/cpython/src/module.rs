//! What is in the module: classes, ufuncs, the rows of the common table, and other names of some of them.

use pyo3::prelude::*;

use crate::c_api;
use crate::{call, coerce, dtype, iterators, ndarray, scalar, ufunc};

/// Other names of ufuncs and scalar types.
const ALIASES: &[(&str, &str)] = &[
    ("abs", "absolute"),
    ("acos", "arccos"),
    ("acosh", "arccosh"),
    ("asin", "arcsin"),
    ("asinh", "arcsinh"),
    ("atan", "arctan"),
    ("atan2", "arctan2"),
    ("atanh", "arctanh"),
    ("bitwise_invert", "invert"),
    ("bitwise_left_shift", "left_shift"),
    ("bitwise_not", "invert"),
    ("bitwise_right_shift", "right_shift"),
    ("conj", "conjugate"),
    ("mod", "remainder"),
    ("pow", "power"),
    ("true_divide", "divide"),
    ("bool_", "bool"),
    ("byte", "int8"),
    ("cdouble", "complex128"),
    ("clongdouble", "complex128"),
    ("csingle", "complex64"),
    ("double", "float64"),
    ("half", "float16"),
    ("int_", "int64"),
    ("intc", "int32"),
    ("intp", "int64"),
    ("long", "int64"),
    ("longdouble", "float64"),
    ("longlong", "int64"),
    ("short", "int16"),
    ("single", "float32"),
    ("ubyte", "uint8"),
    ("uint", "uint64"),
    ("uintc", "uint32"),
    ("uintp", "uint64"),
    ("ulong", "uint64"),
    ("ulonglong", "uint64"),
    ("ushort", "uint16"),
];

/// Puts everything into the module.
pub(crate) fn fill(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    call::add_class(py)?;
    c_api::add_array_functions(py)?;
    scalar::add_classes(module)?;
    dtype::add_class(module)?;
    ndarray::add_class(module)?;
    ufunc::add_class(module)?;
    let rows = rustsci_bind::table::TABLE
        .iter()
        .flat_map(|rows| rows.iter());
    for row in rows.filter(|row| row.header.class.is_none() || row.header.function) {
        module.add(row.header.name, call::builtin(py, *row)?)?;
    }
    let groups = coerce::FUNCTIONS;
    for group in groups.into_iter().chain([call::error_state::FUNCTIONS]) {
        for function in group {
            module.add(function.header.name, call::builtin(py, function)?)?;
        }
    }
    for function in [
        &call::overrides::ARRAY_FUNCTION,
        &iterators::NESTED_ITERS,
        &scalar::MAKE,
        &dtype::MAKE,
        &ndarray::RECONSTRUCT,
        &ndarray::FROM_BUFFER,
        &ndarray::FROM_DLPACK,
    ] {
        module.add(function.header.name, call::builtin(py, function)?)?;
    }
    for (alias, name) in ALIASES {
        module.add(*alias, module.getattr(*name)?)?;
    }
    module.add_class::<iterators::FlatIter>()?;
    module.add_class::<iterators::Broadcast>()?;
    module.add_class::<iterators::NdIter>()?;
    Ok(())
}
