//! Python's operators on arrays, each a ufunc.

use std::ffi::c_int;
use std::sync::OnceLock;

use pyo3::ffi;
use pyo3::prelude::*;
use rustsci_array::ufunc::{self, Ufunc};

use super::call;
use crate::{ndarray, scalar};

/// An operator and its ufunc.
pub(crate) struct Operator {
    /// The ufunc's name.
    pub(crate) name: &'static str,
    found: OnceLock<&'static Ufunc>,
}

impl Operator {
    const fn new(name: &'static str) -> Self {
        Self {
            name,
            found: OnceLock::new(),
        }
    }

    /// The ufunc.
    #[inline]
    pub(crate) fn ufunc(&self) -> &'static Ufunc {
        self.found.get_or_init(|| {
            // Every name below is in the table; a test of the module's contents would notice if one were not.
            ufunc::get(self.name).unwrap_or(&ufunc::all()[0])
        })
    }
}

macro_rules! operators {
    ($($name:ident: $ufunc:literal),* $(,)?) => {
        $(pub(crate) static $name: Operator = Operator::new($ufunc);)*
    };
}

operators! {
    ADD: "add", SUBTRACT: "subtract", MULTIPLY: "multiply", TRUE_DIVIDE: "divide", FLOOR_DIVIDE: "floor_divide",
    REMAINDER: "remainder", DIVMOD: "divmod", POWER: "power", SQUARE: "square", SQRT: "sqrt", RECIPROCAL: "reciprocal",
    LEFT_SHIFT: "left_shift", RIGHT_SHIFT: "right_shift",
    BITWISE_AND: "bitwise_and", BITWISE_OR: "bitwise_or", BITWISE_XOR: "bitwise_xor", INVERT: "invert",
    NEGATIVE: "negative", POSITIVE: "positive", ABSOLUTE: "absolute", CONJUGATE: "conjugate",
    MAXIMUM: "maximum", MINIMUM: "minimum",
    EQUAL: "equal", NOT_EQUAL: "not_equal", LESS: "less", LESS_EQUAL: "less_equal", GREATER: "greater",
    GREATER_EQUAL: "greater_equal",
}

/// The operator of a rich comparison.
pub(crate) fn comparison(operation: c_int) -> &'static Operator {
    match operation {
        ffi::Py_EQ => &EQUAL,
        ffi::Py_NE => &NOT_EQUAL,
        ffi::Py_LT => &LESS,
        ffi::Py_LE => &LESS_EQUAL,
        ffi::Py_GT => &GREATER,
        _ => &GREATER_EQUAL,
    }
}

/// The priority that an object has in operations and in the choice of the result's class.
pub(crate) fn priority(object: &Bound<'_, PyAny>, default: f64) -> f64 {
    if ndarray::is_exact(object) {
        return 0.0;
    }
    if scalar::is_exact(object) {
        return -1_000_000.0;
    }
    match object.getattr_opt("__array_priority__") {
        Ok(Some(priority)) => priority.extract().unwrap_or(default),
        _ => default,
    }
}

/// Whether an operation on `own` leaves it to `other` to answer.
pub(crate) fn defers(
    own: &Bound<'_, PyAny>,
    other: &Bound<'_, PyAny>,
    in_place: bool,
) -> PyResult<bool> {
    if own.get_type_ptr() == other.get_type_ptr() || call::is_plain(other) {
        return Ok(false);
    }
    // NEP 13: None says that the object wants no part in ufuncs; anything else that the ufunc will ask it.
    if let Some(protocol) = other.get_type().getattr_opt("__array_ufunc__")? {
        return Ok(!in_place && protocol.is_none());
    }
    // Python has asked an instance of a subclass first.
    // SAFETY: both are live types.
    if !in_place && unsafe { ffi::PyType_IsSubtype(other.get_type_ptr(), own.get_type_ptr()) } != 0
    {
        return Ok(false);
    }
    const LOWEST: f64 = -1_000_000.0;
    Ok(priority(own, LOWEST) < priority(other, LOWEST))
}

/// A binary operation of which one operand at least is an array or a scalar: with overrides, priorities and all.
pub(crate) fn binary<'py>(
    py: Python<'py>,
    operator: &'static Operator,
    a: &Bound<'py, PyAny>,
    b: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let ours = |object: &Bound<'py, PyAny>| {
        ndarray::is_instance(object) || scalar::value(object).is_some()
    };
    if ours(a) && defers(a, b, false)? {
        return Ok(py.NotImplemented().into_bound(py));
    }
    call::operate(py, operator.ufunc(), &[a, b], None)
}

/// An operation into its first operand.
pub(crate) fn in_place<'py>(
    py: Python<'py>,
    operator: &'static Operator,
    a: &Bound<'py, PyAny>,
    b: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    if defers(a, b, true)? {
        return Ok(py.NotImplemented().into_bound(py));
    }
    call::operate(py, operator.ufunc(), &[a, b], Some(a))
}
